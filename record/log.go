package record

import "slices"

// Clocks are the three clocks of a question. The zero Clocks asks of every day
// with all that was ever published and recorded.
type Clocks struct {
	// On is when it was so: a day, or a longer time such as a month. Zero asks
	// of no time in particular; a caller sets today.
	On When
	// PublishedBy leaves out documents published after that day; zero none. A
	// document with an imprecise date counts by its latest day, one without a
	// date is left out.
	PublishedBy Day
	// KnownBy leaves out what was recorded after that time; zero nothing.
	KnownBy RecordTime
}

// Published reports whether a document of that date had been published.
func (c Clocks) Published(w When) bool {
	return c.PublishedBy == 0 || w.Latest != 0 && w.Latest <= c.PublishedBy
}

// Known reports whether what was recorded then was known.
func (c Clocks) Known(t RecordTime) bool {
	return c.KnownBy.IsZero() || !t.Time().After(c.KnownBy.Time())
}

// Log is the whole truth, or a part selected from it: what was read and what
// was decided, in any order. Everything else is derived from it.
type Log struct {
	Documents []Document // the documents of the claims; texts may be left out
	Claims    []Claim
	Decisions []Decision
}

// Query selects claims. Its empty fields select everything.
type Query struct {
	Kinds     []Kind       // any of these kinds
	Names     []string     // one of these names fills a role (see Core.Names)
	With      []string     // and one of these too: the other side of a pair
	Documents []DocumentID // cited from one of these
	Claims    []ClaimID    // one of these claims
	// Succeeding: says that one of these names took another's place (see
	// Core.Succession).
	Succeeding []string
	During     When   // whose own When meets this time; undated ones are left out
	Clocks     Clocks // PublishedBy and KnownBy; On is not used to select
	// After continues after so many claims in order of recording, and Limit
	// bounds their number; zero is no bound.
	After, Limit int
}

// Takes reports whether the query selects a claim that stands in a document of
// this date of publication. Names are compared as written; After, Limit and
// Documents' order are the store's affair.
func (q *Query) Takes(c *Claim, published When) bool {
	return oneOf(q.Kinds, c.Kind) && oneOf(q.Claims, c.ID) && q.cites(c) &&
		q.Clocks.Known(c.Recorded) && q.Clocks.Published(published) &&
		(q.During.IsZero() || q.During.Meets(c.When)) && q.names(c) && q.succeeds(c)
}

func (q *Query) succeeds(c *Claim) bool {
	if len(q.Succeeding) == 0 {
		return true
	}
	successors, _ := c.Core.Succession()
	return meets(q.Succeeding, successors)
}

func (q *Query) names(c *Claim) bool {
	if len(q.Names) == 0 && len(q.With) == 0 {
		return true
	}
	names := c.Core.Names()
	return meets(q.Names, names) && meets(q.With, names)
}

func (q *Query) cites(c *Claim) bool {
	return len(q.Documents) == 0 || slices.ContainsFunc(c.Citations, func(cite Citation) bool {
		return slices.Contains(q.Documents, cite.Document)
	})
}

func oneOf[T comparable](list []T, v T) bool { return len(list) == 0 || slices.Contains(list, v) }

func meets(list, names []string) bool {
	return len(list) == 0 || slices.ContainsFunc(names, func(n string) bool { return slices.Contains(list, n) })
}

// Polities is what the record needs to know of the world: lifetimes and
// succession of polities and bodies, by their names in claims. The almanac
// knows them; a nil Polities knows nothing.
type Polities interface {
	// Lifetime is the first and the last day of a polity or body; a bound is
	// zero where it is open or not known.
	Lifetime(name string) When
	// Predecessors and Successors are the polities whose place it took, and
	// those that took its place.
	Predecessors(name string) []string
	Successors(name string) []string
}
