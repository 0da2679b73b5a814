package record

import (
	"cmp"
	"slices"
	"time"
)

// Anniversary is a year on which something began so many years before.
type Anniversary struct {
	Years int
	// On is when in the year: a day, a month or the whole year, as precise as
	// the beginning is told.
	On When
	// Round: a multiple of five, or the first.
	Round bool
	Kind  Kind
	// Of is the timeline that began then; of a predecessor, where Inherited
	// names it.
	Of        *Timeline
	Inherited string
	Claims    []*Stated // that tell of the beginning
}

// Anniversaries are those that fall into a year: of the first beginning of
// relations, treaties, recognition and membership between a and b (all of a's
// where b is ""), and of the founding of either. They are in order of date, the
// longest first.
func (v *View) Anniversaries(a, b string, year int) []Anniversary {
	var out []Anniversary
	for _, kind := range []Kind{Relations, Recognition, Treaty, Membership, Mission} {
		for _, t := range v.Timelines(kind, pairOf(a, b)...) {
			out = append(out, t.anniversaries(year, "")...)
		}
	}
	for _, name := range pairOf(a, b) {
		for _, t := range v.Timelines(Existence, name) {
			out = append(out, t.anniversaries(year, "")...)
		}
	}
	slices.SortStableFunc(out, func(x, y Anniversary) int {
		return cmp.Or(cmp.Compare(x.On.lo(), y.On.lo()), cmp.Compare(y.Years, x.Years))
	})
	return out
}

// anniversaries are those of the timeline's first beginning, and of its
// predecessors'.
func (t *Timeline) anniversaries(year int, from string) []Anniversary {
	var out []Anniversary
	if a, ok := t.anniversary(year); ok {
		a.Inherited = from
		out = append(out, a)
	}
	for _, in := range t.Inherited {
		out = append(out, in.Timeline.anniversaries(year, in.From)...)
	}
	return out
}

func (t *Timeline) anniversary(year int) (Anniversary, bool) {
	if len(t.Spans) == 0 {
		return Anniversary{}, false
	}
	s := &t.Spans[0]
	began := slices.DeleteFunc(slices.Clone(s.Support), func(c *Stated) bool { return c.Phase != Begins || c.When.IsZero() })
	from, _, _ := s.Begin.Earliest.Date()
	to, _, _ := s.Begin.Latest.Date()
	if len(began) == 0 || s.Begin.Earliest == 0 || from != to || year <= from {
		return Anniversary{}, false
	}
	n := year - from
	return Anniversary{Years: n, On: inYear(s.Begin, year), Round: n%5 == 0 || n == 1, Kind: t.Kind, Of: t, Claims: began}, true
}

// inYear is the same time of another year; 29 February is the 28th where there
// is none.
func inYear(w When, year int) When {
	_, m, _ := w.Earliest.Date()
	_, m2, _ := w.Latest.Date()
	switch {
	case w.Precise():
		return On(sameDay(w.Earliest, year))
	case m == m2:
		return Month(year, m)
	}
	return When{sameDay(w.Earliest, year), sameDay(w.Latest, year)}
}

func sameDay(d Day, year int) Day {
	_, m, day := d.Date()
	if last := Month(year, m).Latest; m == time.February && DayOf(year, m, day) > last {
		return last
	}
	return DayOf(year, m, day)
}
