-- Who changed a portal's link or terms, and when: of one retailer, or, without one, of the general link.
CREATE TABLE portal_events (
  number INTEGER PRIMARY KEY,
  retailer_id TEXT REFERENCES retailers (id),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('replaced', 'opened', 'closed', 'minimum', 'saved'))
) STRICT;
CREATE INDEX portal_events_by_retailer ON portal_events (retailer_id, number);
CREATE TRIGGER portal_events_stay AFTER UPDATE ON portal_events BEGIN SELECT RAISE(ABORT, 'what happened stays'); END;
CREATE TRIGGER portal_events_remain AFTER DELETE ON portal_events BEGIN SELECT RAISE(ABORT, 'what happened stays'); END;
