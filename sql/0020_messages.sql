-- Messages with a contact. wa_id: the id that WhatsApp gave it, so that what
-- is delivered twice counts once. body: the message as it came, JSON.
CREATE TABLE message (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contact_id BIGINT UNSIGNED NOT NULL,
  wa_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  direction ENUM('in', 'out') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  text TEXT NOT NULL,
  body MEDIUMTEXT NOT NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  status_at DATETIME(3) NULL,
  at DATETIME(3) NOT NULL,
  received_at DATETIME(3) NOT NULL,
  UNIQUE KEY wa_id (wa_id, contact_id),
  KEY contact_id (contact_id, at, id),
  KEY received_at (received_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Signed events that say nothing we act on, for an admin to look at.
CREATE TABLE webhook_event (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  field VARCHAR(64) NOT NULL,
  reason VARCHAR(255) NOT NULL,
  body MEDIUMTEXT NOT NULL,
  received_at DATETIME(3) NOT NULL,
  KEY received_at (received_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
