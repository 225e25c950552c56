-- Lists of the audit log, newest first: by who, what, which thing, from where.
-- Each index has the id at its end, so a page is read off one of them.
ALTER TABLE audit
  ADD KEY IF NOT EXISTS member (member_id, at),
  ADD KEY IF NOT EXISTS member_action (member_id, action, at),
  ADD KEY IF NOT EXISTS token (token_id, at),
  ADD KEY IF NOT EXISTS action (action, at),
  ADD KEY IF NOT EXISTS subject (subject, at),
  ADD KEY IF NOT EXISTS address (address, at);

-- Nobody changes what stands there, whatever their rights on the rows are. The
-- application cannot drop, alter or truncate the table, nor take these away.
CREATE TRIGGER IF NOT EXISTS audit_is_not_changed BEFORE UPDATE ON audit
  FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the audit log is only added to';
CREATE TRIGGER IF NOT EXISTS audit_is_not_deleted BEFORE DELETE ON audit
  FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the audit log is only added to';
