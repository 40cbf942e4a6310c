import type { Bindings } from '../env.ts'
import { routes } from '../routes.ts'
import { type Accent, accentOf } from '../settings/accent.ts'
import type { Settings } from '../settings/settings-store.ts'

/** How a business presents itself in its messages. */
export interface Brand {
  businessName: string
  accent: { light: Accent; dark: Accent }
  /** Where its picture can be fetched by anybody; null where there is none. */
  logo: URL | null
}

/** Who writes, where answers go, and where the links in a message lead. */
export interface Sender {
  brand: Brand
  /** '' where nothing is sent and none is configured. */
  from: string
  replyTo: string
  /** The origin of this desk; null where it does not know its own address: then there are no links to it. */
  appUrl: string | null
}

/** The business as it is in the settings, and the address from which it writes. */
export function senderOf({ APP_URL }: Pick<Bindings, 'APP_URL'>, settings: Settings, from: string): Sender {
  const { businessName, accentColor, logo, replyTo } = settings
  const appUrl = APP_URL || null
  return {
    ...{ from, replyTo, appUrl },
    brand: {
      businessName: oneLine(businessName),
      accent: accentOf(accentColor),
      logo: appUrl && logo !== '' ? new URL(routes.photo(logo, 'small'), appUrl) : null,
    },
  }
}

/** A line break in a header would start another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
}
