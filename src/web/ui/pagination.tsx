import type { Child } from 'hono/jsx'
import { LinkButton } from './button.tsx'
import { Icon } from './icon.tsx'

type PaginationProps = {
  newerHref?: string
  olderHref?: string
  /** "Newer" and "Older" unless the list has another order, as by name. */
  newerLabel?: string
  olderLabel?: string
  /** What this page shows: "50 orders", "1–50 of 1,284". */
  note?: Child
}

/** Keyset pages: there is a newer and an older side, and no page numbers. */
export const Pagination = ({ newerHref, olderHref, note, ...labels }: PaginationProps) => (
  <nav class="pagination" aria-label="Pages">
    <span>{note}</span>
    {(newerHref || olderHref) && (
      <span class="row">
        {newerHref && (
          <LinkButton href={newerHref} icon="newer">
            {labels.newerLabel ?? 'Newer'}
          </LinkButton>
        )}
        {olderHref && (
          <LinkButton href={olderHref}>
            {labels.olderLabel ?? 'Older'} <Icon name="older" />
          </LinkButton>
        )}
      </span>
    )}
  </nav>
)
