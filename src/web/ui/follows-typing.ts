import type { ControlAttributes } from './button.tsx'

/**
 * Attributes with which the part `target` of a page follows what is typed, as `hx-get` or `hx-post` beside them
 * answers it. A later request replaces one that is still on its way, so that what is shown belongs to what is typed.
 */
export const followsTyping = (target: string): ControlAttributes => ({
  ...{ 'hx-trigger': 'input changed delay:200ms', 'hx-sync': 'this:replace' },
  ...{ 'hx-target': target, 'hx-select': target, 'hx-swap': 'outerHTML' },
})
