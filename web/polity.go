package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// polityPage is what the record holds of a state or territory.
type polityPage struct {
	nameLink
	Facts       []fact
	Memberships []standing
	Former      []standing // memberships that are not so on the day
	Relations   []standing
	Offices     []standing
	Debts       []debtView
	Board       []requestView
	BoardHref   string
	Recent      []statement
	RecentSince string
	All         string
	Unknown     bool // nothing is on record
}

// recent is for how many days acts are shown on the page of a polity.
const recent = 730

// few is up to how many claims on a name the page of a polity follows all its
// requests.
const few = 3000

func (s *Server) polity(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	l := s.links(bar)
	id := r.PathValue("id")
	if s.Almanac.Polity(id) == nil {
		return s.elsewhere(w, r, l, clocks, id)
	}
	body := polityPage{nameLink: s.link(l, id), Facts: s.polityFacts(l, id), BoardHref: l.to([]string{"requests"}, "party", id), All: l.to([]string{"search"}, "name", id)}
	for _, fill := range []func(*http.Request, *polityPage, record.Clocks, links) error{
		s.fillMemberships, s.fillRelations, s.fillOffices, s.fillDebts, s.fillRequests, s.fillRecent,
	} {
		if err := fill(r, &body, clocks, l); err != nil {
			return err
		}
	}
	body.Unknown = len(body.Memberships)+len(body.Former)+len(body.Relations)+len(body.Offices)+len(body.Debts)+len(body.Board)+len(body.Recent) == 0
	return s.render(w, r, "polity.html", page{Title: body.Name, Here: "States", Feed: s.feed("polities", id), Clocks: bar, Body: body})
}

// elsewhere leads from a name that is written otherwise, or is of another kind,
// to its page.
func (s *Server) elsewhere(w http.ResponseWriter, r *http.Request, l links, clocks record.Clocks, name string) error {
	n, err := s.Desk.Name(r.Context(), "name", name, clocks.On)
	if err != nil {
		return err
	}
	to := s.named(l, n.ID)
	if path, _, _ := strings.Cut(to, "?"); path == r.URL.EscapedPath() {
		return problem(http.StatusNotFound, "nothing is on record of "+n.String()+" as such")
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// polityFacts are what the almanac knows.
func (s *Server) polityFacts(l links, id string) []fact {
	p := s.Almanac.Polity(id)
	out := []fact{{Name: "code", Value: id}, {Name: "kind", Value: p.Type}}
	if life := s.Almanac.Lifetime(id); !life.IsZero() {
		out = append(out, fact{Name: "existed", Value: brief.Date(life)})
	}
	if capital := p.Capital(0); capital != "" {
		out = append(out, fact{Name: "capital", Value: capital})
	}
	for _, side := range []struct {
		name string
		ids  []string
	}{{"took the place of", p.Predecessors()}, {"followed by", p.Successors()}} {
		for _, other := range side.ids {
			out = append(out, fact{side.name, l.words.Name(other), s.named(l, other)})
		}
	}
	return out
}

func (s *Server) fillMemberships(r *http.Request, p *polityPage, c record.Clocks, l links) error {
	got, err := s.Desk.Memberships(r.Context(), p.ID, c)
	if err != nil {
		return err
	}
	now, other := current(got.Found)
	for _, t := range now {
		p.Memberships = append(p.Memberships, s.standing(l, t, t.Roles.One(record.RoleBody)))
	}
	for _, t := range other {
		p.Former = append(p.Former, s.standing(l, t, t.Roles.One(record.RoleBody)))
	}
	return nil
}

// mostRows bounds the rows of a table on a page; the rest is counted.
const mostRows = 120

func (s *Server) fillRelations(r *http.Request, p *polityPage, c record.Clocks, l links) error {
	got, err := s.Desk.Relations(r.Context(), p.ID, "", c)
	if err != nil {
		return err
	}
	ts := slices.Clone(got.Found)
	slices.SortStableFunc(ts, func(a, b *record.Timeline) int {
		return cmp.Or(cmp.Compare(truthRank(a), truthRank(b)), strings.Compare(l.words.Name(other(a, p.ID)), l.words.Name(other(b, p.ID))))
	})
	for _, t := range ts[:min(len(ts), mostRows)] {
		with := other(t, p.ID)
		row := s.standing(l, t, with)
		row.Value = cmp.Or(t.Roles.One(record.RoleLevel), "diplomatic")
		row.Names = append(row.Names, nameLink{Name: "dossier", Href: l.to([]string{"pairs", p.ID, with})})
		p.Relations = append(p.Relations, row)
	}
	return nil
}

// other is the party to a timeline that is not the named one.
func other(t *record.Timeline, name string) string {
	core := record.Core{Kind: t.Kind, Roles: t.Roles}
	for _, party := range core.Parties() {
		if party != name {
			return party
		}
	}
	return ""
}

func (s *Server) fillOffices(r *http.Request, p *polityPage, c record.Clocks, l links) error {
	got, err := s.Desk.Offices(r.Context(), p.ID, c)
	if err != nil {
		return err
	}
	p.Offices = s.offices(l, got.Found)
	return nil
}

// offices are the offices that are or may be held on the day.
func (s *Server) offices(l links, found []*record.Timeline) []standing {
	var out []standing
	now, _ := current(found)
	for _, t := range now[:min(len(now), mostRows)] {
		row := s.standing(l, t, t.Value)
		row.Value = l.words.Post(t.Roles)
		out = append(out, row)
	}
	return out
}

func (s *Server) fillDebts(r *http.Request, p *polityPage, c record.Clocks, l links) error {
	if s.overview.Name(p.ID) > few { // the acts on a debt are not sought where there is none
		told, err := s.Desk.Claims(r.Context(), demarche.Filter{Kinds: []string{string(record.Debt)}, Names: []string{p.ID}}, c)
		if err != nil || len(told.Found) == 0 {
			return err
		}
	}
	got, err := s.Desk.Debts(r.Context(), p.ID, "", c)
	if err != nil {
		return err
	}
	for _, a := range got.Found[:min(len(got.Found), mostRows)] {
		p.Debts = append(p.Debts, s.debt(l, a))
	}
	return nil
}

// debtView is what is told of a debt: figures by who gives them, never added up.
type debtView struct {
	Debtor, Creditor nameLink
	Truth            string
	Figures          []figureView
	Events           []statement
}

type figureView struct {
	Money, Says string
	statement
}

func (s *Server) debt(l links, a *record.Account) debtView {
	out := debtView{Debtor: s.link(l, a.Debtor), Creditor: s.link(l, a.Creditor)}
	if a.Timeline != nil {
		out.Truth = string(a.Timeline.Now.Truth)
	}
	for _, f := range a.Figures {
		says := l.words.Name(f.Claimant)
		if f.Party != record.ByOther {
			says += ", the " + string(f.Party)
		}
		out.Figures = append(out.Figures, figureView{brief.Money(f.Amount, f.Currency), says, l.statement(f.Claim)})
	}
	for _, e := range a.Events {
		if e.Roles.One(record.RoleAmount) == "" {
			out.Events = append(out.Events, l.statement(e))
		}
	}
	return out
}

func (s *Server) fillRequests(r *http.Request, p *polityPage, c record.Clocks, l links) error {
	if s.overview.Name(p.ID) > few {
		return nil
	}
	for _, side := range [][2]string{{p.ID, ""}, {"", p.ID}} {
		got, err := s.Desk.Requests(r.Context(), side[0], side[1], true, c)
		if err != nil {
			return err
		}
		for _, t := range slices.Backward(got.Found) {
			if len(p.Board) < 20 {
				p.Board = append(p.Board, s.request(l, t, c.On.Latest))
			}
		}
	}
	return nil
}

func (s *Server) fillRecent(r *http.Request, p *polityPage, c record.Clocks, l links) error {
	on := c.On.Latest
	got, err := s.Desk.Claims(r.Context(), demarche.Filter{Names: []string{p.ID}, During: record.When{Earliest: on - recent, Latest: on}}, c)
	if err != nil {
		return err
	}
	p.RecentSince = brief.Date(record.On(on - recent))
	for _, claim := range slices.Backward(got.Found) {
		if claim.Kind.IsAct() && len(p.Recent) < 25 {
			p.Recent = append(p.Recent, l.statement(claim))
		}
	}
	return nil
}

// index is a list of names by their kind.
type index struct {
	Groups []indexGroup
	Kind   string
}

type indexGroup struct {
	Heading string
	Names   []nameLink
}

func (s *Server) polities(w http.ResponseWriter, r *http.Request) error {
	return s.index(w, r, "States", s.Almanac.Polities(), func(id string) string { return s.Almanac.Polity(id).Type })
}

func (s *Server) bodies(w http.ResponseWriter, r *http.Request) error {
	return s.index(w, r, "Bodies", s.Almanac.Bodies(), func(id string) string {
		if s.Almanac.Body(id).Ended.IsZero() {
			return "standing"
		}
		return "dissolved"
	})
}

// index lists the names of the almanac that are on record.
func (s *Server) index(w http.ResponseWriter, r *http.Request, title string, ids []string, group func(string) string) error {
	_, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	if err := s.catchUp(r.Context()); err != nil {
		return err
	}
	l := s.links(bar)
	out := index{Kind: strings.ToLower(title)}
	for _, id := range ids {
		if s.overview.Name(id) == 0 {
			continue
		}
		i := slices.IndexFunc(out.Groups, func(g indexGroup) bool { return g.Heading == group(id) })
		if i < 0 {
			out.Groups = append(out.Groups, indexGroup{Heading: group(id)})
			i = len(out.Groups) - 1
		}
		n := s.link(l, id)
		if b := s.Almanac.Body(id); b != nil && b.Name != id {
			n.Name = id + ", " + b.Name
		}
		out.Groups[i].Names = append(out.Groups[i].Names, n)
	}
	for _, g := range out.Groups {
		slices.SortFunc(g.Names, func(a, b nameLink) int { return strings.Compare(a.Name, b.Name) })
	}
	return s.render(w, r, "index.html", page{Title: title, Here: title, Clocks: bar, Body: out})
}
