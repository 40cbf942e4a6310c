import type { ProductFields } from '../catalog/product.ts'

type Made = [
  sku: string,
  name: string,
  retailPrice: number,
  description: string,
  over?: Partial<ProductFields>,
]

const common = {
  ...{ wholesalePrice: null, caseSize: 6, stockTracked: true, lowStockThreshold: 8, listed: true },
} as const

/** The one product that the demo leaves low on purpose. */
export const LOW_SKU = 'BWL-SEA'

/** Four collections of six. Prices in cents. */
const collections: Record<string, Made[]> = {
  'Everyday Mugs': [
    ['MUG-SEA', 'Speckled mug, sea', 2800, 'A full cup in blue-green over speckled stoneware. 350 ml.'],
    ['MUG-OAT', 'Speckled mug, oat', 2800, 'The same mug in a warm matte oat. 350 ml.'],
    ['MUG-RST', 'Speckled mug, rust', 2800, 'Iron glaze that breaks to ochre at the rim. 350 ml.'],
    ['TMB-SEA', 'Tall tumbler, sea', 3400, 'For iced tea and long mornings. 450 ml.', { caseSize: 4 }],
    ['ESP-OAT', 'Espresso cup, oat', 1800, 'Small, thick and slow to cool. 90 ml.', { wholesalePrice: 850 }],
    ['CMP-FOG', 'Camp mug, fog', 3200, 'Straight sides, a handle for gloves. 400 ml.', { caseSize: 4 }],
  ],
  'Supper Table': [
    ['BWL-OAT', 'Supper bowl, oat', 3400, 'Wide and low, for anything with a spoon. 20 cm.'],
    [LOW_SKU, 'Supper bowl, sea', 3400, 'The supper bowl in blue-green. 20 cm.', { lowStockThreshold: 12 }],
    [
      'PLT-FOG',
      'Dinner plate, fog',
      3600,
      'A flat plate with a raised edge. 27 cm.',
      { wholesalePrice: 1750 },
    ],
    ['SPL-FOG', 'Side plate, fog', 2400, 'For bread, cake and cheese. 18 cm.'],
    ['PST-SEA', 'Pasta bowl, sea', 3800, 'Deep enough for sauce. 23 cm.', { caseSize: 4 }],
    [
      'SRV-RST',
      'Serving platter, rust',
      8400,
      'Thrown as one piece, each one different. 38 cm.',
      { caseSize: 1 },
    ],
  ],
  'Vases & Planters': [
    ['VAS-RST', 'Bud vase, rust', 2900, 'For one stem. 14 cm.'],
    ['VAS-FOG', 'Bud vase, fog', 2900, 'For one stem, in pale grey. 14 cm.'],
    [
      'MON-SEA',
      'Moon vase, sea',
      7200,
      'Two bowls joined at the belly. 24 cm.',
      { caseSize: 1, lowStockThreshold: 3 },
    ],
    ['TAL-OAT', 'Tall vase, oat', 6400, 'For branches. 32 cm.', { caseSize: 2, lowStockThreshold: 4 }],
    ['HRB-FOG', 'Herb planter, fog', 4200, 'With a saucer that fits. 15 cm.', { caseSize: 2 }],
    ['HNG-RST', 'Hanging planter, rust', 4800, 'With a cotton cord. 16 cm.', { caseSize: 2, listed: false }],
  ],
  'Small Things': [
    ['SLT-OAT', 'Salt cellar, oat', 2200, 'A lid that is easy to lift with one finger.'],
    ['BTR-SEA', 'Butter dish, sea', 4600, 'Holds half a pound.', { caseSize: 2 }],
    ['RNG-RST', 'Ring dish, rust', 1600, 'Small and flat. 10 cm.', { wholesalePrice: 700, caseSize: 12 }],
    ['SPN-FOG', 'Spoon rest, fog', 1900, 'Beside every stove.'],
    ['INC-OAT', 'Incense holder, oat', 1400, 'Catches the ash.', { lowStockThreshold: null }],
    [
      'VCH-DAY',
      'Studio day voucher',
      9500,
      'A day at the wheel, on paper.',
      { stockTracked: false, caseSize: 1 },
    ],
  ],
}

export interface DemoProduct extends ProductFields {
  id: string
}

export const demoProducts: DemoProduct[] = Object.entries(collections).flatMap(([collection, made]) =>
  made.map(([sku, name, retailPrice, description, over]) => ({
    ...{ id: `demo-${sku.toLowerCase()}`, sku, name, collection, description, retailPrice },
    ...common,
    ...over,
    ...(over?.stockTracked === false ? { lowStockThreshold: null } : {}),
  })),
)
