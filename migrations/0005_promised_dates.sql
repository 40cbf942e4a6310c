-- The ship date promised to the retailer, 'YYYY-MM-DD'; '' where none is.
ALTER TABLE orders ADD COLUMN ship_by TEXT NOT NULL DEFAULT '';
-- The statement's link carries this number; raising it withdraws every link made before.
ALTER TABLE orders ADD COLUMN link_version INTEGER NOT NULL DEFAULT 1 CHECK (link_version >= 1);

-- What is to be made is read from the open orders, the earliest promise first and those without one last.
CREATE INDEX orders_open_by_promise ON orders (iif(ship_by = '', '~', ship_by), number)
WHERE status IN ('awaiting_approval', 'new', 'in_progress');
CREATE INDEX product_stock_below_zero ON product_stock (product_id) WHERE on_hand < reserved;
