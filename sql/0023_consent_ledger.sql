-- The ledger of consents: one row each time that somebody's consent to a
-- purpose was given, withdrawn, or became unknown. Rows are added, and go with
-- their contact; nothing changes one. evidence_at: when it was said, where that
-- is known; at: when it was recorded. message: the id that WhatsApp gave.
CREATE TABLE contact_consent (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contact_id BIGINT UNSIGNED NOT NULL,
  purpose ENUM('whatsapp_marketing', 'profiling', 'email')
    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status ENUM('unknown', 'given', 'withdrawn') CHARACTER SET ascii
    COLLATE ascii_bin NOT NULL,
  basis ENUM('', 'consent', 'contract', 'legitimate_interest',
    'legal_obligation', 'vital_interest', 'public_task') CHARACTER SET ascii
    COLLATE ascii_bin NOT NULL DEFAULT '',
  words TEXT NOT NULL DEFAULT '',
  evidence_at DATETIME(3) NULL,
  at DATETIME(3) NOT NULL,
  origin ENUM('import', 'webhook', 'page', 'api', 'job', 'message',
    'opt_out_file') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  import_id BIGINT UNSIGNED NULL,
  import_row BIGINT UNSIGNED NULL,
  job_id BIGINT UNSIGNED NULL,
  message VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT '',
  detail VARCHAR(500) NOT NULL DEFAULT '',
  KEY contact_id (contact_id, at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TRIGGER contact_consent_stays BEFORE UPDATE ON contact_consent
  FOR EACH ROW SIGNAL SQLSTATE '45000'
  SET MESSAGE_TEXT = 'the ledger of consents is only ever added to';

-- Each row of a file that got in: which contact it is about, and what it says
-- of consent. Together with the row of `consent` of the import, which has the
-- words, these are its entries in the ledger: profiling given; the purposes
-- that `says` has (whatsapp, email) given; opted_in and opted_out: the row's
-- own cell said so and it was taken over; confirmed: with an opt-out that a
-- member had overturned (import_optin).
CREATE TABLE import_contact (
  import_id INT UNSIGNED NOT NULL,
  row_no INT UNSIGNED NOT NULL,
  contact_id BIGINT UNSIGNED NOT NULL,
  says SET('whatsapp', 'email', 'opted_in', 'opted_out', 'confirmed')
    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  evidence_at DATETIME(3) NULL,
  at DATETIME(3) NOT NULL,
  PRIMARY KEY (import_id, row_no),
  KEY contact_id (contact_id)
) ENGINE=InnoDB;

CREATE TRIGGER import_contact_stays BEFORE UPDATE ON import_contact
  FOR EACH ROW SIGNAL SQLSTATE '45000'
  SET MESSAGE_TEXT = 'the ledger of consents is only ever added to';

-- What the book knew before there was a ledger.
INSERT INTO contact_consent
  (contact_id, purpose, status, evidence_at, at, origin, detail)
  SELECT id, 'whatsapp_marketing',
    IF(whatsapp_opted = 'yes', 'given', 'withdrawn'), whatsapp_opted_at,
    UTC_TIMESTAMP(3), 'job', 'known before the ledger began'
  FROM contact WHERE whatsapp_opted <> '';
