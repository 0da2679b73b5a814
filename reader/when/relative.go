package when

// relative reads what is told from the day of publication.
func (p *parser) relative(i int) (reading, bool) {
	x := p.at(i)
	switch x.lex.class {
	case cDay:
		return p.unitFrom(i, i+1, uDay, x.lex.n), true
	case cNow:
		return reading{lean: lean{op: opNow}, kind: Relative, prec: ByDay, to: i + 1}, true
	case cOther:
	default:
		return reading{}, false
	}
	switch {
	case p.is(i, "the") && p.is(i+1, "day") && p.is(i+2, "before") && p.is(i+3, "yesterday"):
		return p.unitFrom(i, i+4, uDay, -2), true
	case p.is(i, "the") && p.is(i+1, "day") && p.is(i+2, "after") && p.is(i+3, "tomorrow"):
		return p.unitFrom(i, i+4, uDay, 2), true
	case p.is(i, "at") && p.is(i+1, "present"), p.is(i, "these") && p.is(i+1, "days"):
		return reading{lean: lean{op: opNow}, kind: Relative, prec: ByDay, to: i + 2}, true
	case p.is(i, "recently", "lately"):
		return p.vague(i + 1), true
	case p.is(i, "recent") && p.class(i+1) == cUnit:
		return p.vague(i + 2), true
	case p.is(i, "this") && p.is(i+1, "morning", "afternoon", "evening"):
		return p.unitFrom(i, i+2, uDay, 0), true
	case p.is(i, "last") && p.is(i+1, "night"):
		return p.unitFrom(i, i+2, uDay, -1), true
	case p.is(i, "earlier", "later"):
		return p.restOf(i)
	}
	return p.shifted(i)
}

func (p *parser) unitFrom(i, to int, u unit, n int) reading {
	return reading{lean: lean{op: opUnit, unit: u, n: n}, kind: Relative, prec: u.precision(), to: to}
}

func (p *parser) vague(to int) reading {
	return reading{lean: lean{op: opNever}, kind: Relative, approx: true, to: to}
}

// restOf reads "earlier this month", "later this year", "later that year".
func (p *parser) restOf(i int) (reading, bool) {
	j := p.opt(i+1, "in")
	in := j > i+1
	u := unit(p.at(j + 1).lex.n)
	if p.class(j+1) != cUnit || u == uDay && p.is(j, "this") {
		return reading{}, false
	}
	n := 1
	if p.is(i, "earlier") {
		n = -1
	}
	switch {
	case p.is(j, "this"):
		return reading{lean: lean{op: opPart, unit: u, n: n}, kind: Relative, prec: u.precision(), to: j + 2}, true
	case p.is(j, "that"), in && p.is(j, "the"):
		return reading{lean: lean{op: opSame, unit: u}, kind: Anaphoric, prec: u.precision(), to: j + 2}, true
	}
	return reading{}, false
}

// direction is -1 for "last", 1 for "next", 0 for "this".
func (p *parser) direction(i int) (n int, ok bool) {
	switch {
	case p.is(i, "last", "past"):
		return -1, true
	case p.is(i, "next", "coming"):
		return 1, true
	case p.is(i, "this"):
		return 0, true
	}
	return 0, false
}

// shifted reads "last month", "next Tuesday", "this year", "the past two years".
func (p *parser) shifted(i int) (reading, bool) {
	n, ok := p.direction(i)
	if !ok {
		return reading{}, false
	}
	definite := p.is(i-1, "the", "these", "those")
	if r, ok := p.window(i, n, definite); ok {
		return r, true
	}
	if definite || p.is(i, "past", "coming") || p.is(i+2, "of") && p.class(i+1) != cMonth && p.class(i+1) != cWeekday {
		return reading{}, false
	}
	u := unit(p.at(i + 1).lex.n)
	switch {
	case p.class(i+1) == cUnit && (u != uDay):
		return p.unitFrom(i, i+2, u, n), true
	case p.is(i+1, "week") && p.at(i+2).kind == aDash && p.is(i+3, "end"):
		return p.unitFrom(i, i+4, uWeekend, n), true
	case p.class(i+1) == cWeekday && !p.at(i+1).lex.abbrev:
		return p.weekdayFrom(i+1, n)
	case p.class(i+1) == cMonth, p.class(i+1) == cSeason:
		return p.monthFrom(i+1, n)
	}
	return reading{}, false
}

// window reads "the last two years", "over the past year", "the next ten days" at
// its "last" or "next".
func (p *parser) window(i, n int, definite bool) (reading, bool) {
	count, j := p.cardinal(i + 1)
	if j == i+1 && definite {
		count = 1
	}
	u := unit(p.at(j).lex.n)
	if count < 1 || n == 0 || p.class(j) != cUnit || p.is(j+1, "of") || j == i+1 && !p.spanning(i-2) {
		return reading{}, false
	}
	return reading{lean: lean{op: opWindow, unit: u, n: -n * count}, kind: Duration, prec: u.precision(), to: j + 1}, true
}

func (p *parser) spanning(i int) bool {
	return p.is(i, "over", "for", "during", "in", "within", "throughout", "through")
}

// monthFrom reads "last August", "this spring".
func (p *parser) monthFrom(i, n int) (reading, bool) {
	r := reading{kind: Relative, lean: lean{op: opFields}}
	if p.class(i) == cSeason {
		r.fields.season, r.to = p.at(i).lex.n, i+1
	} else if r.to = p.month(i, &r.fields); r.to == i {
		return reading{}, false
	}
	r.prec = r.fields.precision()
	if n == 0 {
		r.fields.relYear = true
	} else {
		r.n, r.tense = n, n
	}
	return r, true
}

// weekday reads "Tuesday", "on Tuesday (Oct. 13)", "Friday last week".
func (p *parser) weekday(i int) (reading, bool) {
	x := p.at(i)
	if x.lex.class != cWeekday || !x.capital {
		return reading{}, false
	}
	r, ok := p.weekdayFrom(i, 0)
	if x.lex.abbrev && (!ok || r.fields.month == 0) {
		return reading{}, false
	}
	if r.kind == Weekday && r.op == opFields {
		r.lean.n = bareWeekday
	}
	return r, ok
}

// bareWeekday marks a weekday with neither "last" nor "next" nor "this".
const bareWeekday = 9

// weekdayFrom reads a weekday at i, with "last" (-1), "this" (0) or "next" (1)
// before it, and a date behind it.
func (p *parser) weekdayFrom(i, n int) (reading, bool) {
	r := reading{lean: lean{op: opFields, n: n, fields: fields{weekday: p.at(i).lex.n}}, kind: Weekday, prec: ByDay, to: i + 1}
	j := p.optMark(i+1, '.')
	open := false
	switch {
	case p.mark(j, '('):
		j, open = j+1, true
	case p.mark(j, ','):
		j++
	}
	f := r.fields
	if k := p.monthDay(p.opt(j, "the"), &f); k > j && f.day > 0 && (!open || p.mark(k, ')')) {
		if !f.valid() {
			return reading{to: k}, true
		}
		r.fields, r.kind, r.to = f, Absolute, k
		if open {
			r.to++
		}
		return r, true
	}
	k := p.opt(i+1, "of")
	if d, ok := p.direction(k); ok && p.is(k+1, "week") {
		r.op, r.n, r.unit, r.to = opUnit, d, uWeek, k+2
	}
	return r, true
}

// repeated reads "every year", "each Monday", "annually".
func (p *parser) repeated(i int) (reading, bool) {
	r := reading{lean: lean{op: opNever}, kind: Repeated, to: i + 1}
	if p.is(i, "annually") {
		return r, true
	}
	if !p.is(i, "every", "each") {
		return reading{}, false
	}
	j := p.opt(i+1, "other")
	if _, k := p.cardinal(j); k > j {
		j = k
	}
	switch p.class(j) {
	case cUnit, cWeekday, cMonth, cSeason:
		r.to = j + 1
		return r, true
	}
	return reading{}, false
}

// anniversary reads "the 65th anniversary", "the centenary", "marks 100 years of".
func (p *parser) anniversary(i int) (reading, bool) {
	n, j := p.ordinal(i)
	switch {
	case j > i && p.is(j, "anniversary"):
		j++
	case p.is(i, "centenary", "centennial"):
		n, j = 100, i+1
	default:
		if n, j = p.cardinal(i); j == i {
			return reading{}, false
		}
		switch {
		case p.at(j).kind == aDash && p.is(j+1, "year") && p.is(j+2, "anniversary"):
			j += 3
		case p.is(j, "years") && p.is(j+1, "of", "since") && p.is(i-1, "mark", "marks", "marked", "marking", "celebrate", "celebrates", "celebrated", "celebrating", "commemorate", "commemorates", "commemorating"):
			j++
		default:
			return reading{}, false
		}
	}
	if n < 1 {
		return reading{}, false
	}
	return reading{lean: lean{op: opYears, n: n, unit: uYear}, kind: Anniversary, prec: ByYear, to: j}, true
}

// length reads a number of units: "two years ago", "three days later", "for ten
// years", "in two weeks' time".
func (p *parser) length(i int) (reading, bool) {
	n, j := p.cardinal(i)
	vague := false
	if j == i {
		if !p.is(i, "several", "few", "some", "many") {
			return reading{}, false
		}
		vague, j = true, i+1
	} else if p.is(i, "a") && p.is(i+1, "few") {
		vague, j = true, i+2
	}
	half := p.is(j, "and") && p.is(j+1, "a") && p.is(j+2, "half")
	if half {
		j += 3
	}
	u := unit(p.at(j).lex.n)
	if p.at(j).kind == aDash && p.class(j+1) == cUnit && p.at(j+1).start == p.at(j).end {
		return reading{to: j + 2}, true
	}
	if p.class(j) != cUnit {
		return reading{}, false
	}
	r := reading{lean: lean{op: opNever, n: n, unit: u}, kind: Duration, prec: u.precision(), to: j + 1, approx: vague || half}
	if p.is(j+1, "and") && p.is(j+2, "a") && p.is(j+3, "half") {
		half, r.to, r.approx = true, j+4, true
	}
	if p.is(j, "fortnight", "fortnights") {
		r.n *= 2
	}
	return p.direct(i, r, vague || half), true
}

// direct reads what makes a length into a point in time.
func (p *parser) direct(i int, r reading, vague bool) reading {
	j := r.to
	r.op, r.kind = opNever, Relative
	switch {
	case p.is(j, "ago") && p.is(j+1, "today") && r.unit != uDay && !vague:
		r.op, r.to, r.prec = opToday, j+2, ByDay
	case p.is(j, "ago"):
		r.op, r.to = opAgo, j+1
	case p.is(j, "from") && p.is(j+1, "now"):
		r.op, r.n, r.to = opAgo, -r.n, j+2
	case p.mark(j, '\'') && p.is(p.opt(j+1, "s"), "time") && p.is(i-1, "in"):
		r.op, r.n, r.to = opAgo, -r.n, p.opt(j+1, "s")+1
	case p.is(j, "later", "afterwards", "afterward"), p.is(j, "after") && p.closes(j+1):
		r.op, r.kind, r.to = opShift, Anaphoric, j+1
	case p.is(j, "earlier", "previously"), p.is(j, "before") && p.closes(j+1):
		r.op, r.kind, r.n, r.to = opShift, Anaphoric, -r.n, j+1
	case p.is(j, "after", "before") && p.is(j+1, "that") && p.closes(j+2):
		if r.op, r.kind, r.to = opShift, Anaphoric, j+2; p.is(j, "before") {
			r.n = -r.n
		}
	case p.is(j, "on") && p.closes(j+1):
		r.op, r.kind, r.to = opShift, Anaphoric, j+1
	case p.is(j, "after", "following", "before") && !vague && p.fromDate(&r):
	case p.is(i, "a", "an") && !vague:
		return reading{to: j}
	default:
		r.kind = Duration
	}
	if vague {
		r.op = opNever
	}
	return r
}

// fromDate reads the date that a length is counted from: "two years following its
// 1821 independence". That date remains to be read by itself.
func (p *parser) fromDate(r *reading) bool {
	for k := r.to + 1; k <= r.to+2; k++ {
		at, ok := p.calendar(k)
		if !ok || at.kind == 0 || at.fields.year == 0 || at.fields.toYear > 0 {
			continue
		}
		at.from = k
		if p.is(r.to, "before") {
			r.n = -r.n
		}
		r.op, r.kind, r.ends, r.to = opFrom, Anaphoric, []reading{at}, r.to+1
		return true
	}
	return false
}

// closes reports whether nothing at i can be the object of "before" or "after".
func (p *parser) closes(i int) bool {
	return i >= len(p.a) || p.at(i).kind == aMark || p.at(i).kind == aDash || p.in(i, preps) || p.is(i, "and", "but", "when", "which", "with", "without")
}
