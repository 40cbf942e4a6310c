import { eq } from 'drizzle-orm'
import { type Db, reusable } from '../db/client.ts'
import { retailers, settings } from '../db/schema.ts'
import { NEW_SHOPS } from '../signed-link.ts'

/** What the business says to shops, and on what terms they order. */
export const portalTermsQuery = reusable((db) => {
  const { welcomeText, minimumOrder, newShopsOpen, newShopsLinkVersion, newShopsRate } = settings
  return db.sql
    .select({ welcomeText, minimumOrder, newShopsOpen, newShopsLinkVersion, newShopsRate })
    .from(settings)
    .where(eq(settings.id, 1))
})
export type PortalTerms = Awaited<ReturnType<typeof portalTermsQuery>>[number]

/** The retailer that a link belongs to; none for the link of new shops. */
export function linkedRetailerQuery(db: Db, id: string) {
  const { name, type, contactName, email, phone, street, city, region, postcode, country, rate } = retailers
  const { active, portalOpen, portalLinkVersion, minimumOrder } = retailers
  return db.sql
    .select({
      ...{ id: retailers.id, name, type, contactName, email, phone, street, city, region, postcode, country },
      ...{ rate, active, portalOpen, portalLinkVersion, minimumOrder },
    })
    .from(retailers)
    .where(eq(retailers.id, id === NEW_SHOPS ? '' : id))
}
export type LinkedRetailer = Awaited<ReturnType<typeof linkedRetailerQuery>>[number]
