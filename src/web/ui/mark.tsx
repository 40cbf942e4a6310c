import { raw } from 'hono/utils/html'

/** The sign of Counterfoil: a ticket beside the stub it was torn from. Takes the colour of its text. */
export const Mark = () => <>{picture}</>

// As text for the same reason as the head of a document.
const picture = raw(`<svg width="24" height="24" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
<path d="M4 4h2v16H4a2.5 2.5 0 0 1-2.5-2.5v-11A2.5 2.5 0 0 1 4 4Z" opacity=".6"/>
<path d="M8.5 4H20a2.5 2.5 0 0 1 2.5 2.5v11A2.5 2.5 0 0 1 20 20H8.5v-1.75a1.5 1.5 0 0 0 0-3v-1.75a1.5 1.5 0 0 0 0-3v-1.75a1.5 1.5 0 0 0 0-3Z"/>
</svg>`)
