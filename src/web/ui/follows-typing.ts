import type { ControlAttributes } from './button.tsx'

/** Asks while somebody types. A later request replaces one on its way: what is shown belongs to what is typed. */
export const whileTyping = (): ControlAttributes => ({
  ...{ 'hx-trigger': 'input changed delay:200ms', 'hx-sync': 'this:replace' },
})

/** Attributes with which the part `target` of a page follows what is typed, as `hx-get` or `hx-post` answers it. */
export const followsTyping = (target: string): ControlAttributes => ({
  ...whileTyping(),
  ...{ 'hx-target': target, 'hx-select': target, 'hx-swap': 'outerHTML' },
})
