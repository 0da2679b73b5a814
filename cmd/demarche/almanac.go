package main

import (
	"fmt"
	"strings"

	"demarche"
	"demarche/almanac"
	"demarche/brief"
	"demarche/record"
)

// almanacCmd shows what a name means, and when.
type almanacCmd struct {
	Name string `arg:"" help:"A name, code, acronym, adjective, capital or description."`
	On   string `placeholder:"DATE" help:"Only what it means on that day (EDTF)."`
}

// Run looks up and prints.
func (c *almanacCmd) Run(a *app) error {
	on, err := dateFlag("--on", c.On)
	if err != nil {
		return err
	}
	alm, err := a.loadAlmanac()
	if err != nil {
		return err
	}
	senses := alm.Describe(c.Name)
	if c.On != "" {
		senses = alm.Lookup(c.Name, on.Latest)
	}
	if len(senses) == 0 {
		return &demarche.Error{Op: "almanac", Kind: demarche.Unknown, Err: errorf("the almanac knows nothing by the name %q", c.Name)}
	}
	if a.json {
		return printJSON(a.out, list(senses, senseOf))
	}
	var tab table
	seen := map[string]bool{}
	for _, s := range senses {
		tab.row(s.ID, s.Kind.String(), s.Type, edtfOpen(s.When()), strings.TrimSpace(s.Form+" "+in(s.In)), s.Source)
	}
	if err := tab.write(a.out, ""); err != nil {
		return err
	}
	for _, s := range senses {
		if !seen[s.ID] {
			seen[s.ID] = true
			describe(a, alm, &s)
		}
	}
	return nil
}

type senseJSON struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Type   string `json:"type"`
	In     string `json:"in,omitempty"`
	When   string `json:"when"`
	Form   string `json:"form"`
	Source string `json:"source"`
}

func senseOf(s almanac.Sense) senseJSON {
	return senseJSON{s.ID, s.Kind.String(), s.Type, s.In, record.FormatEDTF(s.When()), s.Form, s.Source}
}

func in(code string) string {
	if code == "" {
		return ""
	}
	return "(" + code + ")"
}

// edtfOpen writes a time whose bounds may be open; one of which nothing is
// known is always.
func edtfOpen(w record.When) string {
	if w.IsZero() {
		return "always"
	}
	return edtf(w)
}

// describe tells of the polity or body that a sense names.
func describe(a *app, alm *almanac.Almanac, s *almanac.Sense) {
	var tab table
	if p := alm.Polity(s.ID); p != nil && s.Kind == almanac.KindPolity {
		fmt.Fprintf(a.out, "\n%s: %s, %s\n", p.Code, brief.Plain(p.Name), p.Type)
		for _, span := range p.Spans {
			tab.row("from", orOpen(span.Start), "to", orOpen(span.End), before("took the place of ", span.Predecessors), before("followed by ", span.Successors))
		}
		if c := p.Capital(0); c != "" {
			tab.row("capital", c)
		}
	}
	if b := alm.Body(s.ID); b != nil && s.Kind == almanac.KindBody {
		fmt.Fprintf(a.out, "\n%s: %s, %s\n", b.ID, brief.Plain(b.Name), b.Type)
		tab.row("founded", orOpen(b.Founded), "ended", orOpen(b.Ended), before("took the place of ", b.Predecessors))
		if b.Seat != "" {
			tab.row("seat", b.Seat)
		}
		for _, t := range b.Tiers {
			tab.row(fmt.Sprintf("tier %d", t.Rank), t.Name, strings.Join(t.Wordings, ", "))
		}
	}
	_ = tab.write(a.out, "  ")
}

func orOpen(w record.When) string {
	if w.IsZero() {
		return "-"
	}
	return edtf(w)
}

func before(words string, ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return words + strings.Join(ids, ", ")
}
