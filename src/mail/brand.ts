import { type Accent, accentOf } from '../settings/accent.ts'
import type { Settings } from '../settings/settings-store.ts'

/** How a business presents itself in its messages. */
export interface Brand {
  businessName: string
  accent: { light: Accent; dark: Accent }
  /** Where its picture can be fetched by anybody; null where there is none. */
  logo: URL | null
}

/** The brand in the settings. */
export function brandOf({ businessName, accentColor }: Settings): Brand {
  return { businessName: oneLine(businessName), accent: accentOf(accentColor), logo: null }
}

/** A line break in a header would start another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
}
