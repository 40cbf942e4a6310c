/** Every URL, as a builder: links, redirects, forms and tests use these, and nothing spells a path elsewhere. */
export const routes = {
  home: () => '/',
  health: () => '/healthz',
  demoData: () => '/demo-data',

  orders: (query: Query = {}) => withQuery('/orders', query),
  newestOrders: (query: Query) => withQuery('/orders/newest', query),
  ordersOfRetailer: (query: Query = {}) => withQuery('/orders/retailer', query),
  savedViews: () => '/orders/views',
  savedViewRemoval: (id: string) => `/orders/views/${encodeURIComponent(id)}/removal`,
  newOrder: (query: Record<string, string> = {}) => withQuery('/orders/new', query),
  newBulkChange: (query: Query = {}) => withQuery('/orders/bulk/new', query),
  bulkChanges: (query: Query = {}) => withQuery('/orders/bulk', query),
  bulkChange: (id: string, query: Query = {}) => withQuery(`/orders/bulk/${encodeURIComponent(id)}`, query),
  order: (number: number, query: Record<string, string> = {}) => withQuery(`/orders/${number}`, query),
  orderUpdates: (number: number) => `/orders/${number}/updates`,
  orderPreview: (number: number) => `/orders/${number}/preview`,
  orderPreviewHtml: (number: number, query: { audience: string; typed: string }) =>
    withQuery(`/orders/${number}/preview/html`, query),
  orderUndo: (number: number) => `/orders/${number}/undo`,
  orderVoiding: (number: number) => `/orders/${number}/voiding`,
  orderDetails: (number: number) => `/orders/${number}/details`,
  orderLink: (number: number) => `/orders/${number}/link`,
  orderRetailer: (number: number, query: Query = {}) => withQuery(`/orders/${number}/retailer`, query),
  orderLines: (number: number) => `/orders/${number}/lines`,
  newOrderLine: (number: number, query: Record<string, string> = {}) =>
    withQuery(`/orders/${number}/lines/new`, query),
  orderLine: (number: number, productId: string) =>
    `/orders/${number}/lines/${encodeURIComponent(productId)}`,

  /** The documents of these orders, one page each. */
  packingSlips: (numbers: number[] = []) => withOrders('/packing-slips', numbers),
  statements: (numbers: number[] = [], query: Record<string, string> = {}) =>
    withOrders('/statements', numbers, query),
  /** A statement for whoever has the link. */
  sharedStatement: (token: string) => `/shared/statements/${encodeURIComponent(token)}`,

  /** What a shop sees through its private link; `again` names the order whose products were put into the cart. */
  portal: (token: string, query: Query = {}) => withQuery(`/portal/${encodeURIComponent(token)}`, query),
  lineSheet: (token: string, query: Query = {}) =>
    withQuery(`/portal/${encodeURIComponent(token)}/line-sheet`, query),
  portalProduct: (token: string, number: number) => `/portal/${encodeURIComponent(token)}/products/${number}`,
  portalCart: (token: string) => `/portal/${encodeURIComponent(token)}/cart`,
  portalReview: (token: string) => `/portal/${encodeURIComponent(token)}/review`,
  portalRequests: (token: string) => `/portal/${encodeURIComponent(token)}/requests`,
  portalRequest: (token: string, id: string) =>
    `/portal/${encodeURIComponent(token)}/requests/${encodeURIComponent(id)}`,
  portalOrders: (token: string, query: Query = {}) =>
    withQuery(`/portal/${encodeURIComponent(token)}/orders`, query),
  portalOrder: (token: string, number: number, query: Query = {}) =>
    withQuery(`/portal/${encodeURIComponent(token)}/orders/${number}`, query),
  portalStatement: (token: string, number: number) =>
    `/portal/${encodeURIComponent(token)}/orders/${number}/statement`,
  portalAgain: (token: string, number: number) =>
    `/portal/${encodeURIComponent(token)}/orders/${number}/again`,
  portalAnswers: (token: string, number: number) =>
    `/portal/${encodeURIComponent(token)}/orders/${number}/answers`,
  /** The colours of a business: nothing but a function of its accent colour, as in '0b5d56'. */
  theme: (color: string) => `/theme/${encodeURIComponent(color)}`,

  products: (query: Record<string, string> = {}) => withQuery('/products', query),
  newProduct: () => '/products/new',
  product: (id: string, query: Record<string, string> = {}) =>
    withQuery(`/products/${encodeURIComponent(id)}`, query),
  editProduct: (id: string) => `/products/${encodeURIComponent(id)}/edit`,
  productArchival: (id: string) => `/products/${encodeURIComponent(id)}/archival`,
  productAdjustments: (id: string) => `/products/${encodeURIComponent(id)}/adjustments`,
  productPhoto: (id: string) => `/products/${encodeURIComponent(id)}/photo`,
  productMovements: (id: string, query: Record<string, string> = {}) =>
    withQuery(`/products/${encodeURIComponent(id)}/movements`, query),
  /** A photo or a logo, for everybody who knows its id. */
  photo: (id: string, size: 'small' | 'large') => `/photos/${encodeURIComponent(id)}/${size}.webp`,
  toMake: () => '/to-make',
  stockCheck: () => '/stock-check',

  retailers: (query: Record<string, string> = {}) => withQuery('/retailers', query),
  newRetailer: () => '/retailers/new',
  retailer: (id: string, query: Record<string, string> = {}) =>
    withQuery(`/retailers/${encodeURIComponent(id)}`, query),
  editRetailer: (id: string) => `/retailers/${encodeURIComponent(id)}/edit`,
  retailerActivity: (id: string) => `/retailers/${encodeURIComponent(id)}/activity`,
  retailerLink: (id: string) => `/retailers/${encodeURIComponent(id)}/portal-link`,
  retailerAccess: (id: string) => `/retailers/${encodeURIComponent(id)}/portal-access`,
  retailerMinimum: (id: string) => `/retailers/${encodeURIComponent(id)}/minimum-order`,
  retailerInvitation: (id: string) => `/retailers/${encodeURIComponent(id)}/invitation`,

  exports: (query: Query = {}) => withQuery('/exports', query),
  newExport: (query: Query = {}) => withQuery('/exports/new', query),
  export: (id: string) => `/exports/${encodeURIComponent(id)}`,
  exportFile: (id: string) => `/exports/${encodeURIComponent(id)}/file`,

  imports: (kind: 'products' | 'retailers') => `/${kind}/imports`,
  import: (id: string) => `/imports/${encodeURIComponent(id)}`,
  importApplication: (id: string) => `/imports/${encodeURIComponent(id)}/application`,
  importProblems: (id: string) => `/imports/${encodeURIComponent(id)}/problems`,

  mails: (query: Record<string, string> = {}) => withQuery('/mail', query),
  mail: (id: string) => `/mail/${encodeURIComponent(id)}`,
  mailHtml: (id: string) => `/mail/${encodeURIComponent(id)}/html`,
  mailDispatch: (id: string) => `/mail/${encodeURIComponent(id)}/dispatch`,
  mailDismissal: (id: string) => `/mail/${encodeURIComponent(id)}/dismissal`,

  /** What the mail provider calls. */
  mailChannelsHook: () => '/hooks/mailchannels',

  settings: (query: Record<string, string> = {}) => withQuery('/settings', query),
  mailSettings: (query: Record<string, string> = {}) => withQuery('/settings/mail', query),
  testMail: () => '/settings/mail/test',
  sendingDomain: () => '/settings/mail/domain',
  portalSettings: (query: Record<string, string> = {}) => withQuery('/settings/portal', query),
  logo: () => '/settings/logo',
  newShopsLink: () => '/settings/portal/link',
  palette: (query: Query = {}) => withQuery('/jump', query),
  keys: () => '/keys',
}

/** The same URLs as patterns, where a part of the path is a parameter. */
export const patterns = {
  savedViewRemoval: '/orders/views/:id/removal',
  bulkChange: '/orders/bulk/:id{[\\w-]{8,64}}',
  order: '/orders/:number{[0-9]{1,12}}',
  orderUpdates: '/orders/:number{[0-9]{1,12}}/updates',
  orderPreview: '/orders/:number{[0-9]{1,12}}/preview',
  orderPreviewHtml: '/orders/:number{[0-9]{1,12}}/preview/html',
  orderUndo: '/orders/:number{[0-9]{1,12}}/undo',
  orderVoiding: '/orders/:number{[0-9]{1,12}}/voiding',
  orderDetails: '/orders/:number{[0-9]{1,12}}/details',
  orderLink: '/orders/:number{[0-9]{1,12}}/link',
  orderRetailer: '/orders/:number{[0-9]{1,12}}/retailer',
  orderLines: '/orders/:number{[0-9]{1,12}}/lines',
  newOrderLine: '/orders/:number{[0-9]{1,12}}/lines/new',
  orderLine: '/orders/:number{[0-9]{1,12}}/lines/:productId',

  export: '/exports/:id{[\\w-]{8,64}}',
  exportFile: '/exports/:id{[\\w-]{8,64}}/file',

  sharedStatement: '/shared/statements/:token',

  portal: '/portal/:token',
  lineSheet: '/portal/:token/line-sheet',
  portalProduct: '/portal/:token/products/:number{[0-9]{1,9}}',
  portalCart: '/portal/:token/cart',
  portalReview: '/portal/:token/review',
  portalRequests: '/portal/:token/requests',
  portalRequest: '/portal/:token/requests/:id{[\\w-]{8,64}}',
  portalOrders: '/portal/:token/orders',
  portalOrder: '/portal/:token/orders/:number{[0-9]{1,12}}',
  portalStatement: '/portal/:token/orders/:number{[0-9]{1,12}}/statement',
  portalAgain: '/portal/:token/orders/:number{[0-9]{1,12}}/again',
  portalAnswers: '/portal/:token/orders/:number{[0-9]{1,12}}/answers',
  theme: '/theme/:color{[0-9a-f]{6}}',

  product: '/products/:id{[\\w-]{8,64}}',
  editProduct: '/products/:id{[\\w-]{8,64}}/edit',
  productArchival: '/products/:id{[\\w-]{8,64}}/archival',
  productAdjustments: '/products/:id{[\\w-]{8,64}}/adjustments',
  productPhoto: '/products/:id{[\\w-]{8,64}}/photo',
  photo: '/photos/:id{[\\w-]{32}}/:size{(?:small|large)\\.webp}',
  productMovements: '/products/:id{[\\w-]{8,64}}/movements',
  retailer: '/retailers/:id{[\\w-]{8,64}}',
  editRetailer: '/retailers/:id{[\\w-]{8,64}}/edit',
  retailerActivity: '/retailers/:id{[\\w-]{8,64}}/activity',
  retailerLink: '/retailers/:id{[\\w-]{8,64}}/portal-link',
  retailerAccess: '/retailers/:id{[\\w-]{8,64}}/portal-access',
  retailerMinimum: '/retailers/:id{[\\w-]{8,64}}/minimum-order',
  retailerInvitation: '/retailers/:id{[\\w-]{8,64}}/invitation',
  import: '/imports/:id',
  importApplication: '/imports/:id/application',
  importProblems: '/imports/:id/problems',
  mail: '/mail/:id{[\\w-]{8,64}}',
  mailHtml: '/mail/:id{[\\w-]{8,64}}/html',
  mailDispatch: '/mail/:id{[\\w-]{8,64}}/dispatch',
  mailDismissal: '/mail/:id{[\\w-]{8,64}}/dismissal',
} as const

/** Addresses to which files are sent: they have a limit of their own. */
export const takesFiles = (path: string) =>
  /^\/(?:(?:products|retailers)\/imports|products\/[^/]+\/photo|settings\/logo)$/.test(path)

/** Names with their values; as pairs where a name comes more than once. */
type Query = Record<string, string> | [string, string][]

function withQuery(path: string, query: Query): string {
  const filled = (Array.isArray(query) ? query : Object.entries(query)).filter(([, value]) => value !== '')
  // URLSearchParams would do the same, and takes five times as long: a list has two dozen such links.
  const encoded = filled.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  return filled.length > 0 ? `${path}?${encoded.join('&')}` : path
}

/** Numbers need no escaping, and an address that names orders can be read. */
function withOrders(path: string, numbers: number[], query: Record<string, string> = {}): string {
  if (numbers.length === 0) return path
  const rest = new URLSearchParams(query)
  return `${path}?orders=${numbers.join(',')}${rest.size > 0 ? `&${rest}` : ''}`
}
