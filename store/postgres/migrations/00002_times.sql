-- +goose Up
-- The record times of the last entries: no later entry has an earlier one.
ALTER TABLE heads ADD document_recorded TIMESTAMPTZ NOT NULL DEFAULT '0001-01-01 00:00:00Z', ADD claim_recorded TIMESTAMPTZ NOT NULL DEFAULT '0001-01-01 00:00:00Z',
  ADD decision_recorded TIMESTAMPTZ NOT NULL DEFAULT '0001-01-01 00:00:00Z';
UPDATE heads SET document_recorded = coalesce((SELECT max(recorded) FROM documents), document_recorded),
  claim_recorded = coalesce((SELECT max(recorded) FROM claims), claim_recorded), decision_recorded = coalesce((SELECT max(recorded) FROM decisions), decision_recorded);
