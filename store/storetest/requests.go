package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"demarche/record"
	"demarche/store"
)

// requests: what came of a request is the same whether the store selects what the
// question needs or all that there is is looked at, whatever was decided.
func requests(s suite) {
	const documents, parties, decisions = 250, 6, 80
	l, r := NewLarge(3), rand.New(rand.NewPCG(3, 4))
	batches := make([]store.Batch, documents)
	var claims []record.Claim
	for i := range batches {
		batches[i] = l.Batch(i)
		claims = append(claims, batches[i].Claims...)
	}
	if _, err := s.s.Append(ctx, batches...); err != nil {
		s.Fatal(err)
	}
	any := func() *record.Claim { return &claims[r.IntN(len(claims))] }
	asked := slices.DeleteFunc(slices.Clone(claims), func(c record.Claim) bool { return c.Kind != record.Request })
	known := []record.RecordTime{{}}
	for i := range decisions {
		d := record.Decision{Verdict: record.RejectClaim, Claim: any().ID, Who: "me", Why: "seen"}
		switch i % 4 {
		case 1: // another act answers, or does not
			d.Claim, d.Other, d.Status = asked[r.IntN(len(asked))].ID, any().ID, record.Granted
			if d.Verdict = record.Accept; r.IntN(3) == 0 {
				d.Verdict, d.Status = record.RejectClaim, ""
			}
		case 2: // something else was asked, or by another, or nothing was
			core := asked[r.IntN(len(asked))].Core
			d.Verdict, d.Core = record.Correct, &core
			d.Claim = []record.ClaimID{any().ID, asked[r.IntN(len(asked))].ID}[r.IntN(2)]
		case 3:
			if i > decisions/2 {
				d = record.Decision{Verdict: record.Merge, Entity: polity(parties + i%parties), Into: polity(i % parties), Who: "me", Why: "one"}
				break
			}
			core := any().Core
			d.Verdict, d.Core, d.Claim = record.Correct, &core, asked[r.IntN(len(asked))].ID
		}
		if _, err := s.s.Decide(ctx, d); err != nil {
			s.Fatal(err)
		}
		if i == decisions/2 {
			known = append(known, s.clock.Now())
		}
	}
	found := 0
	for _, c := range []record.Clocks{{KnownBy: known[0]}, {KnownBy: known[1]}, {On: record.On(record.DayOf(2012, 6, 1)), PublishedBy: record.DayOf(2012, 6, 1)}} {
		whole := s.selected(record.Query{Clocks: c}).View(c, nil)
		for from := range parties {
			for to := range parties {
				a, b := polity(from), polity(to)
				got, err := store.Questions{Store: s.s}.Requests(ctx, a, b, c)
				if err != nil {
					s.Fatal(err)
				}
				found += len(got)
				if got, want := threads(got), threads(whole.Requests(a, b)); got != want {
					s.Errorf("%s asked %s, %+v: the store's claims tell\n%swhere all tell\n%s", a, b, c, got, want)
				}
			}
		}
	}
	if found < 60 {
		s.Errorf("only %d threads were compared", found)
	}
}

// threads are threads in short: what was asked and how often, and what came of it.
func threads(all []*record.Thread) string {
	out := ""
	for _, t := range all {
		out += fmt.Sprintf("%s %s %v:", t.Request.ID, t.Status, t.Asked)
		for _, again := range t.Repeats {
			out += " again " + string(again.ID)
		}
		for _, a := range t.Answers {
			out += fmt.Sprintf(" %s by %s (%s)", a.Status, a.Claim.ID, a.Why)
		}
		out += "\n"
	}
	return out
}
