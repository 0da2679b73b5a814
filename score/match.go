package score

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"demarche/record"
	"demarche/wire"
)

// tiers gives the customary word for the other wordings of a tier.
var tiers = map[string]string{
	"full member": "member", "member state": "member", "full membership": "member", "permanent member": "member",
	"dialog partner": "dialogue partner", "associate member": "associate", "observer state": "observer",
	"observer status": "observer", "candidate member": "candidate",
}

// keyRoles are the roles by which two claims of a state of affairs are the
// same.
func keyRoles(kind record.Kind) []string {
	switch kind {
	case record.Membership:
		return []string{record.RoleParty, record.RoleBody, record.RoleTier}
	case record.Chair:
		return []string{record.RoleHolder, record.RoleBody}
	case record.Relations, record.Treaty:
		return []string{record.RoleParties}
	case record.Recognition:
		return []string{record.RoleBy, record.RoleOf}
	case record.Succession:
		return []string{record.RoleSuccessor, record.RolePredecessor}
	case record.Existence:
		return []string{record.RoleOf}
	case record.Office:
		return []string{record.RoleHolder, record.RoleOf}
	case record.Mission:
		return []string{record.RoleOf, record.RoleIn}
	case record.Debt:
		return []string{record.RoleDebtor, record.RoleCreditor}
	}
	return nil
}

// sameCore reports whether kind, phase, negation and key roles are equal.
func sameCore(g, p *wire.Claim) bool {
	return g.Kind == p.Kind && g.Negated == p.Negated && phase(g) == phase(p) &&
		sameRoles(record.Kind(g.Kind), record.Roles(g.Roles), record.Roles(p.Roles))
}

func phase(c *wire.Claim) string { return cmp.Or(c.Phase, string(record.Occurs)) }

func sameRoles(kind record.Kind, g, p record.Roles) bool {
	switch {
	case kind == record.Agree, kind == record.Consult, kind == record.Cooperate:
		return sameSet(both(g), both(p))
	case kind.IsAct():
		return sameSet(g[record.RoleActor], p[record.RoleActor]) && sameSet(g[record.RoleRecipient], p[record.RoleRecipient])
	}
	for _, role := range keyRoles(kind) {
		a, b := g[role], p[role]
		if role == record.RoleTier {
			a, b = tier(a), tier(b)
		}
		if !sameSet(a, b) {
			return false
		}
	}
	return true
}

func both(r record.Roles) []string {
	return append(slices.Clone(r[record.RoleActor]), r[record.RoleRecipient]...)
}

// tier folds a tier to its customary word; a missing one is "none".
func tier(v []string) []string {
	if len(v) == 0 {
		return []string{"none"}
	}
	folded := Fold(v[0])
	return []string{cmp.Or(tiers[folded], folded)}
}

// Key is equal for claims of equal core: kind, phase, negation and key roles,
// with names folded. Unlike the comparison of scores it takes a surname and a
// full name for two persons.
func Key(c *wire.Claim) string {
	kind, roles := record.Kind(c.Kind), record.Roles(c.Roles)
	parts := []string{c.Kind, phase(c), strconv.FormatBool(c.Negated)}
	add := func(v []string) {
		folded := make([]string, len(v))
		for i := range v {
			folded[i] = Fold(v[i])
		}
		slices.Sort(folded)
		parts = append(parts, strings.Join(slices.Compact(folded), "+"))
	}
	switch {
	case kind == record.Agree, kind == record.Consult, kind == record.Cooperate:
		add(both(roles))
	case kind.IsAct():
		add(roles[record.RoleActor])
		add(roles[record.RoleRecipient])
	}
	for _, role := range keyRoles(kind) {
		if role == record.RoleTier {
			add(tier(roles[role]))
			continue
		}
		add(roles[role])
	}
	return strings.Join(parts, "|")
}

// Dating says how well a predicted date meets the gold one.
type Dating int

// The ways a date can be met. Undated is a gold claim with no date to meet.
const (
	Exact Dating = iota
	Near
	Undated
	Wrong
)

// rank orders the pairs in which claims are matched: a gold claim without a
// date stands with the near ones.
func (d Dating) rank() int { return [...]int{Exact: 0, Near: 1, Undated: 1, Wrong: 2}[d] }

func dating(g, p *wire.Claim) Dating {
	a, b := record.When(g.When), record.When(p.When)
	switch {
	case a.Days() == 0:
		return Undated
	case b.Days() == 0:
		return Wrong
	case a == b:
		return Exact
	}
	la, lb := max(7, a.Days()), max(7, b.Days())
	if a.Meets(b) && la <= 2*lb && lb <= 2*la {
		return Near
	}
	return Wrong
}

// pair is a gold claim and the predicted one that was matched with it.
type pair struct {
	gold, pred int
	when       Dating
}

// match pairs each gold claim with at most one predicted claim of equal core,
// the better dated first.
func match(gold, pred []wire.Claim) []pair {
	var all []pair
	for i := range gold {
		for j := range pred {
			if sameCore(&gold[i], &pred[j]) {
				all = append(all, pair{i, j, dating(&gold[i], &pred[j])})
			}
		}
	}
	slices.SortFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.when.rank(), b.when.rank()), cmp.Compare(a.gold, b.gold), cmp.Compare(a.pred, b.pred))
	})
	usedGold, usedPred := make([]bool, len(gold)), make([]bool, len(pred))
	var out []pair
	for _, p := range all {
		if !usedGold[p.gold] && !usedPred[p.pred] {
			usedGold[p.gold], usedPred[p.pred] = true, true
			out = append(out, p)
		}
	}
	return out
}
