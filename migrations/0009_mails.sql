-- Messages that are not about an order, what became of a message after it left, and counters. The table is made anew
-- because a column cannot be made nullable; the new one refers to itself, which renaming follows.
PRAGMA defer_foreign_keys = on;

CREATE TABLE mails_new (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  -- Which kinds there are is not checked here: the next one would need the table made anew again.
  kind TEXT NOT NULL DEFAULT 'order',
  -- The change that it tells of, for the kind 'order'.
  order_id TEXT REFERENCES orders (id),
  revision INTEGER,
  -- Whom it is about, for the kind 'portal_link'.
  retailer_id TEXT REFERENCES retailers (id),
  recipient TEXT NOT NULL COLLATE NOCASE,
  audience TEXT NOT NULL CHECK (audience IN ('retailer', 'business')),
  status TEXT NOT NULL CHECK (status IN ('queued', 'sending', 'sent', 'captured', 'delivered', 'bounced', 'complained', 'failed', 'unknown')),
  status_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  provider_id TEXT,
  reason TEXT,
  queued_at INTEGER NOT NULL,
  sent_at INTEGER,
  -- How much the delivery event counts that its status comes from; 0 before the first.
  fate_rank INTEGER NOT NULL DEFAULT 0,
  -- 1 once staff sent it again or said that nothing is to be done.
  decided INTEGER NOT NULL DEFAULT 0 CHECK (decided IN (0, 1)),
  decided_by TEXT,
  again_of TEXT REFERENCES mails_new (id),
  asked_by TEXT,
  CHECK ((kind = 'order') = (order_id IS NOT NULL AND revision IS NOT NULL))
) STRICT;

INSERT INTO mails_new (number, id, order_id, revision, recipient, audience, status, status_at, attempts, due_at,
  provider_id, reason, queued_at, sent_at, decided, again_of, asked_by)
SELECT number, id, order_id, revision, recipient, audience, status, status_at, attempts, due_at, provider_id, reason,
  queued_at, sent_at, id IN (SELECT again_of FROM mails WHERE again_of IS NOT NULL), again_of, asked_by
FROM mails;
DROP TABLE mails;
ALTER TABLE mails_new RENAME TO mails;

CREATE UNIQUE INDEX mails_once ON mails (order_id, revision, recipient) WHERE again_of IS NULL;
CREATE UNIQUE INDEX mails_again ON mails (again_of) WHERE again_of IS NOT NULL;
CREATE INDEX mails_by_order ON mails (order_id, revision, number);
CREATE INDEX mails_by_status ON mails (status, number);
CREATE INDEX mails_by_recipient ON mails (recipient, number);
CREATE INDEX mails_by_provider_id ON mails (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX mails_due ON mails (due_at) WHERE status IN ('queued', 'sending');
-- Whether an address takes mail: its latest verdict.
CREATE INDEX mails_verdicts ON mails (recipient, status_at) WHERE status IN ('delivered', 'bounced', 'complained');
-- What waits for somebody to decide.
CREATE INDEX mails_undecided ON mails (number) WHERE decided = 0 AND status IN ('failed', 'unknown', 'bounced', 'complained');

-- Counters, kept in the same transaction as the mails, so that no page counts rows.
CREATE TABLE mail_counts (
  status TEXT NOT NULL,
  decided INTEGER NOT NULL,
  mails INTEGER NOT NULL,
  PRIMARY KEY (status, decided)
) STRICT, WITHOUT ROWID;
INSERT INTO mail_counts SELECT status, decided, COUNT(*) FROM mails GROUP BY status, decided;
CREATE TRIGGER mail_counts_insert AFTER INSERT ON mails BEGIN
  INSERT INTO mail_counts VALUES (new.status, new.decided, 1) ON CONFLICT DO UPDATE SET mails = mails + 1;
END;
CREATE TRIGGER mail_counts_update AFTER UPDATE OF status, decided ON mails
WHEN old.status <> new.status OR old.decided <> new.decided BEGIN
  UPDATE mail_counts SET mails = mails - 1 WHERE status = old.status AND decided = old.decided;
  INSERT INTO mail_counts VALUES (new.status, new.decided, 1) ON CONFLICT DO UPDATE SET mails = mails + 1;
END;

-- What the provider told of messages. The key is what makes one event: its own id there is none.
CREATE TABLE mail_events (
  message_id TEXT NOT NULL,
  event TEXT NOT NULL,
  at INTEGER NOT NULL,
  recipient TEXT NOT NULL COLLATE NOCASE,
  -- NULL where nobody here knows the message.
  mail_id TEXT,
  reason TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, event, at, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_events_by_mail ON mail_events (mail_id, at) WHERE mail_id IS NOT NULL;
CREATE TRIGGER mail_events_stay AFTER UPDATE ON mail_events BEGIN SELECT RAISE(ABORT, 'what the provider told stays'); END;
CREATE TRIGGER mail_events_remain AFTER DELETE ON mail_events BEGIN SELECT RAISE(ABORT, 'what the provider told stays'); END;

-- The calls that brought them, while a copy of one would still be young enough to be taken.
CREATE TABLE mail_event_calls (
  signed_at INTEGER NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (signed_at, digest)
) STRICT, WITHOUT ROWID;

-- The calls that were refused, by UTC day.
CREATE TABLE mail_event_refusals (
  day TEXT NOT NULL,
  reason TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (day, reason)
) STRICT, WITHOUT ROWID;
