-- A campaign that is deleted leaves its places to a job, as segments do.
ALTER TABLE catalog_job
  MODIFY COLUMN kind ENUM('attribute', 'tag', 'first_message', 'segment',
    'campaign') CHARACTER SET ascii COLLATE ascii_bin NOT NULL;
