-- +goose Up
-- The editions that follow one.
CREATE INDEX documents_former ON documents (former) WHERE former <> '';
