package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// texts gives documents with their text, each asked of the record once.
type texts struct {
	ctx  context.Context
	desk *demarche.Desk
	docs map[record.DocumentID]*record.Document
}

// of is the document, nil where the record does not give it.
func (t *texts) of(id record.DocumentID) *record.Document {
	if d, ok := t.docs[id]; ok {
		return d
	}
	var got *record.Document
	if d, err := t.desk.Document(t.ctx, id); err == nil {
		got = &d
	}
	t.docs[id] = got
	return got
}

// show prints an answer: as JSON, or as text by tell under a heading that says
// what was asked and with which clocks.
func show[T, J any](a *app, d *demarche.Desk, verb string, ans demarche.Answer[T], enc func(encoder) func(T) J, tell func(teller, []T)) error {
	if a.json {
		e := encoder{&texts{ctx: a.ctx, desk: d, docs: map[record.DocumentID]*record.Document{}}}
		return printJSON(a.out, answerOf(verb, ans, enc(e)))
	}
	t := teller{w: a.out, desk: d, words: brief.Words{Name: d.Label}, clocks: ans.Clocks}
	t.heading(verb, ans.Names)
	if len(ans.Found) == 0 {
		fmt.Fprintln(t.w, "nothing on record")
		return nil
	}
	tell(t, ans.Found)
	return nil
}

// teller tells answers to people.
type teller struct {
	w      io.Writer
	desk   *demarche.Desk
	words  brief.Words
	clocks record.Clocks
}

// heading prints what was asked and the clocks that were used.
func (t teller) heading(verb string, names []demarche.Name) {
	var labels []string
	for _, n := range names {
		labels = append(labels, n.String())
	}
	head := verb
	if len(labels) > 0 {
		head = strings.Join(labels, " and ") + ": " + verb
	}
	fmt.Fprintf(t.w, "%s\n%s\n\n", brief.Plain(head), clockLine(t.clocks))
}

// clockLine says which clocks an answer used.
func clockLine(c record.Clocks) string {
	s := "on " + record.FormatEDTF(c.On)
	if c.PublishedBy != 0 {
		s += ", published by " + c.PublishedBy.String()
	}
	if !c.KnownBy.IsZero() {
		s += ", known by " + c.KnownBy.Time().Format("2006-01-02 15:04 MST")
	}
	return s
}

// edtf writes a date for people: EDTF, with words where nothing is known or a
// bound is open.
func edtf(w record.When) string {
	switch {
	case w.IsZero():
		return "undated"
	case w.Earliest == 0:
		return "by " + w.Latest.String()
	case w.Latest == 0:
		return "from " + w.Earliest.String()
	}
	return record.FormatEDTF(w)
}

// since says from when it was so or, where it was not so, until or from when;
// for what is not known, when it was seen.
func since(t *record.Timeline) string {
	switch a := t.Now; a.Truth {
	case record.Yes, record.Possibly:
		return edtf(a.Since)
	case record.No:
		return "not at that time"
	}
	if len(t.Spans) > 0 {
		return "told of: " + edtf(t.Spans[0].Begin)
	}
	return ""
}

// truth says an answer in a word, and how far it goes.
func truth(a record.Answer) string {
	if a.Note != "" {
		return string(a.Truth) + " (" + a.Note + ")"
	}
	return string(a.Truth)
}

// who says it: speaker, publisher and date of the first claim, and how many
// further independent origins say so too.
func (t teller) who(claims ...*record.Stated) string {
	if len(claims) == 0 {
		return ""
	}
	c := claims[0]
	s := strings.TrimSpace(orUnknown(c.Document.Publisher) + " " + record.FormatEDTF(c.Document.Published))
	if c.Source != "" {
		s = t.words.Name(c.Source) + " in " + s
	}
	if n := len(record.Origins(claims...)) - 1; n > 0 {
		s += fmt.Sprintf(" (+%d)", n)
	}
	if c.Accepted || c.Preferred || c.Corrected {
		s += ", reviewed"
	}
	return s
}

func orUnknown(publisher string) string {
	if publisher == "" {
		return "publisher unknown"
	}
	return publisher
}

// short is as much of a claim's name as people type.
func short(c *record.Stated) string { return string(c.ID[:min(len(c.ID), 8)]) }

// events prints what a timeline tells, in order: its predecessors' first.
func (t teller) events(tl *record.Timeline, indent string) {
	for _, in := range tl.Inherited {
		fmt.Fprintf(t.w, "%sinherited from %s%s\n", indent, t.words.Name(in.From), t.by(in.By))
		t.events(in.Timeline, indent+"  ")
	}
	var tab table
	for i, s := range tl.Spans {
		for _, c := range s.Support {
			t.event(&tab, c, i > 0)
		}
		for _, c := range s.Closed {
			t.event(&tab, c, false)
		}
	}
	for _, c := range tl.Denied {
		t.event(&tab, c, false)
	}
	_ = tab.write(t.w, indent)
	for _, c := range tl.Conflicts {
		t.conflict(c, indent)
	}
}

func (t teller) by(claims []*record.Stated) string {
	if len(claims) == 0 {
		return " (succession by the almanac)"
	}
	return " (succession: " + brief.Plain(t.who(claims...)) + ")"
}

// event adds a row for a claim on a state of affairs; a beginning after an end
// is a resumption.
func (t teller) event(tab *table, c *record.Stated, again bool) {
	said := brief.Phase(c.Kind, c.Phase, c.Negated)
	if again && c.Phase == record.Begins && c.Kind == record.Relations {
		said = "resumed"
	}
	tab.row(edtf(c.When), said, t.who(c), short(c))
}

// conflict prints the sides of a conflict.
func (t teller) conflict(c *record.Conflict, indent string) {
	fmt.Fprintf(t.w, "%s%s:\n", indent, brief.Disagree(c))
	var tab table
	for _, s := range c.Sides {
		says := s.Says
		if says == "" {
			says = edtf(s.When)
		}
		tab.row(t.words.Name(says), count(len(s.Origins), "origin"), t.who(s.Claims...), shorts(s.Claims))
	}
	_ = tab.write(t.w, indent+"  ")
	if c.Settled != nil {
		fmt.Fprintf(t.w, "%s  settled for %s by %s: %s\n", indent, c.Settled.Claim, brief.Plain(c.Settled.Who), brief.Plain(c.Settled.Why))
	}
}

func shorts(claims []*record.Stated) string {
	var out []string
	for _, c := range claims {
		out = append(out, short(c))
	}
	return strings.Join(out, " ")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
