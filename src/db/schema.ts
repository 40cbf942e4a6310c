import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Actor } from '../context.ts'

// The typed mirror of migrations/*.sql, which decide (STRICT tables, triggers and search indexes cannot be said
// here). schema.worker.test.ts holds the two against each other.

const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull()
const actor = () => text({ mode: 'json' }).$type<Actor>().notNull()
const updatedBy = () => text('updated_by', { mode: 'json' }).$type<Actor>()

export const settings = sqliteTable('settings', {
  id: integer().primaryKey(),
  businessName: text('business_name').notNull(),
  currency: text().notNull(),
  timeZone: text('time_zone').notNull(),
  replyTo: text('reply_to').notNull(),
  notificationEmails: text('notification_emails').notNull(),
  revision: integer().notNull(),
  updatedAt: integer('updated_at').notNull(),
  accentColor: text('accent_color').notNull().default(''),
  logo: text().notNull().default(''),
  welcomeText: text('welcome_text').notNull().default(''),
  minimumOrder: integer('minimum_order').notNull().default(0),
  newShopsOpen: flag('new_shops_open').default(false),
  newShopsLinkVersion: integer('new_shops_link_version').notNull().default(1),
  newShopsRate: integer('new_shops_rate').notNull().default(5000),
  updatedBy: updatedBy(),
})

export const products = sqliteTable('products', {
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  sku: text().notNull().unique(),
  name: text().notNull(),
  collection: text().notNull(),
  description: text().notNull(),
  retailPrice: integer('retail_price').notNull(),
  wholesalePrice: integer('wholesale_price'),
  caseSize: integer('case_size').notNull(),
  stockTracked: flag('stock_tracked'),
  lowStockThreshold: integer('low_stock_threshold'),
  listed: flag('listed'),
  archived: flag('archived'),
  lowStock: flag('low_stock').default(false),
  revision: integer().notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  photo: text().notNull().default(''),
  updatedBy: updatedBy(),
})

export const productStock = sqliteTable('product_stock', {
  productId: text('product_id').primaryKey(),
  onHand: integer('on_hand').notNull(),
  reserved: integer().notNull(),
  sequence: integer().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const stockMovements = sqliteTable(
  'stock_movements',
  {
    productId: text('product_id').notNull(),
    sequence: integer().notNull(),
    at: integer().notNull(),
    kind: text().notNull(),
    onHandChange: integer('on_hand_change').notNull(),
    reservedChange: integer('reserved_change').notNull(),
    onHand: integer('on_hand').notNull(),
    reserved: integer().notNull(),
    orderId: text('order_id'),
    revision: integer(),
    reason: text(),
    actor: actor(),
  },
  (table) => [primaryKey({ columns: [table.productId, table.sequence] })],
)

export const stockDecisions = sqliteTable('stock_decisions', {
  attempt: text().primaryKey(),
  decision: text({ enum: ['commit', 'abandon'] }).notNull(),
  at: integer().notNull(),
})

export const stockAudits = sqliteTable('stock_audits', {
  productId: text('product_id').primaryKey(),
  at: integer().notNull(),
  sequence: integer().notNull(),
  onHand: integer('on_hand').notNull(),
  reserved: integer().notNull(),
  differences: text({ mode: 'json' }).$type<string[]>().notNull(),
})

export const retailers = sqliteTable('retailers', {
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  name: text().notNull(),
  type: text({ enum: ['wholesale', 'consignment'] }).notNull(),
  contactName: text('contact_name').notNull(),
  email: text().notNull(),
  phone: text().notNull(),
  street: text().notNull(),
  city: text().notNull(),
  region: text().notNull(),
  postcode: text().notNull(),
  country: text().notNull(),
  rate: integer().notNull(),
  notes: text().notNull(),
  active: flag('active'),
  revision: integer().notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  portalOpen: flag('portal_open').default(true),
  portalLinkVersion: integer('portal_link_version').notNull().default(1),
  minimumOrder: integer('minimum_order'),
  updatedBy: updatedBy(),
})

export const recordChanges = sqliteTable('record_changes', {
  number: integer().primaryKey(),
  subject: text({ enum: ['product', 'retailer', 'settings'] }).notNull(),
  subjectId: text('subject_id').notNull(),
  at: integer().notNull(),
  actor: text({ mode: 'json' }).$type<Actor>(),
  before: text({ mode: 'json' }).$type<Record<string, string | number | null>>(),
  after: text({ mode: 'json' }).$type<Record<string, string | number | null>>().notNull(),
})

export const portalEvents = sqliteTable('portal_events', {
  number: integer().primaryKey(),
  retailerId: text('retailer_id'),
  at: integer().notNull(),
  actor: actor(),
  kind: text({ enum: ['replaced', 'opened', 'closed', 'minimum', 'saved'] }).notNull(),
})

export const orders = sqliteTable('orders', {
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  revision: integer().notNull(),
  attempt: text().notNull(),
  retailerId: text('retailer_id'),
  type: text({ enum: ['wholesale', 'consignment'] }).notNull(),
  status: text({
    enum: ['awaiting_approval', 'new', 'in_progress', 'shipped', 'delivered', 'canceled'],
  }).notNull(),
  paymentStatus: text('payment_status', {
    enum: ['none_expected', 'awaiting_payment', 'paid_in_full', 'deposit_50'],
  }).notNull(),
  pull: flag('pull'),
  voided: flag('voided'),
  rate: integer().notNull(),
  date: text().notNull(),
  poNumber: text('po_number').notNull(),
  discount: integer().notNull(),
  shipping: integer().notNull(),
  otherCharges: integer('other_charges').notNull(),
  tax: integer().notNull(),
  grossTotal: integer('gross_total').notNull(),
  netTotal: integer('net_total').notNull(),
  amountDue: integer('amount_due').notNull(),
  trackingNumber: text('tracking_number').notNull(),
  invoiceLink: text('invoice_link').notNull(),
  createdAt: integer('created_at').notNull(),
  createdBy: text('created_by', { mode: 'json' }).$type<Actor>().notNull(),
  updatedAt: integer('updated_at').notNull(),
  retailerName: text('retailer_name').notNull(),
  shipBy: text('ship_by').notNull().default(''),
  linkVersion: integer('link_version').notNull().default(1),
})

export const orderLines = sqliteTable(
  'order_lines',
  {
    orderId: text('order_id').notNull(),
    productId: text('product_id').notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    sku: text().notNull(),
    unitRetail: integer('unit_retail').notNull(),
    unitPrice: integer('unit_price').notNull(),
    quantity: integer().notNull(),
    stockTracked: flag('stock_tracked'),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.productId] })],
)

export const orderRequests = sqliteTable('order_requests', {
  orderId: text('order_id').primaryKey(),
  businessName: text('business_name').notNull(),
  contactName: text('contact_name').notNull(),
  email: text().notNull(),
  phone: text().notNull(),
  street: text().notNull(),
  city: text().notNull(),
  region: text().notNull(),
  postcode: text().notNull(),
  country: text().notNull(),
  wantedDate: text('wanted_date').notNull(),
  note: text().notNull(),
})

export const orderEvents = sqliteTable(
  'order_events',
  {
    orderId: text('order_id').notNull(),
    revision: integer().notNull(),
    changeId: text('change_id').notNull().unique(),
    at: integer().notNull(),
    actor: actor(),
    kind: text().notNull(),
    changes: text({ mode: 'json' }).notNull(),
    comment: text().notNull(),
    emailed: flag('emailed'),
    statement: text({ mode: 'json' }),
    requestDigest: text('request_digest'),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.revision] })],
)

export const orderCounts = sqliteTable('order_counts', {
  facet: integer().primaryKey(),
  orders: integer().notNull(),
})

export const transactions = sqliteTable('transactions', {
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  orderId: text('order_id').notNull(),
  retailerId: text('retailer_id').notNull(),
  kind: text({ enum: ['sale', 'consignment_delivery', 'void'] }).notNull(),
  grossTotal: integer('gross_total').notNull(),
  netTotal: integer('net_total').notNull(),
  date: text().notNull(),
  at: integer().notNull(),
  actor: actor(),
  reason: text().notNull(),
})

export const consignedStock = sqliteTable(
  'consigned_stock',
  {
    retailerId: text('retailer_id').notNull(),
    productId: text('product_id').notNull(),
    quantity: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.retailerId, table.productId] })],
)

export const mails = sqliteTable('mails', {
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  kind: text({ enum: ['order', 'portal_link'] })
    .notNull()
    .default('order'),
  orderId: text('order_id'),
  revision: integer(),
  retailerId: text('retailer_id'),
  recipient: text().notNull(),
  audience: text({ enum: ['retailer', 'business'] }).notNull(),
  status: text({
    enum: [
      ...(['queued', 'sending', 'sent', 'captured'] as const),
      ...(['delivered', 'bounced', 'complained', 'failed', 'unknown'] as const),
    ],
  }).notNull(),
  statusAt: integer('status_at').notNull(),
  attempts: integer().notNull(),
  dueAt: integer('due_at').notNull(),
  providerId: text('provider_id'),
  reason: text(),
  queuedAt: integer('queued_at').notNull(),
  sentAt: integer('sent_at'),
  fateRank: integer('fate_rank').notNull().default(0),
  decided: flag('decided').default(false),
  decidedBy: text('decided_by', { mode: 'json' }).$type<Actor>(),
  againOf: text('again_of'),
  askedBy: text('asked_by', { mode: 'json' }).$type<Actor>(),
  keptIn: text('kept_in'),
  event: text({ enum: ['placed', 'requested', 'updated', 'shipped', 'delivered', 'canceled'] }),
})

export const mailCounts = sqliteTable(
  'mail_counts',
  {
    status: text().notNull(),
    decided: flag('decided'),
    mails: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.status, table.decided] })],
)

export const mailEvents = sqliteTable(
  'mail_events',
  {
    messageId: text('message_id').notNull(),
    event: text().notNull(),
    at: integer().notNull(),
    recipient: text().notNull(),
    mailId: text('mail_id'),
    reason: text().notNull(),
    receivedAt: integer('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.event, table.at, table.recipient] })],
)

export const mailEventCalls = sqliteTable(
  'mail_event_calls',
  { signedAt: integer('signed_at').notNull(), digest: text().notNull() },
  (table) => [primaryKey({ columns: [table.signedAt, table.digest] })],
)

export const mailEventRefusals = sqliteTable(
  'mail_event_refusals',
  { day: text().notNull(), reason: text().notNull(), calls: integer().notNull() },
  (table) => [primaryKey({ columns: [table.day, table.reason] })],
)

export const imports = sqliteTable('imports', {
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  kind: text({ enum: ['products', 'retailers'] }).notNull(),
  fileName: text('file_name').notNull(),
  format: text({ enum: ['shopify', 'products', 'retailers'] }).notNull(),
  encoding: text({ enum: ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] }).notNull(),
  delimiter: text().notNull(),
  columns: text({ mode: 'json' }).$type<{ heading: string; field: string | null }[]>().notNull(),
  currency: text().notNull(),
  status: text({
    enum: ['reading', 'comparing', 'ready', 'applying', 'counting', 'applied', 'failed'],
  }).notNull(),
  position: integer().notNull(),
  chunks: integer().notNull(),
  rows: integer().notNull(),
  skipped: integer().notNull(),
  created: integer().notNull(),
  changed: integer().notNull(),
  unchanged: integer().notNull(),
  problems: integer().notNull(),
  counted: integer().notNull(),
  examples: text({ mode: 'json' }).notNull(),
  failure: text(),
  attempts: integer().notNull(),
  leaseUntil: integer('lease_until').notNull(),
  createdAt: integer('created_at').notNull(),
  createdBy: text('created_by', { mode: 'json' }).$type<Actor>().notNull(),
  appliedBy: text('applied_by', { mode: 'json' }).$type<Actor>(),
  updatedAt: integer('updated_at').notNull(),
  requestDigest: text('request_digest'),
})

export const importProblems = sqliteTable(
  'import_problems',
  {
    importId: text('import_id').notNull(),
    row: integer().notNull(),
    found: text({ enum: ['reading', 'comparing'] }).notNull(),
    message: text().notNull(),
    cells: text({ mode: 'json' }).$type<string[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.row] })],
)

export const importAdjustments = sqliteTable(
  'import_adjustments',
  {
    importId: text('import_id').notNull(),
    chunk: integer().notNull(),
    adjustments: text({ mode: 'json' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.chunk] })],
)

export const exports = sqliteTable('exports', {
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  content: text({ enum: ['orders', 'lines'] }).notNull(),
  filter: text({ mode: 'json' }).notNull(),
  expression: text().notNull(),
  currency: text().notNull(),
  timeZone: text('time_zone').notNull(),
  status: text({ enum: ['writing', 'ready', 'failed'] }).notNull(),
  firstNumber: integer('first_number').notNull(),
  lastNumber: integer('last_number').notNull(),
  position: integer().notNull(),
  rows: integer().notNull(),
  bytes: integer().notNull(),
  uploadId: text('upload_id'),
  parts: text({ mode: 'json' }).$type<{ partNumber: number; etag: string }[]>().notNull(),
  carry: blob({ mode: 'buffer' }).$type<Uint8Array>().notNull(),
  claims: integer().notNull(),
  attempts: integer().notNull(),
  leaseUntil: integer('lease_until').notNull(),
  createdAt: integer('created_at').notNull(),
  createdBy: text('created_by', { mode: 'json' }).$type<Actor>().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const exportKeptOrders = sqliteTable('export_kept_orders', {
  id: integer().primaryKey(),
  export: integer().notNull(),
  orderNumber: integer('order_number').notNull(),
  version: text({ mode: 'json' }).notNull(),
})

export const savedViews = sqliteTable('saved_views', {
  id: text().primaryKey(),
  name: text().notNull(),
  query: text().notNull(),
  ownerId: text('owner_id').notNull(),
  shared: flag('shared'),
  createdAt: integer('created_at').notNull(),
})

export const bulkChanges = sqliteTable('bulk_changes', {
  number: integer().primaryKey(),
  id: text().notNull().unique(),
  status: text({
    enum: ['awaiting_approval', 'new', 'in_progress', 'shipped', 'delivered', 'canceled'],
  }),
  paymentStatus: text('payment_status', {
    enum: ['none_expected', 'awaiting_payment', 'paid_in_full', 'deposit_50'],
  }),
  email: flag('email'),
  comment: text().notNull(),
  pull: flag('pull'),
  goods: text({ enum: ['came_back', 'written_off'] }),
  allowShortage: flag('allow_shortage'),
  orders: integer().notNull(),
  remaining: integer().notNull(),
  refused: integer().notNull(),
  changed: integer().notNull(),
  unchanged: integer().notNull(),
  attempts: integer().notNull(),
  leaseUntil: integer('lease_until').notNull(),
  createdAt: integer('created_at').notNull(),
  createdBy: text('created_by', { mode: 'json' }).$type<Actor>().notNull(),
  updatedAt: integer('updated_at').notNull(),
  requestDigest: text('request_digest'),
})

export const bulkChangeOrders = sqliteTable(
  'bulk_change_orders',
  {
    bulkChange: integer('bulk_change').notNull(),
    orderNumber: integer('order_number').notNull(),
    outcome: integer(),
    refusal: text({ mode: 'json' }),
  },
  (table) => [primaryKey({ columns: [table.bulkChange, table.orderNumber] })],
)
