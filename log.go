package demarche

import (
	"context"
	"math"
	"sync"

	"demarche/record"
)

// Entry is one entry of the record's log: the one of its fields that is set.
type Entry struct {
	Document *record.Document // without text
	Claim    *record.Claim
	Decision *record.Decision
}

// Recorded is when the record learned of it.
func (c *Entry) Recorded() record.RecordTime {
	switch {
	case c.Document != nil:
		return c.Document.Recorded
	case c.Claim != nil:
		return c.Claim.Recorded
	}
	return c.Decision.Recorded
}

// Log gives up to limit changes behind the cursor as one sequence, and the
// cursor to go on from. Each of the three logs keeps its order, and between them
// what was recorded earlier comes first, a document before its claims. Whoever
// goes on from cursor to cursor gets every change once.
func (d *Desk) Log(ctx context.Context, since Cursor, limit int) ([]Entry, Cursor, error) {
	log, _, err := d.store.Changes(ctx, since, limit)
	if err != nil {
		return nil, since, storeError("changes", err)
	}
	out, taken := merge(log, limit)
	next, err := d.behind(ctx, since, taken)
	return out, next, storeError("changes", err)
}

// merge takes up to limit changes off the beginnings of the logs, of each of
// which limit were asked for, and says how many of each.
func merge(log record.Log, limit int) (out []Entry, taken [3]int) {
	logs := [3][]Entry{}
	for i := range log.Documents {
		logs[0] = append(logs[0], Entry{Document: &log.Documents[i]})
	}
	for i := range log.Claims {
		logs[1] = append(logs[1], Entry{Claim: &log.Claims[i]})
	}
	for i := range log.Decisions {
		logs[2] = append(logs[2], Entry{Decision: &log.Decisions[i]})
	}
	for len(out) < limit {
		first := -1
		for i := range logs {
			if taken[i] == len(logs[i]) {
				continue
			}
			if first < 0 || earlier(&logs[i][taken[i]], &logs[first][taken[first]]) {
				first = i
			}
		}
		if first < 0 {
			break
		}
		out = append(out, logs[first][taken[first]])
		taken[first]++
	}
	return out, taken
}

func earlier(a, b *Entry) bool { return a.Recorded().Time().Before(b.Recorded().Time()) }

// behind is the cursor behind so many documents, claims and decisions.
func (d *Desk) behind(ctx context.Context, since Cursor, taken [3]int) (Cursor, error) {
	next := since
	for i, n := range taken {
		if n == 0 {
			continue
		}
		one := Cursor{Document: math.MaxInt64, Claim: math.MaxInt64, Decision: math.MaxInt64}
		*place(&one, i) = *place(&since, i)
		_, end, err := d.store.Changes(ctx, one, n)
		if err != nil {
			return since, err
		}
		*place(&next, i) = *place(&end, i)
	}
	return next, nil
}

// place is a cursor's place in one of the three logs.
func place(c *Cursor, log int) *int64 {
	return []*int64{&c.Document, &c.Claim, &c.Decision}[log]
}

// DocumentsAfter lists up to limit documents behind a place in their log,
// without text, those published and known by the clocks; more says whether any
// may follow behind next.
func (d *Desk) DocumentsAfter(ctx context.Context, after int64, limit int, c record.Clocks) (out []record.Document, next int64, more bool, err error) {
	next = after
	for len(out) < limit {
		want := limit - len(out)
		log, end, err := d.store.Changes(ctx, Cursor{Document: next, Claim: math.MaxInt64, Decision: math.MaxInt64}, want)
		if err != nil {
			return nil, after, false, storeError("documents", err)
		}
		next = end.Document
		for _, doc := range log.Documents {
			if c.Known(doc.Recorded) && c.Published(doc.Published) {
				out = append(out, doc)
			}
		}
		if len(log.Documents) < want {
			return out, next, false, nil
		}
	}
	return out, next, true, nil
}

// Head knows the end of the logs: an answer is a function of the question and
// of what is recorded, so that with the same head it is the same. Its methods
// may be called from several goroutines.
type Head struct {
	desk   *Desk
	mu     sync.Mutex
	found  bool
	cursor Cursor
	latest record.RecordTime
}

// Head makes a Head.
func (d *Desk) Head() *Head { return &Head{desk: d} }

// step is how many entries of each log a Head takes at a time.
const step = 1000

// Now is the cursor behind all that is recorded, and a time by which all of it
// was known; what is recorded later is known later.
func (h *Head) Now(ctx context.Context) (Cursor, record.RecordTime, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.find(ctx); err != nil {
		return Cursor{}, record.RecordTime{}, err
	}
	for {
		log, next, err := h.desk.Changes(ctx, h.cursor, step)
		if err != nil {
			return Cursor{}, record.RecordTime{}, err
		}
		h.cursor = next
		h.take(log)
		if len(log.Documents) < step && len(log.Claims) < step && len(log.Decisions) < step {
			if h.latest.IsZero() { // nothing is recorded
				return h.cursor, h.desk.clock(), nil
			}
			return h.cursor, h.latest, nil
		}
	}
}

// find begins before the last entries: places in a log are at least as many as
// its entries.
func (h *Head) find(ctx context.Context) error {
	if h.found {
		return nil
	}
	st, err := h.desk.Stats(ctx)
	if err != nil {
		return err
	}
	h.cursor = Cursor{Document: int64(max(st.Documents-1, 0)), Claim: int64(max(st.Claims-1, 0)), Decision: int64(max(st.Decisions-1, 0))}
	h.found = true
	return nil
}

func (h *Head) take(log record.Log) {
	later := func(t record.RecordTime) {
		if t.Time().After(h.latest.Time()) {
			h.latest = t
		}
	}
	for i := range log.Documents {
		later(log.Documents[i].Recorded)
	}
	for i := range log.Claims {
		later(log.Claims[i].Recorded)
	}
	for i := range log.Decisions {
		later(log.Decisions[i].Recorded)
	}
}
