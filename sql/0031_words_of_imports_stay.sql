-- What an import's row of the ledger says is in the words of its consent: they
-- are written once, and nothing changes or takes away who confirmed them.
CREATE TRIGGER IF NOT EXISTS consent_is_not_changed BEFORE UPDATE ON consent
  FOR EACH ROW SIGNAL SQLSTATE '45000'
  SET MESSAGE_TEXT = 'the ledger of consents is only ever added to';
CREATE TRIGGER IF NOT EXISTS consent_is_not_deleted BEFORE DELETE ON consent
  FOR EACH ROW SIGNAL SQLSTATE '45000'
  SET MESSAGE_TEXT = 'the ledger of consents is only ever added to';
