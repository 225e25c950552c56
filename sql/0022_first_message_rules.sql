-- Which first message a person's first words give: the first rule by position
-- that matches. gives: a name as tags of the kind first_message have it.
CREATE TABLE first_message_rule (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  position INT UNSIGNED NOT NULL,
  kind ENUM('is', 'starts_with', 'word', 'contains')
    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phrase VARCHAR(255) NOT NULL,
  gives VARCHAR(128) COLLATE utf8mb4_uca1400_as_ci NOT NULL,
  created_at DATETIME(3) NOT NULL,
  KEY position (position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
