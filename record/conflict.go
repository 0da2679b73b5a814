package record

import (
	"cmp"
	"slices"
	"strings"
)

// Conflict is where claims contradict each other. Its sides are kept beside
// each other; only a reviewer settles it.
type Conflict struct {
	Kind  Kind
	About string // what they differ in, such as "when it begins"
	Roles Roles  // who and what it is about
	Sides []Side // two or more
	// Settled is the decision to prefer one side, nil where there is none.
	Settled *Decision
}

// Side is one side of a conflict.
type Side struct {
	Says string // what this side says, where it is not a date; else ""
	When When   // when it says so
	// Claims are those on this side, and Origins the independent origins that
	// they come from: papers that print one agency's line are one.
	Claims  []*Stated
	Origins []string
}

func sideOf(claims []*Stated, says string, w When) Side {
	return Side{Says: says, When: w, Claims: claims, Origins: Origins(claims...)}
}

// settle finds the side that the newest decision to prefer one of its claims
// settles the conflict for, and gives it; nil where there is none. A decision
// that names a claim to prefer against counts only where that one is on
// another side.
func (c *Conflict) settle() *Side {
	var preferred *Side
	for i := range c.Sides {
		for _, claim := range c.Sides[i].Claims {
			for j := range claim.Decisions {
				d := &claim.Decisions[j]
				if d.Verdict == Prefer && c.opposes(i, d.Other) && newer(d, c.Settled) {
					c.Settled, preferred = d, &c.Sides[i]
				}
			}
		}
	}
	return preferred
}

func newer(a, b *Decision) bool {
	return b == nil || cmp.Or(a.Made().Time().Compare(b.Made().Time()), strings.Compare(string(a.ID), string(b.ID))) > 0
}

// opposes reports whether the claim stands on another side than side, or is no
// claim in particular.
func (c *Conflict) opposes(side int, other ClaimID) bool {
	if other == "" {
		return true
	}
	for i, s := range c.Sides {
		if i != side && slices.ContainsFunc(s.Claims, func(x *Stated) bool { return x.ID == other }) {
			return true
		}
	}
	return false
}

// Origins is the number of independent origins on all sides together.
func (c *Conflict) Origins() int {
	var all []string
	for _, s := range c.Sides {
		all = append(all, s.Origins...)
	}
	slices.Sort(all)
	return len(slices.Compact(all))
}
