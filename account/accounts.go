package account

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver
)

//go:embed migrations/*.sql
var migrations embed.FS

// Accounts keeps accounts, their sessions and tokens in a SQLite file. Its
// methods may be called from several goroutines.
type Accounts struct {
	db    *sql.DB
	now   func() time.Time
	cost  cost
	tries *tries
	// hashing bounds how many passwords are hashed at the same time, each of
	// which takes memory.
	hashing chan struct{}
}

// Open opens the accounts at a path, or makes a file there that its owner alone
// may read. The clock gives the time in UTC.
func Open(path string, now func() time.Time) (*Accounts, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("accounts: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("accounts: %w", err)
	}
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "foreign_keys(1)", "trusted_schema(0)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, fmt.Errorf("accounts: %w", err)
	}
	db.SetMaxOpenConns(4)
	if err := migrate(db); err != nil {
		return nil, errors.Join(fmt.Errorf("accounts %s: %w", path, err), db.Close())
	}
	return &Accounts{db: db, now: now, cost: ordinary, tries: newTries(now), hashing: make(chan struct{}, 2)}, nil
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
func (a *Accounts) Close() error { return a.db.Close() }

// Any reports whether there is an account.
func (a *Accounts) Any(ctx context.Context) (bool, error) {
	var n int
	err := a.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM accounts)").Scan(&n)
	return n == 1, err
}

// Add makes an account.
func (a *Accounts) Add(ctx context.Context, name, password string, role Role) error {
	if err := errors.Join(checkName(name), checkRole(role), checkPassword(name, password)); err != nil {
		return err
	}
	phc, err := a.hash(ctx, password)
	if err != nil {
		return err
	}
	done, err := a.changed(ctx, "INSERT OR IGNORE INTO accounts (name, role, password, created) VALUES (?,?,?,?)", name, string(role), phc, a.now().Unix())
	if err == nil && !done {
		err = fmt.Errorf("%w: %s; demarche user passwd changes its password", ErrExists, name)
	}
	return err
}

// SetPassword changes a password and ends the account's sessions.
func (a *Accounts) SetPassword(ctx context.Context, name, password string) error {
	if err := checkPassword(name, password); err != nil {
		return err
	}
	phc, err := a.hash(ctx, password)
	if err != nil {
		return err
	}
	if err := a.change(ctx, name, "UPDATE accounts SET password = ? WHERE name = ?", phc, name); err != nil {
		return err
	}
	_, err = a.changed(ctx, "DELETE FROM sessions WHERE account = ?", name)
	return err
}

// SetRole gives an account another role.
func (a *Accounts) SetRole(ctx context.Context, name string, role Role) error {
	if err := checkRole(role); err != nil {
		return err
	}
	return a.change(ctx, name, "UPDATE accounts SET role = ? WHERE name = ?", string(role), name)
}

// Remove takes an account away with its sessions and tokens. What it decided
// stays in the record.
func (a *Accounts) Remove(ctx context.Context, name string) error {
	return a.change(ctx, name, "DELETE FROM accounts WHERE name = ?", name)
}

// change runs a statement that must change something of the account.
func (a *Accounts) change(ctx context.Context, name, query string, args ...any) error {
	done, err := a.changed(ctx, query, args...)
	if err == nil && !done {
		err = fmt.Errorf("%w: %s; demarche user list names all", ErrNotFound, name)
	}
	return err
}

func (a *Accounts) changed(ctx context.Context, query string, args ...any) (bool, error) {
	res, err := a.db.ExecContext(ctx, query, args...)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// Listed is an account with what it has.
type Listed struct {
	Account
	Created          time.Time
	Sessions, Tokens int // those that are valid
}

// List gives all accounts by name.
func (a *Accounts) List(ctx context.Context) ([]Listed, error) {
	now := a.now().Unix()
	rows, err := a.db.QueryContext(ctx, `SELECT name, role, created,
		(SELECT count(*) FROM sessions WHERE account = name AND expires > ?),
		(SELECT count(*) FROM tokens WHERE account = name AND (expires = 0 OR expires > ?))
		FROM accounts ORDER BY name`, now, now)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Listed
	for rows.Next() {
		var l Listed
		var created int64
		if err := rows.Scan(&l.Name, &l.Role, &created, &l.Sessions, &l.Tokens); err != nil {
			return nil, err
		}
		l.Created = time.Unix(created, 0).UTC()
		out = append(out, l)
	}
	return out, rows.Err()
}

func (a *Accounts) hash(ctx context.Context, password string) (phc string, err error) {
	err = a.oneOfFew(ctx, func() { phc = a.cost.hash(password) })
	return phc, err
}

func (a *Accounts) oneOfFew(ctx context.Context, do func()) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case a.hashing <- struct{}{}:
	}
	defer func() { <-a.hashing }()
	do()
	return nil
}
