import { html } from 'hono/html'
import { numberWords } from '../../../number-words.ts'
/** Units that can still be sold; below zero they have to be made. */
export const Available = ({ available }: { available: number }) =>
  available < 0
    ? html`<span class="negative">${numberWords(available)} to make</span>`
    : html`<span>${numberWords(available)}</span>`
