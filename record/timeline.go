package record

import (
	"cmp"
	"slices"
	"strings"
)

// Timeline is what the claims on one state of affairs add up to, by the event
// calculus: it begins, ends and is seen to hold, and lasts in between.
type Timeline struct {
	Kind  Kind
	Roles Roles // the key roles: who and what it is about, with Value in its role
	// Value is what varies in it: the tier of a membership, the holder of an
	// office or chair, the status of a treaty, the "as" of a recognition; "" for
	// the other kinds.
	Value string
	// Spans are the times over which it was so, in order.
	Spans []Span
	// Denied are the claims that it was not so.
	Denied []*Stated
	// Conflicts are where its claims contradict each other.
	Conflicts []*Conflict
	// Inherited are the timelines of the predecessors of its parties.
	Inherited []Inherited
	// Life is the time in which all its parties exist; it answers nothing after
	// its latest day. A bound is zero where it is open or not known.
	Life When
	// Now answers for the view's Clocks.On.
	Now Answer
}

// Span is a time over which a state of affairs was so.
type Span struct {
	// Begin and End are the bounds within which it began and ended. An open
	// earliest day of Begin means that nothing tells its beginning, and a zero
	// End that no end is told.
	Begin, End When
	// Support are the claims that it began or held, and Closed those that it
	// ended, in order.
	Support, Closed []*Stated
	// Inferred: the end follows from another claim (a higher tier, a later
	// holder, a denial) and is not told itself.
	Inferred bool
	// Seen is the newest day by which it is told to be so.
	Seen Day
}

// event is a claim as one timeline takes it.
type event struct {
	when   When
	on     bool // it was so, or began; else it was not so, or ended
	change bool // it began or ended; else it was seen to be so or not
	// foreign: the claim is about another value that excludes this one.
	foreign bool
	claim   *Stated
}

// constraint is what the event says of the day on which the run of events that
// it stands in began: a change gives its own bounds, an observation the latest
// day alone.
func (e event) constraint() When {
	if e.change {
		return e.when
	}
	return When{0, e.when.Latest}
}

// sortEvents orders events by their latest day: what must have happened first
// comes first. On equal bounds an observation that it is so stands before the
// changes and one that it is not so after them.
func sortEvents(events []event) {
	slices.SortFunc(events, event.compare)
	on := false
	for i := 0; i < len(events); i++ {
		j := i + 1
		for j < len(events) && events[j].when == events[i].when {
			j++
		}
		if on {
			endFirst(events[i:j])
		}
		on = events[j-1].on
		i = j - 1
	}
}

func (e event) compare(f event) int {
	if c := cmp.Compare(e.when.hi(), f.when.hi()); c != 0 {
		return c
	}
	if c := cmp.Compare(e.when.lo(), f.when.lo()); c != 0 {
		return c
	}
	if c := cmp.Compare(e.order(), f.order()); c != 0 {
		return c
	}
	return strings.Compare(string(e.claim.ID), string(f.claim.ID))
}

func (e event) order() int {
	switch {
	case e.on && !e.change:
		return 0
	case e.on:
		return 1
	case e.change:
		return 2
	}
	return 3
}

// endFirst puts the ends before the beginnings of equal bounds, for where it
// was so before: cut and resumed within the same year.
func endFirst(tie []event) {
	begins := slices.ContainsFunc(tie, func(e event) bool { return e.on && e.change })
	ends := slices.ContainsFunc(tie, func(e event) bool { return !e.on && e.change && !e.foreign })
	if begins && ends {
		slices.SortStableFunc(tie, func(a, b event) int { return cmp.Compare(endOrder(a), endOrder(b)) })
	}
}

func endOrder(e event) int {
	switch {
	case !e.on:
		return 0
	case e.change:
		return 1
	}
	return 2
}

// build makes the spans of a timeline of its events.
func (t *Timeline) build(events []event, h habit) {
	sortEvents(events)
	floor := When{} // bounds of the last end or denial
	for i := 0; i < len(events); {
		j := runEnd(events, i)
		if !events[i].on {
			floor = t.close(events[i:j], floor)
			i = j
			continue
		}
		t.open(events[i:j], floor, h)
		i = j
	}
}

// runEnd is the end of the run of events from i on that say the same.
func runEnd(events []event, i int) int {
	j := i + 1
	for j < len(events) && events[j].on == events[i].on {
		j++
	}
	return j
}

// open adds the span that a run of beginnings and observations tells.
func (t *Timeline) open(run []event, floor When, h habit) {
	s := Span{}
	for _, e := range run {
		s.Support = append(s.Support, e.claim)
		s.Seen = max(s.Seen, e.when.Latest)
	}
	evidence := run
	if h.repeats {
		evidence = firstBeginning(run)
	}
	s.Begin = t.agree(evidence, Begins)
	s.Begin.Earliest = max(s.Begin.Earliest, min(floor.Earliest, s.Begin.hi()))
	t.Spans = append(t.Spans, s)
}

// firstBeginning keeps what tells of the first beginning alone, for states that
// begin anew without ending: a second term of office, a further loan.
func firstBeginning(run []event) []event {
	first := run[0].constraint()
	out := run[:1:1] // it meets itself, even where it tells no bound
	for _, e := range run[1:] {
		if e.constraint().Meets(first) {
			out = append(out, e)
		}
	}
	return out
}

// close ends the last span by a run of ends and denials, and gives their
// bounds. Ends with no span before them make one whose beginning nothing
// tells.
func (t *Timeline) close(run []event, floor When) When {
	own := slices.DeleteFunc(slices.Clone(run), func(e event) bool { return e.foreign })
	told := slices.ContainsFunc(own, func(e event) bool { return e.change })
	for _, e := range own {
		if !e.change {
			t.Denied = append(t.Denied, e.claim)
		}
	}
	last := t.unended()
	switch {
	case last == nil && !told:
		return denial(own, floor)
	case last == nil:
		t.Spans = append(t.Spans, Span{})
		last = &t.Spans[len(t.Spans)-1]
	}
	if told {
		run = own
	} else {
		run, last.Inferred = run[:1], true
	}
	for _, e := range run {
		last.Closed = append(last.Closed, e.claim)
	}
	last.End = t.agree(run, Ends)
	last.End.Earliest = max(last.End.Earliest, min(max(floor.Earliest, last.earliestEnd()), last.End.hi()))
	return last.End
}

// denial is the floor that claims of its not being so set for a beginning.
func denial(run []event, floor When) When {
	for _, e := range run {
		floor.Earliest = max(floor.Earliest, e.when.Earliest)
	}
	return floor
}

// unended is the last span if nothing has ended it yet.
func (t *Timeline) unended() *Span {
	if n := len(t.Spans); n > 0 && len(t.Spans[n-1].Closed) == 0 {
		return &t.Spans[n-1]
	}
	return nil
}

// earliestEnd is the first day on which the span can have ended: not before it
// began, nor before it was last seen to be so.
func (s *Span) earliestEnd() Day {
	day := s.Begin.Earliest
	for _, c := range s.Support {
		day = max(day, c.Time().Earliest)
	}
	return day
}

// agree gives the bounds that all events of a run allow. Where they allow none
// it adds a conflict and gives the bounds from the first to the last of its
// sides, or those of the side that a reviewer prefers.
func (t *Timeline) agree(run []event, phase Phase) When {
	all, ok := intersect(run)
	if ok {
		return all
	}
	c := &Conflict{Kind: t.Kind, About: "when it " + string(phase), Roles: t.Roles}
	for _, side := range parted(run) {
		w, _ := intersect(side)
		if w.Earliest == 0 && !slices.ContainsFunc(side, func(e event) bool { return e.change }) {
			w.Earliest = side[0].when.Earliest
		}
		claims := make([]*Stated, len(side))
		for i := range side {
			claims[i] = side[i].claim
		}
		c.Sides = append(c.Sides, sideOf(claims, "", w))
	}
	t.Conflicts = append(t.Conflicts, c)
	if preferred := c.settle(); preferred != nil {
		return preferred.When
	}
	hull := c.Sides[0].When
	for _, s := range c.Sides[1:] {
		hull = hull.Hull(s.When)
	}
	return hull
}

// intersect is the time that all constraints allow.
func intersect(run []event) (When, bool) {
	all := run[0].constraint()
	for _, e := range run[1:] {
		w := e.constraint()
		lo, hi := max(all.lo(), w.lo()), min(all.hi(), w.hi())
		if lo > hi {
			return all, false
		}
		all = between(lo, hi)
	}
	return all, true
}

// parted divides events that contradict each other into the fewest groups, in
// order, whose members agree.
func parted(run []event) [][]event {
	sorted := slices.Clone(run)
	slices.SortStableFunc(sorted, func(a, b event) int {
		ca, cb := a.constraint(), b.constraint()
		return cmp.Or(cmp.Compare(ca.hi(), cb.hi()), cmp.Compare(ca.lo(), cb.lo()))
	})
	var groups [][]event
	var ends []Day // of the latest days that the groups allow, ascending like the events'
	for _, e := range sorted {
		w := e.constraint()
		at, _ := slices.BinarySearch(ends, w.lo())
		if at == len(groups) {
			groups, ends = append(groups, nil), append(ends, w.hi())
		}
		groups[at] = append(groups[at], e)
	}
	return groups
}
