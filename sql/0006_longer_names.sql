-- Names of more than 255 signs are rare, but there are some: combining marks
-- count one each.
ALTER TABLE contact MODIFY name VARCHAR(500) NOT NULL DEFAULT '';
