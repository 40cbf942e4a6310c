-- What a form for many orders asked for, in short, as for one order (0013).
ALTER TABLE bulk_changes ADD COLUMN request_digest TEXT;
