package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"demarche/brief"
	"demarche/record"
)

// bodyPage is what the record holds of an organisation on a day.
type bodyPage struct {
	nameLink
	FullName string
	Facts    []fact
	Slider   slider
	Tiers    []tierView
	Others   []standing // those that do not belong on the day
	Chairs   []standing
	Climbs   []climb
	Map      *worldMap
	All      string
}

// tierView is a tier with those in it on the day.
type tierView struct {
	Name, Class string
	Members     []standing
}

// climb is a party that began in a tier, or left it.
type climb struct {
	Party nameLink
	What  string
	statement
	when record.Day
}

// slider chooses the month of the day of the question.
type slider struct {
	Min, Max, Value int // months, counted from year 0
	Label           string
	First, Last     string
	Keep            []field
}

func (s *Server) body(w http.ResponseWriter, r *http.Request) error {
	if month := r.URL.Query().Get("month"); month != "" {
		return s.toMonth(w, r, month)
	}
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	l := s.links(bar)
	id := r.PathValue("id")
	known := s.Almanac.Body(id)
	got, err := s.Desk.Members(r.Context(), id, clocks)
	if err != nil {
		return err
	}
	if got.Names[0].ID != id || known == nil && len(got.Found) == 0 {
		return s.elsewhere(w, r, l, clocks, id)
	}
	chairs, err := s.Desk.Chairs(r.Context(), id, clocks)
	if err != nil {
		return err
	}
	body := bodyPage{nameLink: s.link(l, id), Facts: s.bodyFacts(l, id), Slider: s.slider(r, id, got.Found, clocks), All: l.to([]string{"search"}, "name", id)}
	if known != nil {
		body.FullName = known.Name
	}
	now, others := current(got.Found)
	body.Tiers = s.tiers(l, id, now)
	belong := map[string]bool{}
	for _, t := range now {
		belong[t.Roles.One(record.RoleParty)] = true
	}
	for _, t := range others[:min(len(others), mostRows)] {
		if !belong[t.Roles.One(record.RoleParty)] {
			body.Others = append(body.Others, s.standing(l, t, t.Roles.One(record.RoleParty)))
		}
	}
	chair, _ := current(chairs.Found)
	for _, t := range chair {
		body.Chairs = append(body.Chairs, s.standing(l, t, t.Value))
	}
	body.Climbs = s.climbs(l, got.Found)
	body.Map = s.worldMap(l, id, now)
	title := id
	if body.FullName != "" && body.FullName != id {
		title += ", " + body.FullName
	}
	return s.render(w, r, "body.html", page{Title: title, Here: "Bodies", Feed: s.feed("bodies", id), Clocks: bar, Body: body})
}

// toMonth leads from the month of the slider to the last day of it.
func (s *Server) toMonth(w http.ResponseWriter, r *http.Request, month string) error {
	m, err := strconv.Atoi(month)
	if err != nil || m < 12 || m > 12*9999 {
		return problem(http.StatusBadRequest, "the month is a number of months from year 0 on")
	}
	q := url.Values{}
	for name, values := range r.URL.Query() {
		if name != "month" {
			q[name] = values
		}
	}
	q.Set(paramOn, record.DayOf(m/12, time.Month(m%12+2), 0).String())
	http.Redirect(w, r, r.URL.EscapedPath()+"?"+q.Encode(), http.StatusSeeOther)
	return nil
}

func (s *Server) bodyFacts(l links, id string) []fact {
	b := s.Almanac.Body(id)
	if b == nil {
		return nil
	}
	var out []fact
	for _, f := range []fact{{Name: "kind", Value: b.Type}, {Name: "founded", Value: brief.Date(b.Founded)}, {Name: "ended", Value: brief.Date(b.Ended)}, {Name: "seat", Value: b.Seat}} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	for _, p := range b.Predecessors {
		out = append(out, fact{"took the place of", l.words.Name(p), s.named(l, p)})
	}
	for _, p := range s.Almanac.Successors(id) {
		out = append(out, fact{"followed by", l.words.Name(p), s.named(l, p)})
	}
	return out
}

// slider reaches from the first month of which something is told to this month.
func (s *Server) slider(r *http.Request, id string, ts []*record.Timeline, c record.Clocks) slider {
	first, today := c.On.Latest, s.Desk.Today()
	if founded := s.Almanac.Lifetime(id).Earliest; founded != 0 {
		first = min(first, founded)
	}
	for _, t := range ts {
		for i := range t.Spans {
			if d := cmp.Or(t.Spans[i].Begin.Earliest, t.Spans[i].Begin.Latest); d != 0 {
				first = min(first, d)
			}
		}
	}
	out := slider{Min: monthOf(first), Max: monthOf(max(today, c.On.Latest)), Value: monthOf(c.On.Latest), Label: brief.Date(c.On)}
	out.First, out.Last = monthName(out.Min), monthName(out.Max)
	for _, name := range []string{paramPublished, paramKnown} {
		if v := r.URL.Query().Get(name); v != "" {
			out.Keep = append(out.Keep, field{name, v})
		}
	}
	return out
}

func monthOf(d record.Day) int {
	y, m, _ := d.Date()
	return y*12 + int(m) - 1
}

func monthName(m int) string { return fmt.Sprintf("%s %d", time.Month(m%12+1), m/12) }

// tiers groups those that belong by tier, the highest first.
func (s *Server) tiers(l links, id string, now []*record.Timeline) []tierView {
	var out []tierView
	for _, t := range now {
		name := cmp.Or(t.Value, "member")
		i := slices.IndexFunc(out, func(v tierView) bool { return v.Name == name })
		if i < 0 {
			out = append(out, tierView{Name: name, Class: s.tierClass(id, t.Value)})
			i = len(out) - 1
		}
		out[i].Members = append(out[i].Members, s.standing(l, t, t.Roles.One(record.RoleParty)))
	}
	return out
}

// climbs are the beginnings and ends of tiers, the newest first.
func (s *Server) climbs(l links, ts []*record.Timeline) []climb {
	var out []climb
	add := func(t *record.Timeline, c *record.Stated, what string) {
		if c.When.IsZero() {
			return
		}
		out = append(out, climb{s.link(l, t.Roles.One(record.RoleParty)), what, l.statement(c), c.When.Latest})
	}
	for _, t := range ts {
		tier := cmp.Or(t.Value, "member")
		for i := range t.Spans {
			for _, c := range firstOf(t.Spans[i].Support, record.Begins) {
				add(t, c, "became "+tier)
			}
			for _, c := range firstOf(t.Spans[i].Closed, record.Ends) {
				add(t, c, "ceased to be "+tier)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b climb) int {
		return cmp.Or(cmp.Compare(b.when, a.when), strings.Compare(a.Party.Name, b.Party.Name))
	})
	return out[:min(len(out), mostRows)]
}

// firstOf is the first claim of a phase, none where there is none.
func firstOf(claims []*record.Stated, p record.Phase) []*record.Stated {
	i := slices.IndexFunc(claims, func(c *record.Stated) bool { return c.Phase == p })
	if i < 0 {
		return nil
	}
	return claims[i : i+1]
}
