// Package almanac knows the standing facts of the world that a reader of
// diplomatic news needs: states and territories with their lifetimes and
// successions, bodies with their tiers, posts, places, named periods,
// currencies and treaties, and the many names of each with the time in which a
// name meant it. The facts are data files, one fact a line, each with its
// source (data/*.tsv).
//
// An Almanac is immutable after Load and safe for use by many goroutines.
package almanac

import (
	"embed"
	"io/fs"
	"slices"

	"demarche/record"
)

//go:embed data/*.tsv
var files embed.FS

// Kind is the sort of thing that a name names.
type Kind uint8

// The kinds of things in the almanac.
const (
	KindPolity Kind = iota + 1
	KindBody
	KindPlace
	KindPeriod
	KindCurrency
	KindTreaty
)

var kindNames = [...]string{"", "polity", "body", "place", "period", "currency", "treaty"}

// String is the kind in a word.
func (k Kind) String() string { return kindNames[k] }

// Sense is one thing that a name may mean, and when.
type Sense struct {
	Kind Kind
	// ID is the code of a polity or currency, the id of a body, the name of a
	// place or treaty, the first wording of a period.
	ID string
	// Type is how the name names it: for polities name, former, short, loose,
	// adjective, demonym, plural, capital, metonym, government, description,
	// army, code; for bodies name, acronym, short, former, description, organ;
	// for places city, region and the like; else name, symbol.
	Type string
	// In is the code of the polity that a place lies in (with the time in From
	// and To), or that a period or currency belongs to.
	In string
	// From and To are the first and last day on which the name meant this; 0 is
	// open.
	From, To record.Day
	// Form is the name as the data file writes it, and Source where the fact is
	// from.
	Form, Source string
}

// On reports whether the name meant this on a day; on day 0 always.
func (s *Sense) On(d record.Day) bool {
	return d == 0 || (s.From == 0 || s.From <= d) && (s.To == 0 || d <= s.To)
}

// When is the time in which the name meant this, a bound 0 where it is open.
func (s *Sense) When() record.When { return record.When{Earliest: s.From, Latest: s.To} }

// Almanac is the loaded data.
type Almanac struct {
	polities   map[string]*Polity
	codes      []string // of polities, in the order of the file
	bodies     map[string]*Body
	bodyIDs    []string
	places     []Place
	posts      []*Post
	periods    []Period
	currencies []Currency
	treaties   []Treaty

	names    index[Sense]
	codeName map[string][]Sense // folded ISO codes: for Lookup, never for Match
	titles   index[*Post]
}

// Load reads the embedded data. An error names file and line.
func Load() (*Almanac, error) {
	data, err := fs.Sub(files, "data")
	if err != nil {
		return nil, err
	}
	return load(data)
}

// Polity returns the polity of a code, nil where there is none.
func (a *Almanac) Polity(code string) *Polity { return a.polities[code] }

// Polities returns the codes of all polities.
func (a *Almanac) Polities() []string { return slices.Clone(a.codes) }

// Body returns the body of an id, nil where there is none.
func (a *Almanac) Body(id string) *Body { return a.bodies[id] }

// Bodies returns the ids of all bodies.
func (a *Almanac) Bodies() []string { return slices.Clone(a.bodyIDs) }

// Places returns all places. The slice must not be changed.
func (a *Almanac) Places() []Place { return a.places }

// Posts returns all posts, each in the singular. The slice must not be changed.
func (a *Almanac) Posts() []*Post { return a.posts }

// Periods returns all named periods. The slice must not be changed.
func (a *Almanac) Periods() []Period { return a.periods }

// Currencies returns all currencies. The slice must not be changed.
func (a *Almanac) Currencies() []Currency { return a.currencies }

// Treaties returns all treaties. The slice must not be changed.
func (a *Almanac) Treaties() []Treaty { return a.treaties }

// Lifetime is the first and last day of a polity or body, a bound 0 where it is
// open or not known. It implements record.Polities.
func (a *Almanac) Lifetime(name string) record.When {
	if p := a.polities[name]; p != nil {
		return record.When{Earliest: p.Start().Earliest, Latest: p.End().Latest}
	}
	if b := a.bodies[name]; b != nil {
		return record.When{Earliest: b.Founded.Earliest, Latest: b.Ended.Latest}
	}
	return record.When{}
}

// Predecessors are the polities (or bodies) whose place the named one took.
func (a *Almanac) Predecessors(name string) []string {
	if p := a.polities[name]; p != nil {
		return p.Predecessors()
	}
	if b := a.bodies[name]; b != nil {
		return slices.Clone(b.Predecessors)
	}
	return nil
}

// Successors are the polities (or bodies) that took the place of the named one;
// the first is the one that continued it.
func (a *Almanac) Successors(name string) []string {
	if p := a.polities[name]; p != nil {
		return p.Successors()
	}
	if b := a.bodies[name]; b != nil {
		return slices.Clone(b.successors)
	}
	return nil
}
