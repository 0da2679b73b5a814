package when

// decade reads "1990s", "1990's", "the '90s", "the nineties".
func (p *parser) decade(i int, f *fields) int {
	x := p.at(i)
	switch {
	case x.lex.class == cDecade && p.is(i-1, "the", "early", "late", "mid", "middle"), x.lex.class == cDecade && p.at(i-1).kind == aDash && p.is(i-2, "mid"):
		f.year = 1900 + x.lex.n
	case x.kind != aNumber || x.bad || x.val%10 != 0:
		return i
	case x.digits == 4 && x.val >= 1500 && x.val < 2200 && (x.plural || p.mark(i+1, '\'') && p.is(i+2, "s")):
		f.year = x.val
	case x.digits == 2 && x.plural && p.mark(i-1, '\''):
		f.year = 1900 + x.val
	default:
		return i
	}
	f.toYear = f.year + 9
	if x.kind == aNumber && !x.plural {
		return i + 3
	}
	return i + 1
}

// century reads "19th century", "twentieth century".
func (p *parser) century(i int, f *fields) int {
	n, j := p.ordinal(i)
	if p.at(j).kind == aDash {
		j++
	}
	if n < 10 || n > 22 || !p.is(j, "century") {
		return i
	}
	f.year, f.toYear = 100*n-99, 100*n
	return j + 1
}

// ordinal reads "13th", "thirteenth", "sixty-fifth".
func (p *parser) ordinal(i int) (n, next int) {
	x := p.at(i)
	if x.kind == aNumber && x.ordinal {
		return x.val, i + 1
	}
	if x.lex.class == cOrdinal {
		return x.lex.n, i + 1
	}
	if x.lex.class == cNumber && x.lex.n >= 20 && p.at(i+1).kind == aDash && p.class(i+2) == cOrdinal && p.at(i+2).lex.n < 10 {
		return x.lex.n + p.at(i+2).lex.n, i + 3
	}
	return 0, i
}

// cardinal reads "3", "twenty-five", "a" (one).
func (p *parser) cardinal(i int) (n, next int) {
	x := p.at(i)
	switch {
	case x.kind == aNumber && !x.bad && !x.ordinal && !x.plural && x.digits < 4:
		return x.val, i + 1
	case p.is(i, "a", "an"):
		if p.is(i+1, "hundred", "dozen") {
			return p.at(i + 1).lex.n, i + 2
		}
		return 1, i + 1
	case x.lex.class != cNumber:
		return 0, i
	case x.lex.n >= 20 && x.lex.n < 100 && p.at(i+1).kind == aDash && p.class(i+2) == cNumber && p.at(i+2).lex.n < 10:
		return x.lex.n + p.at(i+2).lex.n, i + 3
	}
	return x.lex.n, i + 1
}

// quarter reads "first quarter of 2020", "Q1 2020".
func (p *parser) quarter(i int, f *fields) int {
	if p.is(i, "Q1", "Q2", "Q3", "Q4") {
		f.quarter = int(p.text(i)[1] - '0')
		return p.need(i, p.year(i+1, f), i+1)
	}
	n, j := p.ordinal(i)
	if n < 1 || n > 4 || !p.is(j, "quarter") {
		return i
	}
	f.quarter = n
	return p.need(i, p.year(j+1, f), j+1)
}

// need returns next, or i where nothing was read after from.
func (p *parser) need(i, next, from int) int {
	if next == from {
		return i
	}
	return next
}

// season reads "spring 2014", "the spring of 2014", "autumn last year".
func (p *parser) season(i int, f *fields) int {
	if p.class(i) != cSeason {
		return i
	}
	f.season = p.at(i).lex.n
	return p.need(i, p.year(i+1, f), i+1)
}

// part reads "early", "mid-", "late in", "the end of", "first half of".
func (p *parser) part(i int) (part, int) {
	x := p.at(i)
	if n, j := p.ordinal(i); (n == 1 || n == 2) && p.is(j, "half") && p.is(j+1, "of") {
		return map[bool]part{true: firstHalf, false: secondHalf}[n == 1], p.opt(j+2, "the")
	}
	if x.lex.class != cPart {
		return whole, i
	}
	pt := part(x.lex.n)
	j := i + 1
	switch {
	case p.at(j).kind == aDash:
		j++
	case p.is(j, "of"), p.is(j, "in"):
		j++
	case pt == start || pt == end:
		return whole, i
	}
	j = p.opt(j, "the")
	if p.is(j, "part", "years", "months", "days", "weeks") && p.is(j+1, "of") {
		j += 2
	}
	return pt, p.opt(p.opt(j, "the"), "year")
}

// plain reads a date of the calendar that can be a part's whole: a month, a
// year, a decade, a century, a season.
func (p *parser) plain(i int, f *fields) int {
	for _, read := range [...]func(int, *fields) int{p.decade, p.century, p.quarter, p.season, p.monthDay, p.yearSpan} {
		g := *f
		if j := read(i, &g); j > i {
			*f = g
			return j
		}
	}
	return i
}

// yearSpan reads a year that its surroundings show to be one, or 1993-96.
func (p *parser) yearSpan(i int, f *fields) int {
	if !p.yearLike(i) || !p.isYear(i) {
		return i
	}
	f.year = p.a[i].val
	return i + 1 + p.shortEnd(i+1, f)
}

// shortEnd reads the second half of 1993-96, 2019/20 or 1838-1840 and returns its
// length in atoms.
func (p *parser) shortEnd(i int, f *fields) int {
	if !(p.at(i).kind == aDash || p.mark(i, '/')) || p.at(i).space && !p.at(i+1).space {
		return 0
	}
	x := p.at(i + 1)
	to := x.val
	if x.digits == 2 && !x.ordinal {
		to += f.year / 100 * 100
	} else if !p.yearLike(i + 1) {
		return 0
	}
	if x.kind != aNumber || x.bad || x.plural || to <= f.year || to > f.year+150 || p.at(i+2).kind == aDash && !p.at(i+2).space && p.at(i+3).kind == aNumber {
		return 0
	}
	f.toYear, f.run = to, true
	return 2
}

// isYear reports whether the figure at i is told as a year.
func (p *parser) isYear(i int) bool {
	if p.is(i-1, "about", "around") && p.is(i-2, "in", "by", "since", "until", "from") && !p.in(i+1, counted) {
		return true
	}
	if p.in(i+1, counted) || p.in(i-1, unyear) || p.mark(i+1, '%') {
		return false
	}
	if p.at(i-1).kind == aDash && !p.a[i].space && p.at(i-2).kind == aNumber {
		return false
	}
	v := p.a[i].val
	switch {
	case p.in(i-1, yearCues), p.at(i-1).kind == aDash && p.is(i-2, "mid", "early", "late", "pre", "post"):
		return v >= 1200
	case p.in(i-1, determiners), p.is(i-1, "s") && p.mark(i-2, '\''):
		return v >= 1500 && (p.at(i+1).kind == aWord || p.at(i+1).kind == aDash)
	case v < 1700 || v > 2100:
		return false
	case p.mark(i-1, '('), p.is(i-1, "and", "or") && p.yearLike(i-2), p.mark(i-1, ',') && p.yearLike(i-2):
		return true
	}
	return p.headedYear(i)
}

// headedYear reports whether a figure stands as a year at the end of a heading,
// beside a name, or first in its sentence.
func (p *parser) headedYear(i int) bool {
	next := p.at(i + 1)
	closed := i+1 >= len(p.a) || next.kind == aMark && next.mark != '$' && next.mark != '%' || next.kind == aDash
	if i == 0 || p.a[i-1].kind == aDash && !p.a[i].space && p.at(i-2).kind == aWord {
		return closed || next.kind == aWord
	}
	before := p.at(i - 1)
	named := before.kind == aWord && before.capital && len(p.text(i-1)) > 1 && i-1 > 0
	if named {
		return closed || next.kind == aWord
	}
	return closed && (p.mark(i-1, ',') || before.kind == aDash)
}
