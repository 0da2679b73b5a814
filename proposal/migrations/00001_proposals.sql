-- +goose Up
-- Times are milliseconds since 1970 in UTC.

CREATE TABLE proposals (
  id       TEXT PRIMARY KEY,
  claim    TEXT NOT NULL,
  verdict  TEXT NOT NULL, -- accept, reject or correct
  changes  TEXT NOT NULL, -- JSON object, for correct
  why      TEXT NOT NULL,
  who      TEXT NOT NULL,
  made     INTEGER NOT NULL,
  -- what a reviewer made of it
  state    TEXT NOT NULL DEFAULT 'waiting', -- waiting, adopted or declined
  reviewer TEXT NOT NULL DEFAULT '',
  decision TEXT NOT NULL DEFAULT '',
  settled  INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX proposals_state ON proposals (state, made);
