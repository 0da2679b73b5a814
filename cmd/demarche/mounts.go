package main

import (
	"log/slog"
	"time"

	"demarche"
	"demarche/api"
	"demarche/feed"
	"demarche/mcp"
	"demarche/proposal"
	"demarche/web"
)

// mounts are the handlers for programs, by prefix.
func (c *serveCmd) mounts(a *app, d *demarche.Desk, p *proposal.Proposals) []web.Mount {
	log := slog.New(slog.NewTextHandler(a.warn, nil))
	v := version().Version
	return []web.Mount{
		{Prefix: "/mcp", Handler: mcp.New(mcp.Options{Desk: d, Version: v, Proposals: p, Log: log}).Handler()},
		{Prefix: "/v1/", Handler: api.New(api.Options{Desk: d, Version: v, Proposals: p, Log: log}), MaxBody: api.MostBody + 1, Timeout: 2 * time.Minute},
		{Prefix: "/feeds/", Again: true, Handler: feed.New(feed.Options{Desk: d, Version: v, Proxied: c.BehindProxy, Log: log})},
	}
}
