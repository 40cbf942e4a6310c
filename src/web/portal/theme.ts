import { Hono } from 'hono'
import { patterns } from '../../routes.ts'
import { accentOf } from '../../settings/accent.ts'
import type { WebEnv } from '../session.ts'

/** The surfaces of app.css on which the accent is hardest to read. */
const SURFACES = { light: '#f1efe9', dark: '#24292c' }
const ONE_YEAR = 'public, max-age=31536000, immutable'

/** The colours of a business as a style sheet: they follow from the address alone, so nothing is read. */
export const theme = new Hono<WebEnv>()

theme.get(patterns.theme, (c) => {
  const { light, dark } = accentOf(`#${c.req.param('color')}`, SURFACES)
  c.header('Content-Type', 'text/css; charset=utf-8')
  c.header('Cache-Control', ONE_YEAR)
  return c.body(`:root{
--accent:light-dark(${light.accent},${dark.accent});
--on-accent:light-dark(${light.onAccent},${dark.onAccent});
--accent-strong:color-mix(in srgb,var(--accent) 82%,light-dark(#000,#fff));
--wash:var(--sunk)
}
`)
})
