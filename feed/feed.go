// Package feed serves the record as Atom feeds (RFC 4287): what was recorded of a
// pair, a polity, a body or a person, and the requests with what became of them.
// The id of an entry is made of the claim alone and is the same for good; its
// date is that of the record, not of what it tells of. All texts are plain.
package feed

import (
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"demarche"
	"demarche/brief"
	"demarche/etag"
	"demarche/problem"
	"demarche/record"
)

// Options are what feeds are made of.
type Options struct {
	Desk    *demarche.Desk
	Version string // of the program
	// Proxied: a proxy in front ends TLS, and says so in X-Forwarded-Proto.
	Proxied bool
	Log     *slog.Logger // nil is slog.Default
}

// server serves feeds.
type server struct {
	Options
	words brief.Words
	head  *demarche.Head
}

// New makes the handler of /feeds/ and what lies below.
func New(o Options) http.Handler {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	s := &server{Options: o, words: brief.Words{Name: o.Desk.Label}, head: o.Desk.Head()}
	mux := http.NewServeMux()
	for pattern, make := range map[string]maker{
		"/feeds/pairs/{a}/{b}": s.pair, "/feeds/polities/{a}": s.party("polities"), "/feeds/bodies/{a}": s.party("bodies"),
		"/feeds/people/{a}": s.party("people"), "/feeds/requests": s.requests,
	} {
		mux.Handle("GET "+pattern, s.serve(make))
	}
	mux.HandleFunc("/feeds/", func(w http.ResponseWriter, _ *http.Request) {
		problem.New(http.StatusNotFound, "there is no such feed; there are /feeds/pairs/A/B, /feeds/polities/A, /feeds/bodies/A, /feeds/people/A and /feeds/requests").Write(w)
	})
	return etag.Handler(o.Desk, o.Version, mux, s.fail)
}

// maker makes the feed that a request asks for.
type maker func(context.Context, *http.Request, *made) error

// made is a feed in the making, and the page that shows the same.
type made struct {
	atom
	base string // of this server: "https://desk.example"
}

func (s *server) serve(make maker) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out, err := s.make(r, make)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
		_, _ = w.Write(append([]byte(xml.Header), out...))
	})
}

func (s *server) make(r *http.Request, make maker) ([]byte, error) {
	n, err := wanted(r)
	if err != nil {
		return nil, err
	}
	f := &made{base: s.base(r)}
	if err := make(r.Context(), r, f); err != nil {
		return nil, err
	}
	slices.SortStableFunc(f.Entries, func(a, b entry) int { return cmp.Or(b.time.Compare(a.time), cmp.Compare(b.ID, a.ID)) })
	f.Entries = f.Entries[:min(n, len(f.Entries))]
	return s.finish(r.Context(), f)
}

// finish fills in what is the same for all feeds.
func (s *server) finish(ctx context.Context, f *made) ([]byte, error) {
	_, latest, err := s.head.Now(ctx)
	if err != nil {
		return nil, err
	}
	f.Updated = stamp(latest.Time())
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	f.Author, f.Generator = person{"demarche"}, generator{s.Version, "demarche"}
	return xml.MarshalIndent(f.atom, "", " ")
}

const (
	usualEntries = 50
	mostEntries  = 500
)

// wanted is how many entries a request wants.
func wanted(r *http.Request) (int, error) {
	s := r.URL.Query().Get("limit")
	if s == "" {
		return usualEntries, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > mostEntries {
		return 0, problem.New(http.StatusBadRequest, fmt.Sprintf("limit: write a number from 1 to %d", mostEntries))
	}
	return n, nil
}

func (s *server) base(r *http.Request) string {
	u := url.URL{Scheme: "http", Host: r.Host}
	if r.TLS != nil || s.Proxied && r.Header.Get("X-Forwarded-Proto") != "http" {
		u.Scheme = "https"
	}
	return u.String()
}

func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problem.Of(err)
	if p.Status == http.StatusInternalServerError && r.Context().Err() == nil {
		s.Log.ErrorContext(r.Context(), "feed", "path", r.URL.Path, "error", err)
	}
	p.Write(w)
}

// name names the feed by its path and gives it its links.
func (f *made) name(title string, parts ...string) {
	path := ""
	for _, p := range parts {
		path += "/" + url.PathEscape(p)
	}
	f.Title = brief.Plain(title)
	f.ID = id(f.base + "/feeds" + path)
	f.Links = []link{{Rel: "self", Type: "application/atom+xml", Href: f.base + "/feeds" + path}, {Rel: "alternate", Type: "text/html", Href: f.base + path}}
}

// id is a name for good, made of what it names (RFC 9562, version 5).
func id(of string) string { return "urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceURL, []byte(of)).String() }

func (s *server) pair(ctx context.Context, r *http.Request, f *made) error {
	ans, err := s.Desk.Timeline(ctx, r.PathValue("a"), r.PathValue("b"), record.Clocks{})
	if err != nil {
		return err
	}
	f.name(ans.Names[0].Label+" and "+ans.Names[1].Label, "pairs", ans.Names[0].ID, ans.Names[1].ID)
	return s.claims(ctx, f, ans.Found)
}

// party makes the feed of one polity, body or person.
func (s *server) party(of string) maker {
	return func(ctx context.Context, r *http.Request, f *made) error {
		ans, err := s.Desk.Timeline(ctx, r.PathValue("a"), "", record.Clocks{})
		if err != nil {
			return err
		}
		f.name(ans.Names[0].Label, of, ans.Names[0].ID)
		return s.claims(ctx, f, ans.Found)
	}
}

// claims makes an entry of each of the claims that were recorded or decided on
// last.
func (s *server) claims(ctx context.Context, f *made, claims []*record.Stated) error {
	slices.SortStableFunc(claims, func(a, b *record.Stated) int { return touched(b).Compare(touched(a)) })
	texts := s.Desk.Texts()
	for _, c := range claims[:min(mostEntries, len(claims))] {
		p, err := texts.Passage(ctx, c.Citations[0])
		if err != nil {
			return err
		}
		f.Entries = append(f.Entries, s.claim(f.base, c, p.Cited))
	}
	return nil
}

// touched is when the record last learned something of a claim.
func touched(c *record.Stated) time.Time {
	t := c.Recorded.Time()
	for _, d := range c.Decisions {
		if d.Recorded.Time().After(t) {
			t = d.Recorded.Time()
		}
	}
	return t
}

func (s *server) claim(base string, c *record.Stated, quote string) entry {
	e := entry{ID: id("claim/" + string(c.ID)), Title: short(s.words.Claim(&c.Core)), Published: stamp(c.Recorded.Time()),
		Categories: []category{{Term: string(c.Kind)}}, Content: content{"text", s.cited(c, quote)}}
	e.at(touched(c))
	e.Links = []link{{Rel: "alternate", Type: "text/html", Href: page(base, c)}}
	if via := brief.Address(c.Document.URL); via != "" {
		e.Links = append(e.Links, link{Rel: "via", Href: via})
	}
	return e
}

// page is where the claim's sentence is shown marked.
func page(base string, c *record.Stated) string {
	id := url.QueryEscape(string(c.ID))
	return base + "/documents/" + url.PathEscape(string(c.Citations[0].Document)) + "?claim=" + id + "#claim-" + id
}

// cited are the words of a claim and who prints them.
func (s *server) cited(c *record.Stated, quote string) string {
	out := "“" + short(quote) + "”"
	if c.Source != "" {
		out += ", " + short(s.words.Name(c.Source))
	}
	out += " — " + short(cmp.Or(c.Document.Publisher, "publisher not known"))
	if d := brief.Date(c.Document.Published); d != "" {
		out += ", " + d
	}
	return out + ": " + short(c.Document.Title)
}

func (s *server) requests(ctx context.Context, r *http.Request, f *made) error {
	q := r.URL.Query()
	ans, err := s.Desk.Requests(ctx, q.Get("from"), q.Get("to"), q.Get("open") == "true", record.Clocks{})
	if err != nil {
		return err
	}
	f.name("Requests", "requests")
	if q.Del("limit"); len(q) > 0 {
		f.ID = id(f.Links[0].Href + "?" + q.Encode())
		for i := range f.Links {
			f.Links[i].Href += "?" + q.Encode()
		}
	}
	threads := ans.Found
	slices.SortStableFunc(threads, func(a, b *record.Thread) int { return moved(b).Compare(moved(a)) })
	texts := s.Desk.Texts()
	for _, t := range threads[:min(mostEntries, len(threads))] {
		p, err := texts.Passage(ctx, t.Request.Citations[0])
		if err != nil {
			return err
		}
		e := s.claim(f.base, t.Request, p.Cited)
		e.Title, e.ID = string(t.Status)+": "+e.Title, id("request/"+string(t.Request.ID))
		for _, a := range t.Answers {
			e.Content.Text += "\n" + string(a.Status) + ": " + short(s.words.Claim(&a.Claim.Core))
		}
		e.at(moved(t))
		f.Entries = append(f.Entries, e)
	}
	return nil
}

// moved is when the record last learned something of a request.
func moved(t *record.Thread) time.Time {
	out := touched(t.Request)
	for _, c := range t.Repeats {
		out = later(out, touched(c))
	}
	for _, a := range t.Answers {
		out = later(out, touched(a.Claim))
	}
	return out
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
