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

// claimView is a claim with its sentences, how it was read and what was decided
// of it.
type claimView struct {
	statement
	Passages []passageView
	Facts    []fact
	Read     string // what it said before it was corrected, "" where it was not
	Made     []madeView
}

type passageView struct {
	Before, Cited, After string
	Href                 string
	Start, End           int
}

// fact is a name and a value of a list of facts.
type fact struct{ Name, Value, Href string }

// madeView is a decision as it is shown.
type madeView struct {
	ID, When, Verdict, Who, Why string
	Words, Href                 string // what it is about, where that is not plain
	Undone                      bool
	Last                        bool // the newest one that stands
}

func (s *Server) claim(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	view, err := s.claimView(r, r.PathValue("id"), clocks, s.links(bar))
	if err != nil {
		return err
	}
	return s.render(w, r, "claim.html", page{Title: view.Words, Clocks: bar, Body: view})
}

func (s *Server) claimView(r *http.Request, id string, clocks record.Clocks, l links) (claimView, error) {
	shown, err := s.Desk.Show(r.Context(), id, clocks)
	if err != nil {
		return claimView{}, err
	}
	c := shown.Claim
	out := claimView{statement: l.statement(c), Facts: s.claimFacts(c, l)}
	for _, p := range shown.Passages {
		out.Passages = append(out.Passages, passageView{tail(p.Before), middle(p.Cited), head(p.After), l.passage(p.Citation), p.Citation.Start, p.Citation.End})
	}
	if c.Read != nil {
		out.Read = l.words.Claim(c.Read)
	}
	made, err := s.Desk.History(r.Context(), c.ID, clocks)
	if err != nil {
		return out, err
	}
	for _, m := range made {
		out.Made = append(out.Made, madeOf(m))
	}
	for i := range slices.Backward(out.Made) {
		if !out.Made[i].Undone {
			out.Made[i].Last = true
			break
		}
	}
	return out, nil
}

// longestPassage bounds each part of a passage outside of its document, in
// characters; whole sentences are seldom half as long.
const longestPassage = 1200

func head(s string) string {
	if r := []rune(s[:min(len(s), 4*longestPassage+4)]); len(r) > longestPassage {
		return string(r[:longestPassage]) + " […]"
	}
	return s
}

func tail(s string) string {
	if r := []rune(s[max(len(s)-4*longestPassage-4, 0):]); len(r) > longestPassage {
		return "[…] " + string(r[len(r)-longestPassage:])
	}
	return s
}

func middle(s string) string {
	if len(s) <= 2*longestPassage {
		return s
	}
	return head(s) + " " + tail(s)
}

func madeOf(m demarche.Made) madeView {
	return madeView{ID: string(m.ID), When: instant(m.Recorded), Verdict: string(m.Verdict), Who: cmp.Or(m.Who, "a reviewer"), Why: m.Why, Undone: m.Undone}
}

// claimFacts are the parts of a claim, one a line.
func (s *Server) claimFacts(c *record.Stated, l links) []fact {
	out := []fact{{Name: "kind", Value: kindWord(c.Kind)}, {Name: "phase", Value: phaseOf(&c.Core)}, {Name: "when", Value: edtf(c.When)}}
	out = append(out, s.roleFacts(c.Roles, l, "")...)
	if c.Content != nil {
		out = append(out, fact{Name: "content", Value: l.words.Content(c.Content)})
	}
	if c.Source != "" {
		out = append(out, fact{Name: "source", Value: l.words.Name(c.Source), Href: s.named(l, c.Source)})
	}
	if len(c.Chain) > 0 {
		out = append(out, fact{Name: "told by", Value: strings.Join(c.Chain, ", printed by ")})
	}
	if c.Frame != "" {
		out = append(out, fact{Name: "read by", Value: "frame " + c.Frame + ", reader " + c.Reader})
	}
	if sure := l.statement(c).Sure; sure != "" {
		out = append(out, fact{Name: "confidence", Value: sure})
	}
	return append(out, fact{Name: "on record since", Value: instant(c.Recorded)})
}

func (s *Server) roleFacts(roles record.Roles, l links, prefix string) []fact {
	var names []string
	for role, fillers := range roles {
		if len(fillers) > 0 {
			names = append(names, role)
		}
	}
	slices.Sort(names)
	var out []fact
	for _, role := range names {
		for _, filler := range roles[role] {
			f := fact{Name: prefix + strings.ReplaceAll(role, "_", " "), Value: filler}
			if !plainRole(role) {
				f.Value, f.Href = l.words.Name(filler), s.named(l, filler)
			}
			out = append(out, f)
		}
	}
	return out
}

// plainRole reports whether a role is filled by words, not by names.
func plainRole(role string) bool {
	core := record.Core{Roles: record.Roles{role: {"x"}}}
	return len(core.Names()) == 0
}

func phaseOf(c *record.Core) string {
	if c.Negated {
		return string(c.Phase) + ", denied"
	}
	return string(c.Phase)
}

// edtf writes a date in full: words and, in brackets, EDTF.
func edtf(w record.When) string {
	if w.IsZero() {
		return "undated"
	}
	return brief.Date(w) + " (" + record.FormatEDTF(w) + ")"
}
