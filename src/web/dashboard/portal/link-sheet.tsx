import { raw } from 'hono/utils/html'
import { renderSVG } from 'uqr'
import type { Settings } from '../../../settings/settings-store.ts'

/** A code is read at arm's length from a worn card: a quarter of the squares may be lost. */
const CODE = { ecc: 'Q', border: 2, pixelSize: 1 } as const

/** One sheet of paper that leads to a portal: whose goods, for which shop, the code, and how to order. */
export const LinkSheet = ({ settings, shop, link }: { settings: Settings; shop?: string; link: string }) => (
  <article class="sheet" aria-label={`Portal link for ${shop ?? 'new shops'}`}>
    <header class="sheet-head">
      <div>
        <b>{settings.businessName}</b>
        {settings.replyTo !== '' && <div class="soft small">{settings.replyTo}</div>}
      </div>
      <div>
        <h2>Order online</h2>
        <div>{shop ?? 'For shops'}</div>
      </div>
    </header>
    <div class="code" role="img" aria-label="QR code of the link below">
      {raw(renderSVG(link, CODE))}
    </div>
    <ol>
      <li>Point your phone’s camera at the code and open the link.</li>
      <li>
        {shop ? 'Choose quantities. You see your own prices.' : 'Choose quantities, at wholesale prices.'}
      </li>
      <li>Look over your order and send it. We answer by e-mail.</li>
    </ol>
    <p class="soft small breaks">{link}</p>
  </article>
)
