-- Imports: a file that staff brought. Its rows wait in R2 in chunks; `position` counts the chunks that are done in
-- the present status, and no step leaves it below zero: a step that finds another position than it expects asks for
-- -1, which undoes everything that the step wrote (src/imports/import-step-store.ts).
CREATE TABLE imports (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('products', 'retailers')),
  file_name TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('shopify', 'products', 'retailers')),
  encoding TEXT NOT NULL,
  delimiter TEXT NOT NULL,
  columns TEXT NOT NULL,
  currency TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('reading', 'comparing', 'ready', 'applying', 'counting', 'applied', 'failed')),
  position INTEGER NOT NULL CHECK (position >= 0),
  chunks INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  problems INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  examples TEXT NOT NULL,
  failure TEXT,
  attempts INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  applied_by TEXT,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX imports_by_kind ON imports (kind, number);
CREATE INDEX imports_at_work ON imports (updated_at) WHERE status IN ('reading', 'comparing', 'applying', 'counting');

-- Rows that cannot be taken. Those that were found by comparing are found anew when the import is applied.
CREATE TABLE import_problems (
  import_id TEXT NOT NULL REFERENCES imports (id),
  row INTEGER NOT NULL,
  found TEXT NOT NULL CHECK (found IN ('reading', 'comparing')),
  message TEXT NOT NULL,
  cells TEXT NOT NULL,
  PRIMARY KEY (import_id, row)
) STRICT, WITHOUT ROWID;

-- What the stock objects are to be told of a chunk, decided in the transaction that wrote its products.
CREATE TABLE import_adjustments (
  import_id TEXT NOT NULL REFERENCES imports (id),
  chunk INTEGER NOT NULL,
  adjustments TEXT NOT NULL,
  PRIMARY KEY (import_id, chunk)
) STRICT, WITHOUT ROWID;
