package almanac

import (
	"strings"

	"demarche/record"
)

// Place is a city, region or the like, in a polity for a time.
type Place struct {
	Name, Polity, Type string
	From, To           record.Day // 0 is open
	Source             string
}

// Period is a time with a name: a war, a regime, an era.
type Period struct {
	Name     string // the first wording
	Wordings []string
	Start    record.When
	End      record.When // zero where it lasts
	Polity   string      // "" where it is of no one polity
	Source   string
}

// When is the whole of the period.
func (p *Period) When() record.When {
	return record.When{Earliest: p.Start.Earliest, Latest: p.End.Latest}
}

// Currency is a currency, present or former.
type Currency struct {
	Code              string // ISO 4217
	Wordings, Symbols []string
	Polity            string // "" where it is of several
	Source            string
}

// Treaty is a treaty with a name.
type Treaty struct {
	Name                   string
	Wordings               []string
	Signed, InForce, Ended record.When // zero where not known or not so
	Source                 string
}

// Period returns the period that a wording names, case and accents aside; nil
// where there is none. A leading article is ignored.
func (a *Almanac) Period(wording string) *Period {
	key := key(strings.TrimPrefix(strings.ToLower(wording), "the "))
	for i := range a.periods {
		for _, w := range a.periods[i].Wordings {
			if keyed(w) == key {
				return &a.periods[i]
			}
		}
	}
	return nil
}

// keyed is the key of a wording without a leading article.
func keyed(w string) string { return key(strings.TrimPrefix(strings.ToLower(w), "the ")) }

// Currency returns the currency of an ISO 4217 code, a wording or a symbol; nil
// where there is none. Symbols and codes are compared as they are, wordings
// without case.
func (a *Almanac) Currency(wording string) *Currency {
	for i := range a.currencies {
		c := &a.currencies[i]
		if c.Code == wording || contains(c.Symbols, wording) {
			return c
		}
	}
	for i := range a.currencies {
		for _, w := range a.currencies[i].Wordings {
			if strings.EqualFold(w, wording) {
				return &a.currencies[i]
			}
		}
	}
	return nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// Treaty returns the treaty that a name or wording names, case and accents
// aside; nil where there is none.
func (a *Almanac) Treaty(wording string) *Treaty {
	key := keyed(wording)
	for i := range a.treaties {
		t := &a.treaties[i]
		if keyed(t.Name) == key {
			return t
		}
		for _, w := range t.Wordings {
			if keyed(w) == key {
				return t
			}
		}
	}
	return nil
}
