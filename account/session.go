package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// SessionTime is how long a person stays logged in.
const SessionTime = 12 * time.Hour

// tokenPrefix lets people and scanners of secrets tell what a string is.
const tokenPrefix = "dmch_"

// nobody is the hash that the password of an unknown name is held against, so
// that it takes as long to refuse as a wrong one.
const nobody = "$argon2id$v=19$m=65536,t=3,p=4$U5ur2VCQbGDwHHooEypjCA$L8aLymU0MRQnbWpxdYwpMQU3YYlM/p6HzFaxYWAz9UU"

// Login begins a session and gives its secret for the cookie. From is where the
// attempt comes from, an address; too many that fail are ErrThrottled.
func (a *Accounts) Login(ctx context.Context, name, password, from string) (string, Account, error) {
	if !a.tries.may(name, from) {
		return "", Account{}, fmt.Errorf("%w; try again in %d minutes", ErrThrottled, int(triesTime.Minutes()))
	}
	got, err := a.check(ctx, name, password)
	if errors.Is(err, ErrDenied) {
		a.tries.failed(name, from)
	}
	if err != nil {
		return "", Account{}, err
	}
	text, kept := secret("")
	now := a.now()
	if _, err := a.changed(ctx, "DELETE FROM sessions WHERE expires <= ?", now.Unix()); err != nil {
		return "", Account{}, err
	}
	_, err = a.changed(ctx, "INSERT INTO sessions (digest, account, created, expires) VALUES (?,?,?,?)", kept, got.Name, now.Unix(), now.Add(SessionTime).Unix())
	return text, got, err
}

func (a *Accounts) check(ctx context.Context, name, password string) (Account, error) {
	var got Account
	phc := nobody
	err := a.db.QueryRowContext(ctx, "SELECT name, role, password FROM accounts WHERE name = ?", name).Scan(&got.Name, &got.Role, &phc)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return got, err
	}
	ok := false
	if err := a.oneOfFew(ctx, func() { ok = len(password) <= longest && matches(phc, password) }); err != nil {
		return got, err
	}
	if !ok || got.Name == "" {
		return Account{}, fmt.Errorf("%w: name or password is wrong", ErrDenied)
	}
	return got, nil
}

// Logout ends a session.
func (a *Accounts) Logout(ctx context.Context, secret string) error {
	_, err := a.changed(ctx, "DELETE FROM sessions WHERE digest = ?", digest(secret))
	return err
}

// BySession implements Authenticator.
func (a *Accounts) BySession(ctx context.Context, secret string) (Account, error) {
	return a.find(ctx, "sessions", "s.expires > ?", secret)
}

// ByToken implements Authenticator.
func (a *Accounts) ByToken(ctx context.Context, token string) (Account, error) {
	return a.find(ctx, "tokens", "(s.expires = 0 OR s.expires > ?)", token)
}

func (a *Accounts) find(ctx context.Context, table, valid, secret string) (Account, error) {
	var got Account
	if secret == "" || len(secret) > longest {
		return got, ErrDenied
	}
	err := a.db.QueryRowContext(ctx, "SELECT a.name, a.role FROM "+table+" s JOIN accounts a ON a.name = s.account WHERE s.digest = ? AND "+valid,
		digest(secret), a.now().Unix()).Scan(&got.Name, &got.Role)
	if errors.Is(err, sql.ErrNoRows) {
		return got, ErrDenied
	}
	return got, err
}

// Token makes a token for a program that acts for the account, valid for so
// long, or until it is taken back where that is 0. It is given once: only its
// hash is kept.
func (a *Accounts) Token(ctx context.Context, name, label string, valid time.Duration) (string, error) {
	var exact string
	err := a.db.QueryRowContext(ctx, "SELECT name FROM accounts WHERE name = ?", name).Scan(&exact)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("%w: %s; demarche user list names all", ErrNotFound, name)
	} else if err != nil {
		return "", err
	}
	now, expires := a.now(), int64(0)
	if valid > 0 {
		expires = now.Add(valid).Unix()
	}
	text, kept := secret(tokenPrefix)
	_, err = a.changed(ctx, "INSERT INTO tokens (digest, account, label, created, expires) VALUES (?,?,?,?,?)", kept, exact, label, now.Unix(), expires)
	return text, err
}

// RevokeTokens takes back the account's tokens of that label, all of them with
// label "", and says how many.
func (a *Accounts) RevokeTokens(ctx context.Context, name, label string) (int64, error) {
	res, err := a.db.ExecContext(ctx, "DELETE FROM tokens WHERE account = ? AND (? = '' OR label = ?)", name, label, label)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
