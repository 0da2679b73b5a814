package when

import (
	"time"

	"demarche/record"
)

// Resolve returns the date of an expression seen from anchor, another date of
// the same text: the latter for "the same day", the year two years on for "two
// years later", the day of its month for "the 7th". An expression that leans on
// nothing keeps its When. It is zero where the anchor is too coarse: no day
// follows "two days after 1991".
func Resolve(e Expr, anchor record.When) record.When {
	if e.lean.op == opNone || anchor.Earliest == 0 || anchor.Latest < anchor.Earliest {
		return e.When
	}
	w := e.lean.from(anchor)
	if !possible(w) {
		return record.When{}
	}
	return w
}

// from resolves what leans on another date.
func (l *lean) from(w record.When) record.When {
	switch l.op {
	case opSame:
		return l.unit.within(w)
	case opShift:
		return l.unit.shift(w, l.n)
	case opThen:
		return w
	case opThe:
		return l.dayOf(w)
	case opBare, opNext:
		return l.nextTo(w)
	case opOf:
		y, ok := oneYear(w)
		if !ok {
			return record.When{}
		}
		return l.fields.in(y + l.fields.yearShift)
	}
	return record.When{}
}

// oneYear returns the year that w lies in, if in one.
func oneYear(w record.When) (int, bool) {
	if w.IsZero() || w.Earliest == 0 || w.Latest == 0 {
		return 0, false
	}
	a, _, _ := w.Earliest.Date()
	b, _, _ := w.Latest.Date()
	return a, a == b
}

// within returns the unit that w lies in; zero where it lies in no single one.
func (u unit) within(w record.When) record.When {
	a := u.around(w.Earliest, 0)
	if a.IsZero() || w.Latest > a.Latest {
		return record.When{}
	}
	return a
}

// shift returns the time n units from w, in the precision in which people say so:
// a day for days and for weeks, else the whole unit.
func (u unit) shift(w record.When, n int) record.When {
	if u == uDay || u == uWeek {
		d := record.Day(n)
		if u == uWeek {
			d *= 7
		}
		if w.Latest-w.Earliest > 10 || w.Earliest+d < 1 {
			return record.When{}
		}
		return record.When{Earliest: w.Earliest + d, Latest: w.Latest + d}
	}
	at := u.within(w)
	if at.IsZero() {
		return record.When{}
	}
	return u.around(at.Earliest, n)
}

// dayOf returns a day of the month that w lies in or begins.
func (l *lean) dayOf(w record.When) record.When {
	m := uMonth.within(w)
	if m.IsZero() {
		return record.When{}
	}
	y, month, _ := m.Earliest.Date()
	f := fields{month: int(month), day: l.fields.day}
	return f.in(y)
}

// nextTo returns the first such date from w on (opBare) or after it (opNext, or
// before it where n is negative).
func (l *lean) nextTo(w record.When) record.When {
	y, ok := oneYear(w)
	f := &l.fields
	if f.weekday > 0 && f.month == 0 {
		if w.Latest-w.Earliest > 6 {
			return record.When{}
		}
		_, next := weekdayAround(f.weekday, w.Latest+1)
		prev, _ := weekdayAround(f.weekday, w.Earliest-1)
		return record.On(pick(l.n < 0, prev, next))
	}
	if !ok {
		return record.When{}
	}
	if l.n < 0 {
		if at := f.in(y); !at.IsZero() && at.Latest < w.Earliest {
			return at
		}
		return f.in(y - 1)
	}
	at := f.in(y)
	if at.Earliest > w.Latest || l.op == opBare && at.Latest >= w.Earliest {
		return at
	}
	return f.in(y + 1)
}

func pick(first bool, a, b record.Day) record.Day {
	if first {
		return a
	}
	return b
}

// fromPublication resolves what is told from the day of publication; where that
// is known only to the month or year, so is what comes of it.
func (r *reading) fromPublication(pub record.When) record.When {
	if pub.Earliest == 0 || pub.Latest < pub.Earliest {
		return record.When{}
	}
	loose := pub.Latest-pub.Earliest >= r.unit.days()
	switch r.op {
	case opNow:
		return pub
	case opUnit:
		if loose && r.unit == uDay && r.n == 0 {
			return pub
		}
		if loose {
			return record.When{}
		}
		return r.inUnit(r.unit.around(pub.Earliest, r.n), r.unit.around(pub.Latest, r.n))
	case opAgo:
		if loose {
			return record.When{}
		}
		return r.ago(pub)
	case opToday:
		if pub.Earliest != pub.Latest {
			return record.When{}
		}
		return record.On(r.unit.back(pub.Earliest, r.n))
	case opWindow:
		return window(pub, r.unit, r.n)
	case opPart:
		return partTo(pub, r.unit, r.n)
	}
	return record.When{}
}

// inUnit is the unit with a part or a weekday of it; a and b are it as seen from
// the first and the last day of publication.
func (r *reading) inUnit(a, b record.When) record.When {
	if a.IsZero() || b.IsZero() {
		return record.When{}
	}
	if wd := r.fields.weekday; wd > 0 && a == b {
		return record.On(a.Earliest + record.Day(wd-1))
	}
	a, b = cut(a, r.fields.part), cut(b, r.fields.part)
	return record.When{Earliest: a.Earliest, Latest: b.Latest}
}

// ago is n units before publication: a day for days, three days about it for
// weeks, else the whole unit.
func (r *reading) ago(pub record.When) record.When {
	switch r.unit {
	case uWeek:
		d := record.Day(7 * r.n)
		return record.When{Earliest: pub.Earliest - d - 3, Latest: pub.Latest - d + 3}
	case uDecade, uCentury:
		y, _, _ := pub.Earliest.Date()
		size := map[unit]int{uDecade: 10, uCentury: 100}[r.unit]
		y -= r.n * size
		if y < 1+size || y > 9000 {
			return record.When{}
		}
		return record.When{Earliest: record.DayOf(y-size/5, 1, 1), Latest: record.DayOf(y+size/5, 12, 31)}
	}
	a, b := r.unit.around(pub.Earliest, -r.n), r.unit.around(pub.Latest, -r.n)
	if a.IsZero() || b.IsZero() {
		return record.When{}
	}
	return record.When{Earliest: a.Earliest, Latest: b.Latest}
}

func window(pub record.When, u unit, n int) record.When {
	w := record.When{Earliest: u.back(pub.Earliest, n), Latest: pub.Latest}
	if n < 0 {
		w = record.When{Earliest: pub.Earliest, Latest: u.back(pub.Latest, n)}
	}
	if w.Earliest < 1 || w.Latest < w.Earliest {
		return record.When{}
	}
	return w
}

func partTo(pub record.When, u unit, n int) record.When {
	w := u.within(pub)
	if w.IsZero() {
		return w
	}
	if n < 0 {
		return record.When{Earliest: w.Earliest, Latest: pub.Latest}
	}
	return record.When{Earliest: pub.Earliest, Latest: w.Latest}
}

// contradiction tells where a weekday does not fit its date.
func contradiction(wd int, d record.Day) string {
	if wd == 0 || isoWeekday(d) == wd {
		return ""
	}
	y, m, dd := d.Date()
	return time.Date(y, m, dd, 0, 0, 0, 0, time.UTC).Format("2 January 2006") + " is no " + time.Weekday(wd%7).String()
}
