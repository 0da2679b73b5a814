package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"demarche/account"
	"demarche/brief"
	failure "demarche/problem"
)

// page is what every template sees; Body is what the page itself shows.
type page struct {
	Title string
	Who   account.Account
	CSRF  string
	Here  string // the part of the site, for its mark in the navigation
	Feed  string // the address of the Atom feed of the same, "" where there is none
	// Clocks are the three clocks of the page's question, nil where it asks none.
	Clocks *clockBar
	// Open: anyone may ask, there are no accounts to log out of.
	Open bool
	Body any
}

// MayReview reports whether who asks may decide.
func (p page) MayReview() bool { return p.Who.Role.May(account.Reviewer) }

// render fills a template and sends it whole or not at all.
func (s *Server) render(w http.ResponseWriter, r *http.Request, name string, p page) error {
	p.Who, _ = account.From(r.Context())
	p.CSRF, p.Open = s.csrf(r), s.Accounts == nil
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "layout", p); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	if r.Method == http.MethodGet {
		w.Header().Set("ETag", entityTag(b.Bytes()))
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		s.Log.Debug("page not sent", "path", r.URL.Path, "error", err)
	}
	return nil
}

// handler is a page that may fail.
type handler func(*Server, http.ResponseWriter, *http.Request) error

// page makes an http.Handler of a page. Each page has a desk that asks the
// record everything once.
func (s *Server) page(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		once := *s
		once.Desk = s.Desk.Once()
		if err := h(&once, w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// httpError is an error with the status that it has in HTTP.
type httpError struct {
	status int
	error
}

func problem(status int, what string) error { return &httpError{status, errors.New(what)} }

// statusOf is the HTTP status of a failure.
func statusOf(err error) int {
	var h *httpError
	if errors.As(err, &h) {
		return h.status
	}
	return failure.Status(err)
}

// errorPage is what an error page shows.
type errorPage struct {
	Status int
	Name   string
	What   string
}

// fail tells what was wrong: to people as a page, to programs as a problem (RFC
// 9457).
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == context.Canceled {
		return
	}
	status := statusOf(err)
	what := brief.Plain(err.Error())
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		what = "the question took too long; narrow it to two parties, a kind or a time"
	case status == http.StatusInternalServerError:
		s.Log.Error("request failed", "path", r.URL.Path, "error", err)
	}
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		problemJSON(w, status, what)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if err := s.render(w, r, "error.html", page{Title: http.StatusText(status), Body: errorPage{status, http.StatusText(status), what}}); err != nil {
		s.Log.Error("error page", "error", err)
	}
}

func problemJSON(w http.ResponseWriter, status int, what string) {
	body, err := json.Marshal(map[string]any{"title": http.StatusText(status), "status": status, "detail": what})
	if err != nil {
		http.Error(w, what, status)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// parse reads the pages, each with the layout and the parts that pages share.
func (s *Server) parse() (map[string]*template.Template, error) {
	shared, err := template.New("").Funcs(s.funcs()).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", "templates/picture.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	pages := map[string]*template.Template{}
	for _, name := range names {
		t, err := shared.Clone()
		if err != nil {
			return nil, err
		}
		if pages[path.Base(name)], err = t.ParseFS(templateFiles, name); err != nil {
			return nil, err
		}
	}
	return pages, nil
}
