// Package when finds the dates of English news and resolves them: absolute
// ones, those relative to publication, those that lean on another date, named
// periods, spans and anniversaries. What the words leave open stays open: a
// pair of days, or nothing.
//
// It looks at words and figures alone, not at trees, and splits them itself, so
// that it does not depend on how a tokeniser treats "mid-March" or "Sept.".
package when

import (
	"demarche/record"
	"demarche/text"
)

// Kind is the sort of an expression.
type Kind uint8

// The kinds of expressions.
const (
	Absolute    Kind = iota + 1 // "13 October 2020", "in 1956", "the 1990s", "Oct. 13"
	Relative                    // to publication: "yesterday", "last month", "two weeks ago", "now"
	Anaphoric                   // to another date in the text: "the same day", "two years later", "on the 7th"
	Named                       // a period with a name: "the Khmer Rouge regime"
	Weekday                     // "on Tuesday", "last Friday"
	Duration                    // "for three years", "over the last decade"
	Anniversary                 // "the 65th anniversary": When is that of the event
	Repeated                    // "every year", "on Mondays": no one date
	Dateline                    // the date at the head of an agency report
)

var kindNames = [...]string{"", "absolute", "relative", "anaphoric", "named", "weekday", "duration", "anniversary", "repeated", "dateline"}

// String names the kind in lower case.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Precision is the unit in which an expression speaks, not how well it is
// resolved: "two years later" speaks in years.
type Precision uint8

// The precisions, from fine to coarse. ByNothing is that of an expression with
// no unit, such as "recently".
const (
	ByNothing Precision = iota
	ByDay
	ByWeek
	ByMonth
	BySeason
	ByYear
	ByDecade
	ByCentury
)

// Expr is one expression of time in a document.
type Expr struct {
	Tokens text.Span   // token range in the document, without the preposition
	When   record.When // as news means it; zero where only another date or nothing tells
	Past   record.When // the latest reading not after publication; zero where there is no choice
	Future record.When // the next reading not before publication; zero where there is no choice
	Start  record.When // of a span with two ends ("from 1975 to 1979"): its beginning
	End    record.When // and its end

	Kind        Kind
	Precision   Precision
	Prep        string // the preposition before it in lower case: "since", "until", "by", ...; "" for none
	Flag        string // what contradicts itself: "13 October 2020 is no Monday"
	Approx      bool   // "about", "nearly", "more than"; or a figure that can be read in two ways
	Attributive bool   // a year that qualifies a noun: "the 1972 treaty"
	Years       int    // of an Anniversary: how many years after the event

	lean lean
}

// Leans reports whether the expression needs another date to resolve.
func (e Expr) Leans() bool { return e.lean.op != opNone }

// Period is a time with a name, from the almanac.
type Period struct {
	Wordings []string // in any case, without a leading article
	When     record.When
}

// Finder finds dates with a set of named periods. It is safe for use by several
// goroutines.
type Finder struct {
	periods map[string][]wording // by first word in lower case
}

// New makes a finder that knows the given periods.
func New(periods []Period) *Finder {
	return &Finder{periods: indexPeriods(periods)}
}

// Find is New(periods).Find(doc, published); for many documents make the Finder
// once.
func Find(doc *text.Doc, published record.When, periods []Period) []Expr {
	return New(periods).Find(doc, published)
}

// Find returns the expressions of time in a document, in order and not
// overlapping. published may be a day, a month, a year or zero; what is
// relative to a day that it does not tell stays unresolved. It takes time linear
// in the length of the document.
func (f *Finder) Find(doc *text.Doc, published record.When) []Expr {
	p := parser{finder: f, src: doc.Source, pub: published}
	s := story{pub: published}
	var out []Expr
	for i, sent := range doc.Sents {
		if sent.Start >= sent.End {
			continue
		}
		from, to := doc.Tokens[sent.Start].Start, doc.Tokens[sent.End-1].End
		if !p.load(from, to) {
			continue
		}
		out = s.settle(out, p.sentence(), i, &p, tokenMap{doc, sent, sent.Start})
	}
	return out
}

// tokenMap turns byte ranges into token ranges; ranges must come in order.
type tokenMap struct {
	doc  *text.Doc
	sent text.Span
	at   int
}

func (m *tokenMap) span(start, end int) text.Span {
	for m.at < m.sent.End-1 && m.doc.Tokens[m.at].End <= start {
		m.at++
	}
	last := m.at
	for last < m.sent.End-1 && m.doc.Tokens[last+1].Start < end {
		last++
	}
	return text.Span{Start: m.at, End: last + 1}
}
