package demarche

import (
	"context"
	"slices"
	"strings"

	"demarche/record"
)

// Undo takes back a decision by a further one: all stands as if it had not been
// made, and both stay on record. An undo can itself be undone.
func (d *Desk) Undo(ctx context.Context, id record.DecisionID, who, why string) (record.Decision, error) {
	return d.decide(ctx, record.Decision{Verdict: record.Undo, Undoes: id, Who: who, Why: strings.TrimSpace(why)})
}

// Merge decides that two names of claims are one, to be called into.
func (d *Desk) Merge(ctx context.Context, name, into, who, why string) (record.Decision, error) {
	const op = "merge"
	q, err := d.ask(ctx, op, record.Clocks{}, name, into)
	if err != nil {
		return record.Decision{}, err
	}
	if len(q.names) < 2 {
		return record.Decision{}, fail(op, Usage, "a merge needs two names")
	}
	return d.decide(ctx, record.Decision{Verdict: record.Merge, Entity: q.id(0), Into: q.id(1), Who: who, Why: strings.TrimSpace(why)})
}

func (d *Desk) decide(ctx context.Context, dec record.Decision) (record.Decision, error) {
	const op = "decide"
	if dec.Why == "" {
		return dec, fail(op, Usage, "a decision needs its reason")
	}
	if err := dec.Validate(); err != nil {
		return dec, &Error{Op: op, Kind: Usage, Err: err}
	}
	dec, err := d.store.Decide(ctx, dec)
	return dec, storeError(op, err)
}

// Made is a decision as it was made.
type Made struct {
	record.Decision
	Undone bool // taken back since
}

// History gives all decisions on a claim or, with "", all decisions on record,
// those taken back among them, the oldest first.
func (d *Desk) History(ctx context.Context, claim record.ClaimID, c record.Clocks) ([]Made, error) {
	all, err := d.store.Decisions(ctx, c)
	if err != nil {
		return nil, storeError("history", err)
	}
	log := record.Log{Decisions: all}
	stand := map[record.DecisionID]bool{}
	for _, dec := range log.Standing(c) {
		stand[dec.ID] = true
	}
	about := map[record.DecisionID]bool{}
	var out []Made
	for _, dec := range log.Decisions {
		if claim != "" && dec.Claim != claim && dec.Other != claim && !slices.Contains(dec.Claims, claim) && !about[dec.Undoes] {
			continue
		}
		about[dec.ID] = true
		out = append(out, Made{dec, dec.Verdict != record.Undo && !stand[dec.ID]})
	}
	return out, nil
}
