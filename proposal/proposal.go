// Package proposal keeps what programs propose to decide until a reviewer has
// looked at it. A proposal is no part of the record and has no effect on any
// answer: it lies in a SQLite file beside the record. Adopted, it becomes a
// decision of the reviewer, with the name of the proposer in its reason.
package proposal

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver

	"demarche"
	"demarche/record"
)

//go:embed migrations/*.sql
var migrations embed.FS

// State is what became of a proposal.
type State string

// The states.
const (
	Waiting  State = "waiting"
	Adopted  State = "adopted"
	Declined State = "declined"
)

// Proposal is what someone proposes to decide of a claim.
type Proposal struct {
	ID      string
	Claim   string
	Verdict string // accept, reject or correct
	Set     map[string]string
	Why     string
	Who     string
	Made    time.Time
	State   State
	// Reviewer settled it, by Decision where it was adopted.
	Reviewer, Decision string
	Settled            time.Time
}

// Desk is what proposals need of a desk.
type Desk interface {
	Propose(context.Context, demarche.Ruling) (record.Decision, error)
	Decide(context.Context, demarche.Ruling) (record.Decision, error)
}

// Proposals keeps proposals. Its methods may be called from several goroutines.
type Proposals struct {
	db   *sql.DB
	desk Desk
	now  func() time.Time
}

// Open opens the proposals at a path, or makes a file there.
func Open(path string, desk Desk, now func() time.Time) (*Proposals, error) {
	if err := touch(path); err != nil {
		return nil, fmt.Errorf("proposals: %w", err)
	}
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "trusted_schema(0)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, fmt.Errorf("proposals: %w", err)
	}
	db.SetMaxOpenConns(4)
	if err := migrate(db); err != nil {
		return nil, errors.Join(fmt.Errorf("proposals %s: %w", path, err), db.Close())
	}
	return &Proposals{db, desk, now}, nil
}

func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func migrate(db *sql.DB) error {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, sub)
	if err != nil {
		return err
	}
	_, err = p.Up(context.Background())
	return err
}

// Close closes the file.
func (p *Proposals) Close() error { return p.db.Close() }

// What waits is bounded, so that no program can bury the reviewers.
const (
	mostWaiting   = 1000
	mostOnOne     = 5 // on one claim
	longestReason = 4000
)

// Add adds a proposal that could be decided as it stands.
func (p *Proposals) Add(ctx context.Context, r demarche.Ruling) (Proposal, error) {
	dec, err := p.desk.Propose(ctx, r)
	if err != nil {
		return Proposal{}, err
	}
	if len(dec.Why) > longestReason {
		return Proposal{}, refuse(demarche.Usage, "the reason is longer than %d bytes; put it in a few sentences", longestReason)
	}
	changes, err := json.Marshal(r.Set)
	if err != nil {
		return Proposal{}, err
	}
	b := make([]byte, 6)
	rand.Read(b)
	out := Proposal{ID: hex.EncodeToString(b), Claim: string(dec.Claim), Verdict: r.Verdict, Set: r.Set, Why: dec.Why, Who: r.Who, Made: p.now().UTC(), State: Waiting}
	res, err := p.db.ExecContext(ctx, `INSERT INTO proposals (id, claim, verdict, changes, why, who, made) SELECT ?1,?2,?3,?4,?5,?6,?7
		WHERE (SELECT count(*) FROM proposals WHERE state = 'waiting') < ?8 AND (SELECT count(*) FROM proposals WHERE state = 'waiting' AND claim = ?2) < ?9`,
		out.ID, out.Claim, out.Verdict, string(changes), out.Why, out.Who, out.Made.UnixMilli(), mostWaiting, mostOnOne)
	if err != nil {
		return Proposal{}, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return Proposal{}, cmp.Or(err, refuse(demarche.Busy, "too much waits for review already: %d proposals, or %d on this claim; a reviewer must settle some first", mostWaiting, mostOnOne))
	}
	return out, nil
}

func refuse(kind demarche.ErrorKind, format string, args ...any) error {
	return &demarche.Error{Op: "proposal", Kind: kind, Err: fmt.Errorf(format, args...)}
}

// List gives proposals of a state, all with "", the oldest first.
func (p *Proposals) List(ctx context.Context, state State) ([]Proposal, error) {
	return p.query(ctx, "? = '' OR state = ?", string(state), string(state))
}

// Get gives one proposal.
func (p *Proposals) Get(ctx context.Context, id string) (Proposal, error) {
	found, err := p.query(ctx, "id = ?", id)
	if err == nil && len(found) == 0 {
		err = refuse(demarche.Unknown, "there is no proposal %q; demarche proposals lists those that wait", id)
	}
	if err != nil {
		return Proposal{}, err
	}
	return found[0], nil
}

func (p *Proposals) query(ctx context.Context, where string, args ...any) ([]Proposal, error) {
	rows, err := p.db.QueryContext(ctx, "SELECT id, claim, verdict, changes, why, who, made, state, reviewer, decision, settled FROM proposals WHERE "+where+" ORDER BY made, rowid", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Proposal
	for rows.Next() {
		var k Proposal
		var changes string
		var made, settled int64
		if err := rows.Scan(&k.ID, &k.Claim, &k.Verdict, &changes, &k.Why, &k.Who, &made, &k.State, &k.Reviewer, &k.Decision, &settled); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(changes), &k.Set); err != nil {
			return nil, fmt.Errorf("proposal %s: %w", k.ID, err)
		}
		k.Made = time.UnixMilli(made).UTC()
		if settled != 0 {
			k.Settled = time.UnixMilli(settled).UTC()
		}
		out = append(out, k)
	}
	return out, rows.Err()
}

// Adopt makes the decision that is proposed, as the reviewer's own.
func (p *Proposals) Adopt(ctx context.Context, id, reviewer string) (record.Decision, error) {
	k, err := p.settle(ctx, id, Adopted, reviewer)
	if err != nil {
		return record.Decision{}, err
	}
	dec, err := p.desk.Decide(ctx, demarche.Ruling{Claim: k.Claim, Verdict: k.Verdict, Set: k.Set, Who: reviewer, Why: k.Why + " (proposed by " + k.Who + ")"})
	if err != nil { // it waits again
		_, back := p.db.ExecContext(context.WithoutCancel(ctx), "UPDATE proposals SET state = 'waiting', reviewer = '', settled = 0 WHERE id = ?", id)
		return dec, errors.Join(err, back)
	}
	_, err = p.db.ExecContext(context.WithoutCancel(ctx), "UPDATE proposals SET decision = ? WHERE id = ?", string(dec.ID), id)
	return dec, err
}

// Decline puts a proposal aside; the record is as it was.
func (p *Proposals) Decline(ctx context.Context, id, reviewer string) error {
	_, err := p.settle(ctx, id, Declined, reviewer)
	return err
}

// settle settles a proposal that waits, once.
func (p *Proposals) settle(ctx context.Context, id string, state State, reviewer string) (Proposal, error) {
	k, err := p.Get(ctx, id)
	if err != nil {
		return k, err
	}
	res, err := p.db.ExecContext(ctx, "UPDATE proposals SET state = ?, reviewer = ?, settled = ? WHERE id = ? AND state = 'waiting'", string(state), reviewer, p.now().UnixMilli(), id)
	if err != nil {
		return k, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return k, cmp.Or(err, refuse(demarche.Usage, "proposal %s was %s by %s", id, cmp.Or(k.State, "settled"), cmp.Or(k.Reviewer, "another")))
	}
	return k, nil
}
