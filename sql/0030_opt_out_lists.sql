-- Which lists of opt-outs named a key that nobody in the book has, so that an
-- undo can tell whether another one wants it on the list of suppressions as
-- well. made: it was not on it before; lifted: the import is undone.
CREATE TABLE suppression_source (
  import_id INT UNSIGNED NOT NULL,
  key_hash BINARY(32) NOT NULL,
  key_kind ENUM('phone', 'email', 'user_id', 'wa_user_id')
    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  made BOOLEAN NOT NULL,
  lifted BOOLEAN NOT NULL DEFAULT FALSE,
  at DATETIME(3) NOT NULL,
  PRIMARY KEY (import_id, key_hash),
  KEY lifted (import_id, lifted, key_hash),
  KEY key_hash (key_hash)
) ENGINE=InnoDB;
