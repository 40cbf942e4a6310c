import type { Child, PropsWithChildren } from 'hono/jsx'

/** Says that the reader's own action was done; `action` is its Undo. app.js takes it away after a while. */
export const Toast = ({ action, children }: PropsWithChildren<{ action?: Child }>) => (
  <div class="toast">
    <span>{children}</span>
    {action}
  </div>
)
