-- A corrected file says which import it completes. headers_hash: SHA-256 of the
-- set of column names, the same in any order.

ALTER TABLE import
  ADD COLUMN headers_hash BINARY(32) NULL,
  ADD COLUMN completes BIGINT UNSIGNED NULL,
  ADD KEY headers_hash (headers_hash, id),
  ADD KEY completes (completes);
