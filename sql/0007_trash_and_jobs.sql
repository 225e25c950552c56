-- A contact in the trash stays a row, with its keys; it has no tags and is in
-- no segment (the revision of the change has them, for the way back). All
-- lists of contacts are read with trashed_at IS NULL.
ALTER TABLE contact
  ADD COLUMN trashed_at DATETIME(3) NULL,
  ADD KEY trashed_at (trashed_at, id);

-- Work on many contacts: a change of all that match a filter, a merge, or the
-- undoing of an import or of another job. What a job changes has revisions
-- with its id, so that it can be undone as one. next_contact is the checkpoint
-- and upto_contact the last one; the lease is that of an import.
CREATE TABLE job (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind ENUM('bulk', 'merge', 'undo') CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL,
  state ENUM('queued', 'running', 'done', 'failed', 'cancelled')
    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id BIGINT UNSIGNED NULL,
  token_id BIGINT UNSIGNED NULL,
  filter TEXT NOT NULL,
  action VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  arguments MEDIUMTEXT NOT NULL,
  import_id BIGINT UNSIGNED NULL,
  undoes_job BIGINT UNSIGNED NULL,
  matched BIGINT UNSIGNED NOT NULL DEFAULT 0,
  seen BIGINT UNSIGNED NOT NULL DEFAULT 0,
  changed BIGINT UNSIGNED NOT NULL DEFAULT 0,
  unchanged BIGINT UNSIGNED NOT NULL DEFAULT 0,
  kept BIGINT UNSIGNED NOT NULL DEFAULT 0,
  next_contact BIGINT UNSIGNED NOT NULL DEFAULT 0,
  upto_contact BIGINT UNSIGNED NOT NULL DEFAULT 0,
  cancel_asked BOOLEAN NOT NULL DEFAULT FALSE,
  lease_owner VARCHAR(64) NOT NULL DEFAULT '',
  lease_number BIGINT UNSIGNED NOT NULL DEFAULT 0,
  lease_until DATETIME(3) NULL,
  message VARCHAR(1000) NOT NULL DEFAULT '',
  created_at DATETIME(3) NOT NULL,
  started_at DATETIME(3) NULL,
  finished_at DATETIME(3) NULL,
  KEY state (state, id),
  KEY import_id (import_id, id),
  KEY undoes_job (undoes_job, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What an undo left as it is, because somebody has changed it since.
CREATE TABLE job_kept (
  job_id BIGINT UNSIGNED NOT NULL,
  contact_id BIGINT UNSIGNED NOT NULL,
  field VARCHAR(160) NOT NULL,
  reason VARCHAR(500) NOT NULL,
  PRIMARY KEY (job_id, contact_id, field)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE contact_revision
  MODIFY kind ENUM('update', 'delete', 'trash', 'restore', 'merge')
    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ADD COLUMN job_id BIGINT UNSIGNED NULL,
  ADD KEY job_id (job_id, contact_id);

-- By which import a contact came into a segment; NULL: not by one.
ALTER TABLE segment_contact ADD COLUMN import_id BIGINT UNSIGNED NULL;

-- static: contacts that were put in. dynamic: those that match the filter, a
-- query string of the list's parameters.
ALTER TABLE segment
  ADD COLUMN kind ENUM('static', 'dynamic') CHARACTER SET ascii
    COLLATE ascii_bin NOT NULL DEFAULT 'static',
  ADD COLUMN filter TEXT NOT NULL DEFAULT '';

CREATE TABLE campaign (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(128) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci;

CREATE TABLE contact_campaign (
  campaign_id BIGINT UNSIGNED NOT NULL,
  contact_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (campaign_id, contact_id),
  KEY contact_id (contact_id)
) ENGINE=InnoDB;
