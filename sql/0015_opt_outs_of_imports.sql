-- Opt-outs that a file met: a row that says opt-in of a contact that opted
-- out, without newer proof. pass: the lease number of the check that found it,
-- 0 for the import itself; kept: it stayed opted out.
CREATE TABLE import_optout (
  import_id BIGINT UNSIGNED NOT NULL,
  pass BIGINT UNSIGNED NOT NULL,
  row_no BIGINT UNSIGNED NOT NULL,
  contact_id BIGINT UNSIGNED NOT NULL,
  kept BOOLEAN NOT NULL,
  PRIMARY KEY (import_id, pass, row_no)
) ENGINE=InnoDB;

-- Who confirmed that opt-outs of an import are overturned: those that the
-- check `pass` found, or, without a check, the first `people` of the file.
CREATE TABLE import_optin (
  import_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  pass BIGINT UNSIGNED NULL,
  people BIGINT UNSIGNED NOT NULL,
  words_version VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  words TEXT NOT NULL,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
