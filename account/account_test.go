package account

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// clock is a clock that a test sets.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

const good = "correct horse battery"

func open(t *testing.T) (*Accounts, *clock, string) {
	t.Helper()
	c := &clock{time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
	path := filepath.Join(t.TempDir(), "a.db")
	a, err := Open(path, c.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	a.cost = cost{memory: 64, time: 1, threads: 1}
	return a, c, path
}

func TestSessions(t *testing.T) {
	a, c, _ := open(t)
	ctx := context.Background()
	if err := a.Add(ctx, "Rudolf", good, Reviewer); err != nil {
		t.Fatal(err)
	}
	secret, who, err := a.Login(ctx, "rudolf", good, "127.0.0.1")
	if err != nil || who != (Account{"Rudolf", Reviewer}) {
		t.Fatalf("Login = %v, %v", who, err)
	}
	if got, err := a.BySession(ctx, secret); err != nil || got != who {
		t.Errorf("BySession = %v, %v", got, err)
	}
	if _, err := a.ByToken(ctx, secret); !errors.Is(err, ErrDenied) {
		t.Errorf("a session is taken for a token: %v", err)
	}
	c.t = c.t.Add(SessionTime)
	if _, err := a.BySession(ctx, secret); !errors.Is(err, ErrDenied) {
		t.Errorf("an expired session is valid: %v", err)
	}
}

func TestSessionEnds(t *testing.T) {
	ctx := context.Background()
	for name, end := range map[string]func(a *Accounts, secret string) error{
		"logout":   func(a *Accounts, s string) error { return a.Logout(ctx, s) },
		"password": func(a *Accounts, s string) error { return a.SetPassword(ctx, "rudolf", good+" staple") },
		"removal":  func(a *Accounts, s string) error { return a.Remove(ctx, "rudolf") },
	} {
		t.Run(name, func(t *testing.T) {
			a, _, _ := open(t)
			if err := a.Add(ctx, "rudolf", good, Reader); err != nil {
				t.Fatal(err)
			}
			secret, _, err := a.Login(ctx, "rudolf", good, "::1")
			if err != nil {
				t.Fatal(err)
			}
			if err := end(a, secret); err != nil {
				t.Fatal(err)
			}
			if _, err := a.BySession(ctx, secret); !errors.Is(err, ErrDenied) {
				t.Errorf("session is still valid: %v", err)
			}
		})
	}
}

func TestWrongPasswordsAreThrottled(t *testing.T) {
	a, c, _ := open(t)
	ctx := context.Background()
	if err := a.Add(ctx, "rudolf", good, Reader); err != nil {
		t.Fatal(err)
	}
	for i := range mostTries {
		if _, _, err := a.Login(ctx, "rudolf", "wrong", "10.0.0.1"); !errors.Is(err, ErrDenied) {
			t.Fatalf("attempt %d: %v", i, err)
		}
	}
	if _, _, err := a.Login(ctx, "rudolf", good, "10.0.0.2"); !errors.Is(err, ErrThrottled) {
		t.Errorf("after %d failures the name is let in: %v", mostTries, err)
	}
	if _, _, err := a.Login(ctx, "michael", good, "10.0.0.1"); !errors.Is(err, ErrThrottled) {
		t.Errorf("after %d failures the address is let in: %v", mostTries, err)
	}
	c.t = c.t.Add(triesTime + time.Second)
	if _, _, err := a.Login(ctx, "rudolf", good, "10.0.0.1"); err != nil {
		t.Errorf("after the time: %v", err)
	}
}

func TestTokens(t *testing.T) {
	a, c, path := open(t)
	ctx := context.Background()
	if err := a.Add(ctx, "robot", good, Reader); err != nil {
		t.Fatal(err)
	}
	forever, err := a.Token(ctx, "robot", "feeds", 0)
	if err != nil {
		t.Fatal(err)
	}
	hour, err := a.Token(ctx, "robot", "trial", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{forever, hour} {
		if got, err := a.ByToken(ctx, token); err != nil || got.Name != "robot" {
			t.Errorf("ByToken = %v, %v", got, err)
		}
	}
	c.t = c.t.Add(time.Hour)
	if _, err := a.ByToken(ctx, hour); !errors.Is(err, ErrDenied) {
		t.Errorf("expired token: %v", err)
	}
	if n, err := a.RevokeTokens(ctx, "robot", "feeds"); err != nil || n != 1 {
		t.Errorf("RevokeTokens = %d, %v", n, err)
	}
	if _, err := a.ByToken(ctx, forever); !errors.Is(err, ErrDenied) {
		t.Errorf("token taken back: %v", err)
	}
	if _, err := a.Token(ctx, "nobody", "", 0); !errors.Is(err, ErrNotFound) {
		t.Errorf("token for nobody: %v", err)
	}
	noSecretsIn(t, path, forever, hour, good)
}

// noSecretsIn looks for secrets in the file, as they are.
func noSecretsIn(t *testing.T, path string, secrets ...string) {
	t.Helper()
	for _, p := range []string{path, path + "-wal"} {
		data, err := os.ReadFile(p)
		if err != nil {
			continue
		}
		for _, s := range secrets {
			if strings.Contains(string(data), s) {
				t.Errorf("%s holds a secret as it is", p)
			}
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s may be read by others: %v, %v", path, info.Mode(), err)
	}
}

func TestAddRefuses(t *testing.T) {
	a, _, _ := open(t)
	ctx := context.Background()
	for _, c := range []struct {
		name, password string
		role           Role
	}{
		{"", good, Reader}, {"a b", good, Reader}, {"<b>", good, Reader}, {strings.Repeat("x", 65), good, Reader},
		{"rudolf", "short", Reader}, {"rudolf", "rudolf rudolf", Reader}, {"rudolf", strings.Repeat("x", 2000), Reader},
		{"rudolf", good, "king"}, {"rudolf", good, ""},
	} {
		if err := a.Add(ctx, c.name, c.password, c.role); !errors.Is(err, ErrInvalid) {
			t.Errorf("Add(%q, %q, %q) = %v", c.name, c.password, c.role, err)
		}
	}
	if any, err := a.Any(ctx); any || err != nil {
		t.Errorf("Any = %v, %v", any, err)
	}
	if err := a.Add(ctx, "rudolf", good, Reader); err != nil {
		t.Fatal(err)
	}
	if err := a.Add(ctx, "RUDOLF", good, Administrator); !errors.Is(err, ErrExists) {
		t.Errorf("the same name again: %v", err)
	}
	if got, err := a.List(ctx); err != nil || len(got) != 1 || got[0].Role != Reader {
		t.Errorf("List = %v, %v", got, err)
	}
}

func TestRoles(t *testing.T) {
	for _, c := range []struct {
		has, needs Role
		want       bool
	}{
		{Reader, Reader, true}, {Reader, Reviewer, false}, {Reviewer, Reader, true}, {Reviewer, Administrator, false},
		{Administrator, Reviewer, true}, {"", Reader, false}, {"king", Reader, false},
	} {
		if got := c.has.May(c.needs); got != c.want {
			t.Errorf("%q.May(%q) = %v", c.has, c.needs, got)
		}
	}
}

func TestPasswordHash(t *testing.T) {
	phc := cost{memory: 64, time: 1, threads: 1}.hash(good)
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("hash %q", phc)
	}
	if !matches(phc, good) || matches(phc, good+" ") {
		t.Error("matches is wrong")
	}
	for _, bad := range []string{"", "$argon2id$", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=64,t=0,p=0$AAAA$AAAA", "$argon2id$v=19$m=64,t=1,p=1$AAAA$"} {
		if matches(bad, good) {
			t.Errorf("%q matches", bad)
		}
	}
}
