-- A request of the API that is sent again gives the same job.
ALTER TABLE job
  ADD COLUMN idempotency_key VARCHAR(255) NULL,
  ADD COLUMN request_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD UNIQUE KEY idempotency (token_id, idempotency_key);
