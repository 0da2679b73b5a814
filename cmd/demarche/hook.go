package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"demarche"
	"demarche/api"
	"demarche/brief"
	"demarche/hook"
)

// hookCmd keeps who is told of what the record learns.
type hookCmd struct {
	Add    hookAddCmd    `cmd:"" help:"Post each change of the record to an address, signed; demarche serve does the posting."`
	List   hookListCmd   `cmd:"" help:"List the hooks and how they fare."`
	Remove hookRemoveCmd `cmd:"" help:"Take a hook away, with what waits for it."`
	Send   hookSendCmd   `cmd:"" help:"Send what waits now, without demarche serve."`
}

// hooksPath is the file of the hooks of a record: beside it.
func hooksPath(record string) string {
	return strings.TrimSuffix(record, filepath.Ext(record)) + ".hooks.db"
}

// hooks opens the hooks beside the record.
func (a *app) hooks() (*hook.Hooks, error) {
	path, err := a.besideRecord()
	if err != nil {
		return nil, err
	}
	path = hooksPath(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, &demarche.Error{Op: "hook", Kind: demarche.Output, Err: err}
	}
	h, err := hook.Open(path, func() time.Time { return demarche.SystemClock().Time() })
	if err != nil {
		return nil, &demarche.Error{Op: "hook", Kind: demarche.BadRecord, Err: err}
	}
	return h, nil
}

// withHooks does something with the hooks and gives its failures their kinds.
func (a *app) withHooks(do func(*hook.Hooks) error) error {
	h, err := a.hooks()
	if err != nil {
		return err
	}
	err = errors.Join(do(h), h.Close())
	kind := demarche.KindOf(err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, hook.ErrInvalid):
		kind = demarche.Usage
	case errors.Is(err, hook.ErrNotFound):
		kind = demarche.Unknown
	}
	return &demarche.Error{Op: "hook", Kind: kind, Err: err}
}

// deliverer sends the changes of a record to its hooks.
func (a *app) deliverer(h *hook.Hooks, d *demarche.Desk) *hook.Deliverer {
	return hook.NewDeliverer(hook.Options{Hooks: h, Desk: d, Version: version().Version, Log: slog.New(slog.NewTextHandler(a.warn, nil)),
		Encode: func(e []demarche.Entry) any { return api.Changes(d, e) }})
}

// delivering delivers beside what serves the record until the context ends; the
// function that it gives waits for the end.
func (a *app) delivering(ctx context.Context, d *demarche.Desk) (wait func() error, err error) {
	h, err := a.hooks()
	if err != nil {
		return nil, err
	}
	ended := make(chan bool)
	go func() {
		a.deliverer(h, d).Run(ctx)
		close(ended)
	}()
	return func() error { <-ended; return h.Close() }, nil
}

type hookAddCmd struct {
	URL       string   `arg:"" name:"url" help:"Where to post: https, unless --private."`
	Only      []string `placeholder:"TYPE" help:"Only these changes: document, claim, decision."`
	Private   bool     `help:"The receiver may be in a private network, and reached by http."`
	FromStart bool     `help:"Tell of all that is on record too, not only of what follows."`
}

// Run makes the hook and tells its secret, once.
func (c *hookAddCmd) Run(a *app) error {
	d, err := a.desk()
	if err != nil {
		return err
	}
	var since demarche.Cursor
	if !c.FromStart {
		if since, _, err = d.Head().Now(a.ctx); err != nil {
			return err
		}
	}
	return a.withHooks(func(h *hook.Hooks) error {
		id, secret, err := h.Add(a.ctx, c.URL, c.Only, c.Private, since)
		if err != nil {
			return err
		}
		if a.json {
			return printJSON(a.out, map[string]string{"id": id, "secret": secret})
		}
		_, err = fmt.Fprintf(a.out, "hook %s\nsecret %s\nIts messages are signed with the secret as Standard Webhooks has it; it is not shown again.\n", id, secret)
		return err
	})
}

type hookListCmd struct{}

type hookJSON struct {
	ID       string   `json:"id"`
	URL      string   `json:"url"`
	Types    []string `json:"types"`
	Private  bool     `json:"private"`
	Created  string   `json:"created"`
	Sent     int      `json:"sent"`
	Waiting  int      `json:"waiting"`
	Failures int      `json:"failures"`
	Error    string   `json:"error,omitempty"`
	Next     string   `json:"next_attempt,omitempty"`
}

// Run lists the hooks.
func (c *hookListCmd) Run(a *app) error {
	return a.withHooks(func(h *hook.Hooks) error {
		hooks, err := h.List(a.ctx)
		if err != nil {
			return err
		}
		if a.json {
			return printJSON(a.out, list(hooks, hookOf))
		}
		var tab table
		for _, k := range hooks {
			fares := fmt.Sprintf("%s taken", count(k.Sent, "message"))
			if k.Failures > 0 {
				fares = fmt.Sprintf("%s in a row, next attempt %s: %s", count(k.Failures, "failure"), k.Next.Format("2006-01-02 15:04:05 MST"), brief.Plain(k.Error))
			}
			tab.row(k.ID, brief.Plain(k.URL), strings.Join(k.Types, ","), fares)
		}
		if len(hooks) == 0 {
			tab.row("no hooks; demarche hook add makes one")
		}
		return tab.write(a.out, "")
	})
}

func hookOf(k hook.Hook) hookJSON {
	out := hookJSON{ID: k.ID, URL: k.URL, Types: k.Types, Private: k.Private, Created: k.Created.Format(time.RFC3339), Sent: k.Sent, Waiting: k.Waiting,
		Failures: k.Failures, Error: k.Error}
	if k.Types == nil {
		out.Types = hook.Types()
	}
	if k.Failures > 0 {
		out.Next = k.Next.Format(time.RFC3339)
	}
	return out
}

type hookRemoveCmd struct {
	ID string `arg:"" help:"The hook's name, as list gives it."`
}

// Run takes the hook away.
func (c *hookRemoveCmd) Run(a *app) error {
	return a.withHooks(func(h *hook.Hooks) error { return h.Remove(a.ctx, c.ID) })
}

type hookSendCmd struct{}

// Run sends until nothing is left or every receiver that is left has failed.
func (c *hookSendCmd) Run(a *app) error {
	d, err := a.desk()
	if err != nil {
		return err
	}
	return a.withHooks(func(h *hook.Hooks) error {
		if err := a.deliverer(h, d).Send(a.ctx); err != nil {
			return err
		}
		hooks, err := h.List(a.ctx)
		if err != nil {
			return err
		}
		for _, k := range hooks {
			if k.Failures > 0 {
				return &demarche.Error{Kind: demarche.Output, Err: fmt.Errorf("%s: %s; it is tried again after %s", k.URL, k.Error, k.Next.Format(time.RFC3339))}
			}
		}
		return nil
	})
}
