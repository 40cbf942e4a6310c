import { html } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { raw } from 'hono/utils/html'
import type { Portal } from '../../retailers/open-portal.ts'
import { routes } from '../../routes.ts'
import { isAccentColor } from '../../settings/accent.ts'

/** The HTML document of a page for shops: small, and without what only staff pages need. */
export const ShopDocument = (props: PropsWithChildren<{ title: string; accentColor?: string }>) => (
  <>
    {raw('<!doctype html>')}
    <html lang="en">
      <Head {...props} />
      <body class="shop">
        <a class="skip" href="#main">
          Skip to content
        </a>
        {props.children}
      </body>
    </html>
  </>
)

// As text, like the head of staff pages.
const Head = ({ title, accentColor = '' }: { title: string; accentColor?: string }) => html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/app.css">
${isAccentColor(accentColor) ? html`<link rel="stylesheet" href="${routes.theme(accentColor.slice(1).toLowerCase())}">` : ''}
<script src="/portal.js" type="module"></script>
</head>`

/** A page of the portal: the maker's name above it, and the ways between its parts. */
export const ShopPage = (
  props: PropsWithChildren<{
    portal: Portal
    token: string
    title: string
    current?: 'catalogue' | 'orders' | 'line-sheet'
  }>,
) => {
  const { portal, token, title, current } = props
  const { businessName, logo } = portal.settings
  return (
    <ShopDocument title={`${title} · ${businessName}`} accentColor={portal.settings.accentColor}>
      <header class="shop-head">
        <a class="mark" href={routes.portal(token)}>
          {logo !== '' && (
            <img class="logo" src={routes.photo(logo, 'small')} alt="" width={40} height={40} />
          )}
          {businessName}
        </a>
        <nav aria-label="Main">
          <Way href={routes.portal(token)} isCurrent={current === 'catalogue'}>
            Products
          </Way>
          {portal.retailer && (
            <Way href={routes.portalOrders(token)} isCurrent={current === 'orders'}>
              Your orders
            </Way>
          )}
          <Way href={routes.lineSheet(token)} isCurrent={current === 'line-sheet'}>
            Line sheet
          </Way>
        </nav>
      </header>
      <main class="page" id="main" tabindex={-1}>
        {props.children}
      </main>
    </ShopDocument>
  )
}

const Way = (props: { href: string; isCurrent: boolean; children: Child }) => (
  <a class="way" href={props.href} aria-current={props.isCurrent ? 'page' : undefined}>
    {props.children}
  </a>
)
