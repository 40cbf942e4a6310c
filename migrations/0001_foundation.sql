-- Settings: one row, one business.
CREATE TABLE settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  business_name TEXT NOT NULL,
  currency TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  reply_to TEXT NOT NULL,
  notification_emails TEXT NOT NULL,
  revision INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

INSERT INTO settings VALUES (1, 'My business', 'USD', 'UTC', '', '[]', 1, 0);

-- Products. `number` is the stable row number that the search index refers to.
CREATE TABLE products (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sku TEXT NOT NULL COLLATE NOCASE UNIQUE,
  name TEXT NOT NULL COLLATE NOCASE,
  collection TEXT NOT NULL,
  description TEXT NOT NULL,
  retail_price INTEGER NOT NULL CHECK (retail_price >= 0),
  wholesale_price INTEGER CHECK (wholesale_price >= 0),
  case_size INTEGER NOT NULL CHECK (case_size >= 1),
  stock_tracked INTEGER NOT NULL CHECK (stock_tracked IN (0, 1)),
  low_stock_threshold INTEGER,
  listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
  low_stock INTEGER NOT NULL DEFAULT 0 CHECK (low_stock IN (0, 1)),
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX products_by_name ON products (archived, name, number);
CREATE INDEX products_low ON products (archived, low_stock, name, number);
CREATE INDEX products_by_collection ON products (collection);

-- `state` holds the words active or archived, and low: a search for them within the words typed reads only what
-- it shows. Deleting before inserting: under an upsert of a product, OR REPLACE would leave the old words in place.
CREATE VIRTUAL TABLE product_search USING fts5 (
  name, sku, collection, state,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER product_search_insert AFTER INSERT ON products BEGIN
  DELETE FROM product_search WHERE rowid = new.number;
  INSERT INTO product_search (rowid, name, sku, collection, state)
    SELECT number, name, sku, collection, iif(archived, 'archived', 'active') || iif(low_stock, ' low', '')
    FROM products WHERE number = new.number;
END;
CREATE TRIGGER product_search_update AFTER UPDATE OF name, sku, collection, archived, low_stock ON products
WHEN old.name IS NOT new.name COLLATE BINARY OR old.sku IS NOT new.sku COLLATE BINARY
  OR old.collection <> new.collection OR old.archived <> new.archived OR old.low_stock <> new.low_stock BEGIN
  DELETE FROM product_search WHERE rowid = new.number;
  INSERT INTO product_search (rowid, name, sku, collection, state)
    SELECT number, name, sku, collection, iif(archived, 'archived', 'active') || iif(low_stock, ' low', '')
    FROM products WHERE number = new.number;
END;

-- What each ProductStock object last reported. Lists read this; decisions are made in the object.
CREATE TABLE product_stock (
  product_id TEXT PRIMARY KEY,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_movements (
  product_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  on_hand_change INTEGER NOT NULL,
  reserved_change INTEGER NOT NULL,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  order_id TEXT,
  revision INTEGER,
  reason TEXT,
  actor TEXT NOT NULL,
  PRIMARY KEY (product_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stock_movements_stay AFTER UPDATE ON stock_movements BEGIN SELECT RAISE(ABORT, 'the stock ledger is append-only'); END;
CREATE TRIGGER stock_movements_remain AFTER DELETE ON stock_movements BEGIN SELECT RAISE(ABORT, 'the stock ledger is append-only'); END;

-- `low_stock` is kept by triggers so that the filter reads only the rows it shows. Stock changes with every order, but
-- only crossing the threshold writes the product.
CREATE TRIGGER low_stock_by_stock AFTER INSERT ON product_stock BEGIN
  UPDATE products SET low_stock = NOT low_stock WHERE id = new.product_id AND low_stock <> (stock_tracked = 1 AND low_stock_threshold IS NOT NULL AND new.on_hand - new.reserved <= low_stock_threshold);
END;
CREATE TRIGGER low_stock_by_stock_change AFTER UPDATE OF on_hand, reserved ON product_stock BEGIN
  UPDATE products SET low_stock = NOT low_stock WHERE id = new.product_id AND low_stock <> (stock_tracked = 1 AND low_stock_threshold IS NOT NULL AND new.on_hand - new.reserved <= low_stock_threshold);
END;
CREATE TRIGGER low_stock_by_product AFTER INSERT ON products BEGIN
  UPDATE products SET low_stock = (stock_tracked = 1 AND low_stock_threshold IS NOT NULL AND COALESCE((SELECT on_hand - reserved FROM product_stock WHERE product_id = new.id), 0) <= low_stock_threshold) WHERE id = new.id;
END;
CREATE TRIGGER low_stock_by_product_change AFTER UPDATE OF stock_tracked, low_stock_threshold ON products BEGIN
  UPDATE products SET low_stock = (stock_tracked = 1 AND low_stock_threshold IS NOT NULL AND COALESCE((SELECT on_hand - reserved FROM product_stock WHERE product_id = new.id), 0) <= low_stock_threshold) WHERE id = new.id;
END;

-- The fate of every attempt at a change: the one row that decides (ARCHITECTURE: recovery).
CREATE TABLE stock_decisions (
  attempt TEXT PRIMARY KEY,
  decision TEXT NOT NULL CHECK (decision IN ('commit', 'abandon')),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The last audit of each product: what was compared, and what differed. A product starts as never audited (at = 0),
-- so that the next ones to audit are found without looking at the others.
CREATE TABLE stock_audits (
  product_id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  differences TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_audits_with_differences ON stock_audits (product_id) WHERE differences <> '[]';
CREATE INDEX stock_audits_by_age ON stock_audits (at, product_id);
CREATE TRIGGER stock_audits_due AFTER INSERT ON products BEGIN
  INSERT INTO stock_audits VALUES (new.id, 0, 0, 0, 0, '[]') ON CONFLICT DO NOTHING;
END;

CREATE TABLE retailers (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL COLLATE NOCASE,
  type TEXT NOT NULL CHECK (type IN ('wholesale', 'consignment')),
  contact_name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  street TEXT NOT NULL,
  city TEXT NOT NULL,
  region TEXT NOT NULL,
  postcode TEXT NOT NULL,
  country TEXT NOT NULL,
  rate INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 10000),
  notes TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX retailers_by_name ON retailers (active, name, number);
CREATE INDEX retailers_by_type ON retailers (active, type, name, number);

-- `state` holds the words active or inactive, and the type: see product_search.
CREATE VIRTUAL TABLE retailer_search USING fts5 (
  name, contact_name, email, city, state,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER retailer_search_insert AFTER INSERT ON retailers BEGIN
  DELETE FROM retailer_search WHERE rowid = new.number;
  INSERT INTO retailer_search (rowid, name, contact_name, email, city, state)
    VALUES (new.number, new.name, new.contact_name, new.email, new.city, iif(new.active, 'active ', 'inactive ') || new.type);
END;
CREATE TRIGGER retailer_search_update AFTER UPDATE OF name, contact_name, email, city, active, type ON retailers BEGIN
  DELETE FROM retailer_search WHERE rowid = new.number;
  INSERT INTO retailer_search (rowid, name, contact_name, email, city, state)
    VALUES (new.number, new.name, new.contact_name, new.email, new.city, iif(new.active, 'active ', 'inactive ') || new.type);
END;

-- Orders. `id` is made by the client, `number` is what people say.
CREATE TABLE orders (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  attempt TEXT NOT NULL,
  retailer_id TEXT REFERENCES retailers (id),
  type TEXT NOT NULL CHECK (type IN ('wholesale', 'consignment')),
  status TEXT NOT NULL CHECK (status IN ('awaiting_approval', 'new', 'in_progress', 'shipped', 'delivered', 'canceled')),
  payment_status TEXT NOT NULL CHECK (payment_status IN ('none_expected', 'awaiting_payment', 'paid_in_full', 'deposit_50')),
  pull INTEGER NOT NULL CHECK (pull IN (0, 1)),
  voided INTEGER NOT NULL CHECK (voided IN (0, 1)),
  rate INTEGER NOT NULL,
  date TEXT NOT NULL,
  po_number TEXT NOT NULL,
  discount INTEGER NOT NULL,
  shipping INTEGER NOT NULL,
  other_charges INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  gross_total INTEGER NOT NULL,
  net_total INTEGER NOT NULL,
  amount_due INTEGER NOT NULL,
  tracking_number TEXT NOT NULL,
  invoice_link TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX orders_by_status ON orders (status, number);
CREATE INDEX orders_by_payment_status ON orders (payment_status, number);
CREATE INDEX orders_by_both ON orders (status, payment_status, number);
CREATE INDEX orders_by_retailer ON orders (retailer_id, number);

CREATE TABLE order_lines (
  order_id TEXT NOT NULL REFERENCES orders (id),
  product_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  sku TEXT NOT NULL,
  unit_retail INTEGER NOT NULL,
  unit_price INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  stock_tracked INTEGER NOT NULL CHECK (stock_tracked IN (0, 1)),
  PRIMARY KEY (order_id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_lines_by_product ON order_lines (product_id, order_id);

-- The record. The event with a revision is the change; its key is also the lock.
CREATE TABLE order_events (
  order_id TEXT NOT NULL REFERENCES orders (id),
  revision INTEGER NOT NULL,
  change_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  changes TEXT NOT NULL,
  comment TEXT NOT NULL,
  emailed INTEGER NOT NULL CHECK (emailed IN (0, 1)),
  statement TEXT,
  PRIMARY KEY (order_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER order_events_stay AFTER UPDATE ON order_events BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
CREATE TRIGGER order_events_remain AFTER DELETE ON order_events BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

-- Counters, kept in the same transaction as the orders, so that no page counts rows.
CREATE TABLE order_counts (
  status TEXT NOT NULL,
  payment_status TEXT NOT NULL,
  orders INTEGER NOT NULL,
  PRIMARY KEY (status, payment_status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER order_counts_insert AFTER INSERT ON orders BEGIN
  INSERT INTO order_counts VALUES (new.status, new.payment_status, 1)
  ON CONFLICT DO UPDATE SET orders = orders + 1;
END;
CREATE TRIGGER order_counts_update AFTER UPDATE OF status, payment_status ON orders
WHEN old.status <> new.status OR old.payment_status <> new.payment_status BEGIN
  UPDATE order_counts SET orders = orders - 1 WHERE status = old.status AND payment_status = old.payment_status;
  INSERT INTO order_counts VALUES (new.status, new.payment_status, 1)
  ON CONFLICT DO UPDATE SET orders = orders + 1;
END;
CREATE TRIGGER orders_remain BEFORE DELETE ON orders BEGIN SELECT RAISE(ABORT, 'orders are never deleted'); END;

-- What delivered orders leave behind. A void is a second row that refers to the first.
CREATE TABLE transactions (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL REFERENCES orders (id),
  retailer_id TEXT NOT NULL REFERENCES retailers (id),
  kind TEXT NOT NULL CHECK (kind IN ('sale', 'consignment_delivery', 'void')),
  gross_total INTEGER NOT NULL,
  net_total INTEGER NOT NULL,
  date TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (order_id, kind)
) STRICT;
CREATE INDEX transactions_by_retailer ON transactions (retailer_id, number);
CREATE TRIGGER transactions_stay AFTER UPDATE ON transactions BEGIN SELECT RAISE(ABORT, 'transactions are append-only'); END;
CREATE TRIGGER transactions_remain AFTER DELETE ON transactions BEGIN SELECT RAISE(ABORT, 'transactions are append-only'); END;

-- Units standing at consignment retailers.
CREATE TABLE consigned_stock (
  retailer_id TEXT NOT NULL REFERENCES retailers (id),
  product_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  PRIMARY KEY (retailer_id, product_id)
) STRICT, WITHOUT ROWID;

-- The outbox: one row per (order change, recipient), written with the change. "Send again" adds a row that refers to
-- the first. `due_at` is when somebody has to look next: a queued row is sent then, a sending row's lease ends then.
CREATE TABLE mails (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL REFERENCES orders (id),
  revision INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('retailer', 'business')),
  status TEXT NOT NULL CHECK (status IN ('queued', 'sending', 'sent', 'captured', 'failed', 'unknown', 'delivered', 'bounced')),
  status_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  provider_id TEXT,
  reason TEXT,
  queued_at INTEGER NOT NULL,
  sent_at INTEGER,
  again_of TEXT REFERENCES mails (id),
  asked_by TEXT
) STRICT;
CREATE UNIQUE INDEX mails_once ON mails (order_id, revision, recipient) WHERE again_of IS NULL;
CREATE UNIQUE INDEX mails_again ON mails (again_of) WHERE again_of IS NOT NULL;
CREATE INDEX mails_by_order ON mails (order_id, revision, number);
CREATE INDEX mails_by_status ON mails (status, number);
CREATE INDEX mails_due ON mails (due_at) WHERE status IN ('queued', 'sending');
