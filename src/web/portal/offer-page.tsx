import type { OfferedProduct } from '../../catalog/read-catalogue.ts'
import type { Portal } from '../../retailers/open-portal.ts'
import { routes } from '../../routes.ts'
import { Card } from '../ui/card.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Photo } from '../ui/photo.tsx'
import { OfferTerms, quantityId } from './offer.tsx'
import { ShopPage } from './shop-page.tsx'

/** One product up close. Its quantity is chosen in the catalogue, where Back leads. */
export const OfferPage = (props: { portal: Portal; product: OfferedProduct; token: string }) => {
  const { portal, product, token } = props
  const back = `${routes.portal(token)}#${quantityId(product.number)}`
  return (
    <ShopPage portal={portal} token={token} title={product.name}>
      <PageHead title={product.name} back={{ href: back, label: 'Products' }} />
      <Card>
        <Photo id={product.photo} alt={product.name} size="large" />
        <div>
          <OfferTerms product={product} portal={portal} />
        </div>
        {product.description !== '' && <p class="quote prose">{product.description}</p>}
      </Card>
    </ShopPage>
  )
}
