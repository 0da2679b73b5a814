package when

// anaphor reads what is told from another date.
func (p *parser) anaphor(i int) (reading, bool) {
	x := p.at(i)
	if x.lex.class != cOther && !(x.kind == aNumber && x.ordinal) {
		return reading{}, false
	}
	switch {
	case x.ordinal:
		return p.theDay(i)
	case p.is(i, "then") && p.is(i-1, "since", "by", "until", "till", "before", "from"):
		return reading{lean: lean{op: opThen}, kind: Anaphoric, to: i + 1}, true
	case p.is(i, "the", "that") && p.is(i+1, "time") && p.is(i-1, "at", "by", "since", "until") && !p.is(i+2, "of"):
		return reading{lean: lean{op: opThen, n: askOnly}, kind: Anaphoric, to: i + 2}, true
	case p.is(i, "that"):
		return p.same(p.opt(p.opt(i+1, "very"), "same"))
	case p.is(i, "the"):
		return p.definite(i + 1)
	}
	return reading{}, false
}

// askOnly marks "at the time": it is too loose to resolve unasked.
const askOnly = 1

// theDay reads "the 7th" at its figure.
func (p *parser) theDay(i int) (reading, bool) {
	x := p.at(i)
	if !p.is(i-1, "the") || x.val < 1 || x.val > 31 || p.nounAfter(i+1) || p.at(i+1).kind == aDash || p.is(i+1, "of") || p.mark(i+1, '\'') {
		return reading{}, false
	}
	if !p.is(i-2, "on", "by", "since", "until", "before", "after", "from", "and", "of") {
		return reading{}, false
	}
	return reading{lean: lean{op: opThe, fields: fields{day: x.val}}, kind: Anaphoric, prec: ByDay, to: i + 1}, true
}

// same reads the unit of "that year", "the same day" at i; "that May".
func (p *parser) same(i int) (reading, bool) {
	r := reading{lean: lean{op: opSame}, kind: Anaphoric}
	u := unit(p.at(i).lex.n)
	switch p.class(i) {
	case cUnit:
		if p.singular(i) && !(p.is(i+1, "in", "of") && p.class(i+2) == cMonth) {
			r.unit, r.prec, r.to = u, u.precision(), i+1
			return r, true
		}
	case cMonth, cSeason, cWeekday:
		r.op = opOf
		if p.class(i) == cWeekday {
			r.op = opNext
		}
		r.to = p.monthish(i, &r.fields)
		r.prec = r.fields.precision()
		return r, r.to > i
	}
	if p.is(i, "date") {
		r.unit, r.prec, r.to = uDay, ByDay, i+1
		return r, true
	}
	return reading{}, false
}

// weekend is that of news: the last that is over or under way.
func (p *parser) weekend(to int) reading {
	n := -1
	if !p.pub.IsZero() && isoWeekday(p.pub.Latest) >= 6 {
		n = 0
	}
	return reading{lean: lean{op: opUnit, unit: uWeekend, n: n}, kind: Relative, prec: ByDay, to: to}
}

func (p *parser) singular(i int) bool {
	t := p.text(i)
	return t[len(t)-1] != 's'
}

// monthish reads a month, a season or a weekday without more.
func (p *parser) monthish(i int, f *fields) int {
	x := p.at(i)
	switch x.lex.class {
	case cSeason:
		f.season = x.lex.n
		return i + 1
	case cWeekday:
		if x.lex.abbrev {
			return i
		}
		f.weekday = x.lex.n
		return i + 1
	case cMonth:
		if x.lex.abbrev || !x.capital {
			return i
		}
		f.month = x.lex.n
		return i + 1
	}
	return i
}

// definite reads what follows "the": "same day", "following year", "next
// January", "day before".
func (p *parser) definite(i int) (reading, bool) {
	switch {
	case p.is(i, "weekend") && p.is(i-2, "at", "over", "on"):
		return p.weekend(i + 1), true
	case p.is(i, "week") && p.at(i+1).kind == aDash && p.is(i+2, "end") && p.is(i-2, "at", "over", "on"):
		return p.weekend(i + 3), true
	case p.is(i, "same"), p.is(i, "very") && p.is(i+1, "same"):
		if p.is(i-2, "and") {
			return reading{}, false
		}
		return p.same(p.opt(p.opt(i, "very"), "same"))
	case p.is(i, "following", "next", "ensuing"):
		return p.adjacent(i+1, 1)
	case p.is(i, "previous", "preceding"):
		return p.adjacent(i+1, -1)
	case p.class(i) == cUnit && p.singular(i) && p.is(i+1, "before", "after", "following", "previous") && p.closes(p.opt(i+2, "that")):
		n := 1
		if p.is(i+1, "before", "previous") {
			n = -1
		}
		return p.shift(i, p.opt(i+2, "that"), n), true
	}
	return reading{}, false
}

// adjacent reads a unit, month, season or weekday next to another date.
func (p *parser) adjacent(i, n int) (reading, bool) {
	if p.class(i) == cUnit && p.singular(i) && !p.is(i+1, "of") {
		return p.shift(i, i+1, n), true
	}
	r := reading{lean: lean{op: opNext, n: n}, kind: Anaphoric}
	r.to = p.monthish(i, &r.fields)
	r.prec = r.fields.precision()
	return r, r.to > i
}

func (p *parser) shift(i, to, n int) reading {
	u := unit(p.at(i).lex.n)
	return reading{lean: lean{op: opShift, unit: u, n: n}, kind: Anaphoric, prec: u.precision(), to: to}
}
