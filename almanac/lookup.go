package almanac

import (
	"slices"
	"strings"

	"demarche/record"
)

// Lookup returns what a whole name means on a day, or at any time for day 0:
// a name, adjective, capital, acronym or code, in any case, accents aside, with
// or without a leading article. Where the name meant nothing on that day and
// has a meaning as a name at other times, those are returned; a capital or a
// metonym of other times never is.
func (a *Almanac) Lookup(name string, on record.Day) []Sense {
	all := a.senses(name)
	if len(all) == 0 && len(name) > 4 && strings.EqualFold(name[:4], "the ") {
		all = a.senses(name[4:])
	}
	return Current(all, on)
}

func (a *Almanac) senses(name string) []Sense {
	return append(a.names.find(name), a.codeName[key(name)]...)
}

// Current chooses among senses those of a day, by the rule of Lookup. The
// senses are not changed.
func Current(senses []Sense, on record.Day) []Sense {
	var now, other []Sense
	for _, s := range senses {
		switch {
		case s.On(on):
			now = append(now, s)
		case s.lasting():
			other = append(other, s)
		}
	}
	if len(now) == 0 {
		return other
	}
	return now
}

// lasting reports whether a name still tells what it meant when its time is
// over.
func (s *Sense) lasting() bool {
	switch s.Type {
	case "capital", "metonym", "government", "army", "loose":
		return false
	}
	return true
}

// Describe is what a name means, and when: every sense of any time, the
// earliest first, those of no beginning before them.
func (a *Almanac) Describe(name string) []Sense {
	out := a.Lookup(name, 0)
	slices.SortStableFunc(out, func(a, b Sense) int { return int(a.From) - int(b.From) })
	return out
}
