// Package hook tells other programs of what the record learns: each change of
// the log is posted to those who asked for it, signed, in order, again and again
// until it is taken. Messages are those of Standard Webhooks: the headers
// webhook-id, webhook-timestamp and webhook-signature, an HMAC-SHA256 over
// "id.timestamp.body".
//
// A message is written to an outbox in one transaction with the place in the
// log up to which it reaches, before it is sent, and taken out once the receiver
// has answered with 2xx. A process that is killed loses nothing: the next one
// goes on with the same message under the same id. A receiver that took a
// message whose answer got lost sees its id twice.
package hook

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver

	"demarche"
)

//go:embed migrations/*.sql
var migrations embed.FS

// The errors of this package, to be tested with errors.Is.
var (
	ErrInvalid  = errors.New("not usable")
	ErrNotFound = errors.New("no such hook")
)

// Types are the types of changes.
func Types() []string { return []string{"document", "claim", "decision"} }

// Hook is one who is told of changes.
type Hook struct {
	ID      string
	URL     string
	Types   []string // empty is all
	Private bool     // may be in a private network
	Created time.Time
	// Sent counts the messages that were taken, Waiting those that were not yet.
	Sent, Waiting int
	Failures      int // in a row
	Error         string
	Next          time.Time // no attempt before

	secret string
	cursor demarche.Cursor
}

// Hooks keeps hooks and their outbox in a SQLite file beside the record. Its
// methods may be called from several goroutines.
type Hooks struct {
	db  *sql.DB
	now func() time.Time
}

// Open opens the hooks at a path, or makes a file there that its owner alone may
// read: it holds the secrets that messages are signed with.
func Open(path string, now func() time.Time) (*Hooks, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("hooks: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("hooks: %w", err)
	}
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "foreign_keys(1)", "trusted_schema(0)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, fmt.Errorf("hooks: %w", err)
	}
	db.SetMaxOpenConns(4)
	if err := migrate(db); err != nil {
		return nil, errors.Join(fmt.Errorf("hooks %s: %w", path, err), db.Close())
	}
	return &Hooks{db: db, now: now}, nil
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
func (h *Hooks) Close() error { return h.db.Close() }

// Add makes a hook that is told of what is recorded behind the cursor, and gives
// its name and the secret that its messages are signed with.
func (h *Hooks) Add(ctx context.Context, address string, types []string, private bool, since demarche.Cursor) (id, secret string, err error) {
	if err := errors.Join(checkAddress(address, private), checkTypes(types)); err != nil {
		return "", "", err
	}
	id, secret = hex.EncodeToString(random(4)), secretPrefix+base64.StdEncoding.EncodeToString(random(32))
	_, err = h.db.ExecContext(ctx, "INSERT INTO hooks (id, url, secret, types, private, created, document, claim, decision) VALUES (?,?,?,?,?,?,?,?,?)",
		id, address, secret, strings.Join(types, ","), private, h.now().UnixMilli(), since.Document, since.Claim, since.Decision)
	return id, secret, err
}

const secretPrefix = "whsec_"

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// longestAddress bounds a receiver's address, in bytes.
const longestAddress = 2000

// checkAddress refuses what cannot be posted to: what a host name leads to is
// found out when it is dialled.
func checkAddress(address string, private bool) error {
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Host == "", len(address) > longestAddress, u.Scheme != "https" && u.Scheme != "http":
		return fmt.Errorf("%w: %q is no web address; write https:// and a host", ErrInvalid, address)
	case u.User != nil, u.Fragment != "":
		return fmt.Errorf("%w: the address has a user's name or a fragment; leave it out", ErrInvalid)
	case u.Scheme == "http" && !private:
		return fmt.Errorf("%w: %s would send the record unencrypted; use https, or --private for a receiver in your own network", ErrInvalid, address)
	}
	if a, err := netip.ParseAddr(u.Hostname()); err == nil && !private && (a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast()) {
		return fmt.Errorf("%w: %s is in a private network; use --private if it is meant", ErrInvalid, a)
	}
	return nil
}

func checkTypes(types []string) error {
	for _, t := range types {
		if !slices.Contains(Types(), t) {
			return fmt.Errorf("%w: %q is no type of change; use %s", ErrInvalid, t, strings.Join(Types(), ", "))
		}
	}
	return nil
}

// Remove takes a hook away with what waits for it.
func (h *Hooks) Remove(ctx context.Context, id string) error {
	res, err := h.db.ExecContext(ctx, "DELETE FROM hooks WHERE id = ?", id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return fmt.Errorf("%w: %s; demarche hook list names all", ErrNotFound, id)
}

// List gives all hooks, the oldest first.
func (h *Hooks) List(ctx context.Context) ([]Hook, error) {
	rows, err := h.db.QueryContext(ctx, `SELECT id, url, secret, types, private, created, document, claim, decision, sent, failures, error, next,
		(SELECT count(*) FROM outbox WHERE hook = hooks.id) FROM hooks ORDER BY created, id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Hook
	for rows.Next() {
		var k Hook
		var types string
		var created, next int64
		if err := rows.Scan(&k.ID, &k.URL, &k.secret, &types, &k.Private, &created, &k.cursor.Document, &k.cursor.Claim, &k.cursor.Decision,
			&k.Sent, &k.Failures, &k.Error, &next, &k.Waiting); err != nil {
			return nil, err
		}
		k.Created, k.Next = time.UnixMilli(created).UTC(), time.UnixMilli(next).UTC()
		if types != "" {
			k.Types = strings.Split(types, ",")
		}
		out = append(out, k)
	}
	return out, rows.Err()
}

// message is one that waits in the outbox.
type message struct {
	seq  int64
	id   string
	body []byte
}

// oldest is the message of a hook that is to be sent first; nil where none
// waits.
func (h *Hooks) oldest(ctx context.Context, hook string) (*message, error) {
	var m message
	err := h.db.QueryRowContext(ctx, "SELECT seq, id, body FROM outbox WHERE hook = ? ORDER BY seq LIMIT 1", hook).Scan(&m.seq, &m.id, &m.body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &m, err
}

// put adds a message to the outbox, where there is a body, and moves the hook's
// cursor behind what it tells, both or neither. It does nothing where another
// process has moved the cursor.
func (h *Hooks) put(ctx context.Context, k *Hook, body []byte, next demarche.Cursor) error {
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	res, err := tx.ExecContext(ctx, "UPDATE hooks SET document = ?, claim = ?, decision = ? WHERE id = ? AND document = ? AND claim = ? AND decision = ?",
		next.Document, next.Claim, next.Decision, k.ID, k.cursor.Document, k.cursor.Claim, k.cursor.Decision)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	if body != nil {
		if _, err := tx.ExecContext(ctx, "INSERT INTO outbox (hook, id, body) VALUES (?,?,?)", k.ID, "msg_"+hex.EncodeToString(random(16)), body); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// hold takes a hook for one attempt; false where another process has it.
func (h *Hooks) hold(ctx context.Context, hook string, until time.Time) (bool, error) {
	res, err := h.db.ExecContext(ctx, "UPDATE hooks SET held = ? WHERE id = ? AND held <= ?", until.UnixMilli(), hook, h.now().UnixMilli())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// took notes that the receiver has the message, and gives the hook free.
func (h *Hooks) took(ctx context.Context, hook string, m *message) error {
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "DELETE FROM outbox WHERE seq = ?", m.seq); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE hooks SET held = 0, sent = sent + 1, failures = 0, error = '', next = 0 WHERE id = ?", hook); err != nil {
		return err
	}
	return tx.Commit()
}

// missed notes that the receiver did not take the message, and gives the hook
// free.
func (h *Hooks) missed(ctx context.Context, hook, why string, next time.Time) error {
	_, err := h.db.ExecContext(ctx, "UPDATE hooks SET held = 0, failures = failures + 1, error = ?, next = ? WHERE id = ?", why, next.UnixMilli(), hook)
	return err
}
