package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"demarche/record"
	"demarche/store"
	"demarche/store/packed"
)

// Decide implements store.Store.
func (s *Store) Decide(ctx context.Context, d record.Decision) (record.Decision, error) {
	if err := d.Validate(); err != nil {
		return d, err
	}
	err := s.transaction(ctx, func(tx pgx.Tx, h *heads) error {
		for _, id := range append([]record.ClaimID{d.Claim, d.Other}, d.Claims...) {
			if err := exists(ctx, tx, "claim", string(id)); err != nil {
				return err
			}
		}
		if err := exists(ctx, tx, "decision", string(d.Undoes)); err != nil {
			return err
		}
		h.ends.Date(&d, s.clock)
		body, err := packed.Decision(&d)
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, "INSERT INTO decisions (seq, recorded, id, verdict, claim, other, body) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
			h.decisions+1, stamp(d.Recorded), string(d.ID), string(d.Verdict), string(d.Claim), string(d.Other), body)
		h.decisions += tag.RowsAffected()
		return err
	})
	return d, s.fail(err)
}

// exists refuses a decision on a claim, or of another decision, that is not
// there.
func exists(ctx context.Context, tx pgx.Tx, what, id string) error {
	there := id == ""
	if there {
		return nil
	}
	if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM "+what+"s WHERE id = $1)", id).Scan(&there); err != nil || there {
		return err
	}
	return fmt.Errorf("%w: no %s has the name %q", store.ErrNotFound, what, id)
}

// Decisions implements store.Store.
func (s *Store) Decisions(ctx context.Context, c record.Clocks) ([]record.Decision, error) {
	var all []record.Decision
	err := s.look(ctx, func(r *reading) error {
		if err := r.follow(); err != nil {
			return err
		}
		all = r.kept.decisions.All(c)
		return nil
	})
	return all, s.fail(err)
}

// follow takes in the decisions that were added since the last look.
func (r *reading) follow() error {
	return r.decisionsSince(r.kept.decisions.Head(), 0, r.kept.decisions.Add)
}

// decisionsSince gives take up to n decisions after a place in the log, all where
// n is 0.
func (r *reading) decisionsSince(seq int64, n int, take func(int64, record.Decision)) error {
	rows, err := r.tx.Query(r.ctx, "SELECT seq, recorded, id, verdict, claim, other, body FROM decisions WHERE seq > $1 ORDER BY seq LIMIT $2", seq, limit(n))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var d record.Decision
		var seq int64
		var recorded time.Time
		var body []byte
		if err := rows.Scan(&seq, &recorded, &d.ID, &d.Verdict, &d.Claim, &d.Other, &body); err != nil {
			return err
		}
		if err := packed.ReadDecision(&d, body); err != nil {
			return err
		}
		d.Recorded = record.At(recorded)
		take(seq, d)
	}
	return rows.Err()
}
