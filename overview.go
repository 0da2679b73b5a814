package demarche

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"sync"

	"demarche/record"
	"demarche/store"
)

// Cursor is a place in the logs of the record, and Hit a passage that a search
// found.
type (
	Cursor = store.Cursor
	Hit    = store.Hit
)

// Overview keeps at hand what would need a look at every claim of the record:
// which claims wait for review, the most doubtful first, and which names there
// are. It follows the logs, so it is never older than its last Follow, and can
// be made anew at any time. Its methods may be called from several goroutines.
type Overview struct {
	desk *Desk

	following chan struct{} // one follows at a time
	mu        sync.RWMutex
	head      Cursor
	waiting   [doubts + 1][]record.ClaimID // by doubt, in order of recording
	undecided int
	place     map[record.ClaimID]uint8 // the doubt of every claim
	decisions map[record.DecisionID]ruled
	on        map[record.ClaimID]int // decisions that stand, by claim
	kinds     map[record.Kind]int
	names     map[string]int
}

// ruled is a decision as the overview keeps it.
type ruled struct {
	claim  record.ClaimID
	undoes record.DecisionID
	stands bool
}

// doubts is the highest doubt of a claim.
const doubts = 100

// Overview makes an overview that knows nothing yet; Follow fills it.
func (d *Desk) Overview() *Overview {
	return &Overview{desk: d, following: make(chan struct{}, 1), place: map[record.ClaimID]uint8{}, decisions: map[record.DecisionID]ruled{},
		on: map[record.ClaimID]int{}, kinds: map[record.Kind]int{}, names: map[string]int{}}
}

// followed is how much of each log is taken at a time.
const followed = 5000

// Follow takes in what was recorded since the last time.
func (o *Overview) Follow(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case o.following <- struct{}{}:
	}
	defer func() { <-o.following }()
	for {
		log, next, err := o.desk.Changes(ctx, o.Head(), followed)
		if err != nil {
			return err
		}
		o.take(log, next)
		if len(log.Documents) < followed && len(log.Claims) < followed && len(log.Decisions) < followed {
			return nil
		}
	}
}

func (o *Overview) take(log record.Log, next Cursor) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i := range log.Claims {
		c := &log.Claims[i]
		doubt := Doubt(c)
		o.waiting[doubt] = append(o.waiting[doubt], c.ID)
		o.place[c.ID] = doubt
		o.kinds[c.Kind]++
		if o.on[c.ID] == 0 {
			o.undecided++
		}
		for _, name := range c.Names() {
			o.names[strings.Clone(name)]++
		}
	}
	for _, dec := range log.Decisions {
		o.decisions[dec.ID] = ruled{dec.Claim, dec.Undoes, true}
		if dec.Verdict == record.Undo {
			o.stand(dec.Undoes, false)
		} else {
			o.count(dec.Claim, 1)
		}
	}
	o.head = next
}

// stand says whether a decision stands, and with it whether what it takes back
// does.
func (o *Overview) stand(id record.DecisionID, stands bool) {
	d, ok := o.decisions[id]
	if !ok || d.stands == stands {
		return
	}
	d.stands = stands
	o.decisions[id] = d
	switch {
	case d.undoes != "":
		o.stand(d.undoes, !stands)
	case stands:
		o.count(d.claim, 1)
	default:
		o.count(d.claim, -1)
	}
}

// count adds to the decisions on a claim.
func (o *Overview) count(claim record.ClaimID, n int) {
	if claim == "" {
		return
	}
	before := o.on[claim]
	o.on[claim] += n
	if _, known := o.place[claim]; !known {
		return
	}
	switch {
	case before == 0 && o.on[claim] > 0:
		o.undecided--
	case before > 0 && o.on[claim] == 0:
		o.undecided++
	}
}

// Doubt is how much a claim needs to be looked at, 0 to 100: the probability
// that it is wrong, and for acts of which nothing else is derived less of it.
func Doubt(c *record.Claim) uint8 {
	doubt := float64(doubts) * (1 - min(max(c.Confidence, 0), 1))
	if c.Kind.IsAct() && c.Kind != record.Request {
		doubt *= 0.7
	}
	return uint8(math.Round(doubt))
}

// Head is the place up to which the overview knows the logs.
func (o *Overview) Head() Cursor {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.head
}

// Waiting is the number of claims of which nothing was decided.
func (o *Overview) Waiting() int {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.undecided
}

// Kind is the number of claims of a kind.
func (o *Overview) Kind(k record.Kind) int {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.kinds[k]
}

// Acts is the number of claims on acts.
func (o *Overview) Acts() int {
	n := 0
	for _, k := range record.Acts() {
		n += o.Kind(k)
	}
	return n
}

// States is the number of claims on states of affairs.
func (o *Overview) States() int {
	n := 0
	for _, k := range record.States() {
		n += o.Kind(k)
	}
	return n
}

// Name is the number of claims that a name stands in.
func (o *Overview) Name(name string) int {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.names[name]
}

// Stands reports whether a decision stands, not taken back.
func (o *Overview) Stands(id record.DecisionID) bool {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.decisions[id].stands
}

// Decided is the claim that a decision is on, through the decisions that take
// others back; "" for one on names.
func (o *Overview) Decided(id record.DecisionID) record.ClaimID {
	o.mu.RLock()
	defer o.mu.RUnlock()
	d := o.decisions[id]
	for d.undoes != "" {
		d = o.decisions[d.undoes]
	}
	return d.claim
}

// Next are up to n claims that wait for review, the most doubtful first,
// beginning behind one of them; "" begins at the first.
func (o *Overview) Next(after record.ClaimID, n int) []record.ClaimID {
	o.mu.RLock()
	defer o.mu.RUnlock()
	from, start := doubts, 0
	if doubt, ok := o.place[after]; ok {
		from = int(doubt)
		start = slices.Index(o.waiting[doubt], after) + 1
	}
	var out []record.ClaimID
	for doubt := from; doubt >= 0; doubt-- {
		for _, id := range o.waiting[doubt][start:] {
			if o.on[id] > 0 {
				continue
			}
			if out = append(out, id); len(out) == n {
				return out
			}
		}
		start = 0
	}
	return out
}

// Names are up to n names in claims, the most used first.
func (o *Overview) Names(n int) []string {
	type used struct {
		name  string
		count int
	}
	o.mu.RLock()
	defer o.mu.RUnlock()
	most := make([]used, 0, n+1)
	for name, count := range o.names {
		at, _ := slices.BinarySearchFunc(most, used{name, count}, func(a, b used) int {
			return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(a.name, b.name))
		})
		if at < n {
			most = slices.Insert(most, at, used{name, count})
			most = most[:min(n, len(most))]
		}
	}
	out := make([]string, len(most))
	for i := range most {
		out[i] = most[i].name
	}
	return out
}

// KnownBy is the place in the logs up to which was recorded by a time.
func (o *Overview) KnownBy(ctx context.Context, t record.RecordTime) (Cursor, error) {
	head := o.Head()
	if t.IsZero() {
		return head, nil
	}
	var out Cursor
	for _, log := range []struct {
		end int64
		at  *int64
		one func(record.Log) (record.RecordTime, bool)
	}{
		{head.Document, &out.Document, func(l record.Log) (record.RecordTime, bool) {
			return first(l.Documents, func(d record.Document) record.RecordTime { return d.Recorded })
		}},
		{head.Claim, &out.Claim, func(l record.Log) (record.RecordTime, bool) {
			return first(l.Claims, func(c record.Claim) record.RecordTime { return c.Recorded })
		}},
		{head.Decision, &out.Decision, func(l record.Log) (record.RecordTime, bool) {
			return first(l.Decisions, func(d record.Decision) record.RecordTime { return d.Recorded })
		}},
	} {
		known, after := int64(0), log.end+1 // what stands behind known was known, what stands behind after was not
		for known+1 < after {
			middle := known + (after-known)/2
			l, _, err := o.desk.Changes(ctx, Cursor{Document: middle - 1, Claim: middle - 1, Decision: middle - 1}, 1)
			if err != nil {
				return out, err
			}
			if recorded, ok := log.one(l); ok && !recorded.Time().After(t.Time()) {
				known = middle
			} else {
				after = middle
			}
		}
		*log.at = known
	}
	return out, nil
}

func first[T any](list []T, recorded func(T) record.RecordTime) (record.RecordTime, bool) {
	if len(list) == 0 {
		return record.RecordTime{}, false
	}
	return recorded(list[0]), true
}
