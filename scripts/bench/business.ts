import { newId } from '../../src/new-id.ts'
import type { Bindings } from './bindings.ts'

/** A maker who has been in business for some years. */
const PRODUCTS = 120
const RETAILERS = 300
/** Enough that no case here runs short. */
const UNITS_RECEIVED = 1_000_000
const COLLECTIONS = ['Tableware', 'Vases', 'Candles', 'Soap', 'Cards', 'Linen', 'Baskets', 'Jewellery']
const THINGS = [
  'Mug',
  'Bowl',
  'Plate',
  'Jug',
  'Vase',
  'Candle',
  'Soap',
  'Card',
  'Towel',
  'Basket',
  'Ring',
  'Dish',
]
const FINISHES = ['Oat', 'Moss', 'Slate', 'Rust', 'Sand', 'Ink', 'Chalk', 'Fern', 'Clay', 'Plum']
const SHOPS = [
  'Hearth',
  'Field',
  'Harbour',
  'Corner',
  'Willow',
  'Copper',
  'North',
  'Orchard',
  'Paper',
  'Salt',
]
const TRADES = [
  'Goods',
  'Home',
  'Supply',
  'Store',
  'Gallery',
  'Mercantile',
  'Makers',
  'Studio',
  'Market',
  'Gifts',
]
const CITIES = ['Portland', 'Bristol', 'Ghent', 'Lyon', 'Aarhus', 'Turin']

export interface Business {
  productIds: string[]
  retailerIds: string[]
}

/** Opens an empty database for business: settings, products with stock that their objects received, retailers. */
export async function openBusiness({ DB, PRODUCT_STOCK }: Bindings): Promise<Business> {
  const now = Date.now()
  const products = Array.from({ length: PRODUCTS }, (_, index) => product(index, now))
  const retailers = Array.from({ length: RETAILERS }, (_, index) => retailer(index, now))
  await DB.batch([
    DB.prepare(
      `UPDATE settings SET business_name = 'Counter & Clay', reply_to = 'hello@counterclay.example',
        notification_emails = '["orders@counterclay.example"]'`,
    ),
    insert(DB, 'products', products),
    insert(DB, 'retailers', retailers),
  ])
  const actor = { kind: 'staff', id: 'bench', name: 'Benchmark', role: 'owner' } as const
  const reason = 'Opening stock'
  for (const { id } of products) {
    const adjustment = { kind: 'receive', id: newId(), quantity: UNITS_RECEIVED, reason, at: now, actor }
    await PRODUCT_STOCK.get(PRODUCT_STOCK.idFromName(id)).adjust(id, adjustment)
  }
  return { productIds: products.map(({ id }) => id), retailerIds: retailers.map(({ id }) => id) }
}

/** Whether the retailer at this place sells on consignment: every third does. */
export const isConsignment = (index: number) => index % 3 === 2

function product(index: number, now: number) {
  const [thing, finish] = [THINGS[index % THINGS.length], FINISHES[Math.floor(index / THINGS.length)]]
  return {
    ...{ id: newId(), sku: `${thing}-${finish}`.toUpperCase(), name: `${thing}, ${finish}` },
    ...{
      collection: COLLECTIONS[index % COLLECTIONS.length],
      description: `${thing} in ${finish}, by hand.`,
    },
    ...{ retail_price: 800 + ((index * 350) % 6000), wholesale_price: index % 5 === 0 ? 400 + index : null },
    ...{ case_size: 1 + (index % 6), stock_tracked: 1, low_stock_threshold: 10, listed: 1, archived: 0 },
    ...{ revision: 1, created_at: now, updated_at: now },
  }
}

function retailer(index: number, now: number) {
  const name = `${SHOPS[index % 10]} ${TRADES[Math.floor(index / 10) % 10]} ${1 + Math.floor(index / 100)}`
  const type = isConsignment(index) ? 'consignment' : 'wholesale'
  return {
    ...{ id: newId(), name, type, contact_name: 'Jo Miller', email: `shop${index}@retail.example` },
    ...{ phone: '+1 555 0100', street: `${index + 1} High Street`, city: CITIES[index % CITIES.length] },
    ...{ region: '', postcode: '97201', country: 'US', rate: type === 'wholesale' ? 5000 : 4000, notes: '' },
    ...{ active: 1, revision: 1, created_at: now, updated_at: now },
  }
}

function insert(
  db: Bindings['DB'],
  table: string,
  rows: Record<string, string | number | null | undefined>[],
) {
  const columns = Object.keys(rows[0]!)
  const values = columns.map((column) => `value->>'${column}'`)
  return db
    .prepare(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM json_each(?)`)
    .bind(JSON.stringify(rows))
}
