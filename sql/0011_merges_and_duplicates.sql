-- A contact that was merged into another one lies in the trash and says where
-- it went, so that whatever still knows its keys finds the other.
ALTER TABLE contact ADD COLUMN merged_into BIGINT UNSIGNED NULL;

-- Two contacts that may be one person, first_id < second_id, as the last look
-- through the book found them. look: the number of that look.
CREATE TABLE duplicate_pair (
  first_id BIGINT UNSIGNED NOT NULL,
  second_id BIGINT UNSIGNED NOT NULL,
  reasons SET('email', 'user_id', 'number', 'name') CHARACTER SET ascii
    COLLATE ascii_bin NOT NULL,
  look BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (first_id, second_id),
  KEY look (look),
  KEY second_id (second_id)
) ENGINE=InnoDB;

-- Pairs of which somebody said that they are two people.
CREATE TABLE duplicate_dismissed (
  first_id BIGINT UNSIGNED NOT NULL,
  second_id BIGINT UNSIGNED NOT NULL,
  reasons SET('email', 'user_id', 'number', 'name') CHARACTER SET ascii
    COLLATE ascii_bin NOT NULL,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  at DATETIME(3) NOT NULL,
  PRIMARY KEY (first_id, second_id),
  KEY second_id (second_id)
) ENGINE=InnoDB;

-- The one row of the look through the book: the one that runs (step and place
-- are its checkpoint, the lease is that of its worker) and the last one that
-- was finished. contact_mark and revision_mark tell whether anything has changed
-- since it began.
CREATE TABLE duplicate_look (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  look BIGINT UNSIGNED NOT NULL DEFAULT 0,
  step TINYINT UNSIGNED NOT NULL DEFAULT 0,
  place VARCHAR(500) NOT NULL DEFAULT '',
  pairs BIGINT UNSIGNED NOT NULL DEFAULT 0,
  asked BOOLEAN NOT NULL DEFAULT FALSE,
  contact_mark BIGINT UNSIGNED NOT NULL DEFAULT 0,
  revision_mark BIGINT UNSIGNED NOT NULL DEFAULT 0,
  started_at DATETIME(3) NULL,
  finished_at DATETIME(3) NULL,
  as_of DATETIME(3) NULL,
  lease_owner VARCHAR(96) NOT NULL DEFAULT '',
  lease_until DATETIME(3) NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO duplicate_look (id) VALUES (1);
