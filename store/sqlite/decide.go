package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"demarche/record"
	"demarche/store"
	"demarche/wire"
)

// storedDecision is a decision as the table has it.
type storedDecision struct {
	Status   string           `json:"status,omitempty"`
	Entity   string           `json:"entity,omitempty"`
	Into     string           `json:"into,omitempty"`
	Claims   []record.ClaimID `json:"claims,omitempty"`
	Core     *wire.Claim      `json:"core,omitempty"`
	Undoes   string           `json:"undoes,omitempty"`
	Who, Why string
}

// Decide implements store.Store.
func (s *Store) Decide(ctx context.Context, d record.Decision) (record.Decision, error) {
	if err := d.Validate(); err != nil {
		return d, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if d.Recorded.IsZero() {
		d.Recorded = s.clock()
	}
	d.ID = d.Identity()
	in := storedDecision{Status: string(d.Status), Entity: d.Entity, Into: d.Into, Claims: d.Claims, Undoes: string(d.Undoes), Who: d.Who, Why: d.Why}
	if d.Core != nil {
		c := wire.FromClaim(&record.Claim{Core: *d.Core}, nil)
		in.Core = &c
	}
	body, err := json.Marshal(in)
	if err != nil {
		return d, err
	}
	err = s.transaction(ctx, func(tx *sql.Tx) error {
		for _, id := range append([]record.ClaimID{d.Claim, d.Other}, d.Claims...) {
			if err := exists(ctx, tx, "claim", string(id)); err != nil {
				return err
			}
		}
		if err := exists(ctx, tx, "decision", string(d.Undoes)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO decisions (id, verdict, claim, other, recorded, body) VALUES (?,?,?,?,?,?)",
			string(d.ID), string(d.Verdict), string(d.Claim), string(d.Other), micros(d.Recorded), body)
		return err
	})
	return d, s.fail(err)
}

// exists refuses a decision on a claim, or of another decision, that is not
// there.
func exists(ctx context.Context, tx *sql.Tx, what, id string) error {
	if id == "" {
		return nil
	}
	var one int
	err := tx.QueryRowContext(ctx, "SELECT 1 FROM "+what+"s WHERE id = ?", id).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%w: no %s has the name %q", store.ErrNotFound, what, id)
	}
	return err
}

// Decisions implements store.Store.
func (s *Store) Decisions(ctx context.Context, c record.Clocks) ([]record.Decision, error) {
	if err := s.look(ctx, (*reading).follow); err != nil {
		return nil, s.fail(err)
	}
	return s.decisions.All(c), nil
}

// follow takes in the decisions that were added since the last look.
func (r *reading) follow() error {
	return r.decisionsSince(r.store.decisions.Head(), 0, r.store.decisions.Add)
}

// decisionsSince gives take up to n decisions after a place in the log, all where
// n is 0.
func (r *reading) decisionsSince(seq int64, n int, take func(int64, record.Decision)) error {
	rows, err := r.query("SELECT seq, id, verdict, claim, other, recorded, body FROM decisions WHERE seq > ? ORDER BY seq LIMIT ?", seq, limit(n))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var d record.Decision
		var seq, recorded int64
		var body []byte
		if err := rows.Scan(&seq, &d.ID, &d.Verdict, &d.Claim, &d.Other, &recorded, &body); err != nil {
			return err
		}
		if err := decodeDecision(&d, body); err != nil {
			return err
		}
		d.Recorded = recordTime(recorded)
		take(seq, d)
	}
	return rows.Err()
}

func decodeDecision(d *record.Decision, body []byte) error {
	var in storedDecision
	if err := json.Unmarshal(body, &in); err != nil {
		return fmt.Errorf("decision %s: %w", d.ID, err)
	}
	d.Status, d.Entity, d.Into, d.Claims, d.Who, d.Why = record.Status(in.Status), in.Entity, in.Into, in.Claims, in.Who, in.Why
	d.Undoes = record.DecisionID(in.Undoes)
	if in.Core != nil {
		core := in.Core.Core()
		d.Core = &core
	}
	return nil
}
