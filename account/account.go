// Package account keeps who may use a served record: people with passwords and
// sessions, programs with tokens, each in a role. Accounts lie in a SQLite file
// of their own, so that a copy of the record carries no secrets. Passwords are
// kept as argon2id, sessions and tokens as the hash of a random secret.
package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Role says what an account may do: each role may do what those before it may.
type Role string

// The roles.
const (
	Reader        Role = "reader"        // asks and reads
	Reviewer      Role = "reviewer"      // decides on claims and names, and hands documents in
	Administrator Role = "administrator" // manages accounts and all else that is served
)

// Roles are all roles, the one that may least first.
func Roles() []Role { return []Role{Reader, Reviewer, Administrator} }

// rank orders roles; 0 is none.
func (r Role) rank() int {
	for i, known := range Roles() {
		if r == known {
			return i + 1
		}
	}
	return 0
}

// May reports whether a holder of the role may do what needs the other.
func (r Role) May(needs Role) bool { return r.rank() > 0 && r.rank() >= needs.rank() }

// Account is one who may use the record.
type Account struct {
	Name string
	Role Role
}

// The errors of this package, to be tested with errors.Is.
var (
	// ErrDenied: name and password, session or token are not valid. It does not
	// say which of them is wrong.
	ErrDenied = errors.New("access denied")
	// ErrThrottled: too many failed attempts; wait.
	ErrThrottled = errors.New("too many failed attempts")
	// ErrExists: there is an account of that name.
	ErrExists = errors.New("account exists")
	// ErrNotFound: there is no account or token of that name.
	ErrNotFound = errors.New("no such account")
	// ErrInvalid: a name, password or role that cannot be used.
	ErrInvalid = errors.New("not usable")
)

// Authenticator finds out who asks. Accounts is one.
type Authenticator interface {
	// BySession gives the account of a person's session, by the secret in the
	// cookie; ByToken that of a program, by its bearer token. Either gives
	// ErrDenied where the secret is none, has expired or was taken back.
	BySession(ctx context.Context, secret string) (Account, error)
	ByToken(ctx context.Context, token string) (Account, error)
}

type contextKey struct{}

// With adds who asks to the context of a request.
func With(ctx context.Context, a Account) context.Context {
	return context.WithValue(ctx, contextKey{}, a)
}

// From gives who asks; false where the request was not authenticated.
func From(ctx context.Context) (Account, bool) {
	a, ok := ctx.Value(contextKey{}).(Account)
	return a, ok
}

// longestName bounds the name of an account, in characters.
const longestName = 64

func checkName(name string) error {
	bad := strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-@+", r)
	})
	if name == "" || bad || utf8.RuneCountInString(name) > longestName {
		return fmt.Errorf("%w: %q as a name; use letters, digits and . _ - @ +, at most %d", ErrInvalid, name, longestName)
	}
	return nil
}

func checkRole(r Role) error {
	if r.rank() == 0 {
		return fmt.Errorf("%w: %q as a role; use reader, reviewer or administrator", ErrInvalid, string(r))
	}
	return nil
}
