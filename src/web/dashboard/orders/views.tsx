import type { SavedView } from '../../../orders/saved-view-store.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, TextField } from '../../ui/field.tsx'

/** A view that could not be saved, as it was typed. */
export interface RefusedView {
  /** Of the form that is shown again. */
  id: string
  name: string
  shared: boolean
  problems: Problem[]
}

type ViewsProps = {
  views: SavedView[]
  query: string
  newId: string
  canShare: boolean
  refused?: RefusedView
}

/** Saved views as links, and a form that keeps this list as one or removes one. */
export const Views = ({ views, query, newId, canShare, refused }: ViewsProps) => {
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
      {current && !refused ? (
        <form method="post" action={routes.savedViewRemoval(current.id)}>
          <Button kind="quiet" size="compact">
            Remove view
          </Button>
        </form>
      ) : (
        query !== '' && (
          <details class="disclosure" open={refused !== undefined}>
            <summary>Save view</summary>
            <form class="form" method="post" action={routes.savedViews()}>
              <input type="hidden" name="viewId" value={refused?.id ?? newId} />
              <input type="hidden" name="query" value={query} />
              <TextField
                label="Name"
                name="name"
                maxlength={40}
                required
                value={refused?.name}
                error={refused?.problems.find(({ field }) => field === 'name')?.message}
              />
              {canShare && <Checkbox label="For all staff" name="shared" checked={refused?.shared} />}
              <Button>Save view</Button>
            </form>
          </details>
        )
      )}
    </div>
  )
}
