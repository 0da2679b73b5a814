package record

import "math"

// lo and hi are the bounds of a When with the open ones taken as far as they
// go.
func (w When) lo() Day {
	if w.Earliest == 0 {
		return math.MinInt32
	}
	return w.Earliest
}

func (w When) hi() Day {
	if w.Latest == 0 {
		return math.MaxInt32
	}
	return w.Latest
}

// between makes a When of two bounds as lo and hi give them.
func between(lo, hi Day) When {
	if lo == math.MinInt32 {
		lo = 0
	}
	if hi == math.MaxInt32 {
		hi = 0
	}
	return When{lo, hi}
}

// Meets reports whether the two have a day in common. A When of which nothing
// is known meets none.
func (w When) Meets(x When) bool {
	return !w.IsZero() && !x.IsZero() && w.lo() <= x.hi() && x.lo() <= w.hi()
}

// Has reports whether the day lies within.
func (w When) Has(d Day) bool { return !w.IsZero() && w.lo() <= d && d <= w.hi() }

// Within reports whether the whole of w lies in x.
func (w When) Within(x When) bool { return !w.IsZero() && x.lo() <= w.lo() && w.hi() <= x.hi() }

// Meet is the time that both have in common; false where there is none.
func (w When) Meet(x When) (When, bool) {
	if !w.Meets(x) {
		return When{}, false
	}
	return between(max(w.lo(), x.lo()), min(w.hi(), x.hi())), true
}

// Hull is the time from the earlier beginning to the later end of the two.
func (w When) Hull(x When) When {
	return between(min(w.lo(), x.lo()), max(w.hi(), x.hi()))
}

// Days is the number of days from the earliest to the latest, both counted; 0
// where a bound is open.
func (w When) Days() int {
	if w.Earliest == 0 || w.Latest == 0 {
		return 0
	}
	return int(w.Latest-w.Earliest) + 1
}

// Precise reports whether it is a single day.
func (w When) Precise() bool { return w.Earliest != 0 && w.Earliest == w.Latest }
