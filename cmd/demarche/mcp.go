package main

import (
	"errors"
	"log/slog"

	"demarche"
	"demarche/mcp"
)

// mcpCmd answers a language-model client on standard input and output.
type mcpCmd struct{}

// Run serves one client until it closes standard input.
func (c *mcpCmd) Run(a *app) error {
	d, err := a.desk()
	if err != nil {
		return err
	}
	p, err := a.proposals(d)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(a.warn, &slog.HandlerOptions{Level: slog.LevelWarn}))
	server := mcp.New(mcp.Options{Desk: d, Version: version().Version, Proposals: p, Who: localUser().Name, Log: log})
	if err := errors.Join(server.Serve(a.ctx, a.in, a.out), p.Close()); err != nil {
		return &demarche.Error{Op: "mcp", Kind: demarche.Input, Err: err}
	}
	return nil
}
