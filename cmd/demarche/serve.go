package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os/user"
	"time"

	"demarche"
	"demarche/account"
	"demarche/meter"
	"demarche/web"
)

// serveCmd puts the record on the desk.
type serveCmd struct {
	Listen      string `default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Address to listen on; any but loopback needs accounts (demarche user add)."`
	TLSCert     string `name:"tls-cert" placeholder:"FILE" help:"Certificate (PEM) to serve https with."`
	TLSKey      string `name:"tls-key" placeholder:"FILE" help:"Its private key (PEM)."`
	BehindProxy bool   `help:"A proxy in front ends https and sets X-Forwarded-For."`
	meterFlags
}

// Run serves until it is interrupted.
func (c *serveCmd) Run(a *app) error {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return usage("--tls-cert and --tls-key go together")
	}
	accounts, err := c.accounts(a) // a refusal leaves no record behind
	if err != nil {
		return err
	}
	if accounts != nil {
		defer accounts.Close()
	}
	desk, err := a.readingDesk()
	if err != nil {
		return err
	}
	proposals, err := a.proposals(desk)
	if err != nil {
		return err
	}
	defer proposals.Close()
	server, err := web.New(web.Options{Desk: desk, Almanac: a.almanac, Accounts: accounts, Local: localUser(), Proxied: c.BehindProxy,
		Proposals: proposals, Mounts: c.mounts(a, desk, proposals), Log: slog.New(slog.NewTextHandler(a.warn, nil)), Now: time.Now})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return &demarche.Error{Op: "serve", Kind: demarche.Usage, Err: fmt.Errorf("cannot listen on %s: %w; name another address with --listen", c.Listen, err)}
	}
	m, unmeasured, err := c.meter(a, desk)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer unmeasured()
	ctx, stop := context.WithCancel(a.ctx)
	defer stop()
	delivered, err := a.delivering(ctx, desk)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	err = c.serve(a, server, m, listener)
	stop()
	return errors.Join(err, delivered())
}

// accounts are those beside the record; nil where there are none and the address
// is loopback, so that the user of this machine needs none.
func (c *serveCmd) accounts(a *app) (*account.Accounts, error) {
	accounts, err := a.accountsIfAny()
	switch {
	case err != nil:
		return nil, err
	case accounts == nil && !web.Loopback(c.Listen):
		return nil, usage("--listen %s: others could reach the record there, and it has no accounts; add one with demarche user add NAME, or listen on 127.0.0.1", c.Listen)
	case accounts != nil && !web.Loopback(c.Listen) && c.TLSCert == "" && !c.BehindProxy:
		a.note("passwords cross the network unencrypted; use --tls-cert and --tls-key, or a proxy and --behind-proxy")
	}
	return accounts, nil
}

// localUser is who decides where there are no accounts: the user of the machine.
func localUser() account.Account {
	who := account.Account{Name: "local user", Role: account.Administrator}
	if u, err := user.Current(); err == nil && u.Username != "" {
		who.Name = u.Username
	}
	return who
}

// patience is how long requests that have begun may take once the server is
// asked to stop.
const patience = 10 * time.Second

func (c *serveCmd) serve(a *app, server *web.Server, m *meter.Meter, listener net.Listener) error {
	scheme := "http"
	if c.TLSCert != "" {
		scheme = "https"
	}
	a.note("the record is served at %s://%s; stop with Ctrl-C", scheme, listener.Addr())
	s := server.HTTP()
	s.Handler = m.Count(s.Handler)
	background, stop := context.WithCancel(a.ctx)
	defer stop()
	go server.Follow(background)
	failed := make(chan error, 1)
	go func() {
		if c.TLSCert != "" {
			failed <- s.ServeTLS(listener, c.TLSCert, c.TLSKey)
			return
		}
		failed <- s.Serve(listener)
	}()
	select {
	case err := <-failed:
		return &demarche.Error{Op: "serve", Kind: demarche.Usage, Err: err}
	case <-a.ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(a.ctx), patience)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return errors.Join(err, s.Close())
	}
	return nil
}
