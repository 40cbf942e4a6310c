import type { PropsWithChildren } from 'hono/jsx'

/** A table too wide for the screen scrolls here instead of moving the page; the keyboard reaches it. */
export const Scroll = ({ label, children }: PropsWithChildren<{ label: string }>) => (
  <section class="scroll" aria-label={label} tabindex={0}>
    {children}
  </section>
)
