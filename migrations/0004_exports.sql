-- Exports: the answer to a filter of the orders list as a CSV file, as of the moment when its row was inserted. The
-- file grows in R2 part by part, from the newest order down: orders below `position` are still to come, and 0 says
-- that all are written. `carry` is what did not fit into the last part.
CREATE TABLE exports (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL CHECK (content IN ('orders', 'lines')),
  filter TEXT NOT NULL,
  -- The filter as an expression of order_search; '' takes every order.
  expression TEXT NOT NULL,
  currency TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('writing', 'ready', 'failed')),
  first_number INTEGER NOT NULL,
  last_number INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  rows INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  upload_id TEXT,
  parts TEXT NOT NULL,
  carry BLOB NOT NULL,
  claims INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX exports_at_work ON exports (updated_at) WHERE status = 'writing';
CREATE INDEX exports_to_abort ON exports (number) WHERE status = 'failed' AND upload_id IS NOT NULL;
CREATE INDEX exports_by_age ON exports (created_at);

-- Orders that changed while an export had not come to them, as they were when it started. The trigger fires before
-- anything of a change is written: a change of an order writes its row first, then its lines, and last its event.
-- While no export is being written, it costs one look into an empty index.
CREATE TABLE export_kept_orders (
  id INTEGER PRIMARY KEY,
  export INTEGER NOT NULL REFERENCES exports (number),
  order_number INTEGER NOT NULL,
  version TEXT NOT NULL,
  UNIQUE (export, order_number)
) STRICT;
CREATE TRIGGER exports_keep_orders BEFORE UPDATE ON orders
WHEN EXISTS (SELECT 1 FROM exports WHERE status = 'writing') BEGIN
  INSERT INTO export_kept_orders (export, order_number, version)
  SELECT exports.number, old.number, json_array(
    old.retailer_name, old.date, old.status, old.payment_status, old.net_total, old.gross_total, old.created_at,
    json(iif(content = 'lines', (
      SELECT json_group_array(json_array(sku, name, quantity, unit_retail, unit_price) ORDER BY position)
      FROM order_lines WHERE order_id = old.id
    ), '[]'))
  )
  FROM exports WHERE status = 'writing' AND old.number < exports.position AND NOT EXISTS (
    SELECT 1 FROM export_kept_orders WHERE export = exports.number AND order_number = old.number
  );
END;

-- Their entries of order_search, word for word, so that a filter finds among them what it found then.
CREATE VIRTUAL TABLE export_kept_search USING fts5 (
  reference, retailer, goods, state, content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER export_kept_search_insert AFTER INSERT ON export_kept_orders
WHEN (SELECT expression <> '' FROM exports WHERE number = new.export) BEGIN
  INSERT INTO export_kept_search (rowid, reference, retailer, goods, state)
  SELECT new.id, number || ' ' || po_number || ' ' || tracking_number || ' ' || replace(tracking_number, ' ', ''),
    retailer_name, (SELECT group_concat(sku || ' ' || name, ' ') FROM order_lines WHERE order_id = orders.id),
    'f' || facet || ' r' || replace(COALESCE(retailer_id, ''), '-', '')
      || ' d' || replace(date, '-', '') || ' m' || replace(substr(date, 1, 7), '-', '') || ' y' || substr(date, 1, 4)
  FROM orders WHERE number = new.order_number;
END;
CREATE TRIGGER export_kept_search_delete AFTER DELETE ON export_kept_orders BEGIN
  DELETE FROM export_kept_search WHERE rowid = old.id;
END;
