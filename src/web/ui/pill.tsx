import type { PropsWithChildren } from 'hono/jsx'

export type Tone = 'amber' | 'blue' | 'green' | 'violet' | 'red' | 'grey'

/** A status in one or two words; the tone supports the words and never replaces them. */
export const Pill = ({ tone, children }: PropsWithChildren<{ tone: Tone }>) => (
  <span class={`pill ${tone}`}>{children}</span>
)
