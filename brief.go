package demarche

import (
	"context"

	"demarche/brief"
	"demarche/record"
)

// Brief writes the note on two parties as of Clocks.On.
func (d *Desk) Brief(ctx context.Context, a, b string, c record.Clocks) (*brief.Note, error) {
	const op = "brief"
	q, err := d.ask(ctx, op, c, a, b)
	if err != nil {
		return nil, err
	}
	if len(q.names) < 2 {
		return nil, fail(op, Usage, "a brief needs two names, such as Cambodia and Russia")
	}
	if q.id(0) == q.id(1) {
		return nil, fail(op, Usage, "%s and %s are the same: %s; name two parties", a, b, q.names[0])
	}
	note, err := brief.Compose(ctx, d.questions(), d.almanac, q.id(0), q.id(1), q.clocks)
	return note, storeError(op, err)
}
