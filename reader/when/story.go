package when

import "demarche/record"

// story resolves the expressions of a document one after the other, each in the
// light of those before it.
type story struct {
	pub  record.When
	seen []seen // the last dates that others may lean on
}

// seen is a resolved date with the sentence that told it.
type seen struct {
	when  record.When
	sent  int
	dated bool // with a year of its own, or through one that has
	aside bool // a date told in passing: "the 1972 treaty", "the first since 1985"
}

// reach is how many sentences back an expression may lean.
const reach = 3

// settle resolves the readings of sentence n and adds them to out.
func (s *story) settle(out []Expr, rs []reading, n int, p *parser, m tokenMap) []Expr {
	first := len(out)
	for i := range rs {
		r := &rs[i]
		e := s.resolve(r, n)
		e.sound()
		e.Tokens = m.span(p.a[r.from].start, p.a[r.to-1].end)
		if len(out) > 0 && out[len(out)-1].Tokens.End > e.Tokens.Start {
			continue
		}
		out = append(out, e)
		s.remember(r, &e, n)
	}
	s.anniversaries(out[first:])
	forward(out[first:])
	return out
}

// forward resolves "the same day that ..." from the date told next in the
// sentence.
func forward(es []Expr) {
	for i := 0; i+1 < len(es); i++ {
		if e := &es[i]; e.lean.op == opSame && e.When.IsZero() && es[i+1].Kind == Absolute && es[i+1].When.Earliest > 0 {
			e.When = e.lean.from(es[i+1].When)
		}
	}
}

func (s *story) resolve(r *reading, n int) Expr {
	e := Expr{Kind: r.kind, Precision: r.prec, Prep: r.prep, Approx: r.approx, Attributive: r.attrib}
	switch r.op {
	case opNever:
	case opFields:
		s.calendar(r, &e, n)
	case opGiven:
		e.When = r.given
	case opSpan:
		s.span(r, &e, n)
	case opYears:
		e.Years = r.n
	case opFrom:
		at := s.resolve(&r.ends[0], n)
		e.When = r.unit.shift(at.When, r.n)
	case opNow, opUnit, opAgo, opToday, opWindow, opPart:
		e.When = r.fromPublication(s.pub)
	default:
		e.lean = r.lean
		e.When = s.lean(&r.lean, n)
	}
	if r.dateline {
		e.Kind = Dateline
	}
	return e
}

// span resolves both ends and what lies between.
func (s *story) span(r *reading, e *Expr, n int) {
	a, b := s.resolve(&r.ends[0], n), s.resolve(&r.ends[1], n)
	if a.When.IsZero() || b.When.IsZero() || a.When.Earliest > b.When.Latest {
		e.Start, e.End = a.When, record.When{}
		return
	}
	e.Start, e.End = a.When, b.When
	e.When = record.When{Earliest: a.When.Earliest, Latest: b.When.Latest}
}

// calendar resolves a date of the calendar, told in full or not.
func (s *story) calendar(r *reading, e *Expr, n int) {
	f := &r.fields
	switch {
	case r.other.day > 0:
		a, b := f.in(f.year), r.other.in(r.other.year)
		e.When = record.When{Earliest: min(a.Earliest, b.Earliest), Latest: max(a.Latest, b.Latest)}
	case f.year > 0:
		e.When = f.in(f.year)
		f.bounds(e)
		e.Flag = contradiction(f.weekday, e.When.Earliest)
	case f.relYear:
		if y, ok := oneYear(s.pub); ok {
			e.When = f.in(y + f.yearShift)
			e.Flag = flagDay(f, e.When)
		}
	case f.anaYear:
		e.lean = lean{op: opOf, fields: *f}
		e.When = s.lean(&e.lean, n)
	case f.weekday > 0 && f.month == 0:
		s.weekday(r, e)
	default:
		s.bare(r, e, n)
	}
}

// bounds gives a run of years or of days its two ends.
func (f *fields) bounds(e *Expr) {
	switch {
	case f.run:
		e.Start, e.End = record.Year(f.year), record.Year(f.toYear)
	case f.toDay > 0:
		e.Start, e.End = record.On(e.When.Earliest), record.On(e.When.Latest)
	}
}

func flagDay(f *fields, w record.When) string {
	if f.day == 0 || w.IsZero() {
		return ""
	}
	return contradiction(f.weekday, w.Earliest)
}

// weekday resolves "Tuesday", "last Tuesday", "this Tuesday", "next Tuesday".
func (s *story) weekday(r *reading, e *Expr) {
	if s.pub.IsZero() || s.pub.Earliest != s.pub.Latest {
		return
	}
	d, wd := s.pub.Earliest, r.fields.weekday
	switch r.n {
	case -1:
		past, _ := weekdayAround(wd, d-1)
		e.When = record.On(past)
	case 1:
		_, next := weekdayAround(wd, d+1)
		e.When = record.On(next)
	case 0:
		e.When = record.On(d - record.Day(isoWeekday(d)-wd))
	default:
		past, _ := weekdayAround(wd, d)
		_, next := weekdayAround(wd, d+1)
		e.Past, e.Future, e.When = record.On(past), record.On(next), record.On(past)
		if r.tense > 0 {
			e.When = e.Future
		}
	}
}

// bare resolves a day, month or season without a year: within an older story
// that the text is telling, else near publication.
func (s *story) bare(r *reading, e *Expr, n int) {
	e.lean = lean{op: opBare, fields: r.fields}
	known := s.pub.Earliest > 0 && s.pub.Latest-s.pub.Earliest <= 31
	if r.n == 0 {
		if a, ok := s.narrated(n, known); ok {
			e.When = s.notAfter(&r.fields, e.lean.from(a), a)
			e.Flag = flagDay(&r.fields, e.When)
			return
		}
	}
	if !known {
		return
	}
	e.lean = lean{}
	e.Past, e.Future = r.fields.around(s.pub)
	e.When = s.choose(r, e)
	e.Flag = flagDay(&r.fields, e.When)
}

// notAfter takes a date of a told story that would lie after publication back to
// the year of the one it leans on.
func (s *story) notAfter(f *fields, w, anchor record.When) record.When {
	if s.pub.Latest == 0 || w.Earliest <= s.pub.Latest {
		return w
	}
	y, _, _ := anchor.Earliest.Date()
	return f.in(y)
}

// narrated returns the date on which an older story stands. Where publication is
// known only a day just told, and long past, is one: "in 1997" is mostly said in
// passing.
func (s *story) narrated(n int, known bool) (record.When, bool) {
	for i := len(s.seen) - 1; i >= 0; i-- {
		a := &s.seen[i]
		if known && (n-a.sent > 1 || !a.dated || a.when.Latest > s.pub.Earliest-300 || a.when.Latest-a.when.Earliest > 10) {
			return record.When{}, false
		}
		if n-a.sent > 2*reach {
			return record.When{}, false
		}
		if a.dated && !a.aside {
			if _, ok := oneYear(a.when); ok {
				return a.when, true
			}
		}
	}
	return record.When{}, false
}

// choose takes the past or the future reading of a date without a year.
func (s *story) choose(r *reading, e *Expr) record.When {
	f := &r.fields
	switch {
	case r.n < 0 && e.Past.Latest >= s.pub.Earliest: // "last November" in November
		y, _, _ := e.Past.Earliest.Date()
		return f.in(y - 1)
	case r.n > 0 && e.Future.Earliest <= s.pub.Latest:
		y, _, _ := e.Future.Earliest.Date()
		return f.in(y + 1)
	case e.Past == e.Future:
		return e.Past
	}
	if f.weekday > 0 && f.day > 0 {
		if past, next := isoWeekday(e.Past.Earliest) == f.weekday, isoWeekday(e.Future.Earliest) == f.weekday; past != next {
			if past {
				return e.Past
			}
			return e.Future
		}
	}
	if f.day > 0 && r.n == 0 && s.pub.Earliest-e.Past.Latest > 300 && e.Future.Earliest-s.pub.Latest < 60 {
		return e.Future // nobody leaves out the year of a day so long ago
	}
	if r.tense > 0 || r.tense == 0 && e.Future.Earliest-s.pub.Latest < 60 && s.pub.Earliest-e.Past.Latest > 240 {
		return e.Future
	}
	return e.Past
}

// lean resolves from the nearest date before that is fine enough.
func (s *story) lean(l *lean, n int) record.When {
	if l.op == opThen && l.n == askOnly {
		return record.When{}
	}
	for _, aside := range [...]bool{false, true} {
		for i := len(s.seen) - 1; i >= 0 && n-s.seen[i].sent <= reach; i-- {
			if s.seen[i].aside && !aside && s.seen[i].sent < n {
				continue
			}
			if w := l.from(s.seen[i].when); !w.IsZero() {
				return s.onward(l, s.seen[i].when, w)
			}
		}
	}
	if l.op == opThe && s.pub.Earliest > 0 && s.pub.Earliest == s.pub.Latest {
		return l.lastThe(s.pub.Earliest)
	}
	return record.When{}
}

// onward takes "the 7th" after 28 November to be in December, as stories go
// forward, if that is not after publication.
func (s *story) onward(l *lean, anchor, w record.When) record.When {
	if l.op != opThe || w.Latest >= anchor.Earliest || s.pub.Earliest == 0 {
		return w
	}
	y, m, _ := w.Earliest.Date()
	next := l.dayOf(record.On(record.DayOf(y, m+1, 1)))
	if next.IsZero() || next.Latest > s.pub.Latest {
		return w
	}
	return next
}

// lastThe is the latest such day of a month up to publication.
func (l *lean) lastThe(pub record.Day) record.When {
	y, m, d := pub.Date()
	if l.fields.day > d {
		y, m, _ = record.DayOf(y, m-1, 1).Date()
	}
	f := fields{month: int(m), day: l.fields.day}
	return f.in(y)
}

// remember keeps a date for others to lean on.
func (s *story) remember(r *reading, e *Expr, n int) {
	if e.When.Earliest == 0 || e.When.Latest == 0 || e.Kind == Duration || e.Kind == Dateline || r.op == opNow {
		return
	}
	if len(s.seen) == 8 {
		s.seen = append(s.seen[:0], s.seen[1:]...)
	}
	dated := r.op == opFields && !r.fields.bare() || r.op == opSpan || e.lean.op != opNone && s.wasDated(e)
	s.seen = append(s.seen, seen{e.When, n, dated, e.Attributive || r.aside || e.Prep == "since" && e.lean.op == opNone})
}

// wasDated reports whether what e leans on had a year of its own.
func (s *story) wasDated(e *Expr) bool {
	if len(s.seen) == 0 {
		return false
	}
	return s.seen[len(s.seen)-1].dated
}

// sound drops dates before the first day of the calendar, which the arithmetic
// can reach from a publication in the year 1.
func (e *Expr) sound() {
	for _, w := range [...]*record.When{&e.When, &e.Past, &e.Future, &e.Start, &e.End} {
		if !possible(*w) {
			*w = record.When{}
		}
	}
}

func possible(w record.When) bool {
	return w.IsZero() || w.Earliest >= 1 && w.Latest >= w.Earliest
}

// anniversaries dates the events whose anniversaries a sentence tells: from the
// nearest year before it, from a later one not past, or from publication.
func (s *story) anniversaries(es []Expr) {
	for i := range es {
		e := &es[i]
		if e.Kind != Anniversary {
			continue
		}
		base := s.occasion(es, i)
		if e.Precision = ByYear; base.Earliest > 0 && base.Earliest == base.Latest {
			y, m, d := base.Earliest.Date()
			f := fields{month: int(m), day: d}
			e.When, e.Precision = f.in(y-e.Years), ByDay
		} else if y, ok := oneYear(base); ok && y > e.Years {
			e.When = record.Year(y - e.Years)
		}
	}
}

// near is how many expressions away the occasion of an anniversary is sought.
const near = 12

// occasion is when anniversary i is kept: a year, or a day where the text tells
// that this very day is the one.
func (s *story) occasion(es []Expr, i int) record.When {
	for j := i - 1; j >= 0 && j >= i-near; j-- {
		if y, ok := oneYear(es[j].When); ok && es[j].Kind != Anniversary && !es[j].Attributive {
			if es[j].Kind == Relative && es[j].When == s.pub && es[j].Precision == ByDay {
				return es[j].When
			}
			return record.Year(y)
		}
	}
	py, known := oneYear(s.pub)
	for j := i + 1; j < len(es) && j <= i+near; j++ {
		if es[j].Kind == Relative && es[j].When == s.pub && es[j].Precision == ByDay && !s.pub.IsZero() {
			return s.pub
		}
	}
	for j := i + 1; j < len(es) && j <= i+near; j++ {
		if y, ok := oneYear(es[j].When); ok && es[j].Kind != Anniversary && (!known || y >= py) {
			return record.Year(y)
		}
	}
	if !known || s.pub.Latest-s.pub.Earliest > 31 {
		return record.When{}
	}
	return record.Year(py)
}
