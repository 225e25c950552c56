-- Which contact a row in error was about, where its key could be read and
-- belongs to one: for lists of those that are in error in an import.
ALTER TABLE import_problem
  ADD COLUMN contact_id BIGINT UNSIGNED NULL,
  ADD KEY contact_id (import_id, contact_id);
