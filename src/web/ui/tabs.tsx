import { html, raw } from 'hono/html'
import { numberWords } from '../../number-words.ts'

export type Tab = { label: string; href: string; count?: number; isCurrent?: boolean }

/** Views of one list as links, with how many rows each holds. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => (
  <nav class="tabs" aria-label={label}>
    {tabs.map(tabLink)}
  </nav>
)

// As text, as everything that every list has many of: elements take many times as long to build.
const tabLink = ({ label, href, count, isCurrent }: Tab) =>
  html`<a href="${href}"${isCurrent ? CURRENT : ''}>${label}${count === undefined ? '' : html`<span class="count">${numberWords(count)}</span>`}</a>`

const CURRENT = raw(' aria-current="page"')
