import { SIDES } from '../../../pictures/picture.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import type { Settings } from '../../../settings/settings-store.ts'
import { PictureCard } from '../pictures/picture-card.tsx'

/** The logo as shops see it, and the forms that change it. */
export const LogoCard = (props: { settings: Settings; formId: string; problems: Problem[] }) => {
  const { settings, formId, problems } = props
  const { logo: current, businessName } = settings
  return (
    <div class="prose">
      <PictureCard
        {...{ name: 'Logo', action: routes.logo(), current, formId, problems }}
        hint="JPEG, PNG, WebP or GIF, at most 10 MB. It stands in the portal and in e-mails; a square works best."
      >
        {current !== '' && (
          <img
            class="photo"
            src={routes.photo(current, 'small')}
            width={SIDES.small}
            height={SIDES.small}
            alt={`Logo of ${businessName}`}
          />
        )}
      </PictureCard>
    </div>
  )
}
