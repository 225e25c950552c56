-- What a check or an import changes: of each row that got in its contact, of
-- each updated row the fields (domain/import/changes.h); and in how many rows
-- each field changes, so that nobody counts them.
ALTER TABLE import_batch
  ADD COLUMN changes MEDIUMBLOB NOT NULL DEFAULT '';

CREATE TABLE import_change_count (
  import_id BIGINT UNSIGNED NOT NULL,
  field VARCHAR(160) NOT NULL,
  changed_rows BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (import_id, field)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

-- The cell that a finding is about, where one value of it can be corrected
-- everywhere; NULL where it cannot, or is too long for that.
ALTER TABLE import_problem
  ADD COLUMN value VARCHAR(255) COLLATE utf8mb4_nopad_bin NULL;

-- From which row on a check could not remember all that earlier rows of the
-- file would have changed; 0: it could. checked has findings and changed
-- fields too, and a file can have many columns.
ALTER TABLE import
  ADD COLUMN inexact_from BIGINT UNSIGNED NOT NULL DEFAULT 0,
  MODIFY checked MEDIUMTEXT NULL;

-- Corrections of a file, laid over its cells when they are read. cell: one
-- cell of a row; out: the row is left out; value: a text everywhere in a
-- column. place: SHA-256 of what is corrected, so that a second correction
-- takes the place of the first. cells: how many the last check saw it correct.
CREATE TABLE import_fix (
  import_id BIGINT UNSIGNED NOT NULL,
  number INT UNSIGNED NOT NULL,
  kind ENUM('cell', 'out', 'value') CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL,
  row_no BIGINT UNSIGNED NOT NULL,
  column_no INT UNSIGNED NOT NULL,
  old_value TEXT NOT NULL,
  new_value TEXT NOT NULL,
  place BINARY(32) NOT NULL,
  remembered BOOLEAN NOT NULL,
  cells BIGINT UNSIGNED NULL,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  at DATETIME(3) NOT NULL,
  PRIMARY KEY (import_id, number),
  UNIQUE KEY place (import_id, place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

-- Corrections of a value that a member wants for the next files that have the
-- column. place: SHA-256 of the folded header and the old value.
CREATE TABLE correction_memory (
  member_id BIGINT UNSIGNED NOT NULL,
  place BINARY(32) NOT NULL,
  header VARCHAR(255) NOT NULL,
  old_value TEXT NOT NULL,
  new_value TEXT NOT NULL,
  used_at DATETIME(3) NOT NULL,
  PRIMARY KEY (member_id, place),
  KEY header (member_id, header)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
