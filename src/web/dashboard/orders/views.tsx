import type { SavedView } from '../../../orders/saved-view-store.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, TextField } from '../../ui/field.tsx'

/** Saved views as links, and a form that keeps this list as one or removes one. */
export const Views = (props: { views: SavedView[]; query: string; newId: string; canShare: boolean }) => {
  const { views, query, newId, canShare } = props
  const current = views.find((view) => view.query === query)
  if (views.length === 0 && query === '') return null
  return (
    <div class="row">
      {views.map((view) => (
        <a
          class="chip"
          href={routes.orders([...new URLSearchParams(view.query)])}
          aria-current={view === current ? 'page' : undefined}
        >
          {view.name}
        </a>
      ))}
      {current ? (
        <form method="post" action={routes.savedViewRemoval(current.id)}>
          <Button kind="quiet" size="compact">
            Remove view
          </Button>
        </form>
      ) : (
        query !== '' && (
          <details class="disclosure">
            <summary>Save view</summary>
            <form class="form" method="post" action={routes.savedViews()}>
              <input type="hidden" name="viewId" value={newId} />
              <input type="hidden" name="query" value={query} />
              <TextField label="Name" name="name" maxlength={40} required />
              {canShare && <Checkbox label="For all staff" name="shared" />}
              <Button>Save view</Button>
            </form>
          </details>
        )
      )}
    </div>
  )
}
