-- +goose Up
-- What questions need beside a claim's names stands in its row: the day by which
-- its document was published (0 is not known). Who is said to have taken another's
-- place is found by name; a recognition says so by its "as".

ALTER TABLE claims ADD COLUMN published INTEGER NOT NULL DEFAULT 0;
UPDATE claims SET published = (SELECT latest FROM documents d WHERE d.seq = claims.document);

CREATE TABLE successions (
  name  INTEGER NOT NULL, -- the successor
  claim INTEGER NOT NULL,
  PRIMARY KEY (name, claim)
) WITHOUT ROWID;
INSERT OR IGNORE INTO successions
  SELECT n.id, c.seq FROM claims c, json_each(c.body, '$.roles.successor') r JOIN names n ON n.name = r.value WHERE c.kind = 'succession';
INSERT OR IGNORE INTO successions
  SELECT n.id, c.seq FROM claims c, json_each(c.body, '$.roles.of') r JOIN names n ON n.name = r.value
  WHERE c.kind = 'recognition' AND json_extract(c.body, '$.roles.as') LIKE 'successor%';

DROP INDEX roles_claim;
