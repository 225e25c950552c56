-- Which contacts an import changed, in the order of their ids: the list of an
-- import's contacts is read off this index.
ALTER TABLE contact_revision
  DROP KEY import_id,
  ADD KEY import_id (import_id, contact_id);
