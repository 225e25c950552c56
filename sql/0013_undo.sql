-- What an import put into its segment is found by the import, to be taken out
-- again. before_undo: the state that an undone import had, and has again when
-- the undo is undone. worked_ms: the time that workers spent on it, without
-- that in which it waited or was paused, for its rate.
ALTER TABLE segment_contact
  ADD KEY import_id (import_id, contact_id);
ALTER TABLE import
  ADD COLUMN before_undo VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL DEFAULT '',
  ADD COLUMN pause_asked BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN worked_ms BIGINT UNSIGNED NOT NULL DEFAULT 0;
