-- Changes of many orders at once: what somebody asked for, and what came of it at each order. The counts are kept by
-- the trigger, so that no page counts orders; the work is done when none remain.
CREATE TABLE bulk_changes (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  -- NULL leaves the status of each order as it is.
  status TEXT,
  payment_status TEXT,
  email INTEGER NOT NULL CHECK (email IN (0, 1)),
  comment TEXT NOT NULL,
  pull INTEGER NOT NULL CHECK (pull IN (0, 1)),
  goods TEXT CHECK (goods IN ('came_back', 'written_off')),
  allow_shortage INTEGER NOT NULL CHECK (allow_shortage IN (0, 1)),
  -- A start that finds other orders than were shown asks for -1, which undoes it (src/orders/bulk-store.ts).
  orders INTEGER NOT NULL CHECK (orders >= 0),
  remaining INTEGER NOT NULL CHECK (remaining >= 0),
  refused INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX bulk_changes_at_work ON bulk_changes (updated_at) WHERE remaining > 0;

-- The outcome is NULL as long as the order is to be changed, then a number that also puts what was refused first.
CREATE TABLE bulk_change_orders (
  bulk_change INTEGER NOT NULL REFERENCES bulk_changes (number),
  order_number INTEGER NOT NULL REFERENCES orders (number),
  outcome INTEGER CHECK (outcome IN (0, 1, 2)),
  refusal TEXT,
  PRIMARY KEY (bulk_change, order_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX bulk_change_orders_by_outcome ON bulk_change_orders (bulk_change, outcome, order_number);

CREATE TRIGGER bulk_change_counts AFTER UPDATE OF outcome ON bulk_change_orders
WHEN old.outcome IS NULL AND new.outcome IS NOT NULL BEGIN
  UPDATE bulk_changes SET remaining = remaining - 1, refused = refused + (new.outcome = 0),
    changed = changed + (new.outcome = 1), unchanged = unchanged + (new.outcome = 2)
  WHERE number = new.bulk_change;
END;
