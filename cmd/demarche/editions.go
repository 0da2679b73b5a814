package main

import (
	"fmt"
	"strings"
	"time"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// editionsCmd shows the editions of an article.
type editionsCmd struct {
	Document string `arg:"" help:"The name of one of its documents, or the beginning of it; show prints it."`
	clockFlags
}

// Run asks and prints each edition with what changed in it.
func (c *editionsCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	editions, err := d.Editions(a.ctx, record.DocumentID(strings.ToLower(c.Document)), clocks)
	if err != nil {
		return err
	}
	if a.json {
		e := encoder{&texts{ctx: a.ctx, desk: d, docs: map[record.DocumentID]*record.Document{}}}
		return printJSON(a.out, list(editions, e.edition))
	}
	t := teller{w: a.out, desk: d, words: brief.Words{Name: d.Label}}
	for i := range editions {
		t.edition(i+1, &editions[i])
	}
	return nil
}

// edition prints an edition: sentences taken out under a minus, those put in
// under a plus, and the claims whose sentence is lost.
func (t teller) edition(n int, e *demarche.Edition) {
	d := &e.Document
	if n > 1 {
		fmt.Fprintln(t.w)
	}
	fmt.Fprintf(t.w, "%d  %s  %s%s, recorded %s\n", n, d.ID[:min(12, len(d.ID))], brief.Plain(d.Title), t.from(d), d.Recorded.Time().Format("2006-01-02 15:04:05 MST"))
	if n > 1 && len(e.Changes) == 0 {
		fmt.Fprintln(t.w, "  the same sentences")
	}
	for _, c := range e.Changes {
		if c.Was != "" {
			fmt.Fprintf(t.w, "  - %s\n", brief.Plain(c.Was))
		}
		if c.Is != "" {
			fmt.Fprintf(t.w, "  + %s\n", brief.Plain(c.Is))
		}
	}
	for _, l := range e.Lost {
		fmt.Fprintf(t.w, "  ! claim %s has lost its sentence: %s\n", short(l.Claim), brief.Plain(t.words.Claim(&l.Claim.Core)))
	}
}

type editionJSON struct {
	Document documentJSON `json:"document"`
	Former   string       `json:"former,omitempty"`
	Recorded string       `json:"recorded"`
	Changes  []changeJSON `json:"changes"`
	Lost     []lostJSON   `json:"lost"`
}

type changeJSON struct {
	Was string `json:"was"`
	Is  string `json:"is"`
	Old [2]int `json:"old"` // bytes of the former edition
	New [2]int `json:"new"` // bytes of this one
}

type lostJSON struct {
	Claim  statedJSON `json:"claim"`
	Change changeJSON `json:"change"`
}

func (e encoder) edition(x demarche.Edition) editionJSON {
	return editionJSON{Document: documentOf(&x.Document), Former: string(x.Document.Former), Recorded: x.Document.Recorded.Time().Format(time.RFC3339Nano),
		Changes: list(x.Changes, changeOf), Lost: list(x.Lost, func(l demarche.Lost) lostJSON { return lostJSON{e.stated(l.Claim), changeOf(l.Change)} })}
}

func changeOf(c demarche.Change) changeJSON {
	return changeJSON{Was: c.Was, Is: c.Is, Old: [2]int{c.Old.Start, c.Old.End}, New: [2]int{c.New.Start, c.New.End}}
}
