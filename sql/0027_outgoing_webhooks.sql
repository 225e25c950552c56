-- Outgoing webhooks. events: a sum of the numbers of model/hook.h. off_reason:
-- why the program switched it off, "" when it did not. failing_since: of its
-- first failure after a success. One that is deleted goes once its deliveries
-- are gone.
CREATE TABLE hook (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  url VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  description VARCHAR(200) NOT NULL,
  events TINYINT UNSIGNED NOT NULL,
  during_imports BOOLEAN NOT NULL,
  active BOOLEAN NOT NULL,
  secret VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  off_reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT '',
  failing_since DATETIME(3) NULL,
  delivered_at DATETIME(3) NULL,
  deleted BOOLEAN NOT NULL DEFAULT FALSE,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

-- What happened and is still to be told: written in the transaction in which it
-- happened, gone when its deliveries are there. contact_id and version (that it
-- had before) are of one contact, contacts of many: [[id, version], ...].
CREATE TABLE hook_event (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  what ENUM('created', 'changed', 'deleted', 'opted_out', 'import')
    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  contact_id BIGINT UNSIGNED NULL,
  version BIGINT UNSIGNED NOT NULL DEFAULT 0,
  contacts MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NULL,
  import_id BIGINT UNSIGNED NULL,
  job_id BIGINT UNSIGNED NULL,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  purpose VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  origin VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  at DATETIME(3) NOT NULL,
  KEY contact_id (contact_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One event for one webhook. uid: that of the header X-Rubrica-Delivery.
-- next_at: when it is sent next; while it is being sent, until when nobody else
-- sends it. claim grows with each attempt and fences off who was too slow.
CREATE TABLE hook_delivery (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  hook_id BIGINT UNSIGNED NOT NULL,
  uid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  contact_id BIGINT UNSIGNED NULL,
  body MEDIUMTEXT NOT NULL,
  state ENUM('waiting', 'delivered', 'failed')
    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claim INT UNSIGNED NOT NULL DEFAULT 0,
  attempts INT UNSIGNED NOT NULL DEFAULT 0,
  next_at DATETIME(3) NULL,
  again_of BIGINT UNSIGNED NULL,
  created_at DATETIME(3) NOT NULL,
  KEY hook_id (hook_id, id),
  KEY due (hook_id, state, next_at),
  KEY contact_id (contact_id),
  KEY created_at (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What each time of sending came to. code: of HTTP, 0 when there was no answer;
-- response: its first bytes; signature: as it was sent.
CREATE TABLE hook_attempt (
  delivery_id BIGINT UNSIGNED NOT NULL,
  number INT UNSIGNED NOT NULL,
  at DATETIME(3) NOT NULL,
  ms INT UNSIGNED NOT NULL,
  code SMALLINT UNSIGNED NOT NULL,
  error VARCHAR(200) NOT NULL,
  response VARBINARY(1024) NOT NULL,
  signature VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (delivery_id, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
