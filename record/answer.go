package record

import "slices"

// Truth is how far the record can tell that something was so.
type Truth string

// The truths. Unknown is no evidence, which is not No.
const (
	Yes      Truth = "yes"
	Possibly Truth = "possibly"
	No       Truth = "no"
	Unknown  Truth = "unknown"
)

// Answer says whether a state of affairs was so at a time.
type Answer struct {
	Truth Truth
	// Support are the claims that it was so and Against those that it was not,
	// as far as the answer rests on them.
	Support, Against []*Stated
	// Since are the bounds of its beginning, zero where it was not so.
	Since When
	// Told is the time of the newest of Support that is told of by then: "as of".
	Told When
	// Inherited is the predecessor that the answer is taken over from, "" where
	// it is its own.
	Inherited string
	// Note says why nothing is answered, or how far the answer goes; may be "".
	Note string
}

// presupposed is for how many days before its end, or after its beginning is
// denied, a state is taken to have been so with nothing said of its beginning.
const presupposed = 366

// habit is how long a kind of state lasts with no more said of it, and whether
// it begins again without an end between.
type habit struct {
	lasts   Day  // days after it was last seen; 0 is until an end is told
	repeats bool // begins anew (a second term), so that two beginnings are no conflict
	whole   bool // "holds" over a time means throughout it ("chair this year")
}

func habitOf(k Kind) habit {
	switch k {
	case Office:
		return habit{lasts: 366, repeats: true}
	case Chair:
		return habit{lasts: 92, repeats: true, whole: true}
	case Debt:
		return habit{repeats: true}
	}
	return habit{}
}

// At answers whether it was so at some time in w: on a day, if w is one. It
// answers for the predecessors where the timeline itself does not tell.
func (t *Timeline) At(w When) Answer {
	if w.IsZero() {
		return Answer{Truth: Unknown, Note: "no time was asked for"}
	}
	own := t.own(w)
	if own.Truth == Yes || own.Truth == Possibly || len(t.Inherited) == 0 || own.Truth == No && !t.before(w) {
		return own
	}
	for i := range t.Inherited {
		if a := t.Inherited[i].at(w, t.Life); a.Truth == Yes || a.Truth == Possibly {
			return a
		}
	}
	return own
}

// before reports whether w lies before all that the timeline itself tells.
func (t *Timeline) before(w When) bool {
	return len(t.Spans) == 0 || w.hi() < t.Spans[0].Begin.hi()
}

// own answers from the timeline's own claims.
func (t *Timeline) own(w When) Answer {
	if t.Life.Latest != 0 && w.lo() > t.Life.Latest {
		return Answer{Truth: Unknown, Note: "a party to it ended on " + t.Life.Latest.String()}
	}
	if t.Life.Latest != 0 && w.hi() > t.Life.Latest {
		w.Latest = t.Life.Latest
	}
	best := Answer{Truth: Unknown}
	for i, day := range t.landmarks(w) {
		a := t.on(day)
		if i == 0 || better2(a.Truth, best.Truth) {
			best = a
		}
	}
	if best.Truth != Yes {
		if s := t.seenWithin(w); s != nil {
			best = t.answer(Yes, s, w.hi())
		}
	}
	return best
}

// better2 orders truths: what was so at some time in a span was so; it was not
// so only if it was so at no time.
func better2(a, b Truth) bool { return strength(a) > strength(b) }

func strength(t Truth) int {
	return slices.Index([]Truth{No, Unknown, Possibly, Yes}, t)
}

// landmarks are the days in w on which the answer can change, and its ends.
func (t *Timeline) landmarks(w When) []Day {
	days := []Day{w.lo(), w.hi()}
	add := func(d Day) {
		if d != 0 && w.lo() <= d && d <= w.hi() {
			days = append(days, d)
		}
	}
	for i := range t.Spans {
		s := &t.Spans[i]
		for _, d := range []Day{s.Begin.Earliest, s.Begin.Latest, s.End.Earliest, s.End.Latest} {
			add(d)
			add(d - 1)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// seenWithin is the span with a claim all of whose time lies in w, so that it
// was so at some time in it.
func (t *Timeline) seenWithin(w When) *Span {
	for i := range t.Spans {
		for _, c := range t.Spans[i].Support {
			if c.Time().Within(w) && !c.Time().IsZero() && c.Time().Earliest != 0 {
				return &t.Spans[i]
			}
		}
	}
	return nil
}

// on answers for one day.
func (t *Timeline) on(d Day) Answer {
	for i := range t.Spans {
		s := &t.Spans[i]
		if truth := s.on(d, habitOf(t.Kind)); truth != No {
			return t.answer(truth, s, d)
		}
	}
	return t.off(d)
}

// on is Yes or Possibly for a day of the span, else No.
func (s *Span) on(d Day, h habit) Truth {
	if s.ended(d) {
		return No
	}
	possible := s.Begin.Earliest != 0 && d >= s.Begin.Earliest ||
		slices.ContainsFunc(s.Support, func(c *Stated) bool { return c.Time().Earliest != 0 && c.Time().Has(d) }) ||
		len(s.Support) == 0 && s.End.Earliest != 0 && d >= s.End.Earliest-presupposed
	certain := s.Begin.Latest != 0 && d >= s.Begin.Latest && (len(s.Closed) == 0 || s.End.Earliest != 0 && d < s.End.Earliest)
	switch {
	case h.whole && s.throughout(d):
		return Yes
	case certain && h.lasts != 0 && len(s.Closed) == 0 && d > s.Seen+h.lasts:
		return Possibly
	case certain:
		return Yes
	case possible, s.Begin.Latest != 0 && d >= s.Begin.Latest:
		return Possibly
	}
	return No
}

// ended reports whether the span had certainly ended by the day.
func (s *Span) ended(d Day) bool {
	return len(s.Closed) > 0 && s.End.Latest != 0 && d >= s.End.Latest
}

// throughout reports whether a claim says that it held over a time that has
// the day in it.
func (s *Span) throughout(d Day) bool {
	return slices.ContainsFunc(s.Support, func(c *Stated) bool {
		return c.Phase == Holds && c.When.Earliest != 0 && c.When.Has(d)
	})
}

// off answers for a day in no span: No between an end and the next beginning,
// on a day of which it is denied and just before a told beginning, else
// Unknown.
func (t *Timeline) off(d Day) Answer {
	for _, c := range t.Denied {
		if w := c.Time(); w.Has(d) || w.Latest != 0 && d > w.Latest && !t.beganBetween(w.Latest, d) {
			return Answer{Truth: No, Against: []*Stated{c}, Told: w}
		}
	}
	for i := len(t.Spans) - 1; i >= 0; i-- {
		s := &t.Spans[i]
		if s.ended(d) {
			return Answer{Truth: No, Against: s.Closed, Told: s.End}
		}
	}
	return t.beforeFirst(d)
}

// beforeFirst answers for a day before all spans: a told beginning says that it
// was not so just before and, of what begins but once, ever before.
func (t *Timeline) beforeFirst(d Day) Answer {
	if len(t.Spans) == 0 {
		return Answer{Truth: Unknown}
	}
	s := &t.Spans[0]
	if s.Begin.Earliest == 0 || d >= s.Begin.Earliest {
		return Answer{Truth: Unknown}
	}
	if !beginsOnce(t.Kind) && d < s.Begin.Earliest-presupposed {
		return Answer{Truth: Unknown}
	}
	return Answer{Truth: No, Against: s.Support[:1], Told: s.Begin}
}

// beginsOnce reports whether a state of the kind mostly begins but once, so
// that its beginning says something of all time before.
func beginsOnce(k Kind) bool {
	switch k {
	case Membership, Existence, Succession, Recognition, Treaty:
		return true
	}
	return false
}

// beganBetween reports whether a span can have begun after one day and by
// another.
func (t *Timeline) beganBetween(after, by Day) bool {
	return slices.ContainsFunc(t.Spans, func(s Span) bool { return s.Begin.hi() > after && s.Begin.lo() <= by })
}

// answer rests on the span's claims.
func (t *Timeline) answer(truth Truth, s *Span, d Day) Answer {
	a := Answer{Truth: truth, Support: s.Support, Against: s.Closed, Since: s.Begin}
	for _, c := range s.Support {
		if w := c.Time(); w.lo() <= d {
			a.Told = w
		}
	}
	if truth == Possibly && len(s.Closed) == 0 && d > s.Seen && s.Seen != 0 {
		a.Note = "not told of since " + s.Seen.String()
	}
	return a
}
