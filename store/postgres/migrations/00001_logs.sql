-- +goose Up
-- The three logs, and what finds a claim fast. Documents and claims, and the
-- tables that lead to them, are partitioned by the month of their record time; the
-- program makes a month's partitions when it first writes into it. Every key of
-- theirs has the document, so that Citus can distribute them by it. Days are
-- record.Day (1 is 0001-01-01, 0 is not known). What comes from texts is bytea:
-- it may hold what PostgreSQL takes for no text.

-- The last places given out in the logs. Whoever writes holds its row, so that
-- places are in the order of commitment and a reader of the logs misses none.
CREATE TABLE heads (documents BIGINT NOT NULL, claims BIGINT NOT NULL, decisions BIGINT NOT NULL, passages BIGINT NOT NULL);
INSERT INTO heads VALUES (0, 0, 0, 0);

CREATE TABLE documents (
  seq      BIGINT NOT NULL,
  recorded TIMESTAMPTZ NOT NULL,
  id       TEXT COLLATE "C" NOT NULL,
  latest   INTEGER NOT NULL, -- published
  url      BYTEA NOT NULL,   -- what tells editions apart: hashes, empty where it has none
  article  BYTEA NOT NULL,
  head     BYTEA NOT NULL,   -- the document without its text, as JSON
  PRIMARY KEY (seq, recorded)
) PARTITION BY RANGE (recorded);
CREATE INDEX documents_id ON documents (id);
CREATE INDEX documents_url ON documents (url) WHERE url <> '';
CREATE INDEX documents_article ON documents (article) WHERE article <> '';

CREATE TABLE texts (
  document BIGINT NOT NULL,
  recorded TIMESTAMPTZ NOT NULL,
  body     BYTEA NOT NULL,
  PRIMARY KEY (document, recorded)
) PARTITION BY RANGE (recorded);

CREATE TABLE claims (
  seq       BIGINT NOT NULL,
  document  BIGINT NOT NULL,
  filed     TIMESTAMPTZ NOT NULL, -- record time of the document
  recorded  TIMESTAMPTZ NOT NULL,
  id        TEXT COLLATE "C" NOT NULL,
  kind      TEXT COLLATE "C" NOT NULL,
  earliest  INTEGER NOT NULL, -- when it was so
  latest    INTEGER NOT NULL,
  published INTEGER NOT NULL, -- the latest day on which its document was
  body      BYTEA NOT NULL,   -- package packed
  PRIMARY KEY (document, seq, recorded)
) PARTITION BY RANGE (recorded);
CREATE INDEX claims_seq ON claims (seq);
CREATE INDEX claims_id ON claims (id);
CREATE INDEX claims_kind ON claims (kind, seq);

CREATE TABLE names (
  id   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name BYTEA NOT NULL UNIQUE
);

-- Which claims a name stands in.
CREATE TABLE roles (
  name     BIGINT NOT NULL,
  kind     TEXT COLLATE "C" NOT NULL,
  claim    BIGINT NOT NULL,
  document BIGINT NOT NULL,
  recorded TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (name, kind, claim, document, recorded)
) PARTITION BY RANGE (recorded);

-- Which claims two names stand in together; a < b.
CREATE TABLE pairs (
  a        BIGINT NOT NULL,
  b        BIGINT NOT NULL,
  kind     TEXT COLLATE "C" NOT NULL,
  claim    BIGINT NOT NULL,
  document BIGINT NOT NULL,
  recorded TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (a, b, kind, claim, document, recorded)
) PARTITION BY RANGE (recorded);

-- Who is said to have taken another's place.
CREATE TABLE successions (
  name     BIGINT NOT NULL, -- the successor
  claim    BIGINT NOT NULL,
  document BIGINT NOT NULL,
  recorded TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (name, claim, document, recorded)
) PARTITION BY RANGE (recorded);

CREATE TABLE decisions (
  seq      BIGINT PRIMARY KEY,
  recorded TIMESTAMPTZ NOT NULL,
  id       TEXT COLLATE "C" NOT NULL UNIQUE,
  verdict  TEXT NOT NULL,
  claim    TEXT COLLATE "C" NOT NULL,
  other    TEXT COLLATE "C" NOT NULL,
  body     BYTEA NOT NULL
);

-- Paragraphs of the texts, to be searched.
CREATE TABLE passages (
  id       BIGINT NOT NULL,
  document BIGINT NOT NULL,
  recorded TIMESTAMPTZ NOT NULL, -- of the document
  start    INTEGER NOT NULL,
  stop     INTEGER NOT NULL,
  words    TSVECTOR NOT NULL,
  PRIMARY KEY (document, id, recorded)
) PARTITION BY RANGE (recorded);
CREATE INDEX passages_words ON passages USING GIN (words);
