package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// searchPage is a search with what it found.
type searchPage struct {
	Text, Name, With, Kind, During string
	Kinds                          []string
	Names                          []string
	Goto                           []nameLink
	Hits                           []hitView
	Claims                         []statement
	More                           int
	Asked                          bool
	Need                           string // what the search lacks
}

// hitView is a passage that was found, with the claims that are cited from it.
type hitView struct {
	Title, Publisher, Published string
	Href                        string
	Passage                     string
	Claims                      []statement
}

const mostHits = 25

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	body := searchPage{Text: clean(q.Get("q")), Name: clean(q.Get("name")), With: clean(q.Get("with")), Kind: clean(q.Get("kind")), During: clean(q.Get("during")), Names: s.names()}
	for _, k := range record.Kinds() {
		body.Kinds = append(body.Kinds, string(k))
	}
	l := s.links(bar)
	body.Goto = s.goTo(r, l, clocks, body.Text)
	switch {
	case body.Text != "":
		err = s.searchText(r, &body, clocks, l)
	case body.Name != "":
		err = s.searchClaims(r, &body, clocks, l)
	case body.Kind+body.During+body.With != "":
		body.Need = "Give words or a name to search for; a kind or a time alone would be most of the record."
	}
	if err != nil {
		return err
	}
	body.Asked = body.Text+body.Name != ""
	return s.render(w, r, "search.html", page{Title: "Search", Clocks: bar, Body: body})
}

// goTo are the pages that a search may mean: that of a name, or the dossier of
// two.
func (s *Server) goTo(r *http.Request, l links, c record.Clocks, text string) []nameLink {
	if text == "" {
		return nil
	}
	name := func(s2 string) (demarche.Name, bool) {
		n, err := s.Desk.Name(r.Context(), "search", s2, c.On)
		return n, err == nil
	}
	if n, ok := name(text); ok {
		return []nameLink{s.link(l, n.ID)}
	}
	for _, between := range []string{" and ", ",", "/", " - ", " – ", " "} {
		a, b, found := strings.Cut(text, between)
		if !found {
			continue
		}
		x, ok := name(a)
		y, ok2 := name(b)
		if ok && ok2 && x.ID != y.ID {
			return []nameLink{{Name: "Dossier on " + x.Label + " and " + y.Label, Href: l.to([]string{"pairs", x.ID, y.ID})}}
		}
	}
	return nil
}

func (s *Server) searchText(r *http.Request, p *searchPage, c record.Clocks, l links) error {
	var names []string
	if p.Name != "" {
		names = append(names, p.Name)
	}
	got, err := s.Desk.Search(r.Context(), p.Text, names, mostHits, c)
	if err != nil {
		return err
	}
	for _, h := range got.Found {
		claims, err := s.Desk.ByName(r.Context(), h.Claims, c)
		if err != nil {
			return err
		}
		if claims, err = p.narrowed(claims); err != nil {
			return err
		}
		if len(claims) == 0 && p.Kind+p.During != "" {
			continue
		}
		p.Hits = append(p.Hits, hitView{Title: h.Document.Title, Publisher: h.Document.Publisher, Published: brief.Date(h.Document.Published),
			Href: l.passage(record.Citation{Document: h.Document.ID, Start: h.Start, End: h.End}), Passage: shortened(h.Passage), Claims: l.statements(claims)})
	}
	return nil
}

// narrowed keeps the claims of the kind and the time asked for.
func (p *searchPage) narrowed(claims []*record.Stated) ([]*record.Stated, error) {
	during, err := p.during()
	return slices.DeleteFunc(claims, func(c *record.Stated) bool {
		return p.Kind != "" && !strings.EqualFold(string(c.Kind), p.Kind) || !during.IsZero() && !during.Meets(c.When)
	}), err
}

func (p *searchPage) during() (record.When, error) {
	if p.During == "" {
		return record.When{}, nil
	}
	w, err := record.ParseEDTF(p.During)
	if err != nil {
		return w, &demarche.Error{Op: "search", Kind: demarche.Usage, Err: err}
	}
	return w, nil
}

func (s *Server) searchClaims(r *http.Request, p *searchPage, c record.Clocks, l links) error {
	f := demarche.Filter{Names: []string{p.Name}}
	if p.With != "" {
		f.Names = append(f.Names, p.With)
	}
	if p.Kind != "" {
		f.Kinds = []string{p.Kind}
	}
	var err error
	if f.During, err = p.during(); err != nil {
		return err
	}
	got, err := s.Desk.Claims(r.Context(), f, c)
	if err != nil {
		return err
	}
	found := slices.Clone(got.Found)
	slices.Reverse(found)
	if len(found) > mostClaims {
		p.More = len(found) - mostClaims
		found = found[:mostClaims]
	}
	p.Claims, err = s.sentences(r.Context(), found, l.statements(found))
	return err
}

func urlQuery(s string) string { return url.QueryEscape(s) }
