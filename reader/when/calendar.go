package when

import "strings"

// The methods in this file read one piece of a date of the calendar at atom i and
// return the atom after it, or i itself where the piece is not there.

// at returns atom i, or an empty mark beyond the ends.
func (p *parser) at(i int) *atom {
	if i < 0 || i >= len(p.a) {
		return &atom{kind: aMark}
	}
	return &p.a[i]
}

func (p *parser) text(i int) string {
	if i < 0 || i >= len(p.a) {
		return ""
	}
	return p.src[p.a[i].start:p.a[i].end]
}

// is reports whether atom i is one of the words, case aside.
func (p *parser) is(i int, words ...string) bool {
	t := p.text(i)
	for _, w := range words {
		if len(w) == len(t) && strings.EqualFold(w, t) {
			return true
		}
	}
	return false
}

func (p *parser) in(i int, set map[string]bool) bool {
	if i < 0 || i >= len(p.a) || p.a[i].kind != aWord {
		return false
	}
	return set[string(p.lower(&p.a[i]))]
}

func (p *parser) class(i int) class { return p.at(i).lex.class }

func (p *parser) mark(i int, m byte) bool {
	x := p.at(i)
	return x.kind == aMark && x.mark == m
}

// opt skips atom i where it is one of the words.
func (p *parser) opt(i int, words ...string) int {
	if p.is(i, words...) {
		return i + 1
	}
	return i
}

func (p *parser) optMark(i int, m byte) int {
	if p.mark(i, m) {
		return i + 1
	}
	return i
}

// month reads the name of a month. "may" and "march" must be written as names, and
// abbreviations need a figure beside them or a point.
func (p *parser) month(i int, f *fields) int {
	x := p.at(i)
	if x.lex.class != cMonth || !x.capital {
		return i
	}
	j := i + 1
	if x.lex.abbrev {
		j = p.optMark(j, '.')
		if !p.figureBeside(i, j) && !(j > i+1 && p.in(i-1, preps)) {
			return i
		}
	}
	if (x.lex.n == 5 || x.lex.n == 3) && !p.figureBeside(i, j) && !p.monthly(i) {
		return i
	}
	f.month = x.lex.n
	return j
}

func (p *parser) figureBeside(i, j int) bool {
	return p.at(j).kind == aNumber || p.at(i-1).kind == aNumber || p.mark(j, ',') && p.yearLike(j+1) ||
		p.is(i-1, "of") && p.at(i-2).ordinal
}

// monthly reports whether the words around i make a month of "May", which may
// also be a person.
func (p *parser) monthly(i int) bool {
	if p.mark(i+1, '\'') && !p.is(i-1, "last", "next", "this") {
		return false
	}
	if p.is(i-1, "in", "since", "until", "till", "last", "next", "this", "early", "mid", "late", "during", "every", "each") {
		return true
	}
	if p.is(i-1, "by", "from", "of", "before", "after", "between", "through") || p.is(i-1, "to", "and") && p.class(i-2) == cMonth {
		return p.closes(i+1) || p.is(i+1, "last", "this", "next")
	}
	return p.at(i-1).kind == aDash && p.is(i-2, "mid", "early", "late")
}

// day reads the day of a month.
func (p *parser) day(i int) (d, next int) {
	x := p.at(i)
	if x.kind != aNumber || x.bad || x.plural || x.digits > 2 || x.val < 1 || x.val > 31 {
		return 0, i
	}
	if p.clock(i) || p.is(i+1, "am", "pm") {
		return 0, i
	}
	return x.val, i + 1
}

// clock reports whether atom i is a part of a time such as 19:45.
func (p *parser) clock(i int) bool {
	after := p.mark(i+1, ':') && !p.at(i+1).space && p.at(i+2).kind == aNumber && !p.at(i+2).space
	return after || p.mark(i-1, ':') && !p.at(i).space && p.at(i-2).kind == aNumber
}

// toDay reads the end of a run of days: "-22", "to 7". After a month and a day, "to 7
// June" is another date.
func (p *parser) toDay(i, from int, monthFirst bool) (d, next int) {
	if p.at(i).kind != aDash && !p.is(i, "to", "through", "until") {
		return 0, i
	}
	d, j := p.day(i + 1)
	if d <= from || monthFirst && p.class(p.opt(j, "of")) == cMonth {
		return 0, i
	}
	return d, j
}

// yearLike reports whether atom i is a bare figure that can be a year.
func (p *parser) yearLike(i int) bool {
	x := p.at(i)
	if x.kind != aNumber || x.bad || x.plural || x.ordinal || x.digits != 4 || x.val < 1000 || x.val > 2199 {
		return false
	}
	if p.clock(i) || p.mark(i-1, '/') || p.is(i+1, "BC", "BCE") {
		return false
	}
	if p.mark(i+1, '/') && !(p.at(i+2).kind == aNumber && p.at(i+2).digits <= 2) {
		return false
	}
	return true
}

// year reads the year that ends a date, told or by reference.
func (p *parser) year(i int, f *fields) int {
	for _, j := range [...]int{i, p.optMark(i, ','), p.opt(i, "of", "in"), p.optMark(i, '/')} {
		if p.yearLike(j) && !(j == i && p.in(j+1, counted)) {
			f.year = p.a[j].val
			return j + 1
		}
		if k := p.refYear(j, f); k > j {
			return k
		}
	}
	return i
}

// refYear reads "last year", "the following year" after a day or a month.
func (p *parser) refYear(i int, f *fields) int {
	j := p.opt(i, "the", "that")
	j = p.opt(j, "very")
	shift, rel := 0, j == i
	switch {
	case p.is(j, "last"):
		shift = -1
	case p.is(j, "this"):
	case p.is(j, "next"):
		shift = 1
	case p.is(j, "following"), p.is(j, "previous"), p.is(j, "preceding"), p.is(j, "same"):
		rel = false
		shift = map[bool]int{true: 1, false: -1}[p.is(j, "following")]
		if p.is(j, "same") {
			shift = 0
		}
	case p.is(j, "year") && p.is(i, "that"):
		j--
	case p.is(j, "year") && p.is(i, "the") && p.is(j+1, "before", "after"):
		f.anaYear, f.yearShift = true, map[bool]int{true: -1, false: 1}[p.is(j+1, "before")]
		return j + 2
	default:
		return i
	}
	if !p.is(j+1, "year") {
		return i
	}
	f.relYear, f.anaYear, f.yearShift = rel, !rel, shift
	return j + 2
}

// monthDay reads "October 13, 2020", "13 October 2020", "Nov. 20-22", "November
// 2019" and the like.
func (p *parser) monthDay(i int, f *fields) int {
	if d, j := p.day(i); d > 0 {
		if k := p.dayFirst(i, d, j, f); k > j {
			return k
		}
		return i
	}
	j := p.month(i, f)
	if j == i {
		return i
	}
	j = p.opt(j, "the")
	d, k := p.day(j)
	if d == 0 || p.is(k, "century") || p.at(j).ordinal && p.nounAfter(k) {
		return p.year(j, f)
	}
	f.day = d
	f.toDay, k = p.toDay(k, d, true)
	return p.year(k, f)
}

// dayFirst reads a date that begins with its day.
func (p *parser) dayFirst(i, d, j int, f *fields) int {
	to, j := p.toDay(j, d, false)
	j = p.opt(j, "of")
	if p.at(j).kind == aDash && p.class(j+1) == cMonth {
		j++
	}
	k := p.month(j, f)
	if k == j || p.mark(i-1, '$') {
		return i
	}
	f.day, f.toDay = d, to
	if p.at(k).kind == aDash && p.yearLike(k+1) {
		k++
	}
	return p.year(k, f)
}

// nounAfter reports whether atom i is a plain noun, so that an ordinal before it
// counts that noun: "the 7th round".
func (p *parser) nounAfter(i int) bool {
	x := p.at(i)
	return x.kind == aWord && !p.in(i, preps) && !x.lex.isDate() && !p.in(i, following)
}

func (l lexeme) isDate() bool {
	return l.class == cMonth || l.class == cWeekday || l.class == cDay || l.class == cNow
}

// following are words that may follow a day such as "the 7th".
var following = wordSet("the a an and or but when while where that which who he she it they we i his her its their there this had has was were is are did when as last next two " +
	"three both all some no not")

// numeric reads dates in figures: 2020-10-14, 21/10/2020, 14.10.2020. Where day and
// month can be told apart in one way only, the reading is single; else both
// readings come back.
func (p *parser) numeric(i int) (a, b fields, next int) {
	if i+4 >= len(p.a) || p.a[i].kind != aNumber || p.a[i+2].kind != aNumber || p.a[i+4].kind != aNumber {
		return a, b, i
	}
	sep, again := p.separator(i+1), p.separator(i+3)
	x, y, z := p.a[i], p.a[i+2], p.a[i+4]
	if sep == 0 || sep != again || y.space || z.space || y.digits > 2 || x.bad || y.bad || z.bad {
		return a, b, i
	}
	switch {
	case x.digits == 4 && z.digits <= 2:
		a = fields{year: x.val, month: y.val, day: z.val}
	case z.digits == 4 && x.digits <= 2:
		a = fields{year: z.val, month: y.val, day: x.val}
		if sep != '.' {
			b = fields{year: z.val, month: x.val, day: y.val}
		}
	default:
		return a, b, i
	}
	if !a.sane() {
		a, b = b, fields{}
	}
	if !a.sane() {
		return fields{}, fields{}, i
	}
	if !b.sane() || a == b {
		b = fields{}
	}
	return a, b, i + 5
}

func (p *parser) separator(i int) byte {
	x := p.at(i)
	if x.space {
		return 0
	}
	if x.kind == aDash {
		return '-'
	}
	if x.mark == '/' || x.mark == '.' {
		return x.mark
	}
	return 0
}

func (f *fields) sane() bool {
	return f.year >= 1000 && f.year < 2200 && f.month >= 1 && f.month <= 12 && f.day >= 1 && f.valid()
}
