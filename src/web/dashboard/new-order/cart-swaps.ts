import { routes } from '../../../routes.ts'

/**
 * With a script the answer is morphed into the cart, and what has the focus keeps it. One goes after the other, each
 * with what the cart holds by then (app.js): sent together, one answer would take back what the other added.
 */
export const replacesCart = () => ({
  ...{ 'hx-post': routes.newOrder(), 'hx-target': '#cart', 'hx-select': '#cart', 'hx-swap': 'outerMorph' },
  'hx-sync': '#cart:queue all',
})

/** The same, as soon as a field has changed. */
export const changesCart = () => ({ ...replacesCart(), 'hx-trigger': 'change', 'hx-include': 'closest form' })
