package demarche

import (
	"context"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"demarche/record"
	"demarche/store"
)

// Flaw is something in the record that cannot be: a name that is not that of its
// content, a citation outside its document.
type Flaw struct {
	What string // "document", "claim", "decision", "timeline" or "store"
	ID   string // its name; "" of the store
	Why  string
}

// Checked says what a check looked at and how many flaws it found.
type Checked struct {
	Counts
	Citations, Spans, Flaws int
}

// Check looks at every document, claim and decision on record, at every citation
// against its document, and at the spans that follow from the claims, and tells
// each flaw that it finds.
func (d *Desk) Check(ctx context.Context, tell func(Flaw) error) (Checked, error) {
	const op = "check"
	st, err := d.store.Stats(ctx)
	if err != nil {
		return Checked{}, storeError(op, err)
	}
	c := checker{desk: d, ctx: ctx, tell: tell, texts: d.Texts(), former: map[record.DocumentID]record.DocumentID{},
		claims: map[record.ClaimID]bool{}, decided: map[record.DecisionID]bool{}}
	for _, step := range []func() error{
		c.store,
		func() error { return d.walk(ctx, st, c.document, c.claim, c.decision) },
		c.editions,
		c.timelines,
	} {
		if err := step(); err != nil {
			return c.sum, unreadable(storeError(op, err))
		}
	}
	return c.sum, nil
}

// unreadable is the error of a record that cannot be looked at to its end.
func unreadable(err error) error {
	if KindOf(err) != Internal {
		return err
	}
	return fail("check", BadRecord, "the record cannot be read to its end (%w); restore it from an export", err)
}

// checker goes through a record.
type checker struct {
	desk    *Desk
	ends    store.Ends // record times of the last entries
	ctx     context.Context
	tell    func(Flaw) error
	sum     Checked
	texts   *Texts
	former  map[record.DocumentID]record.DocumentID // of every document
	claims  map[record.ClaimID]bool
	decided map[record.DecisionID]bool
}

// flaw tells a flaw.
func (c *checker) flaw(what, id, format string, args ...any) error {
	c.sum.Flaws++
	return c.tell(Flaw{what, id, fmt.Sprintf(format, args...)})
}

// store has the store look at what it keeps beside the logs, where it can.
func (c *checker) store() error {
	s, ok := c.desk.store.(interface {
		Intact(context.Context) ([]string, error)
	})
	if !ok {
		return nil
	}
	problems, err := s.Intact(c.ctx)
	if err != nil {
		return err
	}
	for _, p := range problems {
		if err := c.flaw("store", "", "%s", p); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) document(d *record.Document) error {
	c.sum.Documents++
	c.former[d.ID] = d.Former
	var why []string
	if d.ID != d.Hash() {
		why = append(why, "its content is not that of its name")
	}
	if !utf8.ValidString(d.Text) {
		why = append(why, "its text is no UTF-8")
	}
	for _, w := range []struct {
		what string
		when record.When
	}{{"published", d.Published}, {"modified", d.Modified}} {
		if !ordered(w.when) {
			why = append(why, w.what+": ends before it begins")
		}
	}
	why = append(why, timeFlaws(d.Recorded, &c.ends.Document)...)
	return c.all("document", string(d.ID), why)
}

func (c *checker) all(what, id string, why []string) error {
	for _, w := range why {
		if err := c.flaw(what, id, "%s", w); err != nil {
			return err
		}
	}
	return nil
}

// timeFlaws are those of the record time of an entry, in order of recording.
func timeFlaws(t record.RecordTime, last *record.RecordTime) []string {
	switch {
	case t.IsZero():
		return []string{"has no record time"}
	case t.Time().Before(last.Time()):
		return []string{"its record time is before that of what was recorded before it; export the record and import it into a new one"}
	}
	*last = t
	return nil
}

func ordered(w record.When) bool {
	return w.Earliest == 0 || w.Latest == 0 || w.Earliest <= w.Latest
}

func (c *checker) claim(s *record.Claim) error {
	c.sum.Claims++
	c.claims[s.ID] = true
	var why []string
	if s.ID != s.Identity() {
		why = append(why, "what it says is not that of its name")
	}
	if len(s.Citations) == 0 {
		why = append(why, "has no citation")
	}
	if !(s.Confidence >= 0 && s.Confidence <= 1) || math.IsNaN(s.Confidence) {
		why = append(why, "its confidence is none from 0 to 1")
	}
	why = append(why, timeFlaws(s.Recorded, &c.ends.Claim)...)
	why = append(why, coreFlaws(&s.Core)...)
	for i, cite := range s.Citations {
		c.sum.Citations++
		bad, err := c.citation(cite)
		if err != nil {
			return err
		}
		if bad != "" {
			why = append(why, fmt.Sprintf("citation %d: %s", i+1, bad))
		}
	}
	return c.all("claim", string(s.ID), why)
}

// coreFlaws are those of what a claim says, and of what is inside of it.
func coreFlaws(core *record.Core) []string {
	var why []string
	if !record.KnownKind(core.Kind) {
		why = append(why, fmt.Sprintf("%q is no kind", core.Kind))
	}
	switch core.Phase {
	case record.Occurs, record.Begins, record.Ends, record.Holds:
	default:
		why = append(why, fmt.Sprintf("%q is no phase", core.Phase))
	}
	if !ordered(core.When) {
		why = append(why, "its time ends before it begins")
	}
	if in := core.Content; in != nil && !ordered(in.When) {
		why = append(why, "the time of its content ends before it begins")
	}
	return why
}

// citation says what is wrong with a citation, "" where nothing is.
func (c *checker) citation(cite record.Citation) (string, error) {
	if _, known := c.former[cite.Document]; !known {
		return fmt.Sprintf("no document has the name %s", cite.Document), nil
	}
	doc, err := c.texts.Document(c.ctx, cite.Document)
	if err != nil {
		return "", err
	}
	text := doc.Text
	switch {
	case cite.Start < 0 || cite.End > len(text) || cite.Start >= cite.End:
		return fmt.Sprintf("bytes %d to %d are no run of the document's %d", cite.Start, cite.End, len(text)), nil
	case !utf8.RuneStart(text[cite.Start]) || cite.End < len(text) && !utf8.RuneStart(text[cite.End]):
		return fmt.Sprintf("bytes %d to %d cut a character in two", cite.Start, cite.End), nil
	case strings.TrimSpace(text[cite.Start:cite.End]) == "":
		return fmt.Sprintf("bytes %d to %d quote nothing", cite.Start, cite.End), nil
	}
	return "", nil
}

func (c *checker) decision(d *record.Decision) error {
	c.sum.Decisions++
	var why []string
	if d.ID != d.Identity() {
		why = append(why, "what it says is not that of its name")
	}
	if err := d.Validate(); err != nil {
		why = append(why, err.Error())
	}
	for _, id := range append([]record.ClaimID{d.Claim, d.Other}, d.Claims...) {
		if id != "" && !c.claims[id] {
			why = append(why, fmt.Sprintf("no claim has the name %s", id))
		}
	}
	if d.Undoes != "" && !c.decided[d.Undoes] {
		why = append(why, fmt.Sprintf("no decision before it has the name %s", d.Undoes))
	}
	if d.Core != nil {
		why = append(why, coreFlaws(d.Core)...)
	}
	why = append(why, timeFlaws(d.Recorded, &c.ends.Decision)...)
	c.decided[d.ID] = true
	return c.all("decision", string(d.ID), why)
}

// editions looks whether the edition that each document follows is there, and
// whether they lead back to a first.
func (c *checker) editions() error {
	for id, former := range c.former {
		if former == "" {
			continue
		}
		steps := 0
		for at := former; at != "" && steps <= len(c.former); steps++ {
			next, known := c.former[at]
			if !known {
				if err := c.flaw("document", string(id), "the edition that it follows, %s, is not on record", at); err != nil {
					return err
				}
				break
			}
			at = next
		}
		if steps > len(c.former) {
			if err := c.flaw("document", string(id), "its editions lead in a circle"); err != nil {
				return err
			}
		}
	}
	return nil
}

// timelines derives every state of affairs and looks at its spans.
func (c *checker) timelines() error {
	for _, kind := range record.States() {
		view, err := c.desk.questions().View(c.ctx, c.desk.clocks(record.Clocks{}), record.Query{Kinds: []record.Kind{kind}})
		if err != nil {
			return err
		}
		for _, t := range view.Timelines(kind) {
			for i := range t.Spans {
				c.sum.Spans++
				if s := &t.Spans[i]; !ordered(s.Begin) || !ordered(s.End) || s.End.Latest != 0 && s.Begin.Earliest > s.End.Latest {
					if err := c.flaw("timeline", timelineName(t), "a span ends before it begins: %s, %s", record.FormatEDTF(s.Begin), record.FormatEDTF(s.End)); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

func timelineName(t *record.Timeline) string {
	core := record.Core{Kind: t.Kind, Roles: t.Roles}
	return strings.TrimSuffix(core.Key(), "|/")
}
