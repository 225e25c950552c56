-- What is left to do after a tag, attribute or segment was renamed, merged or
-- deleted: contacts that are to follow, in batches. next_contact is the
-- checkpoint; new_id 0: what they have goes. The row goes with the last batch.

CREATE TABLE catalog_job (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind ENUM('attribute', 'tag', 'first_message', 'segment')
    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  old_id BIGINT UNSIGNED NOT NULL,
  old_name VARCHAR(128) NOT NULL,
  new_id BIGINT UNSIGNED NOT NULL,
  new_name VARCHAR(128) NOT NULL,
  next_contact BIGINT UNSIGNED NOT NULL DEFAULT 0,
  changed BIGINT UNSIGNED NOT NULL DEFAULT 0,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  created_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;
