import type { Child } from 'hono/jsx'
import { LinkButton } from './button.tsx'

type Way = { href: string; label: string }

/** Body of the answer to an address that leads nowhere. */
export const NotFound = ({ back, thing = 'page' }: { back: Way; thing?: string }) => (
  <Message title={`This ${thing} does not exist`} back={back}>
    <p>The address may be mistyped, or what it led to was removed.</p>
    <p>Check the address, or look for it from the start.</p>
  </Message>
)

/** Body of the answer to somebody who may not do this; `reason` says why, in a sentence. */
export const Refused = ({ back, reason }: { back: Way; reason?: string }) => (
  <Message title="You may not do this" back={back}>
    <p>{reason ?? 'Your account does not include this part of the desk.'} Nothing was changed.</p>
    <p>Ask the owner of the business if you need it.</p>
  </Message>
)

/** Body of the answer when the program itself failed. */
export const Broken = ({ back, requestId }: { back: Way; requestId: string }) => (
  <Message title="Something went wrong here" back={back}>
    <p>This was our mistake, not yours. If you were saving something, look first whether it was saved.</p>
    <p>
      Try again in a moment. If it happens again, report it with this number: <code>{requestId}</code>
    </p>
  </Message>
)

const Message = ({ title, back, children }: { title: string; back: Way; children: Child }) => (
  <section class="card">
    <div class="card-body prose">
      <h1>{title}</h1>
      {children}
      <div class="actions">
        <LinkButton href={back.href} kind="primary">
          {back.label}
        </LinkButton>
      </div>
    </div>
  </section>
)
