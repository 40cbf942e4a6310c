-- What a message tells of, so that a list of them can say it; NULL in those from before, and where it is no order's.
ALTER TABLE mails ADD COLUMN event TEXT;
