-- The trash is being emptied: of what came there until a moment, in batches.
-- The row goes with the last one.
CREATE TABLE trash_purge (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  upto DATETIME(3) NOT NULL,
  purged BIGINT UNSIGNED NOT NULL DEFAULT 0,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  created_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
