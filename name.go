package demarche

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"demarche/almanac"
	"demarche/record"
)

// Name is a name in a question as it was understood.
type Name struct {
	Asked string // as the user wrote it
	ID    string // as claims have it: "KHM", "SCO", "Hor Namhong"
	Label string // as people read it: "Cambodia"
}

// String is the label, with the id where that tells more.
func (n Name) String() string {
	if n.Label == n.ID {
		return n.Label
	}
	return n.Label + " (" + n.ID + ")"
}

// Label is what people call a polity or body of claims; anything else is given
// back as it is.
func (d *Desk) Label(id string) string {
	if p := d.almanac.Polity(id); p != nil {
		return p.Name
	}
	return id
}

// Name understands a name in any form on a time: a code, a name, an acronym, a
// capital or an adjective that the almanac knows, or else a name that stands in
// claims of the record. One that is not known, or may be either of two, is an
// error of kind Unknown that names what comes near.
func (d *Desk) Name(ctx context.Context, op, s string, on record.When) (Name, error) {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return Name{}, fail(op, Usage, "a name is empty; write one such as Cambodia, KHM or SCO")
	}
	ids := d.meanings(s, on)
	switch {
	case len(ids) == 1:
		return Name{Asked: s, ID: ids[0], Label: d.Label(ids[0])}, nil
	case len(ids) > 1:
		return Name{}, fail(op, Unknown, "%q may be %s; write which by its code", s, d.either(ids))
	}
	if id, err := d.recorded(ctx, s); err != nil || id != "" {
		return Name{Asked: s, ID: id, Label: id}, storeError(op, err)
	}
	if near := d.near(s); len(near) > 0 {
		return Name{}, fail(op, Unknown, "nothing is known by the name %q; did you mean %s?", s, strings.Join(near, ", "))
	}
	return Name{}, fail(op, Unknown, "nothing is known by the name %q, neither to the almanac nor to the record", s)
}

// meanings are the polities and bodies that a name may mean: by the strongest
// way in which it names any, so that Georgia is the state and Moscow Russia.
func (d *Desk) meanings(s string, on record.When) []string {
	var ids []string
	best := len(strength)
	for _, sense := range d.almanac.Lookup(s, on.Latest) {
		if sense.Kind != almanac.KindPolity && sense.Kind != almanac.KindBody {
			continue
		}
		rank := slices.Index(strength, sense.Type)
		if rank < 0 {
			rank = len(strength) - 1
		}
		if rank < best {
			best, ids = rank, nil
		}
		if rank == best && !slices.Contains(ids, sense.ID) {
			ids = append(ids, sense.ID)
		}
	}
	return ids
}

// strength orders the ways in which a name names, the strongest first.
var strength = []string{"code", "name", "acronym", "short", "former", "capital", "metonym", "government", "adjective", "demonym", "plural", "loose", "description", "organ"}

func (d *Desk) either(ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, Name{ID: id, Label: d.Label(id)}.String())
	}
	return strings.Join(out, " or ")
}

// recorded is the name as claims of the record have it, in any case; "" where
// none has.
func (d *Desk) recorded(ctx context.Context, s string) (string, error) {
	for _, form := range []string{s, strings.ToUpper(s), titleCase(s)} {
		log, err := d.store.Select(ctx, record.Query{Names: []string{form}, Limit: 1})
		if err != nil {
			return "", err
		}
		if len(log.Claims) > 0 {
			return form, nil
		}
	}
	return "", nil
}

func titleCase(s string) string {
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		r := []rune(w)
		words[i] = strings.ToUpper(string(r[:1])) + string(r[1:])
	}
	return strings.Join(words, " ")
}

// near are up to three names of polities and bodies that are spelt nearly so.
func (d *Desk) near(s string) []string {
	type candidate struct {
		name string
		off  int
	}
	var found []candidate
	try := func(name string) {
		if off := distance(strings.ToLower(s), strings.ToLower(name)); off <= 1+len(s)/4 {
			found = append(found, candidate{name, off})
		}
	}
	for _, code := range d.almanac.Polities() {
		try(d.almanac.Polity(code).Name)
	}
	for _, id := range d.almanac.Bodies() {
		try(id)
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.off, b.off) })
	var out []string
	for _, c := range found[:min(3, len(found))] {
		out = append(out, c.name)
	}
	return out
}

// distance is the Levenshtein distance of two names, in runes.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 100 || len(y) > 100 {
		return 100
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(y)]
}
