-- What an upload brought, in short, file and all, as for orders (0013): the file itself goes once it is applied.
-- NULL in imports from before.
ALTER TABLE imports ADD COLUMN request_digest TEXT;
