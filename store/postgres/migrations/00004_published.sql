-- +goose Up
-- Claims that were recorded of a document named alone stood there as of a document
-- whose day of publication is not known.
UPDATE claims c SET published = d.latest FROM documents d
  WHERE c.published = 0 AND d.latest <> 0 AND d.seq = c.document AND d.recorded = c.filed;
