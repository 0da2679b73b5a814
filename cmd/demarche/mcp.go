package main

import (
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
	log := slog.New(slog.NewTextHandler(a.warn, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if err := mcp.New(d, version().Version, log).Serve(a.ctx, a.in, a.out); err != nil {
		return &demarche.Error{Op: "mcp", Kind: demarche.Input, Err: err}
	}
	return nil
}
