package main

import (
	"fmt"
	"strings"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// compareCmd lays two accounts side by side.
type compareCmd struct {
	A       string `arg:"" help:"A document, by its name or the beginning of it; with --meeting a polity."`
	B       string `arg:"" help:"The other."`
	Meeting string `placeholder:"DATE" help:"Compare what independent sources tell of A and B on that day (EDTF)."`
	clockFlags
}

// Run compares and prints.
func (c *compareCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	met, err := dateFlag("--meeting", c.Meeting)
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	var found demarche.Compared
	if c.Meeting != "" {
		found, err = d.CompareMeeting(a.ctx, c.A, c.B, met, clocks)
	} else {
		found, err = d.Compare(a.ctx, record.DocumentID(strings.ToLower(c.A)), record.DocumentID(strings.ToLower(c.B)), clocks)
	}
	if err != nil {
		return err
	}
	if a.json {
		e := encoder{&texts{ctx: a.ctx, desk: d, docs: map[record.DocumentID]*record.Document{}}}
		return printJSON(a.out, e.compared(found))
	}
	t := teller{w: a.out, desk: d, words: brief.Words{Name: d.Label}, clocks: found.Clocks}
	t.compared(&found)
	return nil
}

// compared prints the accounts under letters, and then what each says.
func (t teller) compared(c *demarche.Compared) {
	t.heading("compare", c.Names)
	var tab table
	for i, side := range c.Sides {
		for n, d := range side.Documents {
			letter := demarche.Letter(i)
			if n > 0 {
				letter = ""
			}
			tab.row(letter, orUnknown(d.Publisher), record.FormatEDTF(d.Published), d.Title, string(d.ID[:min(12, len(d.ID))]))
		}
	}
	_ = tab.write(t.w, "")
	for _, part := range c.Parts() {
		t.points(part)
	}
}

// points prints those of one part. Of what is contradicted, each side's claims
// stand; of what is agreed, one.
func (t teller) points(part demarche.Part) {
	var tab table
	for _, p := range part.Points {
		first := true
		for side, claims := range p.Said {
			for _, s := range claims {
				if first || p.Stand == record.Contradicted {
					tab.row(sayers(p, side), edtf(s.When), t.words.Claim(&s.Core), differ(p, first), shortsOf(p, side))
				}
				first = false
			}
		}
	}
	fmt.Fprintf(t.w, "\n%s: %d\n", part.Heading, len(part.Points))
	_ = tab.write(t.w, "  ")
}

// sayers are the letters of who says it: of what is contradicted, the side's own.
func sayers(p *record.Point, side int) string {
	if p.Stand == record.Contradicted {
		return demarche.Letter(side)
	}
	var out []string
	for _, i := range p.Speakers() {
		out = append(out, demarche.Letter(i))
	}
	return strings.Join(out, " ")
}

// differ says what a point's claims differ in, once.
func differ(p *record.Point, first bool) string {
	if !first || len(p.Differ) == 0 {
		return ""
	}
	var out []string
	for _, d := range p.Differ {
		out = append(out, string(d))
	}
	return "differ in " + strings.Join(out, ", ")
}

// shortsOf are the names of a point's claims: of what is contradicted, the side's.
func shortsOf(p *record.Point, side int) string {
	if p.Stand == record.Contradicted {
		return shorts(p.Said[side])
	}
	var all []*record.Stated
	for _, claims := range p.Said {
		all = append(all, claims...)
	}
	return shorts(all)
}

type comparedJSON struct {
	Names  []nameJSON    `json:"names,omitempty"`
	Clocks clocksJSON    `json:"clocks"`
	Sides  []accountSide `json:"sides"`
	Points []pointJSON   `json:"points"`
}

type accountSide struct {
	Origin    string         `json:"origin,omitempty"`
	Documents []documentJSON `json:"documents"`
}

type pointJSON struct {
	Stand  record.Agreement    `json:"stand"`
	Differ []record.Difference `json:"differ,omitempty"`
	Said   [][]statedJSON      `json:"said"` // in the order of sides
}

func (e encoder) compared(c demarche.Compared) comparedJSON {
	out := comparedJSON{Clocks: clocksOf(c.Clocks)}
	for _, n := range c.Names {
		out.Names = append(out.Names, nameJSON{Asked: n.Asked, ID: n.ID, Name: n.Label})
	}
	out.Sides = list(c.Sides, func(s demarche.Account) accountSide {
		return accountSide{s.Origin, list(s.Documents, func(d record.Document) documentJSON { return documentOf(&d) })}
	})
	out.Points = list(c.Points, func(p record.Point) pointJSON {
		return pointJSON{p.Stand, p.Differ, list(p.Said, func(claims []*record.Stated) []statedJSON { return list(claims, e.stated) })}
	})
	return out
}
