-- What the orders list filters and sorts by. Ranks give the statuses their order; the facet is the combination of
-- order status, payment status and type, so that a filter over any of them is a handful of index ranges.
ALTER TABLE orders ADD COLUMN retailer_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE;
ALTER TABLE orders ADD COLUMN status_rank INTEGER GENERATED ALWAYS AS (
  CASE status WHEN 'awaiting_approval' THEN 0 WHEN 'new' THEN 1 WHEN 'in_progress' THEN 2 WHEN 'shipped' THEN 3
    WHEN 'delivered' THEN 4 ELSE 5 END
) VIRTUAL;
ALTER TABLE orders ADD COLUMN payment_rank INTEGER GENERATED ALWAYS AS (
  CASE payment_status WHEN 'none_expected' THEN 0 WHEN 'awaiting_payment' THEN 1 WHEN 'paid_in_full' THEN 2 ELSE 3 END
) VIRTUAL;
ALTER TABLE orders ADD COLUMN facet INTEGER GENERATED ALWAYS AS (
  status_rank * 8 + payment_rank * 2 + (type = 'consignment')
) VIRTUAL;
-- The number again: a row value over the rowid itself would not be one range of an index.
ALTER TABLE orders ADD COLUMN ordinal INTEGER GENERATED ALWAYS AS (number) VIRTUAL;

UPDATE orders SET retailer_name = COALESCE((SELECT name FROM retailers WHERE retailers.id = orders.retailer_id), '');

DROP INDEX orders_by_status;
DROP INDEX orders_by_payment_status;
DROP INDEX orders_by_both;
CREATE INDEX orders_by_status ON orders (status_rank, ordinal);
CREATE INDEX orders_by_payment_status ON orders (payment_rank, ordinal);
CREATE INDEX orders_by_retailer_name ON orders (retailer_name, ordinal);
CREATE INDEX orders_by_date ON orders (date, ordinal);
CREATE INDEX orders_by_net_total ON orders (net_total, ordinal);
CREATE INDEX orders_by_gross_total ON orders (gross_total, ordinal);
CREATE INDEX orders_by_facet ON orders (facet, ordinal);
CREATE INDEX orders_by_facet_retailer_name ON orders (facet, retailer_name, ordinal);
CREATE INDEX orders_by_facet_date ON orders (facet, date, ordinal);
CREATE INDEX orders_by_facet_net_total ON orders (facet, net_total, ordinal);
CREATE INDEX orders_by_facet_gross_total ON orders (facet, gross_total, ordinal);
CREATE INDEX orders_by_retailer_facet ON orders (retailer_id, facet, ordinal);

-- Counters per type too, so that every tab counts under the other filters.
DROP TRIGGER order_counts_insert;
DROP TRIGGER order_counts_update;
DROP TABLE order_counts;
CREATE TABLE order_counts (
  facet INTEGER PRIMARY KEY,
  orders INTEGER NOT NULL
) STRICT;
INSERT INTO order_counts SELECT facet, COUNT(*) FROM orders GROUP BY facet;
CREATE TRIGGER order_counts_insert AFTER INSERT ON orders BEGIN
  INSERT INTO order_counts VALUES (new.facet, 1) ON CONFLICT DO UPDATE SET orders = orders + 1;
END;
CREATE TRIGGER order_counts_update AFTER UPDATE OF status, payment_status, type ON orders WHEN old.facet <> new.facet BEGIN
  UPDATE order_counts SET orders = orders - 1 WHERE facet = old.facet;
  INSERT INTO order_counts VALUES (new.facet, 1) ON CONFLICT DO UPDATE SET orders = orders + 1;
END;

-- Text search. The state words let one search combine text with every other filter. The event of a
-- change is written last, so that it finds the order as it is now.
CREATE VIRTUAL TABLE order_search USING fts5 (
  reference, retailer, goods, state, content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER order_search_event AFTER INSERT ON order_events BEGIN
  DELETE FROM order_search WHERE rowid = (SELECT number FROM orders WHERE id = new.order_id);
  INSERT INTO order_search (rowid, reference, retailer, goods, state)
  SELECT number, number || ' ' || po_number || ' ' || tracking_number || ' ' || replace(tracking_number, ' ', ''),
    retailer_name, (SELECT group_concat(sku || ' ' || name, ' ') FROM order_lines WHERE order_id = orders.id),
    'f' || facet || ' r' || replace(COALESCE(retailer_id, ''), '-', '')
      || ' d' || replace(date, '-', '') || ' m' || replace(substr(date, 1, 7), '-', '') || ' y' || substr(date, 1, 4)
  FROM orders WHERE id = new.order_id;
END;
-- A shop that is renamed is found and sorted under its new name, in its old orders too.
CREATE TRIGGER orders_follow_retailer_name AFTER UPDATE OF name ON retailers WHEN old.name IS NOT new.name COLLATE BINARY BEGIN
  UPDATE orders SET retailer_name = new.name WHERE retailer_id = new.id;
  DELETE FROM order_search WHERE rowid IN (SELECT number FROM orders WHERE retailer_id = new.id);
  INSERT INTO order_search (rowid, reference, retailer, goods, state)
  SELECT number, number || ' ' || po_number || ' ' || tracking_number || ' ' || replace(tracking_number, ' ', ''),
    retailer_name, (SELECT group_concat(sku || ' ' || name, ' ') FROM order_lines WHERE order_id = orders.id),
    'f' || facet || ' r' || replace(COALESCE(retailer_id, ''), '-', '')
      || ' d' || replace(date, '-', '') || ' m' || replace(substr(date, 1, 7), '-', '') || ' y' || substr(date, 1, 4)
  FROM orders WHERE retailer_id = new.id;
END;
INSERT INTO order_search (rowid, reference, retailer, goods, state)
SELECT number, number || ' ' || po_number || ' ' || tracking_number || ' ' || replace(tracking_number, ' ', ''),
  retailer_name, (SELECT group_concat(sku || ' ' || name, ' ') FROM order_lines WHERE order_id = orders.id),
  'f' || facet || ' r' || replace(COALESCE(retailer_id, ''), '-', '')
    || ' d' || replace(date, '-', '') || ' m' || replace(substr(date, 1, 7), '-', '') || ' y' || substr(date, 1, 4)
FROM orders;
