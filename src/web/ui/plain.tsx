import type { PropsWithChildren } from 'hono/jsx'
import { Mark } from './mark.tsx'

/** One narrow column without navigation: sign-in, and errors met by people who are not signed in. */
export const Plain = ({ name, children }: PropsWithChildren<{ name: string }>) => (
  <main class="plain" id="main" tabindex={-1}>
    <p class="mark">
      <Mark />
      <span>{name}</span>
    </p>
    {children}
  </main>
)
