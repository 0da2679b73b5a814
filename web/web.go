// Package web is the desk in a browser: pages made on the server that need no
// script, ask nothing of third parties and can be cited. A handler reads the
// question from the address, calls the desk and fills a template; no text of a
// document is ever taken for markup. Programs' handlers are mounted beside the
// pages, behind the same authentication.
package web

import (
	"embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"demarche"
	"demarche/account"
	"demarche/almanac"
	"demarche/proposal"
	"demarche/record"
	"demarche/web/worldmap"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// Options are what a server is made of.
type Options struct {
	Desk    *demarche.Desk
	Almanac *almanac.Almanac
	// Accounts are those who may ask. With nil, everyone who reaches the server
	// is Local, and the server answers to loopback names alone.
	Accounts *account.Accounts
	Local    account.Account
	// Proxied: a proxy in front ends TLS and says who asks in X-Forwarded-For.
	Proxied bool
	// Proposals are what programs propose to decide; nil where none are kept.
	Proposals *proposal.Proposals
	Mounts    []Mount
	Log       *slog.Logger // nil is slog.Default
	// Now is the clock of sessions and of addresses that pin an answer in time.
	Now func() time.Time
}

// Mount is a handler for programs under a prefix, such as "/v1/". Its requests
// are authenticated; account.From gives who asks.
type Mount struct {
	Prefix  string
	Handler http.Handler
	Needs   account.Role  // who may; "" is account.Reader
	Again   bool          // its answers are given again as pages are
	MaxBody int64         // bytes of a request's body; 0 is as for pages
	Timeout time.Duration // of a request; 0 is as for pages, less than 0 is none, for streams
}

// Server serves the pages and what is mounted.
type Server struct {
	Options
	pages   map[string]*template.Template
	assets  assets
	csrfKey []byte // of forms
	// overview is what would need a look at the whole record.
	overview     *demarche.Overview
	conflicts    *conflictCache
	memory       *memory
	countries    []worldmap.Country
	almanacNames []string
	handler      http.Handler
}

// New makes a server.
func New(o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{Options: o, csrfKey: randomKey(), overview: o.Desk.Overview()}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	if s.pages, err = s.parse(); err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	if s.countries, err = worldmap.Countries(); err != nil {
		return nil, err
	}
	s.almanacNames = s.standingNames()
	s.conflicts = &conflictCache{found: map[record.Clocks]conflictsFound{}, busy: map[record.Clocks]chan struct{}{}, later: make(chan struct{}, 1)}
	s.memory = &memory{pages: map[string]*keptAnswer{}, busy: map[string]chan struct{}{}, behind: make(chan struct{}, 1)}
	s.handler = s.guard(s.routes())
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// HTTP is a server of the pages with limits on what a connection may take.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
}
