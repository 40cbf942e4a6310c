import type { ShownMail } from '../../../mail/mail-store.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'

/** Sends a message once more, to the same address or a corrected one. */
export const SendAgainCard = (props: { mail: ShownMail; typed?: string; problems: Problem[] }) => {
  const { mail, typed, problems } = props
  return (
    <Card title="Send again" id="again">
      <form class="form prose" method="post" novalidate action={routes.mailDispatch(mail.id)}>
        <TextField
          label="To"
          name="recipient"
          type="email"
          inputmode="email"
          value={typed ?? mail.recipient}
          error={problems.find(({ field }) => field === 'recipient')?.message}
          hint={
            mail.audience === 'retailer' && mail.concernedId !== null ? (
              <>
                Correct the address here for this e-mail; for those to come,{' '}
                <a href={routes.editRetailer(mail.concernedId)}>change it at the retailer</a>.
              </>
            ) : (
              'Correct the address here for this e-mail.'
            )
          }
        />
        <div class="row">
          <Button kind="primary" icon="retry">
            Send again
          </Button>
        </div>
      </form>
    </Card>
  )
}

/** Says that nothing is to be done about a message, or takes that back. */
export const DismissalForm = ({ mail }: { mail: ShownMail }) => (
  <form method="post" action={routes.mailDismissal(mail.id)}>
    <input type="hidden" name="dismissed" value={mail.decided ? 'no' : 'yes'} />
    <Button size="compact">{mail.decided ? 'Undo' : 'Nothing to do'}</Button>
  </form>
)
