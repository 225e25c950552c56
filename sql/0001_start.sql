-- The tables of the first version. InnoDB and a primary key everywhere; text
-- in utf8mb4: _ai_ci where people search, _as_ci where names are unique, _bin
-- where a value is compared as it is. Times are UTC with milliseconds.

CREATE TABLE setting (
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Blocks of ids for rows that are written many at a time: the next free one.
CREATE TABLE counter (
  name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  next BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO counter VALUES ('contact', 1);

CREATE TABLE member (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(254) NOT NULL,
  name VARCHAR(128) NOT NULL,
  password_hash VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  role ENUM('admin', 'editor', 'viewer') NOT NULL,
  disabled BOOLEAN NOT NULL DEFAULT FALSE,
  created_at DATETIME(3) NOT NULL,
  last_login_at DATETIME(3) NULL,
  UNIQUE KEY email (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

-- The cookie holds a random token; here is only its SHA-256.
CREATE TABLE session (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,
  member_id BIGINT UNSIGNED NOT NULL,
  csrf VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  flash VARCHAR(500) NOT NULL DEFAULT '',
  created_at DATETIME(3) NOT NULL,
  seen_at DATETIME(3) NOT NULL,
  KEY member_id (member_id),
  KEY seen_at (seen_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Failed logins, for the throttle.
CREATE TABLE login_failure (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account VARCHAR(254) NOT NULL,
  address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME(3) NOT NULL,
  KEY account (account, at),
  KEY address (address, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE api_token (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  member_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(128) NOT NULL,
  token_hash BINARY(32) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  last_used_at DATETIME(3) NULL,
  revoked BOOLEAN NOT NULL DEFAULT FALSE,
  UNIQUE KEY token_hash (token_hash),
  KEY member_id (member_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Append-only: who did what, to which thing.
CREATE TABLE audit (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at DATETIME(3) NOT NULL,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  action VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(128) NOT NULL,
  details TEXT NOT NULL,
  KEY at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row a person. attributes: a JSON object, keys sorted, compact.
CREATE TABLE contact (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  phone VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  wa_user_id VARCHAR(128) COLLATE utf8mb4_bin NULL,
  email VARCHAR(254) COLLATE utf8mb4_uca1400_as_ci NULL,
  user_id VARCHAR(128) COLLATE utf8mb4_bin NULL,
  username VARCHAR(128) NOT NULL DEFAULT '',
  name VARCHAR(255) NOT NULL DEFAULT '',
  first_name VARCHAR(128) NOT NULL DEFAULT '',
  last_name VARCHAR(128) NOT NULL DEFAULT '',
  title VARCHAR(128) NOT NULL DEFAULT '',
  account VARCHAR(255) NOT NULL DEFAULT '',
  address VARCHAR(255) NOT NULL DEFAULT '',
  house_number VARCHAR(32) NOT NULL DEFAULT '',
  area VARCHAR(128) NOT NULL DEFAULT '',
  city VARCHAR(128) NOT NULL DEFAULT '',
  country VARCHAR(64) NOT NULL DEFAULT '',
  whatsapp_opted ENUM('', 'yes', 'no') CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL DEFAULT '',
  whatsapp_opted_at DATETIME(3) NULL,
  source VARCHAR(128) NOT NULL DEFAULT '',
  first_message VARCHAR(128) NOT NULL DEFAULT '',
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  last_active DATETIME(3) NULL,
  attributes JSON NOT NULL DEFAULT '{}',
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  created_by_import BIGINT UNSIGNED NULL,
  version BIGINT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY phone (phone),
  UNIQUE KEY wa_user_id (wa_user_id),
  KEY email (email),
  KEY user_id (user_id),
  KEY name (name, id),
  KEY created_by_import (created_by_import, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

-- What a contact was before a change. before_values: the JSON object of the
-- fields that changed, with their old values; "_tags" the old tags.
CREATE TABLE contact_revision (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contact_id BIGINT UNSIGNED NOT NULL,
  version BIGINT UNSIGNED NOT NULL,
  at DATETIME(3) NOT NULL,
  kind ENUM('update', 'delete') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  import_id BIGINT UNSIGNED NULL,
  import_row BIGINT UNSIGNED NULL,
  before_values JSON NOT NULL,
  KEY contact_id (contact_id, id),
  KEY import_id (import_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE attribute (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(128) NOT NULL,
  label VARCHAR(128) NOT NULL DEFAULT '',
  type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE tag (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind ENUM('tag', 'first_message') CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL,
  name VARCHAR(128) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY kind (kind, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE contact_tag (
  contact_id BIGINT UNSIGNED NOT NULL,
  tag_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (contact_id, tag_id),
  KEY tag_id (tag_id, contact_id)
) ENGINE=InnoDB;

CREATE TABLE segment (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(128) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE segment_contact (
  segment_id BIGINT UNSIGNED NOT NULL,
  contact_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (segment_id, contact_id),
  KEY contact_id (contact_id)
) ENGINE=InnoDB;

-- An import, from the upload to its result. The next_ columns are the
-- checkpoint: they change in the transaction that writes a batch. lease_number
-- grows with each claim and fences off a worker that lost its lease.
CREATE TABLE import (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  format VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rules JSON NOT NULL,
  file_name VARCHAR(255) NOT NULL,
  bytes BIGINT UNSIGNED NOT NULL,
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  encoding VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  delimiter CHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  header BOOLEAN NOT NULL,
  columns_found JSON NOT NULL,
  mapping MEDIUMTEXT NOT NULL,
  segment VARCHAR(128) NOT NULL,
  tags TEXT NOT NULL,
  last_mapping BOOLEAN NOT NULL,
  total_rows BIGINT UNSIGNED NOT NULL,
  read_rows BIGINT UNSIGNED NOT NULL DEFAULT 0,
  created BIGINT UNSIGNED NOT NULL DEFAULT 0,
  updated BIGINT UNSIGNED NOT NULL DEFAULT 0,
  unchanged BIGINT UNSIGNED NOT NULL DEFAULT 0,
  skipped BIGINT UNSIGNED NOT NULL DEFAULT 0,
  rejected BIGINT UNSIGNED NOT NULL DEFAULT 0,
  next_batch BIGINT UNSIGNED NOT NULL DEFAULT 0,
  next_row BIGINT UNSIGNED NOT NULL DEFAULT 0,
  next_line BIGINT UNSIGNED NOT NULL DEFAULT 0,
  next_offset BIGINT UNSIGNED NOT NULL DEFAULT 0,
  cancel_asked BOOLEAN NOT NULL DEFAULT FALSE,
  lease_owner VARCHAR(64) NOT NULL DEFAULT '',
  lease_number BIGINT UNSIGNED NOT NULL DEFAULT 0,
  lease_until DATETIME(3) NULL,
  refusal_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT '',
  refusal_message VARCHAR(1000) NOT NULL DEFAULT '',
  idempotency_key VARCHAR(255) NULL,
  request_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at DATETIME(3) NOT NULL,
  started_at DATETIME(3) NULL,
  finished_at DATETIME(3) NULL,
  UNIQUE KEY idempotency (token_id, idempotency_key),
  KEY state (state, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The uploaded file as it was sent, in pieces of at most 1 MiB.
CREATE TABLE import_file (
  import_id BIGINT UNSIGNED NOT NULL,
  seq INT UNSIGNED NOT NULL,
  bytes MEDIUMBLOB NOT NULL,
  PRIMARY KEY (import_id, seq)
) ENGINE=InnoDB;

-- What became of the rows of a batch: outcomes has one letter a data row, in
-- the order of the file; key_hashes 8 bytes for each row that got in.
CREATE TABLE import_batch (
  import_id BIGINT UNSIGNED NOT NULL,
  seq BIGINT UNSIGNED NOT NULL,
  outcomes MEDIUMBLOB NOT NULL,
  key_hashes MEDIUMBLOB NOT NULL,
  PRIMARY KEY (import_id, seq)
) ENGINE=InnoDB;

CREATE TABLE import_problem (
  import_id BIGINT UNSIGNED NOT NULL,
  row_no BIGINT UNSIGNED NOT NULL,
  seq SMALLINT UNSIGNED NOT NULL,
  column_no INT UNSIGNED NOT NULL,
  column_name VARCHAR(255) NOT NULL,
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  level ENUM('warning', 'reject', 'skip') CHARACTER SET ascii
    COLLATE ascii_bin NOT NULL,
  message VARCHAR(1000) NOT NULL,
  PRIMARY KEY (import_id, row_no, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How many problems of each code an import has, so that nobody counts rows.
CREATE TABLE import_problem_count (
  import_id BIGINT UNSIGNED NOT NULL,
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  level ENUM('warning', 'reject', 'skip') CHARACTER SET ascii
    COLLATE ascii_bin NOT NULL,
  problems BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (import_id, code, level)
) ENGINE=InnoDB;

-- Who confirmed which words for which import (formats.md S5).
CREATE TABLE consent (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  import_id BIGINT UNSIGNED NOT NULL,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  words_version VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  words TEXT NOT NULL,
  gdpr BOOLEAN NOT NULL,
  profiling BOOLEAN NOT NULL,
  address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME(3) NOT NULL,
  UNIQUE KEY import_id (import_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The last mapping of a member for a set of headers (formats.md S3).
CREATE TABLE mapping_memory (
  member_id BIGINT UNSIGNED NOT NULL,
  headers_hash BINARY(32) NOT NULL,
  headers MEDIUMTEXT NOT NULL,
  mapping MEDIUMTEXT NOT NULL,
  used_at DATETIME(3) NOT NULL,
  PRIMARY KEY (member_id, headers_hash),
  KEY used_at (member_id, used_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
