package when

import "demarche/record"

// op is how an expression comes to its date.
type op uint8

const (
	opNone   op = iota
	opNever     // no one date: durations, "every year", "recently"
	opFields    // a date of the calendar, perhaps without its year
	opUnit      // the unit around publication, shifted by n: "last month"
	opPart      // the part of such a unit up to publication, or from it on
	opAgo       // n units before publication; after it where n is negative
	opToday     // n units ago to the day: "ten years ago today"
	opWindow    // the n units up to publication; from it on where n is negative
	opNow       // the time of publication
	opGiven     // known: a named period
	opSpan      // from one reading to another
	opYears     // an anniversary
	opFrom      // n units from a date told with it: "two days after 25 March 1979"
	// The rest lean on another date.
	opBare  // the next such date from the other on: "January 8"
	opOf    // the calendar fields within the other's year, shifted: "in May of the following year"
	opNext  // the next such month, season or weekday after the other: "the following February"
	opSame  // the unit around the other: "the same day", "that year"
	opShift // n units from the other: "two years later"
	opThe   // a day of the other's month: "the 7th"
	opThen  // the other: "since then"
)

// lean is what resolving an expression against another date takes.
type lean struct {
	op     op
	n      int
	unit   unit
	fields fields
}

// reading is an expression as read, before its context resolves it.
type reading struct {
	lean
	from, to int // atoms
	kind     Kind
	prec     Precision
	other    fields      // the second reading of figures such as 3/4/2020
	given    record.When // with opGiven
	ends     []reading   // with opSpan: its two ends
	prep     string
	approx   bool
	attrib   bool
	aside    bool // stands in a clause of "which" or "who"
	tense    int  // -1 past, 1 future, 0 not told
	dateline bool
}

// sentence reads all expressions of the loaded sentence.
func (p *parser) sentence() []reading {
	var out []reading
	for i := 0; i < len(p.a); {
		r, ok := p.read(i)
		if !ok {
			i++
			continue
		}
		i = r.to
		if r.kind != 0 {
			p.surround(&r)
			out = append(out, r)
		}
	}
	borrow(p, out)
	return out
}

// read reads the expression that begins at atom i. One of kind 0 is skipped: it
// has the look of a date and is none.
func (p *parser) read(i int) (reading, bool) {
	r, ok := p.single(i)
	if !ok || r.kind == 0 {
		return r, ok
	}
	return p.extend(r), true
}

// single reads one expression without looking for the other end of a span.
func (p *parser) single(i int) (reading, bool) {
	x := p.at(i)
	if x.kind == aMark || x.kind == aDash || x.kind == aWord && x.lex.class == cNone && !p.periodWord(x) && !p.opens(x) {
		return reading{}, false
	}
	for _, read := range [...]func(*parser, int) (reading, bool){(*parser).named, (*parser).anniversary, (*parser).repeated, (*parser).weekday,
		(*parser).relative, (*parser).anaphor, (*parser).length, (*parser).calendar} {
		if r, ok := read(p, i); ok {
			r.from = i
			return r, true
		}
	}
	return reading{}, false
}

// extend reads on to the second end of a span: "from 1975 to 1979", "between May
// and July", "November 30 - December 2".
func (p *parser) extend(r reading) reading {
	between, from := p.is(r.from-1, "between"), p.is(r.from-1, "from")
	if p.is(r.from-1, "early", "late", "the", "about", "around") {
		between, from = between || p.is(r.from-2, "between"), from || p.is(r.from-2, "from")
	}
	j := r.to
	switch {
	case between && p.is(j, "and"), from && p.is(j, "to", "until", "till", "through"):
	case p.at(j).kind == aDash && r.op == opFields && (r.fields.day > 0 || r.fields.month > 0):
	default:
		return r
	}
	second, ok := p.single(p.opt(j+1, "the"))
	if !ok || second.kind == 0 || second.op == opNever || r.op == opNever || p.at(j).kind == aDash && (second.op != opFields || second.fields.weekday > 0) {
		return r
	}
	lendYear(&r, &second)
	return reading{lean: lean{op: opSpan}, from: r.from, to: second.to, kind: r.kind, prec: r.prec, ends: []reading{r, second}}
}

// lendYear gives the first of two dates the year of the second.
func lendYear(a, b *reading) {
	f, g := &a.fields, b.fields
	if a.op != opFields || b.op != opFields || !f.bare() || f.weekday > 0 || g.bare() {
		return
	}
	f.year, f.relYear, f.anaYear, f.yearShift = g.year, g.relYear, g.anaYear, g.yearShift
	if f.month > g.month && g.month > 0 {
		f.year, f.yearShift = f.year-1, f.yearShift-1
	}
}

// borrow lends years in lists: "in March and April 2020".
func borrow(p *parser, rs []reading) {
	for i := len(rs) - 2; i >= 0; i-- {
		a, b := &rs[i], &rs[i+1]
		gap := b.from - a.to
		if gap < 1 || gap > 2 || !p.is(a.to, "and", "or", "to") && !p.mark(a.to, ',') {
			continue
		}
		if gap == 2 && !p.in(b.from-1, preps) {
			continue
		}
		if b.op == opFields && b.fields.month > 0 {
			lendYear(a, b)
		}
	}
}

// named reads a period of the almanac, the longest that fits.
func (p *parser) named(i int) (reading, bool) {
	x := p.at(i)
	if x.kind == aMark || p.finder == nil {
		return reading{}, false
	}
	best := reading{lean: lean{op: opGiven}, kind: Named, prec: ByYear}
	for _, w := range p.finder.periods[string(p.lower(x))] {
		if j := i + len(w.words); j > best.to && p.matches(i, w.words) {
			best.to, best.given = j, w.when
		}
	}
	return best, best.to > i
}

// opens reports whether a word of no class can begin a date: New Year, Q1.
func (p *parser) opens(x *atom) bool { return x.capital && (x.end-x.start == 2 || x.end-x.start == 3) }

func (p *parser) matches(i int, words []string) bool {
	for k, w := range words {
		if !p.is(i+k, w) {
			return false
		}
	}
	return true
}

// periodWord reports whether a named period can begin with x.
func (p *parser) periodWord(x *atom) bool {
	return p.finder != nil && len(p.finder.periods[string(p.lower(x))]) > 0
}

// wording is one name of a period, split as text is.
type wording struct {
	words []string
	when  record.When
}

func indexPeriods(periods []Period) map[string][]wording {
	m := map[string][]wording{}
	for _, period := range periods {
		for _, name := range period.Wordings {
			p := parser{src: name}
			p.load(0, len(name))
			var words []string
			for i := range p.a {
				words = append(words, p.text(i))
			}
			if len(words) == 0 {
				continue
			}
			if first := string(p.lower(&p.a[0])); first != "" {
				m[first] = append(m[first], wording{words, period.When})
			}
		}
	}
	return m
}

// calendar reads dates of the calendar with all their parts.
func (p *parser) calendar(i int) (reading, bool) {
	r := reading{lean: lean{op: opFields}, kind: Absolute}
	if a, b, j := p.numeric(i); j > i {
		r.fields, r.other, r.to, r.prec, r.approx = a, b, j, ByDay, b.day > 0
		return r, true
	}
	if j := p.feast(i, &r.fields); j > i {
		r.to, r.prec = j, ByDay
		return r, true
	}
	pt, j := p.part(i)
	k := p.plain(j, &r.fields)
	if k == j {
		return p.partOfUnit(pt, j)
	}
	r.fields.part, r.to = pt, k
	return p.checked(r)
}

// checked refuses impossible days, keeping their words from being read otherwise.
func (p *parser) checked(r reading) (reading, bool) {
	if !r.fields.valid() {
		return reading{to: r.to}, true
	}
	r.prec = r.fields.precision()
	if p.mark(r.to, '(') && p.class(r.to+1) == cWeekday && p.mark(r.to+2, ')') {
		r.fields.weekday, r.to = p.at(r.to+1).lex.n, r.to+3
	}
	return r, true
}

// partOfUnit reads "the end of the year", "early last month" after its part.
func (p *parser) partOfUnit(pt part, j int) (reading, bool) {
	if pt == whole {
		return reading{}, false
	}
	shift, k := 0, j
	switch {
	case p.is(j, "last"):
		shift, k = -1, j+1
	case p.is(j, "next"):
		shift, k = 1, j+1
	case p.is(j, "this"):
		k = j + 1
	case p.is(j-1, "the") || p.is(j-1, "year") && p.is(j-2, "the"):
	default:
		return reading{}, false
	}
	if p.is(j-1, "year") {
		k--
	}
	u := unit(p.at(k).lex.n)
	if p.class(k) != cUnit || u != uYear && u != uMonth && u != uDecade && u != uCentury {
		return reading{}, false
	}
	r := reading{lean: lean{op: opUnit, n: shift, unit: u, fields: fields{part: pt}}, kind: Relative, prec: u.precision(), to: k + 1}
	return r, true
}

// feast reads Christmas, New Year's Day and 9/11.
func (p *parser) feast(i int, f *fields) int {
	switch {
	case p.is(i, "the") && p.is(i+1, "eve") && p.is(i+2, "of"):
		return p.eveOf(i, f)
	case p.is(i, "New") && p.is(i+1, "Year") && p.mark(i+2, '\'') && p.is(i+3, "s") && p.is(i+4, "Day"):
		f.month, f.day = 1, 1
		return p.year(i+5, f)
	case p.is(i, "New") && p.is(i+1, "Year") && p.mark(i+2, '\'') && p.is(i+3, "s") && p.is(i+4, "Eve"):
		f.month, f.day = 12, 31
		return p.year(i+5, f)
	case p.at(i).kind == aNumber && p.at(i).val == 9 && p.mark(i+1, '/') && p.at(i+2).val == 11 && p.at(i+2).digits == 2 && !p.mark(i+3, '/'):
		f.year, f.month, f.day = 2001, 9, 11
		return i + 3
	case p.class(i) != cFeast || !p.at(i).capital:
		return i
	}
	f.month, f.day = 12, 25
	j := p.opt(i+1, "Day")
	if p.is(i+1, "Eve") {
		f.day, j = 24, i+2
	} else if j == i+1 && p.at(j).capital {
		*f = fields{}
		return i
	}
	return p.year(j, f)
}

// eveOf reads "the eve of" a day.
func (p *parser) eveOf(i int, f *fields) int {
	j := i + 3
	if !p.is(j, "the") {
		j = p.feast(j, f)
	}
	if j == i+3 {
		j = p.monthDay(i+3, f)
	}
	if j == i+3 || f.day == 0 || f.toDay > 0 || !f.valid() {
		*f = fields{}
		return i
	}
	f.eve = true
	return j
}
