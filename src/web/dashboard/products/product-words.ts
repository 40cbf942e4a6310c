import type { RecordWords } from '../changes/changes-card.tsx'
import { asMoney, asNumber, asPicture, asYesOrNo } from '../changes/value-words.ts'
import { LABELS } from './product-form.tsx'

/** How the changes of a product are told. */
export const productWords = (currency: string): RecordWords => ({
  labels: { ...LABELS, archived: 'Archived', photo: 'Photo' },
  sides: {
    ...{ retailPrice: asMoney(currency), wholesalePrice: asMoney(currency), caseSize: asNumber },
    ...{ stockTracked: asYesOrNo, lowStockThreshold: asNumber, listed: asYesOrNo, archived: asYesOrNo },
    photo: asPicture,
  },
})
