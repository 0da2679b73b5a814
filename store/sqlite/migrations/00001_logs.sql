-- +goose Up
-- The three logs, and what finds a claim fast. Days are record.Day (1 is
-- 0001-01-01, 0 is not known); recorded is microseconds since 1970 in UTC.

CREATE TABLE documents (
  seq       INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  name      TEXT NOT NULL,
  url       TEXT NOT NULL,
  publisher TEXT NOT NULL,
  title     TEXT NOT NULL,
  earliest  INTEGER NOT NULL, -- published
  latest    INTEGER NOT NULL,
  language  TEXT NOT NULL,
  author    TEXT NOT NULL,
  modified_earliest INTEGER NOT NULL,
  modified_latest   INTEGER NOT NULL,
  former    TEXT NOT NULL,
  origin    TEXT NOT NULL,
  story     TEXT NOT NULL,
  recorded  INTEGER NOT NULL
);
CREATE INDEX documents_url ON documents (url) WHERE url <> '';
CREATE INDEX documents_title ON documents (title, publisher);

CREATE TABLE texts (
  document INTEGER PRIMARY KEY REFERENCES documents (seq),
  body     BLOB NOT NULL
);

CREATE TABLE claims (
  seq      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  document INTEGER NOT NULL REFERENCES documents (seq),
  kind     TEXT NOT NULL,
  earliest INTEGER NOT NULL, -- when it was so
  latest   INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  body     BLOB NOT NULL     -- the claim in the layout of package wire
);
CREATE INDEX claims_document ON claims (document);
CREATE INDEX claims_kind ON claims (kind);

CREATE TABLE names (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

-- Which claims a name stands in.
CREATE TABLE roles (
  name  INTEGER NOT NULL,
  kind  TEXT NOT NULL,
  claim INTEGER NOT NULL,
  PRIMARY KEY (name, kind, claim)
) WITHOUT ROWID;
CREATE INDEX roles_claim ON roles (claim);

-- Which claims two names stand in together; a < b.
CREATE TABLE pairs (
  a     INTEGER NOT NULL,
  b     INTEGER NOT NULL,
  kind  TEXT NOT NULL,
  claim INTEGER NOT NULL,
  PRIMARY KEY (a, b, kind, claim)
) WITHOUT ROWID;

CREATE TABLE decisions (
  seq      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  verdict  TEXT NOT NULL,
  claim    TEXT NOT NULL,
  other    TEXT NOT NULL,
  recorded INTEGER NOT NULL,
  body     BLOB NOT NULL
);
CREATE INDEX decisions_claim ON decisions (claim);
CREATE INDEX decisions_other ON decisions (other) WHERE other <> '';

-- Paragraphs of the texts, to be searched.
CREATE TABLE passages (
  id       INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (seq),
  start    INTEGER NOT NULL,
  end      INTEGER NOT NULL
);
CREATE INDEX passages_document ON passages (document);
CREATE VIRTUAL TABLE search USING fts5 (body, content = '', tokenize = 'unicode61 remove_diacritics 2');
