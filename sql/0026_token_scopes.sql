-- What a token may do, and until when. Those that exist may do all.
ALTER TABLE api_token
  ADD COLUMN scopes SET('read', 'write', 'import', 'erase') NOT NULL
    DEFAULT 'read,write,import,erase' AFTER name,
  ADD COLUMN expires_at DATETIME(3) NULL AFTER created_at;
