import { numberWords } from '../../number-words.ts'
export type Tab = { label: string; href: string; count?: number; isCurrent?: boolean }

/** Views of one list as links, with how many rows each holds. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => (
  <nav class="tabs" aria-label={label}>
    {tabs.map((tab) => (
      <a href={tab.href} aria-current={tab.isCurrent ? 'page' : undefined}>
        {tab.label}
        {tab.count !== undefined && <span class="count">{numberWords(tab.count)}</span>}
      </a>
    ))}
  </nav>
)
