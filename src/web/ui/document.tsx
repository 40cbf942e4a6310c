import { html } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { raw } from 'hono/utils/html'

// The indicator rules are in app.css; htmx would otherwise add a style sheet of its own.
const HTMX_CONFIG = '{"includeIndicatorCSS":false}'

/**
 * The whole HTML document around a page, doctype included. The page has to hold one element with
 * `id="main"` (Frame and Plain do), where the skip link leads.
 */
export const Document = (
  props: PropsWithChildren<{
    title: string
    lang?: string
    /** Toast elements for what was just done. */
    toast?: Child
  }>,
) => (
  <>
    {raw('<!doctype html>')}
    <html lang={props.lang ?? 'en'}>
      <Head title={props.title} />
      <body>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <div id="toasts" class="toasts" aria-live="polite">
          {props.toast}
        </div>
        {props.children}
      </body>
    </html>
  </>
)

// As text: after one head or svg element, hono/jsx looks up at every element of every page where it stands.
const Head = ({ title }: { title: string }) => html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<meta name="htmx-config" content="${HTMX_CONFIG}">
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/app.css">
<script src="/vendor/htmx-4.0.1.min.js" defer></script>
<script src="/app.js" type="module"></script>
<script src="/keys.js" type="module"></script>
</head>`
