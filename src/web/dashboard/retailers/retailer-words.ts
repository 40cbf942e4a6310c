import type { RetailerType } from '../../../orders/order.ts'
import type { RecordWords } from '../changes/changes-card.tsx'
import { asMinimum, asRate, asYesOrNo, each } from '../changes/value-words.ts'
import { TYPE_WORDS } from '../order-words.tsx'
import { LABELS } from './retailer-form.tsx'

/** How the changes of a retailer are told. */
export const retailerWords = (currency: string): RecordWords => ({
  labels: { ...LABELS, active: 'Active', portalOpen: 'Portal link opens', minimumOrder: 'Minimum order' },
  sides: {
    ...{ type: each((type: RetailerType) => TYPE_WORDS[type]), rate: asRate, active: asYesOrNo },
    ...{ portalOpen: asYesOrNo, minimumOrder: asMinimum(currency, 'as for the whole business') },
  },
})
