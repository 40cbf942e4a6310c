-- What the clean-up looks for: previews that nobody applied, and bulk changes that are long done.
CREATE INDEX imports_left ON imports (updated_at) WHERE status IN ('ready', 'failed');
CREATE INDEX bulk_changes_done ON bulk_changes (updated_at) WHERE remaining = 0;
