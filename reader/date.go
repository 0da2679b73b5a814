package reader

import (
	"strconv"
	"strings"

	"demarche/reader/when"
	"demarche/record"
)

// dateOf reads when something was so: from a date on the trigger, on the
// clauses over it, or at the head of the sentence; failing these, from the tense
// and the day of publication.
// assumed is set where nothing in the sentence tells it.
func (g *graph) dateOf(m *match, st status) (w record.When, assumed bool) {
	if w, assumed = g.dateTold(m, st); !assumed && g.ofContent(m, w) {
		return g.defaultDate(m, st), true
	}
	return w, assumed
}

// ofContent reports whether a date is rather of what is asked or agreed: a month
// without its year behind it, which the past tense took for long gone, as in
// "invited them to a forum in November", said in October.
func (g *graph) ofContent(m *match, w record.When) bool {
	const far, month = 60, 28
	if len(m.content) == 0 || w.Days() < month || g.doc.published.Earliest-w.Latest < far {
		return false
	}
	for n := m.content[0] + 1; n < len(g.nodes); n++ {
		if i := g.nodes[n].date; i > 0 && g.doc.dateWhen(i-1, g) == w {
			return !strings.ContainsAny(g.nodes[n].form, "0123456789")
		}
	}
	return false
}

// dateTold is the date as the words have it, whatever it is of.
func (g *graph) dateTold(m *match, st status) (w record.When, assumed bool) {
	if w := g.anniversary(m); !w.IsZero() {
		return w, false
	}
	if w := g.yearsSince(m.trigger); !w.IsZero() {
		return w, false
	}
	if m.lined {
		if w, ok := g.lineDate(m.trigger); ok {
			return w, false
		}
	}
	if w, ok := g.ownDate(m.trigger); ok {
		return w, false
	}
	if lv := g.light(m.trigger); lv >= 0 {
		if w, ok := g.ownDate(lv); ok {
			return w, false
		}
	}
	if w, ok := g.lineDate(m.trigger); ok {
		return w, false
	}
	if w, ok := g.clauseDate(m.trigger); ok {
		return w, false
	}
	return g.defaultDate(m, st), true
}

// lineDate returns the date that stands in the same stretch of the sentence, with
// no other verb between: behind the word first, then at the head of the stretch.
func (g *graph) lineDate(n int) (record.When, bool) {
	for k := n + 1; k < len(g.nodes) && !g.breaks(k); k++ {
		if w, ok := g.dateAt(k); ok {
			return w, true
		}
	}
	for k := n - 1; k >= 0 && !g.breaks(k); k-- {
		if w, ok := g.dateAt(k); ok {
			return w, true
		}
	}
	return record.When{}, false
}

// breaks reports whether another stretch of the sentence begins at a node.
func (g *graph) breaks(n int) bool {
	x := &g.nodes[n]
	return x.upos == "VERB" && x.rel != "amod" && x.rel != "case" || x.upos == "SCONJ" && x.rel == "mark" || x.form == ";" || x.form == ":" ||
		g.relative(n) || x.lemma == "after" || x.lemma == "before" || x.lemma == "until" || x.lemma == "following"
}

// yearsSince is the year of what happened so many years ago as the clause above
// tells: "next May it will be 65 years since they opened relations".
func (g *graph) yearsSince(n int) record.When {
	s := g.sinceBefore(n)
	if s < 1 || g.nodes[s-1].lemma != "year" {
		return record.When{}
	}
	figure, _, _ := strings.Cut(g.words(g.nodes[s-1].tokens), " ")
	years, err := strconv.Atoi(figure)
	if err != nil || years < 1 {
		return record.When{}
	}
	at := g.doc.published
	for k := s - 1; k >= 0; k-- {
		if w, ok := g.dateAt(k); ok {
			at = w
			break
		}
	}
	y, _, _ := at.Earliest.Date()
	if last, _, _ := at.Latest.Date(); y != last || y <= years {
		return record.When{}
	}
	return record.Year(y - years)
}

// ofAnother reports whether a year tells when something else was, which what is
// dated came after or before: "after the collapse of the regime in 1979".
func (g *graph) ofAnother(n int, w record.When) bool {
	if w.Latest-w.Earliest < 300 {
		return false
	}
	noun := false
	for k := n - 1; k >= 0 && k >= n-9 && g.nodes[k].upos != "VERB" && g.nodes[k].upos != "PUNCT"; k-- {
		noun = noun || g.nodes[k].upos == "NOUN"
		if l := g.nodes[k].lemma; noun && (l == "after" || l == "before" || l == "until" || l == "following") {
			return true
		}
	}
	return false
}

// dateAt is the date at a node, where it tells one.
func (g *graph) dateAt(n int) (record.When, bool) {
	i := g.nodes[n].date
	if i == 0 || g.doc.dates[i-1].Kind == when.Anniversary || g.doc.dates[i-1].Kind == when.Named && !g.inTime(n) {
		return record.When{}, false
	}
	w := g.doc.dateWhen(i-1, g)
	return w, !w.IsZero() && !g.ofAnother(n, w) && !g.remembered(n)
}

// inTime reports whether a named period tells when, and is not what is spoken of:
// "discussed the pandemic".
func (g *graph) inTime(n int) bool {
	if c := g.caseOf(n); c != "" {
		return ofPeriods[c]
	}
	r := g.nodes[n].rel
	return r == "obl" || r == "advmod" || r == "nmod"
}

var ofPeriods = set("in during throughout amid amidst since through after before until within of at")

// remembered reports whether a date is of what an anniversary is kept of: "the
// 75th anniversary of Victory in the Great Patriotic War".
func (g *graph) remembered(n int) bool {
	for k := n - 1; k >= 0 && k >= n-9 && g.nodes[k].upos != "VERB" && g.nodes[k].upos != "PUNCT"; k-- {
		if g.nodes[k].lemma == "anniversary" {
			return k+1 < n && g.nodes[k+1].lemma == "of"
		}
		if i := g.nodes[k].date; i > 0 && g.doc.dates[i-1].Kind == when.Anniversary {
			return true
		}
	}
	return false
}

// ownDate returns the date that hangs on n without another clause between.
func (g *graph) ownDate(n int) (record.When, bool) {
	return g.dateBelow(n, 0)
}

func (g *graph) dateBelow(n, depth int) (record.When, bool) {
	if depth > 4 {
		return record.When{}, false
	}
	for _, k := range g.nodes[n].kids {
		x := &g.nodes[k]
		if c := g.caseOf(k); c == "after" || c == "before" || c == "until" || x.lemma == "anniversary" {
			continue // not when, but after, before or in memory of what
		}
		if x.date > 0 {
			if w, ok := g.dateAt(k); ok {
				return w, true
			}
			continue
		}
		switch x.rel {
		case "ccomp", "acl:relcl", "parataxis", "csubj":
			continue
		case "conj", "advcl":
			if x.upos == "VERB" {
				continue
			}
		case "acl", "xcomp":
			if g.nodes[n].upos != "VERB" {
				continue
			}
		}
		if w, ok := g.dateBelow(k, depth+1); ok {
			return w, true
		}
	}
	return record.When{}, false
}

// clauseDate climbs from n and takes the first date that hangs on a governing
// clause; it does not leave what somebody says.
func (g *graph) clauseDate(n int) (record.When, bool) {
	cur := n
	for steps := 0; steps < 30; steps++ {
		gov := g.nodes[cur].gov
		if gov < 0 {
			break
		}
		if r := g.nodes[cur].rel; r == "ccomp" || r == "parataxis" || r == "acl:relcl" {
			return record.When{}, false
		}
		if w, ok := g.directDate(gov, cur); ok {
			return w, true
		}
		cur = gov
	}
	return record.When{}, false
}

// directDate looks for a date that hangs on n itself, outside the branch that
// the climb came from.
func (g *graph) directDate(n, from int) (record.When, bool) {
	for _, k := range g.nodes[n].kids {
		if k == from {
			continue
		}
		x := &g.nodes[k]
		if c := g.caseOf(k); c == "after" || c == "before" || c == "until" {
			continue
		}
		if w, ok := g.dateAt(k); ok {
			return w, true
		}
		if x.rel == "obl" || x.rel == "advmod" || x.rel == "nmod" {
			for _, kk := range x.kids {
				if w, ok := g.dateAt(kk); ok && x.lemma != "anniversary" {
					return w, true
				}
			}
		}
	}
	return record.When{}, false
}

// defaultDate is the date of what is told with none: news of the day for the
// simple past and present, nothing for what had happened before.
func (g *graph) defaultDate(m *match, st status) record.When {
	p := g.doc.day()
	if p.IsZero() {
		return p
	}
	if m.frame.Phase == record.Holds {
		return p
	}
	if st.pluperfect {
		return record.When{}
	}
	if m.frame.Phase != record.Occurs && !st.past && !st.perfect {
		return record.When{}
	}
	if g.nominal(m.trigger) && g.light(m.trigger) < 0 {
		return record.When{}
	}
	if m.frame.Phase == record.Occurs && !st.present && !st.future {
		return g.doc.newsDay()
	}
	return p
}

// A report tells at its head when that was of which it is news.
const (
	newsHead = 6 // sentences
	newsAge  = 6 // days before publication
)

// newsDay is the day of what a report tells as its news: the first day that its
// head gives, of the last before publication; the day of publication where it gives
// none, or two in a sentence.
func (d *document) newsDay() record.When {
	at := -1
	day := d.day()
	for _, e := range d.dates {
		s := d.sentenceOf(e.Tokens.Start)
		if s >= newsHead || at >= 0 && s > at {
			break
		}
		w := e.When
		if e.Precision != when.ByDay || w.Earliest != w.Latest || w.Earliest > d.published.Latest || d.published.Earliest-w.Earliest > newsAge ||
			e.Attributive || e.Kind == when.Dateline || e.Prep != "" && e.Prep != "on" {
			continue
		}
		if far := e.Tokens.Start-d.text.Sents[s].Start > 2; e.Kind == when.Absolute && (far || w == d.published) {
			continue // of what else it tells, or when it was published
		}
		if at >= 0 && w != day {
			return d.day()
		}
		at, day = s, w
	}
	return day
}

func (g *graph) nominal(n int) bool {
	u := g.nodes[n].upos
	return (u == "NOUN" || u == "PROPN") && g.kid(n, "cop") < 0
}

// dateWhen resolves date i of the document; one that leans on another leans on
// the last absolute date before it.
func (d *document) dateWhen(i int, g *graph) record.When {
	e := d.dates[i]
	if !e.When.IsZero() {
		return e.When
	}
	for j := i - 1; j >= 0 && j > i-8; j-- {
		if !d.dates[j].When.IsZero() {
			return when.Resolve(e, d.dates[j].When)
		}
	}
	return record.When{}
}

// day is the day of publication, zero where it is not told to the month.
func (d *document) day() record.When {
	if p := d.published; p.Latest-p.Earliest <= 31 {
		return p
	}
	return record.When{}
}

// anniversary is when that began of which the sentence tells an anniversary:
// "the 70th anniversary of the establishment of relations".
func (g *graph) anniversary(m *match) record.When {
	if m.frame.Phase != record.Begins {
		return record.When{}
	}
	for n := range g.nodes {
		i := g.nodes[n].date
		if i == 0 || g.doc.dates[i-1].Kind != when.Anniversary {
			continue
		}
		if g.within(m.trigger, n) || g.within(n, m.trigger) {
			return g.doc.dateWhen(i-1, g)
		}
	}
	return record.When{}
}
