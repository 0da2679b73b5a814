package brief

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"demarche/almanac"
	"demarche/record"
	"demarche/store"
)

// Compose puts a note on a and b together from the record, as of Clocks.On. a
// and b are names as claims have them. Every line rests on claims and carries
// their footnotes; what the record does not tell is left out.
func Compose(ctx context.Context, q store.Questions, alm *almanac.Almanac, a, b string, clocks record.Clocks) (*Note, error) {
	c := &composer{ctx: ctx, q: q, almanac: alm, a: a, b: b, clocks: clocks, on: clocks.On.Latest, words: Words{Name: label(alm)},
		texts: map[record.DocumentID]string{}, numbers: map[string]int{}}
	c.note = &Note{Title: c.words.Name(a) + " and " + c.words.Name(b), AsOf: "As of " + Date(clocks.On), Clocks: clocksInWords(clocks)}
	for _, section := range []func() (Section, error){
		c.relations, c.people, c.contacts, c.requests, c.agreements, c.organisations, c.debts, c.events, c.disagreements, c.anniversaries,
	} {
		s, err := section()
		if err != nil {
			return nil, err
		}
		c.citeLines(s.Lines)
		c.note.Sections = append(c.note.Sections, s)
	}
	c.note.number()
	return c.note, c.err
}

// label names polities for people; bodies keep their acronyms.
func label(alm *almanac.Almanac) func(string) string {
	return func(id string) string {
		if p := alm.Polity(id); p != nil {
			return p.Name
		}
		return id
	}
}

func clocksInWords(c record.Clocks) string {
	s := "From all documents on record"
	if c.PublishedBy != 0 {
		s = "From documents published by " + day(c.PublishedBy)
	}
	if !c.KnownBy.IsZero() {
		s += ", as known to the record on " + day(record.DayOf(c.KnownBy.Time().Date()))
	}
	return s + "."
}

// composer is a note in the making.
type composer struct {
	ctx     context.Context
	q       store.Questions
	almanac *almanac.Almanac
	a, b    string
	clocks  record.Clocks
	on      record.Day
	words   Words
	note    *Note
	texts   map[record.DocumentID]string
	numbers map[string]int // footnotes by document and sentence
	clashes []*record.Conflict
	acted   []*record.Stated // the acts between the two, once looked for
	looked  bool
	err     error // the first text that could not be had
}

// most bounds the lines of a section; what is left out is counted.
const most = 8

// cut keeps so many lines of a section and says how many were left out.
func cut(lines []Line, n int, what string) []Line {
	if len(lines) <= n {
		return lines
	}
	rest := lines[n:]
	kept := slices.Clone(lines[:n])
	for _, l := range rest { // a line without claims says nothing of its own
		if len(l.claims) > 0 {
			return append(kept, Line{Text: fmt.Sprintf("and %d more %s on record", len(rest), what), claims: first(l.claims)})
		}
	}
	return kept
}

// first is the first claim, as a list.
func first(claims []*record.Stated) []*record.Stated { return claims[:min(1, len(claims))] }

// relations tells how relations stand and how they came to: established, cut
// and resumed, recognition, missions, with what a predecessor had.
func (c *composer) relations() (Section, error) {
	s := Section{Heading: "Relations", Empty: "Nothing on record on relations between the two."}
	ts, err := c.q.Relations(c.ctx, c.a, c.b, c.clocks)
	if err != nil {
		return s, err
	}
	for _, t := range ts {
		if line, ok := c.standing(t); ok {
			s.Lines = append(s.Lines, line)
		}
		s.Lines = append(s.Lines, c.history(t, "")...)
	}
	for _, kind := range []record.Kind{record.Recognition, record.Mission, record.Succession} {
		more, err := c.q.States(c.ctx, kind, c.a, c.b, c.clocks)
		if err != nil {
			return s, err
		}
		for _, t := range more {
			s.Lines = append(s.Lines, c.history(t, "")...)
		}
	}
	s.Lines = cut(distinct(s.Lines), 12, "lines on relations")
	return s, nil
}

// distinct leaves out lines that say what one before them says.
func distinct(lines []Line) []Line {
	seen := map[string]bool{}
	return slices.DeleteFunc(lines, func(l Line) bool {
		key := l.Date + "|" + l.Text
		again := seen[key]
		seen[key] = true
		return again
	})
}

// standing says how relations stand on the day.
func (c *composer) standing(t *record.Timeline) (Line, bool) {
	now := t.Now
	text := map[record.Truth]string{record.Yes: "in place", record.Possibly: "possibly in place", record.No: "not in place"}[now.Truth]
	if text == "" || len(now.Support)+len(now.Against) == 0 {
		return Line{}, false
	}
	core := record.Core{Kind: t.Kind, Roles: t.Roles}
	l := Line{Text: capital(c.words.Thing(&core)) + ": " + text, claims: slices.Concat(now.Support, now.Against)}
	if now.Inherited != "" {
		l.Mark = "inherited from " + c.words.Name(now.Inherited)
	}
	return l, true
}

// history tells the events of a timeline, its predecessors' first.
func (c *composer) history(t *record.Timeline, from string) []Line {
	var out []Line
	for _, in := range t.Inherited {
		out = append(out, c.history(in.Timeline, in.From)...)
		if len(in.By) > 0 && from == "" {
			by := in.By[0]
			out = append(out, Line{Date: Date(by.When), Text: c.words.Claim(&by.Core), claims: in.By})
		}
	}
	c.clashes = append(c.clashes, t.Conflicts...)
	mark := ""
	if from != "" {
		mark = "inherited from " + c.words.Name(from)
	}
	for i, span := range t.Spans {
		for _, group := range sameEvent(append(slices.Clone(span.Support), span.Closed...)) {
			first := group[0]
			if first.Phase == record.Holds && i+1 <= len(t.Spans) && len(span.Support) > 1 && first.When == first.Document.Published {
				continue // seen to be so still: the standing says that
			}
			text := c.words.Claim(&first.Core)
			if i > 0 && first.Phase == record.Begins && t.Kind == record.Relations {
				text = strings.Replace(text, "established", "resumed", 1)
			}
			out = append(out, c.line(text, mark, group...))
		}
	}
	for _, d := range t.Denied {
		out = append(out, c.line(c.words.Claim(&d.Core), mark, d))
	}
	return out
}

// sameEvent groups claims of one phase with the same date.
func sameEvent(claims []*record.Stated) [][]*record.Stated {
	var out [][]*record.Stated
	for _, s := range claims {
		i := slices.IndexFunc(out, func(g []*record.Stated) bool { return g[0].Phase == s.Phase && g[0].When == s.When })
		if i < 0 {
			out = append(out, []*record.Stated{s})
			continue
		}
		out[i] = append(out[i], s)
	}
	return out
}

// line is a line for claims that say the same.
func (c *composer) line(text, mark string, claims ...*record.Stated) Line {
	first := claims[0]
	l := Line{Date: Date(first.When), Text: text, Mark: mark, claims: claims}
	if first.When.IsZero() {
		l.Date = "undated"
	}
	if m := doubt(claims); m != "" {
		l.Mark = strings.Trim(l.Mark+"; "+m, "; ")
	}
	return l
}

// doubt says how sure the reading is, where it is not.
func doubt(claims []*record.Stated) string {
	for _, s := range claims {
		if s.Accepted || s.Preferred || s.Corrected || s.Confidence == 0 || s.Confidence >= 0.7 {
			return ""
		}
	}
	return "unsure reading"
}

// debts are what one owes the other, figures apart, with their events.
func (c *composer) debts() (Section, error) {
	s := Section{Heading: "Debts", Empty: "No debt on record between the two."}
	accounts, err := c.q.Debts(c.ctx, c.a, c.b, c.clocks)
	for _, acc := range accounts {
		for _, f := range acc.Figures {
			l := c.line(fmt.Sprintf("%s owes %s %s", c.words.Name(acc.Debtor), c.words.Name(acc.Creditor), Money(f.Amount, f.Currency)), "", f.Claim)
			l.Mark = strings.Trim(fmt.Sprintf("says %s, the %s; %s", c.words.Name(f.Claimant), f.Party, l.Mark), "; ")
			if f.Party == record.ByOther {
				l.Mark = strings.Trim("says "+c.words.Name(f.Claimant), "; ")
			}
			s.Lines = append(s.Lines, l)
		}
		if len(acc.Figures) == 0 && acc.Timeline != nil && len(acc.Timeline.Now.Support) > 0 {
			s.Lines = append(s.Lines, Line{Text: c.words.Name(acc.Debtor) + " owes " + c.words.Name(acc.Creditor) + ", amount not told", claims: acc.Timeline.Now.Support})
		}
		for _, e := range acc.Events {
			s.Lines = append(s.Lines, c.line(c.words.Claim(&e.Core), "", e))
		}
	}
	s.Lines = cut(s.Lines, most, "lines on debts")
	return s, err
}

// recent is for how many days an act counts as a recent event.
const recent = 730

// events are other acts between the two of the last two years.
func (c *composer) events() (Section, error) {
	s := Section{Heading: "Recent events"}
	claims, err := c.between(func(s *record.Stated) bool {
		switch s.Kind {
		case record.Consult, record.Agree, record.Request:
			return false
		}
		return s.When.Latest >= c.on-recent
	})
	s.Lines = cut(c.acts(claims), most, "events")
	return s, err
}

// mostSides bounds the sides of a disagreement that the note tells.
const mostSides = 5

// disagreements are where the sources of what the note rests on contradict each
// other.
func (c *composer) disagreements() (Section, error) {
	s := Section{Heading: "Where sources disagree"}
	seen := map[*record.Conflict]bool{}
	for _, x := range c.clashes {
		if seen[x] || x.Settled != nil || !c.concerns(x) {
			continue
		}
		seen[x] = true
		core := record.Core{Kind: x.Kind, Roles: x.Roles}
		l := Line{Text: capital(c.words.Thing(&core)) + ": " + Disagree(x)}
		for i, side := range x.Sides {
			if i == mostSides {
				l.Sub = append(l.Sub, Line{Text: fmt.Sprintf("and %d further accounts on record", len(x.Sides)-i), claims: first(side.Claims)})
				break
			}
			says := cmp.Or(c.words.Name(side.Says), Date(side.When))
			l.Sub = append(l.Sub, Line{Text: fmt.Sprintf("%s, by %s", says, plural(len(side.Origins), "independent origin")), claims: side.Claims})
			l.claims = append(l.claims, side.Claims...)
		}
		s.Lines = append(s.Lines, l)
	}
	s.Lines = cut(s.Lines, 4, "disagreements")
	return s, nil
}

// Disagree says who disagrees in what: "sources disagree on the holder", "one source
// contradicts itself on when it begins".
func Disagree(x *record.Conflict) string {
	who := "sources disagree on "
	if x.Origins() == 1 {
		who = "one source contradicts itself on "
	}
	if strings.HasPrefix(x.About, "when ") || strings.HasPrefix(x.About, "who ") {
		return who + x.About
	}
	return who + "the " + x.About
}

// concerns reports whether a conflict is about one of the two.
func (c *composer) concerns(x *record.Conflict) bool {
	core := record.Core{Kind: x.Kind, Roles: x.Roles}
	names := core.Names()
	return slices.Contains(names, c.a) || slices.Contains(names, c.b)
}

// anniversaries are the round ones within a year of the day.
func (c *composer) anniversaries() (Section, error) {
	s := Section{Heading: "Anniversaries within a year"}
	year, _, _ := c.on.Date()
	for _, y := range []int{year, year + 1} {
		found, err := c.q.Anniversaries(c.ctx, c.a, c.b, y, c.clocks)
		if err != nil {
			return s, err
		}
		for _, a := range found {
			if !a.Round || a.On.Latest < c.on || a.On.Earliest > c.on+366 {
				continue
			}
			core := record.Core{Kind: a.Kind, Roles: a.Of.Roles}
			l := Line{Date: Date(a.On), Text: fmt.Sprintf("%s: %s", plural(a.Years, "year"), c.words.Thing(&core)), claims: a.Claims}
			if a.Inherited != "" {
				l.Mark = "inherited from " + c.words.Name(a.Inherited)
			}
			s.Lines = append(s.Lines, l)
		}
	}
	s.Lines = cut(s.Lines, 6, "anniversaries")
	return s, nil
}
