-- The file that keeps the messages of the latest attempt, together with those that were sent at the same time. Attempts
-- from before have one of their own each.
ALTER TABLE mails ADD COLUMN kept_in TEXT;
