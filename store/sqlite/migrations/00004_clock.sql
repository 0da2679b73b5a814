-- +goose Up
-- The day by which a claim's document was published (0 is not known) stands where
-- the claim is found by its names, and with the kind where it is found by its
-- document, so that a question as of a day leaves out the later ones without a
-- look at each. Claims that were recorded of a document named alone stood there as
-- of a document whose day is not known.

UPDATE claims SET published = (SELECT latest FROM documents d WHERE d.seq = claims.document) WHERE published = 0;

CREATE TABLE roles_by_day (
  name      INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  claim     INTEGER NOT NULL,
  published INTEGER NOT NULL,
  PRIMARY KEY (name, kind, claim)
) WITHOUT ROWID;
INSERT INTO roles_by_day SELECT r.name, r.kind, r.claim, c.published FROM roles r CROSS JOIN claims c ON c.seq = r.claim;
DROP TABLE roles;
ALTER TABLE roles_by_day RENAME TO roles;

CREATE TABLE pairs_by_day (
  a         INTEGER NOT NULL,
  b         INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  claim     INTEGER NOT NULL,
  published INTEGER NOT NULL,
  PRIMARY KEY (a, b, kind, claim)
) WITHOUT ROWID;
INSERT INTO pairs_by_day SELECT p.a, p.b, p.kind, p.claim, c.published FROM pairs p CROSS JOIN claims c ON c.seq = p.claim;
DROP TABLE pairs;
ALTER TABLE pairs_by_day RENAME TO pairs;

DROP INDEX claims_document;
CREATE INDEX claims_document ON claims (document, kind, published);
