package store

import (
	"slices"
	"sync"

	"demarche/record"
)

// Decisions is the log of decisions as a store keeps it at hand. It is
// append-only, so a store takes in what was added since (see Head) and never
// reads it twice; every question needs the decisions on names, and few others.
// Its methods may be called from several goroutines.
type Decisions struct {
	mu        sync.RWMutex
	head      int64
	all       []record.Decision
	names     []int // merges and splits
	on        map[record.ClaimID][]int
	undoing   map[record.DecisionID][]int
	corrected map[string][]int // corrections, by each name that they put in; "" is all
}

// Head is the place in the log up to which it is known.
func (d *Decisions) Head() int64 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.head
}

// Add takes in the decision at a place of the log; one that is known already is
// passed over. Decisions are added in order.
func (d *Decisions) Add(seq int64, dec record.Decision) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if seq <= d.head {
		return
	}
	if d.on == nil {
		d.on, d.undoing, d.corrected = map[record.ClaimID][]int{}, map[record.DecisionID][]int{}, map[string][]int{}
	}
	at := len(d.all)
	d.all, d.head = append(d.all, dec), seq
	switch dec.Verdict {
	case record.Merge, record.Split:
		d.names = append(d.names, at)
	case record.Undo:
		d.undoing[dec.Undoes] = append(d.undoing[dec.Undoes], at)
	}
	for _, id := range []record.ClaimID{dec.Claim, dec.Other} {
		if id != "" {
			d.on[id] = append(d.on[id], at)
		}
	}
	if dec.Core != nil {
		for _, name := range append(dec.Core.Names(), "") {
			d.corrected[name] = append(d.corrected[name], at)
		}
	}
}

// All are the decisions known by the clocks, in order.
func (d *Decisions) All(c record.Clocks) []record.Decision {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return slices.DeleteFunc(slices.Clone(d.all), func(dec record.Decision) bool { return !c.Known(dec.Recorded) })
}

// On are the decisions on names and on the claims that are known by the clocks,
// with those that take them back; in order.
func (d *Decisions) On(claims []record.Claim, c record.Clocks) []record.Decision {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if len(d.all) == 0 {
		return nil
	}
	at := slices.Clone(d.names)
	for i := range claims {
		at = append(at, d.on[claims[i].ID]...)
	}
	return d.known(at, c)
}

// known are the decisions at the places, with those that take them back.
func (d *Decisions) known(at []int, c record.Clocks) []record.Decision {
	for i := 0; i < len(at); i++ { // grows: an undo may be undone
		at = append(at, d.undoing[d.all[at[i]].ID]...)
	}
	slices.Sort(at)
	var out []record.Decision
	for _, i := range slices.Compact(at) {
		if c.Known(d.all[i].Recorded) {
			out = append(out, d.all[i])
		}
	}
	return out
}

// Aliases are all names under which those of a query must be looked for.
func (d *Decisions) Aliases(names []string, c record.Clocks) []string {
	d.mu.RLock()
	merged := record.Log{Decisions: d.known(slices.Clone(d.names), c)}
	d.mu.RUnlock()
	if len(merged.Decisions) == 0 {
		return names
	}
	var out []string
	for _, n := range names {
		for _, a := range merged.Aliases(n, c) {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out
}

// Corrected are the claims that a decision made say what the query asks for.
func (d *Decisions) Corrected(q *record.Query) []record.ClaimID {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var out []record.ClaimID
	for _, i := range d.corrections(q) {
		dec := &d.all[i]
		c := record.Claim{ID: dec.Claim, Core: *dec.Core, Citations: cites(q)}
		if q.Clocks.Known(dec.Recorded) && q.Takes(&c, record.When{Earliest: 1, Latest: 1}) && !slices.Contains(out, dec.Claim) {
			out = append(out, dec.Claim)
		}
	}
	return out
}

// corrections are the places of the corrections that may say what the query asks
// for.
func (d *Decisions) corrections(q *record.Query) []int {
	names := q.Names
	if len(names) == 0 {
		names = q.Succeeding
	}
	if len(names) == 0 {
		return d.corrected[""]
	}
	var out []int
	for _, n := range names {
		out = append(out, d.corrected[n]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// cites lets a correction through the query's documents; the claim itself is
// held against them.
func cites(q *record.Query) []record.Citation {
	if len(q.Documents) == 0 {
		return nil
	}
	return []record.Citation{{Document: q.Documents[0]}}
}
