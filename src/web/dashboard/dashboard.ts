import { Hono } from 'hono'
import { routes } from '../../routes.ts'
import type { WebEnv } from '../session.ts'
import { bulk } from './bulk.tsx'
import { documents } from './documents.tsx'
import { exports } from './exports.tsx'
import { imports } from './imports.tsx'
import { keys } from './keys.tsx'
import { logo } from './logo.tsx'
import { mail } from './mail.tsx'
import { mailSettings } from './mail-settings.tsx'
import { newOrder } from './new-order.tsx'
import { order } from './order.tsx'
import { orderDetails } from './order-details.tsx'
import { orderLines } from './order-lines.tsx'
import { orderPreview } from './order-preview.tsx'
import { orderRetailer } from './order-retailer.tsx'
import { orders } from './orders.tsx'
import { palette } from './palette.tsx'
import { portalSettings } from './portal-settings.tsx'
import { productPhoto } from './product-photo.tsx'
import { products } from './products.tsx'
import { retailerPortal } from './retailer-portal.tsx'
import { retailers } from './retailers.tsx'
import { settings } from './settings.tsx'
import { stockCheck } from './stock-check.tsx'
import { toMake } from './to-make.tsx'

/** Everything that staff see. One router per noun. */
export const dashboard = new Hono<WebEnv>()

dashboard.get(routes.home(), (c) => c.redirect(routes.orders()))
dashboard.route('/', palette)
dashboard.route('/', keys)
dashboard.route('/', orders)
dashboard.route('/', bulk)
dashboard.route('/', newOrder)
dashboard.route('/', order)
dashboard.route('/', orderPreview)
dashboard.route('/', orderLines)
dashboard.route('/', orderDetails)
dashboard.route('/', orderRetailer)
dashboard.route('/', documents)
dashboard.route('/', retailers)
dashboard.route('/', retailerPortal)
dashboard.route('/', settings)
dashboard.route('/', mailSettings)
dashboard.route('/', logo)
dashboard.route('/', portalSettings)
dashboard.route('/', stockCheck)
dashboard.route('/', products)
dashboard.route('/', productPhoto)
dashboard.route('/', toMake)
dashboard.route('/', exports)
dashboard.route('/', imports)
dashboard.route('/', mail)
