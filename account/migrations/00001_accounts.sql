-- +goose Up
-- Times are seconds since 1970 in UTC.

CREATE TABLE accounts (
  name     TEXT PRIMARY KEY COLLATE NOCASE,
  role     TEXT NOT NULL,
  password TEXT NOT NULL, -- PHC string of argon2id
  created  INTEGER NOT NULL
);

CREATE TABLE sessions (
  digest  BLOB PRIMARY KEY, -- SHA-256 of the secret in the cookie
  account TEXT NOT NULL COLLATE NOCASE REFERENCES accounts (name) ON DELETE CASCADE,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_account ON sessions (account);

CREATE TABLE tokens (
  digest  BLOB PRIMARY KEY, -- SHA-256 of the token
  account TEXT NOT NULL COLLATE NOCASE REFERENCES accounts (name) ON DELETE CASCADE,
  label   TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL -- 0 is never
) WITHOUT ROWID;
CREATE INDEX tokens_account ON tokens (account);
