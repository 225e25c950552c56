-- stamp: a number that is drawn anew with each change of the list, so that what
-- a process remembers of the list can be told to be of now.
ALTER TABLE suppression_state ADD COLUMN stamp BIGINT UNSIGNED NOT NULL
  DEFAULT 0;
