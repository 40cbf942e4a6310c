import type { Child } from 'hono/jsx'
import { Banner } from '../../ui/banner.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { fieldId, TextField } from '../../ui/field.tsx'

const LINK = 'link'

/** Where links need a secret that this deployment does not have. */
export const NoSecret = () => (
  <Banner tone="info">
    <p>
      The portal has no links yet: the secret <code>LINK_SECRET</code> is not set. The README says how, under
      “Deploy it”.
    </p>
  </Banner>
)

type PortalLinkProps = {
  link: string
  /** True where only this machine can open it. */
  isLocal: boolean
  hint: string
  printHref: string
  children?: Child
}

/** A portal's address, to be copied, opened, printed and whatever `children` offer beside. */
export const PortalLink = ({ link, isLocal, hint, printHref, children }: PortalLinkProps) => (
  <div class="form">
    <TextField
      label="Link"
      name={LINK}
      value={link}
      readonly
      hint={isLocal ? `${hint} Counterfoil runs on this machine only, so nobody else can open it yet.` : hint}
    />
    <div class="row">
      <Button type="button" icon="copy" attributes={{ 'data-copy': fieldId(LINK) }}>
        Copy link
      </Button>
      {children}
      <LinkButton icon="print" href={printHref}>
        QR code
      </LinkButton>
      <LinkButton kind="quiet" icon="external" href={link}>
        Open it
      </LinkButton>
    </div>
  </div>
)

type ReplaceLinkProps = { action: string; version: number; noun: string }

/** Folded away, since it cannot be undone. */
export const ReplaceLink = ({ action, version, noun }: ReplaceLinkProps) => (
  <details class="disclosure">
    <summary>Replace the link</summary>
    <form class="form" method="post" action={action}>
      <input type="hidden" name="version" value={String(version)} />
      <p>{`${noun} stops working at once, for good: also where it is printed or was sent by e-mail.`}</p>
      <div class="row">
        <Button kind="danger">Replace link</Button>
      </div>
    </form>
  </details>
)
