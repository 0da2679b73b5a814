package main

import (
	"log/slog"

	"demarche"
	"demarche/mcp"
	"demarche/web"
)

// mounts are the handlers for programs, by prefix.
func (c *serveCmd) mounts(a *app, d *demarche.Desk) ([]web.Mount, error) {
	log := slog.New(slog.NewTextHandler(a.warn, nil))
	return []web.Mount{
		{Prefix: "/mcp", Handler: mcp.New(d, version().Version, log).Handler()},
	}, nil
}
