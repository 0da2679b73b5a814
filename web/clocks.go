package web

import (
	"net/http"
	"net/url"
	"slices"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// clockBar is the three clocks of a page's question: what was asked, what was
// used, and the address that gives the same answer for good.
type clockBar struct {
	Asked     demarche.ClockText
	On        string // in words
	Published string
	Known     string
	Permanent string
	Pinned    bool    // the address has all three already
	Keep      []field // the other parameters of the address, for the clocks' form
}

// field is a parameter of an address.
type field struct{ Name, Value string }

// The clocks' parameters in an address.
const (
	paramOn        = "on"
	paramPublished = "published-by"
	paramKnown     = "known-by"
)

// clocks reads the three clocks of a page's address. Today is filled in.
func (s *Server) clocks(r *http.Request) (record.Clocks, *clockBar, error) {
	q := r.URL.Query()
	asked := demarche.ClockText{On: q.Get(paramOn), PublishedBy: q.Get(paramPublished), KnownBy: q.Get(paramKnown)}
	c, err := asked.Clocks()
	if err != nil {
		return c, nil, err
	}
	if c.On.IsZero() {
		c.On = record.On(s.Desk.Today())
	}
	bar := &clockBar{Asked: asked, On: brief.Date(c.On), Published: "any date", Known: "now", Pinned: asked.On != "" && asked.PublishedBy != "" && asked.KnownBy != ""}
	if c.PublishedBy != 0 {
		bar.Published = brief.Date(record.On(c.PublishedBy))
	}
	if !c.KnownBy.IsZero() {
		bar.Known = c.KnownBy.Time().Format("2 January 2006, 15:04:05 MST")
	}
	pinned := s.Desk.Pinned(c)
	bar.Permanent = s.origin(r) + r.URL.EscapedPath() + "?" + withClocks(q, pinned).Encode()
	for name, values := range q {
		if name != paramOn && name != paramPublished && name != paramKnown {
			bar.Keep = append(bar.Keep, field{name, values[0]})
		}
	}
	return c, bar, nil
}

// origin is the scheme and host by which the page was asked for.
func (s *Server) origin(r *http.Request) string {
	if r.TLS != nil || s.Proxied {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// withClocks are the parameters with the clocks that are not open.
func withClocks(q url.Values, t demarche.ClockText) url.Values {
	out := url.Values{}
	for name, values := range q {
		out[name] = values
	}
	for _, f := range []field{{paramOn, t.On}, {paramPublished, t.PublishedBy}, {paramKnown, t.KnownBy}} {
		out.Del(f.Name)
		if f.Value != "" {
			out.Set(f.Name, f.Value)
		}
	}
	return out
}

// links makes addresses of pages that keep the clocks of the page they stand on.
type links struct {
	desk   *demarche.Desk
	words  brief.Words
	clocks demarche.ClockText
}

func (s *Server) links(bar *clockBar) links {
	l := links{desk: s.Desk, words: brief.Words{Name: s.Desk.Label}}
	if bar != nil {
		l.clocks = bar.Asked
	}
	return l
}

// to is the address of a path of parts, with parameters given as name and value
// in turn.
func (l links) to(parts []string, params ...string) string {
	path := ""
	for _, p := range parts {
		path += "/" + url.PathEscape(p)
	}
	q := url.Values{}
	for i := 0; i+1 < len(params); i += 2 {
		if params[i+1] != "" {
			q.Set(params[i], params[i+1])
		}
	}
	if q = withClocks(q, l.clocks); len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

// feed is the address of the Atom feed of a page, "" where none are served.
func (s *Server) feed(parts ...string) string {
	if !slices.ContainsFunc(s.Mounts, func(m Mount) bool { return m.Prefix == "/feeds/" }) {
		return ""
	}
	return links{}.to(append([]string{"feeds"}, parts...))
}

// claim is the address of the marked sentence of a claim.
func (l links) claim(s *record.Stated) string {
	return l.to([]string{"documents", string(s.Citations[0].Document)}, "claim", string(s.ID)) + "#claim-" + string(s.ID)
}

// passage is the address of a marked run of bytes of a document.
func (l links) passage(c record.Citation) string {
	span := byteRange(c.Start, c.End)
	return l.to([]string{"documents", string(c.Document)}, "at", span) + "#at-" + span
}

// named is the page of a name of claims.
func (s *Server) named(l links, id string) string {
	switch {
	case id == "":
		return ""
	case s.Almanac.Polity(id) != nil:
		return l.to([]string{"polities", id})
	case s.Almanac.Body(id) != nil:
		return l.to([]string{"bodies", id})
	}
	return l.to([]string{"people", id})
}

// instant writes a record time for people.
func instant(t record.RecordTime) string {
	if t.IsZero() {
		return ""
	}
	return t.Time().Format("2 Jan 2006, 15:04 MST")
}
