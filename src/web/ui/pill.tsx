import { html } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'

export type Tone = 'amber' | 'blue' | 'green' | 'violet' | 'red' | 'grey'

/** A status in one or two words; the tone supports the words and never replaces them. */
export const Pill = ({ tone, children }: PropsWithChildren<{ tone: Tone }>) => (
  <span class={`pill ${tone}`}>{children}</span>
)

/** The same as text, for the rows of long lists: elements take many times as long to build. */
export const pill = (tone: Tone, words: string) => html`<span class="pill ${tone}">${words}</span>`
