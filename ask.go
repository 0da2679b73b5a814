package demarche

import (
	"context"

	"demarche/record"
)

// Answer is what a question found, with what was asked: the names as they were
// understood and the clocks that were used.
type Answer[T any] struct {
	Names  []Name
	Clocks record.Clocks
	Found  []T
}

// question is one verb's question on its way: names understood, clocks filled
// in.
type question struct {
	op     string
	names  []Name
	clocks record.Clocks
}

// ask understands the names and fills in the clocks. An empty name asks of all
// and is left out.
func (d *Desk) ask(ctx context.Context, op string, c record.Clocks, names ...string) (question, error) {
	q := question{op: op, clocks: d.clocks(c)}
	for _, s := range names {
		if s == "" {
			continue
		}
		n, err := d.Name(ctx, op, s, q.clocks.On)
		if err != nil {
			return q, err
		}
		q.names = append(q.names, n)
	}
	return q, nil
}

// id is the name of the i-th party in claims, "" where it was not asked about.
func (q *question) id(i int) string {
	if i < len(q.names) {
		return q.names[i].ID
	}
	return ""
}

// answered makes the answer of a question.
func answered[T any](q question, found []T, err error) (Answer[T], error) {
	return Answer[T]{Names: q.names, Clocks: q.clocks, Found: found}, storeError(q.op, err)
}

// Members asks who belongs to a body: one timeline for each party and tier, the
// highest tier first.
func (d *Desk) Members(ctx context.Context, body string, c record.Clocks) (Answer[*record.Timeline], error) {
	q, err := d.ask(ctx, "members", c, body)
	if err != nil {
		return Answer[*record.Timeline]{}, err
	}
	found, err := d.questions().Members(ctx, q.id(0), q.clocks)
	return answered(q, found, err)
}

// Chairs asks who chairs a body.
func (d *Desk) Chairs(ctx context.Context, body string, c record.Clocks) (Answer[*record.Timeline], error) {
	q, err := d.ask(ctx, "members", c, body)
	if err != nil {
		return Answer[*record.Timeline]{}, err
	}
	found, err := d.questions().Chairs(ctx, q.id(0), q.clocks)
	return answered(q, found, err)
}

// Memberships asks which bodies a polity belongs to.
func (d *Desk) Memberships(ctx context.Context, polity string, c record.Clocks) (Answer[*record.Timeline], error) {
	q, err := d.ask(ctx, "memberships", c, polity)
	if err != nil {
		return Answer[*record.Timeline]{}, err
	}
	found, err := d.questions().Memberships(ctx, q.id(0), q.clocks)
	return answered(q, found, err)
}

// Relations asks for the relations of a with b, or with all where b is "".
func (d *Desk) Relations(ctx context.Context, a, b string, c record.Clocks) (Answer[*record.Timeline], error) {
	q, err := d.ask(ctx, "relations", c, a, b)
	if err != nil {
		return Answer[*record.Timeline]{}, err
	}
	found, err := d.questions().Relations(ctx, q.id(0), q.id(1), q.clocks)
	return answered(q, found, err)
}

// Offices asks who holds which office for a polity or body, or which a person
// holds.
func (d *Desk) Offices(ctx context.Context, name string, c record.Clocks) (Answer[*record.Timeline], error) {
	q, err := d.ask(ctx, "offices", c, name)
	if err != nil {
		return Answer[*record.Timeline]{}, err
	}
	found, err := d.questions().Offices(ctx, q.id(0), q.clocks)
	return answered(q, found, err)
}

// Requests asks for the requests that from made of to; either may be "" for
// all. With open, only those of which something is still to be expected.
func (d *Desk) Requests(ctx context.Context, from, to string, open bool, c record.Clocks) (Answer[*record.Thread], error) {
	q := question{op: "requests", clocks: d.clocks(c)}
	ids := [2]string{}
	for i, s := range []string{from, to} {
		if s == "" {
			continue
		}
		n, err := d.Name(ctx, q.op, s, q.clocks.On)
		if err != nil {
			return Answer[*record.Thread]{}, err
		}
		q.names, ids[i] = append(q.names, n), n.ID
	}
	found, err := d.questions().Requests(ctx, ids[0], ids[1], q.clocks)
	if open {
		found = pending(found)
	}
	return answered(q, found, err)
}

func pending(threads []*record.Thread) []*record.Thread {
	var out []*record.Thread
	for _, t := range threads {
		if t.Status.Pending() {
			out = append(out, t)
		}
	}
	return out
}

// Debts asks for the debts between a and b, those of a where b is "", or all.
func (d *Desk) Debts(ctx context.Context, a, b string, c record.Clocks) (Answer[*record.Account], error) {
	q, err := d.ask(ctx, "debts", c, a, b)
	if err != nil {
		return Answer[*record.Account]{}, err
	}
	found, err := d.questions().Debts(ctx, q.id(0), q.id(1), q.clocks)
	return answered(q, found, err)
}

// Timeline asks for everything about a, or between a and b, in order of date.
func (d *Desk) Timeline(ctx context.Context, a, b string, c record.Clocks) (Answer[*record.Stated], error) {
	q, err := d.ask(ctx, "timeline", c, a, b)
	if err != nil {
		return Answer[*record.Stated]{}, err
	}
	found, err := d.questions().Chronicle(ctx, q.id(0), q.id(1), q.clocks)
	return answered(q, found, err)
}

// Anniversaries asks which anniversaries between a and b fall into a year; year
// 0 is the year of the question's day.
func (d *Desk) Anniversaries(ctx context.Context, a, b string, year int, c record.Clocks) (Answer[record.Anniversary], error) {
	q, err := d.ask(ctx, "anniversaries", c, a, b)
	if err != nil {
		return Answer[record.Anniversary]{}, err
	}
	if year == 0 {
		year, _, _ = q.clocks.On.Latest.Date()
	}
	found, err := d.questions().Anniversaries(ctx, q.id(0), q.id(1), year, q.clocks)
	return answered(q, found, err)
}

// Conflicts asks where claims contradict each other.
func (d *Desk) Conflicts(ctx context.Context, c record.Clocks) (Answer[*record.Conflict], error) {
	q := question{op: "conflicts", clocks: d.clocks(c)}
	found, err := d.questions().Conflicts(ctx, q.clocks)
	return answered(q, found, err)
}
