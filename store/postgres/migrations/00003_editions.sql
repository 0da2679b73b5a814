-- +goose Up
-- The editions that follow one. What the heads of documents have is found without
-- their being read as JSON, since they may hold what PostgreSQL takes for no text.
ALTER TABLE documents ADD former TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE documents SET former = substring(convert_from(head, 'UTF8') FROM '"former":"([0-9a-f]{64})"') WHERE convert_from(head, 'UTF8') ~ '"former":"[0-9a-f]{64}"';
CREATE INDEX documents_former ON documents (former) WHERE former <> '';
