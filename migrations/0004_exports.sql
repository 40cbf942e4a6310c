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

-- Orders that changed while an export had not come to them, as they were when it started. `passed` is whether the
-- order passed the filter then; NULL as long as the search index still knows.
CREATE TABLE export_kept_orders (
  export INTEGER NOT NULL REFERENCES exports (number),
  order_number INTEGER NOT NULL,
  passed INTEGER CHECK (passed IN (0, 1)),
  version TEXT NOT NULL,
  PRIMARY KEY (export, order_number)
) STRICT, WITHOUT ROWID;

-- A change of an order writes its row first, then its lines, and last its event, which renews the search index. So
-- the first of these two still finds the old lines, and the second one the old entry of the index. While no export
-- is being written, each costs one look into an empty index.
CREATE TRIGGER exports_keep_orders AFTER UPDATE ON orders
WHEN EXISTS (SELECT 1 FROM exports WHERE status = 'writing') BEGIN
  INSERT INTO export_kept_orders (export, order_number, passed, version)
  SELECT exports.number, old.number, NULL, json_array(
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
CREATE TRIGGER exports_keep_passing BEFORE INSERT ON order_events
WHEN EXISTS (SELECT 1 FROM exports WHERE status = 'writing') BEGIN
  UPDATE export_kept_orders SET passed = EXISTS (
    SELECT 1 FROM order_search
    WHERE rowid = order_number AND order_search MATCH (SELECT expression FROM exports WHERE number = export)
  )
  WHERE order_number = (SELECT number FROM orders WHERE id = new.order_id) AND passed IS NULL
    AND export IN (SELECT number FROM exports WHERE status = 'writing' AND expression <> '');
END;
