-- Lists of orders that somebody gave a name: filters and sort as they stand in the URL.
CREATE TABLE saved_views (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE,
  query TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_views_of_owner ON saved_views (owner_id, shared, name);
CREATE INDEX saved_views_shared ON saved_views (shared, name);
