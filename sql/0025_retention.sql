-- What is deleted after its time: a row for each rule, held by the worker that
-- is at it. deleted: what the run so far came to, 0 between two runs; the last
-- run that deleted anything stands beside it.
CREATE TABLE retention (
  rule VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  deleted BIGINT UNSIGNED NOT NULL DEFAULT 0,
  last_deleted BIGINT UNSIGNED NOT NULL DEFAULT 0,
  last_at DATETIME(3) NULL
) ENGINE=InnoDB;
INSERT INTO retention (rule) VALUES
  ('files'), ('uploads'), ('messages'), ('events');

-- When the file of an import was deleted; the import itself stays.
ALTER TABLE import
  ADD COLUMN file_deleted_at DATETIME(3) NULL,
  ADD KEY file_deleted_at (file_deleted_at, finished_at);

-- Imports whose bytes, cells in findings and corrections are still to go, a
-- piece at a time. next_row: findings up to there have lost theirs.
CREATE TABLE import_scrub (
  import_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  next_row BIGINT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB;

ALTER TABLE message ADD KEY at (at);
