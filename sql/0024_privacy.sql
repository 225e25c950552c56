-- People who are not to come back by a file: of each of their keys a hash,
-- keyed with a secret that is not in the database (HMAC-SHA256). person: the
-- keys that were put there together, as one person's, have the same number.
CREATE TABLE suppression (
  key_hash BINARY(32) NOT NULL PRIMARY KEY,
  key_kind ENUM('phone', 'email', 'user_id', 'wa_user_id')
    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason ENUM('erased', 'opted_out') CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL,
  person BIGINT UNSIGNED NOT NULL,
  origin VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME(3) NOT NULL,
  KEY person (person),
  KEY at (at)
) ENGINE=InnoDB;

-- One row. entries: how many suppression has, so that an empty list costs
-- nothing. check_value: a hash with the secret key itself, so that another key
-- is noticed. Who changes the list locks this row, and who relies on it shares
-- that lock until it has committed.
CREATE TABLE suppression_state (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  entries BIGINT UNSIGNED NOT NULL DEFAULT 0,
  check_value BINARY(32) NULL
) ENGINE=InnoDB;
INSERT INTO suppression_state (id) VALUES (1);

-- Erasures: what was asked for by whom, and what went. remaining: JSON of what
-- the steps that are left have to look for; NULL as soon as none is left.
-- next_import is the checkpoint of the one that goes through kept files.
CREATE TABLE erasure (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  state ENUM('running', 'done') CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL,
  step TINYINT UNSIGNED NOT NULL DEFAULT 0,
  contact_id BIGINT UNSIGNED NULL,
  remaining MEDIUMTEXT NULL,
  next_import BIGINT UNSIGNED NOT NULL DEFAULT 0,
  upto_import BIGINT UNSIGNED NOT NULL DEFAULT 0,
  counts TEXT NOT NULL,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  lease_owner VARCHAR(96) NOT NULL DEFAULT '',
  lease_until DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  finished_at DATETIME(3) NULL,
  KEY state (state, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How many cells of the kept file were overwritten by erasures since it was
-- uploaded: it has another checksum then.
ALTER TABLE import ADD COLUMN erased_cells BIGINT UNSIGNED NOT NULL DEFAULT 0;
