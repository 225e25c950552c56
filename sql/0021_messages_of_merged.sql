-- The messages of contacts that were merged into one are read with its own:
-- nobody moves them, so an unmerge needs to move none back.
ALTER TABLE contact ADD KEY merged_into (merged_into);
