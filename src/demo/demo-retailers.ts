import type { RetailerFields } from '../retailers/retailer.ts'

export interface DemoRetailer extends RetailerFields {
  id: string
  /** Made inactive at the end; it only has old orders. */
  left?: true
}

type Shop = [
  name: string,
  rate: number,
  contact: string,
  email: string,
  phone: string,
  address: string,
  notes?: string,
]

/** Addresses are "street; city; region; postcode". All of them are made up. */
const wholesale: Shop[] = [
  [
    'Harbor & Thread',
    5000,
    'Maya Lindqvist',
    'maya@harborandthread.example',
    '+1 207 555 0112',
    '41 Wharf Street; Portland; ME; 04101',
    'Likes deliveries before noon.',
  ],
  [
    'North Loop Mercantile',
    4500,
    'Sam Adeyemi',
    'sam@northloop.example',
    '+1 612 555 0147',
    '220 Washington Avenue N; Minneapolis; MN; 55401',
  ],
  [
    'Fern Street Books',
    5000,
    'Priya Raman',
    'orders@fernstreetbooks.example',
    '+1 804 555 0126',
    '9 Fern Street; Richmond; VA; 23220',
    'Mugs stand beside the cookbooks.',
  ],
  [
    'Gull Point Provisions',
    5000,
    'Tom Haskell',
    'tom@gullpoint.example',
    '+1 503 555 0183',
    '1288 Marine Drive; Astoria; OR; 97103',
  ],
  [
    'Second Story Home',
    5500,
    'Inès Carvalho',
    'ines@secondstoryhome.example',
    '+1 518 555 0171',
    '318 Warren Street; Hudson; NY; 12534',
    '55 % since the third order of the year.',
  ],
  [
    'The Copper Kettle',
    5000,
    'Walt Brennan',
    '',
    '+1 828 555 0139',
    '77 Haywood Road; Asheville; NC; 28806',
    'No e-mail. Walt orders by telephone, on Tuesdays.',
  ],
  [
    'Marlowe & Daughters',
    5000,
    'June Marlowe',
    'june@marlowedaughters.example',
    '+1 843 555 0104',
    '15 Queen Street; Charleston; SC; 29401',
  ],
  [
    'Blue Door Pantry',
    5000,
    'Nils Oberg',
    'nils@bluedoorpantry.example',
    '+1 802 555 0165',
    '60 Church Street; Burlington; VT; 05401',
    'Closed for good in the summer.',
  ],
]

const consignment: Shop[] = [
  [
    'Old Mill Gallery',
    4000,
    'Ruth Applebaum',
    'ruth@oldmillgallery.example',
    '+1 609 555 0118',
    '2 Mill Lane; Lambertville; NJ; 08530',
    'Settles at the end of each month.',
  ],
  [
    'Cove Contemporary',
    4500,
    'Dario Conti',
    'dario@covecontemporary.example',
    '+1 508 555 0190',
    '402 Commercial Street; Provincetown; MA; 02657',
  ],
  [
    'Pier Nine Museum Shop',
    3500,
    'Helen Osei',
    'shop@piernine.example',
    '+1 410 555 0133',
    'Pier 9, Thames Street; Baltimore; MD; 21231',
    'Two kiosks; send everything to the main desk.',
  ],
  [
    'Juniper Craft Collective',
    4000,
    'Rosa Tafoya',
    'rosa@junipercraft.example',
    '+1 505 555 0158',
    '611 Canyon Road; Santa Fe; NM; 87501',
  ],
]

const shopsOf = (type: RetailerFields['type'], shops: Shop[]): DemoRetailer[] =>
  shops.map(([name, rate, contactName, email, phone, address, notes = '']) => {
    const [street = '', city = '', region = '', postcode = ''] = address.split('; ')
    const id = `demo-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`
    return {
      ...{
        id,
        name,
        type,
        rate,
        contactName,
        email,
        phone,
        street,
        city,
        region,
        postcode,
        country: 'US',
        notes,
      },
      ...(name === 'Blue Door Pantry' ? { left: true } : {}),
    }
  })

export const demoRetailers: DemoRetailer[] = [
  ...shopsOf('wholesale', wholesale),
  ...shopsOf('consignment', consignment),
]
