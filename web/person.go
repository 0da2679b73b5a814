package web

import (
	"net/http"
	"slices"

	"demarche"
)

// personPage is what the record holds of a person, or of any other name.
type personPage struct {
	nameLink
	Offices []standing
	Former  []standing
	Claims  []statement
	Count   int
	All     string
	Merge   string
}

// mostClaims bounds the claims on a page.
const mostClaims = 60

func (s *Server) person(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	l := s.links(bar)
	name := r.PathValue("name")
	n, err := s.Desk.Name(r.Context(), "person", name, clocks.On)
	if err != nil {
		return err
	}
	if n.ID != name || s.Almanac.Polity(n.ID) != nil || s.Almanac.Body(n.ID) != nil {
		return s.elsewhere(w, r, l, clocks, name)
	}
	offices, err := s.Desk.Offices(r.Context(), n.ID, clocks)
	if err != nil {
		return err
	}
	got, err := s.Desk.Claims(r.Context(), demarche.Filter{Names: []string{n.ID}}, clocks)
	if err != nil {
		return err
	}
	body := personPage{nameLink: s.link(l, n.ID), Count: len(got.Found), All: l.to([]string{"search"}, "name", n.ID), Merge: "/review/merge?name=" + urlQuery(n.ID)}
	now, former := current(offices.Found)
	for _, t := range now {
		row := s.standing(l, t, firstName(t.Roles["of"]))
		row.Value = l.words.Post(t.Roles)
		body.Offices = append(body.Offices, row)
	}
	for _, t := range former {
		row := s.standing(l, t, firstName(t.Roles["of"]))
		row.Value = l.words.Post(t.Roles)
		body.Former = append(body.Former, row)
	}
	newest := slices.Clone(got.Found)
	slices.Reverse(newest)
	newest = newest[:min(len(newest), mostClaims)]
	if body.Claims, err = s.sentences(r.Context(), newest, l.statements(newest)); err != nil {
		return err
	}
	return s.render(w, r, "person.html", page{Title: n.Label, Feed: s.feed("people", n.ID), Clocks: bar, Body: body})
}

func firstName(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}
