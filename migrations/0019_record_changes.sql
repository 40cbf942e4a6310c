-- Who wrote a row last, as JSON; NULL where nobody has since this was kept.
ALTER TABLE products ADD COLUMN updated_by TEXT;
ALTER TABLE retailers ADD COLUMN updated_by TEXT;
ALTER TABLE settings ADD COLUMN updated_by TEXT;

-- Every change of a product, of a retailer and of the settings, kept by the triggers below in the transaction of the
-- change itself. Their JSON has the fields that people edit, under the names that the program uses: of a change those
-- that differ, and of something new, which has nothing before it, all of them.
CREATE TABLE record_changes (
  number INTEGER PRIMARY KEY,
  subject TEXT NOT NULL CHECK (subject IN ('product', 'retailer', 'settings')),
  subject_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT,
  before TEXT,
  after TEXT NOT NULL
) STRICT;
CREATE INDEX record_changes_by_subject ON record_changes (subject, subject_id, number);
CREATE TRIGGER record_changes_stay AFTER UPDATE ON record_changes BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER record_changes_remain AFTER DELETE ON record_changes BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

CREATE TRIGGER products_record_insert AFTER INSERT ON products BEGIN
  INSERT INTO record_changes (subject, subject_id, at, actor, after)
  VALUES ('product', new.id, new.updated_at, new.updated_by, json_object(
    'sku', new.sku, 'name', new.name, 'collection', new.collection, 'description', new.description,
    'retailPrice', new.retail_price, 'wholesalePrice', new.wholesale_price, 'caseSize', new.case_size,
    'stockTracked', new.stock_tracked, 'lowStockThreshold', new.low_stock_threshold, 'listed', new.listed,
    'archived', new.archived, 'photo', new.photo
  ));
END;
CREATE TRIGGER products_record_update AFTER UPDATE OF
  sku, name, collection, description, retail_price, wholesale_price, case_size, stock_tracked,
  low_stock_threshold, listed, archived, photo
ON products BEGIN
  INSERT INTO record_changes (subject, subject_id, at, actor, before, after)
  SELECT 'product', new.id, new.updated_at, new.updated_by, json_group_object(key, was ->> key),
    json_group_object(key, value)
  FROM (SELECT json_object(
    'sku', old.sku, 'name', old.name, 'collection', old.collection, 'description', old.description,
    'retailPrice', old.retail_price, 'wholesalePrice', old.wholesale_price, 'caseSize', old.case_size,
    'stockTracked', old.stock_tracked, 'lowStockThreshold', old.low_stock_threshold, 'listed', old.listed,
    'archived', old.archived, 'photo', old.photo
  ) AS was, json_object(
    'sku', new.sku, 'name', new.name, 'collection', new.collection, 'description', new.description,
    'retailPrice', new.retail_price, 'wholesalePrice', new.wholesale_price, 'caseSize', new.case_size,
    'stockTracked', new.stock_tracked, 'lowStockThreshold', new.low_stock_threshold, 'listed', new.listed,
    'archived', new.archived, 'photo', new.photo
  ) AS now), json_each(now)
  WHERE value IS NOT was ->> key
  HAVING COUNT(*) > 0;
END;

CREATE TRIGGER retailers_record_insert AFTER INSERT ON retailers BEGIN
  INSERT INTO record_changes (subject, subject_id, at, actor, after)
  VALUES ('retailer', new.id, new.updated_at, new.updated_by, json_object(
    'name', new.name, 'type', new.type, 'contactName', new.contact_name, 'email', new.email, 'phone', new.phone,
    'street', new.street, 'city', new.city, 'region', new.region, 'postcode', new.postcode, 'country', new.country,
    'rate', new.rate, 'notes', new.notes, 'active', new.active, 'portalOpen', new.portal_open,
    'minimumOrder', new.minimum_order
  ));
END;
CREATE TRIGGER retailers_record_update AFTER UPDATE OF
  name, type, contact_name, email, phone, street, city, region, postcode, country, rate, notes, active,
  portal_open, minimum_order
ON retailers BEGIN
  INSERT INTO record_changes (subject, subject_id, at, actor, before, after)
  SELECT 'retailer', new.id, new.updated_at, new.updated_by, json_group_object(key, was ->> key),
    json_group_object(key, value)
  FROM (SELECT json_object(
    'name', old.name, 'type', old.type, 'contactName', old.contact_name, 'email', old.email, 'phone', old.phone,
    'street', old.street, 'city', old.city, 'region', old.region, 'postcode', old.postcode, 'country', old.country,
    'rate', old.rate, 'notes', old.notes, 'active', old.active, 'portalOpen', old.portal_open,
    'minimumOrder', old.minimum_order
  ) AS was, json_object(
    'name', new.name, 'type', new.type, 'contactName', new.contact_name, 'email', new.email, 'phone', new.phone,
    'street', new.street, 'city', new.city, 'region', new.region, 'postcode', new.postcode, 'country', new.country,
    'rate', new.rate, 'notes', new.notes, 'active', new.active, 'portalOpen', new.portal_open,
    'minimumOrder', new.minimum_order
  ) AS now), json_each(now)
  WHERE value IS NOT was ->> key
  HAVING COUNT(*) > 0;
END;

CREATE TRIGGER settings_record_update AFTER UPDATE OF
  business_name, currency, time_zone, accent_color, logo, reply_to, notification_emails, welcome_text,
  minimum_order, new_shops_open, new_shops_rate
ON settings BEGIN
  INSERT INTO record_changes (subject, subject_id, at, actor, before, after)
  SELECT 'settings', new.id, new.updated_at, new.updated_by, json_group_object(key, was ->> key),
    json_group_object(key, value)
  FROM (SELECT json_object(
    'businessName', old.business_name, 'currency', old.currency, 'timeZone', old.time_zone,
    'accentColor', old.accent_color, 'logo', old.logo, 'replyTo', old.reply_to,
    'notificationEmails', old.notification_emails, 'welcomeText', old.welcome_text,
    'minimumOrder', old.minimum_order, 'newShopsOpen', old.new_shops_open, 'newShopsRate', old.new_shops_rate
  ) AS was, json_object(
    'businessName', new.business_name, 'currency', new.currency, 'timeZone', new.time_zone,
    'accentColor', new.accent_color, 'logo', new.logo, 'replyTo', new.reply_to,
    'notificationEmails', new.notification_emails, 'welcomeText', new.welcome_text,
    'minimumOrder', new.minimum_order, 'newShopsOpen', new.new_shops_open, 'newShopsRate', new.new_shops_rate
  ) AS now), json_each(now)
  WHERE value IS NOT was ->> key
  HAVING COUNT(*) > 0;
END;
