package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/term"

	"demarche"
	"demarche/account"
)

// userCmd keeps the accounts of a served record.
type userCmd struct {
	Add    userAddCmd    `cmd:"" help:"Make an account; the password is asked for, or read from standard input."`
	List   userListCmd   `cmd:"" help:"List the accounts."`
	Passwd userPasswdCmd `cmd:"" help:"Change a password; ends the account's sessions."`
	Role   userRoleCmd   `cmd:"" help:"Change what an account may do."`
	Token  userTokenCmd  `cmd:"" help:"Make a token for a program, or take tokens back."`
	Remove userRemoveCmd `cmd:"" help:"Take an account away; what it decided stays on record."`
}

// accountsPath is the file of the accounts of a record: beside it.
func accountsPath(record string) string {
	return strings.TrimSuffix(record, filepath.Ext(record)) + ".accounts.db"
}

// accounts opens the accounts beside the record.
func (a *app) accounts() (*account.Accounts, error) {
	path, err := a.besideRecord()
	if err != nil {
		return nil, err
	}
	path = accountsPath(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, &demarche.Error{Op: "user", Kind: demarche.Output, Err: err}
	}
	accounts, err := account.Open(path, func() time.Time { return demarche.SystemClock().Time() })
	if err != nil {
		return nil, &demarche.Error{Op: "user", Kind: demarche.BadRecord, Err: err}
	}
	return accounts, nil
}

// accountsIfAny opens the accounts beside the record; nil where there are none.
func (a *app) accountsIfAny() (*account.Accounts, error) {
	path, err := a.besideRecord()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(accountsPath(path)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	accounts, err := a.accounts()
	if err != nil {
		return nil, err
	}
	any, err := accounts.Any(a.ctx)
	if err == nil && any {
		return accounts, nil
	}
	return nil, errors.Join(err, accounts.Close())
}

// withAccounts does something with the accounts and gives its failures their
// kinds.
func (a *app) withAccounts(do func(*account.Accounts) error) error {
	accounts, err := a.accounts()
	if err != nil {
		return err
	}
	err = errors.Join(do(accounts), accounts.Close())
	kind := demarche.KindOf(err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, account.ErrInvalid), errors.Is(err, account.ErrExists):
		kind = demarche.Usage
	case errors.Is(err, account.ErrNotFound):
		kind = demarche.Unknown
	}
	return &demarche.Error{Op: "user", Kind: kind, Err: err}
}

// password asks for a password twice on a terminal, or reads a line.
func (a *app) password() (string, error) {
	f, ok := a.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(a.in, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	first, err := a.hidden(f, "Password: ")
	if err != nil {
		return "", err
	}
	second, err := a.hidden(f, "Again: ")
	if err == nil && first != second {
		err = usage("the two passwords differ")
	}
	return first, err
}

func (a *app) hidden(f *os.File, prompt string) (string, error) {
	fmt.Fprint(a.warn, prompt)
	b, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(a.warn)
	return string(b), err
}

type userAddCmd struct {
	Name string `arg:"" help:"The account's name."`
	Role string `enum:"reader,reviewer,administrator" default:"reader" help:"reader, reviewer or administrator."`
}

// Run makes the account.
func (c *userAddCmd) Run(a *app) error {
	return a.withAccounts(func(accounts *account.Accounts) error {
		password, err := a.password()
		if err != nil {
			return err
		}
		if err := accounts.Add(a.ctx, c.Name, password, account.Role(c.Role)); err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.out, "%s is a %s\n", c.Name, c.Role)
		return err
	})
}

type userListCmd struct{}

type userJSON struct {
	Name     string `json:"name"`
	Role     string `json:"role"`
	Created  string `json:"created"`
	Sessions int    `json:"sessions"`
	Tokens   int    `json:"tokens"`
}

// Run lists the accounts.
func (c *userListCmd) Run(a *app) error {
	return a.withAccounts(func(accounts *account.Accounts) error {
		found, err := accounts.List(a.ctx)
		if err != nil {
			return err
		}
		users := list(found, func(l account.Listed) userJSON {
			return userJSON{l.Name, string(l.Role), l.Created.Format(time.RFC3339), l.Sessions, l.Tokens}
		})
		if a.json {
			return printJSON(a.out, users)
		}
		if len(users) == 0 {
			fmt.Fprintln(a.out, "no accounts; the record is served to this machine alone")
		}
		var tab table
		for _, u := range users {
			tab.row(u.Name, u.Role, "since "+u.Created[:10], count(u.Sessions, "session"), count(u.Tokens, "token"))
		}
		return tab.write(a.out, "")
	})
}

type userPasswdCmd struct {
	Name string `arg:"" help:"The account's name."`
}

// Run changes the password.
func (c *userPasswdCmd) Run(a *app) error {
	return a.withAccounts(func(accounts *account.Accounts) error {
		password, err := a.password()
		if err != nil {
			return err
		}
		return accounts.SetPassword(a.ctx, c.Name, password)
	})
}

type userRoleCmd struct {
	Name string `arg:"" help:"The account's name."`
	Role string `arg:"" enum:"reader,reviewer,administrator" help:"reader, reviewer or administrator."`
}

// Run changes the role.
func (c *userRoleCmd) Run(a *app) error {
	return a.withAccounts(func(accounts *account.Accounts) error {
		return accounts.SetRole(a.ctx, c.Name, account.Role(c.Role))
	})
}

type userTokenCmd struct {
	Name   string        `arg:"" help:"The account that the program acts for."`
	Label  string        `help:"What the token is for."`
	Valid  time.Duration `placeholder:"TIME" help:"For how long it is valid, such as 720h (default: until taken back)."`
	Revoke bool          `help:"Take back the account's tokens of that label, or all."`
}

// Run prints a token, the only time that it is shown.
func (c *userTokenCmd) Run(a *app) error {
	return a.withAccounts(func(accounts *account.Accounts) error {
		if c.Revoke {
			n, err := accounts.RevokeTokens(a.ctx, c.Name, c.Label)
			if err == nil {
				a.note("%s taken back", count(int(n), "token"))
			}
			return err
		}
		token, err := accounts.Token(a.ctx, c.Name, c.Label, c.Valid)
		if err != nil {
			return err
		}
		a.note("the token is shown this once; send it as Authorization: Bearer TOKEN")
		_, err = fmt.Fprintln(a.out, token)
		return err
	})
}

type userRemoveCmd struct {
	Name string `arg:"" help:"The account's name."`
}

// Run takes the account away.
func (c *userRemoveCmd) Run(a *app) error {
	return a.withAccounts(func(accounts *account.Accounts) error { return accounts.Remove(a.ctx, c.Name) })
}
