package almanac

import (
	"slices"

	"demarche/record"
)

// Polity is a state, past or present, or a territory.
type Polity struct {
	Code string // ISO 3166-1 alpha-3, ISO 3166-3 or customary (data/polities.tsv says which)
	Name string
	Type string // state, former state, territory, former territory
	ISO2 string // ISO 3166-1 alpha-2, "" with none
	COW  []int  // numbers in the Correlates of War lists; none, or two for Germany
	// Spans are the times in which it existed, in order: Poland has one,
	// Russia two with the Soviet Union between them.
	Spans []PolitySpan

	capitals []Sense
}

// PolitySpan is one time of existence of a polity.
type PolitySpan struct {
	Start, End               record.When // zero where open
	Predecessors, Successors []string    // codes; of successors the first continued it
	Source                   string
}

// Start is when it began to exist, zero where that is before all records.
func (p *Polity) Start() record.When { return p.Spans[0].Start }

// End is when it ceased to exist, zero where it stands.
func (p *Polity) End() record.When { return p.Spans[len(p.Spans)-1].End }

// On reports whether it existed on a day; on day 0 whether it exists still.
func (p *Polity) On(d record.Day) bool {
	if d == 0 {
		return p.End().IsZero()
	}
	return slices.ContainsFunc(p.Spans, func(s PolitySpan) bool { return s.has(d) })
}

func (s *PolitySpan) has(d record.Day) bool {
	return s.Start.Earliest <= d && (s.End.Latest == 0 || d <= s.End.Latest)
}

// Predecessors are the codes of the polities whose place it took.
func (p *Polity) Predecessors() []string {
	return p.gather(func(s PolitySpan) []string { return s.Predecessors })
}

// Successors are the codes of those that took its place, after the last of its
// times first.
func (p *Polity) Successors() []string {
	return p.gather(func(s PolitySpan) []string { return s.Successors })
}

func (p *Polity) gather(of func(PolitySpan) []string) []string {
	var out []string
	for i := range p.Spans {
		for _, c := range of(p.Spans[len(p.Spans)-1-i]) {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// Capital is the capital on a day ("" where not known); on day 0 the present
// or last one.
func (p *Polity) Capital(d record.Day) string {
	for i := len(p.capitals) - 1; i >= 0; i-- {
		if p.capitals[i].On(d) {
			return p.capitals[i].Form
		}
	}
	return ""
}

// mostSteps bounds how far At follows successions.
const mostSteps = 8

// At is the code to be used on a day for a polity that is named by a code of
// another time: RUS on a day of 1956 is SUN, and SUN on a day of 2000 RUS.
// Where no polity stood in its place on that day, code is returned as it is.
func (a *Almanac) At(code string, d record.Day) string {
	at := code
	for range mostSteps {
		p := a.polities[at]
		if p == nil || d == 0 {
			return code
		}
		if p.On(d) {
			return at
		}
		next := p.toward(d)
		if next == "" {
			return code
		}
		at = next
	}
	return code
}

// toward is the first successor or predecessor in the direction of a day on
// which the polity did not exist. Between two of its times that is who took its
// place, also where it came back as no successor of that one (Estonia).
func (p *Polity) toward(d record.Day) string {
	for i := range p.Spans {
		s := &p.Spans[i]
		switch {
		case d >= s.Start.Earliest:
		case len(s.Predecessors) == 0 && i > 0:
			return first(p.Spans[i-1].Successors)
		default:
			return first(s.Predecessors)
		}
	}
	return first(p.Spans[len(p.Spans)-1].Successors)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
