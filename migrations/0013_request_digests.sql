-- What a form asked for, in short: the same change id with other contents is told apart from the same form sent twice.
-- NULL in entries from before.
ALTER TABLE order_events ADD COLUMN request_digest TEXT;
