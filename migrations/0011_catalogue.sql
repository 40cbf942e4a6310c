-- What retailers see, in the order in which they see it: by collection, and at the end what belongs to none.
ALTER TABLE products ADD COLUMN offered INTEGER GENERATED ALWAYS AS (listed = 1 AND archived = 0) VIRTUAL;
ALTER TABLE products ADD COLUMN uncollected INTEGER GENERATED ALWAYS AS (collection = '') VIRTUAL;
-- The number again: a row value over the rowid itself would not be one range of an index.
ALTER TABLE products ADD COLUMN ordinal INTEGER GENERATED ALWAYS AS (number) VIRTUAL;
CREATE INDEX products_offered ON products (uncollected, collection, name, ordinal) WHERE offered = 1;

-- The search index knows the word listed too, so that a shop's search reads only what the shop may see.
DROP TRIGGER product_search_insert;
DROP TRIGGER product_search_update;
CREATE TRIGGER product_search_insert AFTER INSERT ON products BEGIN
  DELETE FROM product_search WHERE rowid = new.number;
  INSERT INTO product_search (rowid, name, sku, collection, state)
    SELECT number, name, sku, collection,
      iif(archived, 'archived', 'active') || iif(low_stock, ' low', '') || iif(listed, ' listed', '')
    FROM products WHERE number = new.number;
END;
CREATE TRIGGER product_search_update AFTER UPDATE OF name, sku, collection, archived, low_stock, listed ON products
WHEN old.name IS NOT new.name COLLATE BINARY OR old.sku IS NOT new.sku COLLATE BINARY OR old.listed <> new.listed
  OR old.collection <> new.collection OR old.archived <> new.archived OR old.low_stock <> new.low_stock BEGIN
  DELETE FROM product_search WHERE rowid = new.number;
  INSERT INTO product_search (rowid, name, sku, collection, state)
    SELECT number, name, sku, collection,
      iif(archived, 'archived', 'active') || iif(low_stock, ' low', '') || iif(listed, ' listed', '')
    FROM products WHERE number = new.number;
END;
DELETE FROM product_search WHERE rowid IN (SELECT number FROM products WHERE listed = 1);
INSERT INTO product_search (rowid, name, sku, collection, state)
  SELECT number, name, sku, collection,
    iif(archived, 'archived', 'active') || iif(low_stock, ' low', '') || ' listed'
  FROM products WHERE listed = 1;
