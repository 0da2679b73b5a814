package almanac

import "demarche/record"

// Body is an organisation of states.
type Body struct {
	ID           string // acronym in capitals, or the full name
	Name         string
	Type         string      // igo, treaty, forum, informal, alliance, bank, court, organ
	Founded      record.When // zero where not known
	Ended        record.When // zero where it stands
	Seat         string      // place, "" with none
	Predecessors []string    // ids
	Tiers        []Tier      // rank 1 first
	Source       string

	successors []string
}

// Tier is a way of belonging to a body.
type Tier struct {
	Rank     int    // 1 is the highest
	Name     string // as a claim names it: "dialogue partner"
	Wordings []string
	Source   string
}

// Tier returns the tier that a lower-case singular wording means in the body,
// nil where the body has none of that wording.
func (b *Body) Tier(wording string) *Tier {
	for i := range b.Tiers {
		t := &b.Tiers[i]
		if t.Name == wording {
			return t
		}
	}
	for i := range b.Tiers {
		for _, w := range b.Tiers[i].Wordings {
			if w == wording {
				return &b.Tiers[i]
			}
		}
	}
	return nil
}
