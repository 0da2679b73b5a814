package main

import (
	"fmt"
	"strings"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// showCmd shows one claim with all that is known of it.
type showCmd struct {
	Claim string `arg:"" help:"Its name, or the beginning of it."`
	clockFlags
}

// Run asks and prints.
func (c *showCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	s, err := d.Show(a.ctx, c.Claim, clocks)
	if err != nil {
		return err
	}
	if a.json {
		e := encoder{&texts{ctx: a.ctx, desk: d, docs: map[record.DocumentID]*record.Document{s.Document.ID: &s.Document}}}
		return printJSON(a.out, shownJSON{e.stated(s.Claim), list(s.Passages, func(p demarche.Passage) passageJSON {
			return passageJSON{p.Before, p.Cited, p.After, p.Citation.Start, p.Citation.End}
		})})
	}
	t := teller{w: a.out, desk: d, words: brief.Words{Name: d.Label}}
	t.shown(&s)
	return nil
}

type shownJSON struct {
	Claim    statedJSON    `json:"claim"`
	Passages []passageJSON `json:"passages"`
}

type passageJSON struct {
	Before string `json:"before"`
	Cited  string `json:"cited"`
	After  string `json:"after"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// shown prints a claim: what it says, where, who says so, how it was read and
// what was decided of it.
func (t teller) shown(s *demarche.Shown) {
	c := s.Claim
	fmt.Fprintf(t.w, "%s\n", brief.Plain(t.words.Claim(&c.Core)))
	var tab table
	tab.row("claim", string(c.ID))
	tab.row("kind", strings.TrimSpace(string(c.Kind)+" "+string(c.Phase)+negation(c.Negated)))
	tab.row("when", edtf(c.When))
	if c.Source != "" {
		tab.row("source", t.words.Name(c.Source))
	}
	tab.row("chain", strings.Join(c.Chain, ", printed by "))
	tab.row("read by", fmt.Sprintf("frame %s, reader %s, confidence %.2f", c.Frame, c.Reader, c.Confidence))
	tab.row("recorded", c.Recorded.Time().Format("2006-01-02 15:04:05 MST"))
	tab.row("document", string(s.Document.ID[:min(12, len(s.Document.ID))]), s.Document.Publisher, record.FormatEDTF(s.Document.Published), s.Document.Title)
	if s.Document.URL != "" {
		tab.row("address", s.Document.URL)
	}
	_ = tab.write(t.w, "  ")
	for _, p := range s.Passages {
		fmt.Fprintf(t.w, "\n  %s\n", brief.Plain(p.Before+"[["+p.Cited+"]]"+p.After))
	}
	for _, d := range c.Decisions {
		fmt.Fprintf(t.w, "\n  %s by %s on %s: %s\n", d.Verdict, brief.Plain(orNobody(d.Who)), d.Recorded.Time().Format("2006-01-02"), brief.Plain(d.Why))
	}
	for _, x := range s.Conflicts {
		fmt.Fprintln(t.w)
		t.conflict(x, "  ")
	}
}

func negation(n bool) string {
	if n {
		return ", denied"
	}
	return ""
}

func orNobody(who string) string {
	if who == "" {
		return "a reviewer"
	}
	return who
}
