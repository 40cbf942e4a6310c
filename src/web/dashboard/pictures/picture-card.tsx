import type { Child } from 'hono/jsx'
import { PICTURE_FIELD } from '../../../pictures/keep-picture.ts'
import type { Problem } from '../../../result.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FileField } from '../../ui/field.tsx'

type PictureCardProps = {
  /** What the picture is, as in "Photo". */
  name: string
  action: string
  /** Its id, or '' where there is none. */
  current: string
  /** Of this form: however often it is sent, it makes one picture. */
  formId: string
  problems: Problem[]
  hint: string
  /** The picture as it is shown, or what stands in its place. */
  children: Child
}

/** A picture with the forms that replace and remove it. */
export const PictureCard = (props: PictureCardProps) => {
  const { name, action, current, formId, problems, hint } = props
  const noun = name.toLowerCase()
  const hidden = (
    <>
      <input type="hidden" name="formId" value={formId} />
      <input type="hidden" name="seen" value={current} />
    </>
  )
  return (
    <Card title={name} id={noun}>
      <div class="column">
        {props.children}
        <form class="form" method="post" action={action} enctype="multipart/form-data" novalidate>
          {hidden}
          <FileField
            label={current === '' ? `Add a ${noun}` : `Replace the ${noun}`}
            name={PICTURE_FIELD}
            accept="image/jpeg,image/png,image/webp,image/gif"
            required
            hint={hint}
            error={problems.find(({ field }) => field === PICTURE_FIELD)?.message}
          />
          <div class="row">
            <Button icon="upload">{`Upload ${noun}`}</Button>
          </div>
        </form>
        {current !== '' && (
          <details class="disclosure">
            <summary>{`Remove the ${noun}`}</summary>
            <form class="form" method="post" action={action}>
              {hidden}
              <input type="hidden" name="remove" value="yes" />
              <p>It is deleted for good.</p>
              <div class="row">
                <Button kind="danger">{`Remove ${noun}`}</Button>
              </div>
            </form>
          </details>
        )}
      </div>
    </Card>
  )
}
