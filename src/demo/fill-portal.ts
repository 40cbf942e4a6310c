import { setPhoto } from '../catalog/set-photo.ts'
import type { Ctx } from '../context.ts'
import { readPortalSettings } from '../settings/read-portal-settings.ts'
import { setLogo } from '../settings/set-logo.ts'
import { updatePortalSettings } from '../settings/update-portal-settings.ts'
import { demoProducts } from './demo-products.ts'
import { accepted } from './in-the-past.ts'

/** The rate of the prices that new shops see, in basis points. */
export const NEW_SHOPS_RATE = 5_000

/** Opens the portal to shops, new ones too, with the maker's logo and a photo of each product. */
export async function openDemoPortal(ctx: Ctx): Promise<void> {
  const { portal } = accepted(await readPortalSettings(ctx))
  const settings = {
    ...{ revision: portal.revision, newShopsOpen: true, newShopsRate: NEW_SHOPS_RATE, minimumOrder: 15_000 },
    welcomeText:
      'Everything is thrown and glazed by hand in our studio on the river, and ships within three weeks. Questions? Write to hello@tidewaterclay.example.',
  }
  accepted(await updatePortalSettings(ctx, settings))
  accepted(await setLogo(ctx, pictureForm(ctx), await drawing(ctx, 'logo')))
  await Promise.all(
    demoProducts.map(async ({ id: productId, sku }) => {
      const picture = await drawing(ctx, sku.toLowerCase())
      accepted(await setPhoto(ctx, { productId, ...pictureForm(ctx) }, picture))
    }),
  )
}

const pictureForm = (ctx: Ctx) => ({ formId: ctx.newId(), seen: '' })

/** One of the drawings in public/demo. */
async function drawing({ env }: Ctx, name: string): Promise<Blob> {
  const found = await env.ASSETS.fetch(`https://assets.local/demo/${name}.webp`)
  if (!found.ok) throw new Error(`The demo picture ${name} is missing.`)
  return found.blob()
}
