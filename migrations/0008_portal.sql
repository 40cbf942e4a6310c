-- The retail portal: how the business presents itself there, and on what terms shops order.
ALTER TABLE settings ADD COLUMN accent_color TEXT NOT NULL DEFAULT '';
-- The id of a picture in R2, or ''.
ALTER TABLE settings ADD COLUMN logo TEXT NOT NULL DEFAULT '';
ALTER TABLE settings ADD COLUMN welcome_text TEXT NOT NULL DEFAULT '';
-- Minor units; 0 asks for nothing.
ALTER TABLE settings ADD COLUMN minimum_order INTEGER NOT NULL DEFAULT 0 CHECK (minimum_order >= 0);
-- The general link for new shops: whether it opens, the version that opens, and the rate that new shops are shown.
ALTER TABLE settings ADD COLUMN new_shops_open INTEGER NOT NULL DEFAULT 0 CHECK (new_shops_open IN (0, 1));
ALTER TABLE settings ADD COLUMN new_shops_link_version INTEGER NOT NULL DEFAULT 1 CHECK (new_shops_link_version >= 1);
ALTER TABLE settings ADD COLUMN new_shops_rate INTEGER NOT NULL DEFAULT 5000 CHECK (new_shops_rate BETWEEN 0 AND 10000);

ALTER TABLE retailers ADD COLUMN portal_open INTEGER NOT NULL DEFAULT 1 CHECK (portal_open IN (0, 1));
ALTER TABLE retailers ADD COLUMN portal_link_version INTEGER NOT NULL DEFAULT 1 CHECK (portal_link_version >= 1);
-- Minor units; NULL takes the business's.
ALTER TABLE retailers ADD COLUMN minimum_order INTEGER CHECK (minimum_order >= 0);

ALTER TABLE products ADD COLUMN photo TEXT NOT NULL DEFAULT '';

-- What a shop wrote when it sent its order through the portal. It is never changed: the order itself goes on.
CREATE TABLE order_requests (
  order_id TEXT PRIMARY KEY REFERENCES orders (id),
  business_name TEXT NOT NULL,
  contact_name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  street TEXT NOT NULL,
  city TEXT NOT NULL,
  region TEXT NOT NULL,
  postcode TEXT NOT NULL,
  country TEXT NOT NULL,
  -- 'YYYY-MM-DD', or '' where none was named.
  wanted_date TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER order_requests_stay AFTER UPDATE ON order_requests BEGIN SELECT RAISE(ABORT, 'a request stays as it was sent'); END;
CREATE TRIGGER order_requests_remain AFTER DELETE ON order_requests BEGIN SELECT RAISE(ABORT, 'a request stays as it was sent'); END;
