-- What the check of a whole file came to, before its import: a JSON object of
-- its counts, kept when the import starts over its rows.

ALTER TABLE import ADD COLUMN checked TEXT NULL;
