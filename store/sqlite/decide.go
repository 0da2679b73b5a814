package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"demarche/record"
	"demarche/store"
	"demarche/store/packed"
)

// Decide implements store.Store.
func (s *Store) Decide(ctx context.Context, d record.Decision) (record.Decision, error) {
	if err := d.Validate(); err != nil {
		return d, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	err := s.transaction(ctx, func(tx *sql.Tx) error {
		for _, id := range append([]record.ClaimID{d.Claim, d.Other}, d.Claims...) {
			if err := exists(ctx, tx, "claim", string(id)); err != nil {
				return err
			}
		}
		if err := exists(ctx, tx, "decision", string(d.Undoes)); err != nil {
			return err
		}
		ends, err := ends(ctx, tx)
		if err != nil {
			return err
		}
		ends.Date(&d, s.clock)
		body, err := packed.Decision(&d)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT OR IGNORE INTO decisions (id, verdict, claim, other, recorded, body) VALUES (?,?,?,?,?,?)",
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
		if err := packed.ReadDecision(&d, body); err != nil {
			return err
		}
		d.Recorded = recordTime(recorded)
		take(seq, d)
	}
	return rows.Err()
}
