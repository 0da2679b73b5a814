package web

import (
	"cmp"
	"fmt"
	"net/http"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// comparePage lays what several sources tell of one meeting side by side.
type comparePage struct {
	A, B   nameLink
	On     string
	Pair   string // the dossier
	Sides  []comparedSide
	Groups []comparedGroup
}

// comparedSide is the documents of one origin under a letter.
type comparedSide struct {
	Letter    string
	Documents []fact
}

// comparedGroup is the points on which the sides stand to each other alike.
type comparedGroup struct {
	Heading string
	Points  []comparedPoint
}

// comparedPoint is one matter: in what the sides differ, and what each says.
type comparedPoint struct {
	Differ []record.Difference
	Said   []comparedSaying
}

type comparedSaying struct {
	Letter string
	Claims []statement
}

// mostMeetings bounds the meetings that a dossier names.
const mostMeetings = 12

// meetings are the comparisons that a dossier leads to, the latest first.
func (s *Server) meetings(r *http.Request, a, b string, c record.Clocks, l links) ([]fact, error) {
	found, err := s.Desk.Meetings(r.Context(), a, b, c)
	if err != nil {
		return nil, err
	}
	var out []fact
	for _, m := range found[:min(len(found), mostMeetings)] {
		out = append(out, fact{brief.Date(m.On), fmt.Sprintf("%d accounts", m.Origins), l.to([]string{"pairs", a, b, "compare"}, "meeting", record.FormatEDTF(m.On))})
	}
	return out, nil
}

func (s *Server) compare(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	met, err := record.ParseEDTF(r.URL.Query().Get("meeting"))
	if err != nil {
		return &demarche.Error{Op: "compare", Kind: demarche.Usage, Err: fmt.Errorf("meeting: %w", err)}
	}
	a, b, _, err := s.asked(r, clocks)
	if err != nil {
		return err
	}
	found, err := s.Desk.CompareMeeting(r.Context(), a.ID, b.ID, met, clocks)
	if err != nil {
		return err
	}
	l := s.links(bar)
	body := comparePage{A: s.link(l, a.ID), B: s.link(l, b.ID), On: brief.Date(met), Pair: l.to([]string{"pairs", a.ID, b.ID})}
	for i, side := range found.Sides {
		one := comparedSide{Letter: demarche.Letter(i)}
		for _, d := range side.Documents {
			one.Documents = append(one.Documents, fact{cmp.Or(d.Publisher, "publisher not known"), d.Title + " (" + dated(d.Published) + ")", l.to([]string{"documents", string(d.ID)})})
		}
		body.Sides = append(body.Sides, one)
	}
	for _, part := range found.Parts() {
		group := comparedGroup{Heading: capital(part.Heading)}
		for _, p := range part.Points {
			one, err := s.comparedPoint(r, l, p)
			if err != nil {
				return err
			}
			group.Points = append(group.Points, one)
		}
		body.Groups = append(body.Groups, group)
	}
	title := fmt.Sprintf("%s and %s on %s, by source", body.A.Name, body.B.Name, body.On)
	return s.render(w, r, "compare.html", page{Title: title, Clocks: bar, Body: body})
}

func (s *Server) comparedPoint(r *http.Request, l links, p *record.Point) (comparedPoint, error) {
	out := comparedPoint{Differ: p.Differ}
	for _, i := range p.Speakers() {
		claims := p.Said[i]
		told, err := s.sentences(r.Context(), claims, l.statements(claims))
		if err != nil {
			return out, err
		}
		out.Said = append(out.Said, comparedSaying{demarche.Letter(i), told})
	}
	return out, nil
}
