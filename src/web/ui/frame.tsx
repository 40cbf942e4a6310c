import { html, raw } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { Icon } from './icon.tsx'
import { Mark } from './mark.tsx'
import { PageHead } from './page-head.tsx'

export type NavItem = {
  key: string
  label: string
  href: string
  /** What waits to be done there; 0 shows nothing. */
  count?: number
  /** The keys that follow it, as aria-keyshortcuts has them. */
  keys?: string
  /** What is counted, for those who hear the page: "awaiting approval". */
  countLabel?: string
}

export type NavGroup = { group: string; items: readonly NavItem[] }

export type FrameProps = {
  nav: readonly NavGroup[]
  /** Key of the navigation item that this page belongs to. */
  current?: string
  homeHref: string
  businessName: string
  actorName: string
  /** The page's h1; a page without it brings its own. */
  title?: string
  pills?: Child
  /** One line below the title. */
  lead?: Child
  back?: { href: string; label: string }
  actions?: Child
}

/** What staff see around every page: navigation, page head, main. */
export const Frame = (props: PropsWithChildren<FrameProps>) => {
  const waiting = props.nav.flatMap(({ items }) => items).reduce((sum, { count = 0 }) => sum + count, 0)
  return (
    <div class="frame">
      <header class="side">
        <a class="mark" href={props.homeHref}>
          <Mark />
          <span>{props.businessName}</span>
        </a>
        <button class="button quiet menu-open" type="button" popovertarget="menu">
          <Icon name="menu" />
          Menu
          {waiting > 0 && <span class="badge">{waiting}</span>}
        </button>
        {/* A popover only where the style sheet hides it, on phones: opens and closes without a script. */}
        <nav class="menu" id="menu" popover="auto" aria-label="Main">
          <button
            class="button quiet menu-close"
            type="button"
            popovertarget="menu"
            popovertargetaction="hide"
          >
            <Icon name="close" />
            Close
          </button>
          {props.nav.map(({ group, items }) => (
            <div>
              <h2>{group}</h2>
              <ul>{items.map((item) => navLink(item, item.key === props.current))}</ul>
            </div>
          ))}
          <p class="actor">{props.actorName}</p>
        </nav>
      </header>
      <main class="page" id="main" tabindex={-1}>
        {props.title !== undefined && (
          <PageHead
            title={props.title}
            pills={props.pills}
            lead={props.lead}
            back={props.back}
            actions={props.actions}
          />
        )}
        {props.children}
      </main>
    </div>
  )
}

// As text: every page has a dozen of them, and elements take many times as long to build.
const navLink = ({ href, label, keys, count, countLabel }: NavItem, isCurrent: boolean) =>
  html`<li><a href="${href}"${isCurrent ? CURRENT : ''}${keys ? html` aria-keyshortcuts="${keys}"` : ''}>${label}${
    count
      ? html`<span class="badge">${count}${countLabel ? html`<span class="visually-hidden"> ${countLabel}</span>` : ''}</span>`
      : ''
  }</a></li>`

const CURRENT = raw(' aria-current="page"')
