-- +goose Up
-- Times are milliseconds since 1970 in UTC.

CREATE TABLE hooks (
  id       TEXT PRIMARY KEY,
  url      TEXT NOT NULL,
  secret   TEXT NOT NULL, -- whsec_ and base64, as the receiver has it
  types    TEXT NOT NULL, -- document, claim, decision, parted by commas; empty is all
  private  INTEGER NOT NULL, -- 1: may be in a private network
  created  INTEGER NOT NULL,
  -- up to where the record's logs were taken into the outbox
  document INTEGER NOT NULL,
  claim    INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  -- what came of the last attempts
  sent     INTEGER NOT NULL DEFAULT 0, -- messages taken by the receiver
  failures INTEGER NOT NULL DEFAULT 0, -- in a row
  error    TEXT NOT NULL DEFAULT '',
  next     INTEGER NOT NULL DEFAULT 0, -- no attempt before
  held     INTEGER NOT NULL DEFAULT 0  -- until when one process has it for an attempt
);

-- Messages that were made and not taken yet, in order.
CREATE TABLE outbox (
  seq  INTEGER PRIMARY KEY AUTOINCREMENT,
  hook TEXT NOT NULL REFERENCES hooks (id) ON DELETE CASCADE,
  id   TEXT NOT NULL, -- webhook-id
  body BLOB NOT NULL
);
CREATE INDEX outbox_hook ON outbox (hook, seq);
