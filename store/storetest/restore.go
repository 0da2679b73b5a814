package storetest

import (
	"time"

	"demarche/record"
	"demarche/store"
)

// restored: what was recorded elsewhere is recorded with the names and times that
// it has, claims by the name of their document alone; once, however often.
func restored(s suite) {
	at := record.At(time.Date(2019, 1, 2, 3, 4, 5, 678000, time.UTC))
	d := Document("restored", 3, "Sudland joined the League. More.")
	d.Recorded = at
	c := Claim(&d, Member("SUD", "LG", "member", record.Begins, record.Year(2018)))
	c.Recorded = record.At(at.Time().Add(time.Hour))
	dec := record.Decision{Verdict: record.Accept, Claim: c.ID, Who: "Desk", Why: "so", Recorded: record.At(at.Time().Add(2 * time.Hour))}
	dec.ID = dec.Identity()
	for i, want := range []int{1, 0} {
		if got, err := s.s.Append(ctx, store.Batch{Document: d}); err != nil || got.Documents != want {
			s.Errorf("document, time %d: %+v, %v", i+1, got, err)
		}
		if got, err := s.s.Append(ctx, store.Batch{Document: record.Document{ID: d.ID}, Claims: []record.Claim{c}}); err != nil || got != (store.Added{Claims: want}) {
			s.Errorf("claim of a document that is named alone, time %d: %+v, %v", i+1, got, err)
		}
		if got, err := s.s.Decide(ctx, dec); err != nil || got.ID != dec.ID || !got.Recorded.Time().Equal(dec.Recorded.Time()) {
			s.Errorf("decision, time %d: %+v, %v", i+1, got, err)
		}
	}
	doc, err := s.s.Document(ctx, d.ID)
	if err != nil || !doc.Recorded.Time().Equal(at.Time()) || doc.Text != d.Text || doc.Title != d.Title {
		s.Errorf("the document is %+v, %v", doc, err)
	}
	for day, want := range map[int]int{2: 0, 3: 1} {
		for _, q := range []record.Query{{}, {Names: []string{"SUD"}}, {Names: []string{"SUD"}, With: []string{"LG"}}} {
			q.Clocks.PublishedBy = record.DayOf(2020, 10, day)
			if n := len(s.selected(q).Claims); n != want {
				s.Errorf("published by the %d. %v selects %d claims, want %d", day, q.Names, n, want)
			}
		}
	}
	log := s.selected(record.Query{Claims: []record.ClaimID{c.ID}})
	if len(log.Claims) != 1 || !log.Claims[0].Recorded.Time().Equal(c.Recorded.Time()) || len(log.Decisions) != 1 || log.Decisions[0].ID != dec.ID {
		s.Errorf("selected %+v", log)
	}
}

// setBack: record time does not run backwards, neither when the clock is set back
// nor when what is recorded brings an earlier time with it; so what was known by a
// time stays what it is.
func setBack(s suite) {
	const year = 365 * 24 * time.Hour
	d, first := s.add(Document("first", 1, "Norland joined the League. More."), Member("NOR", "LG", "member", record.Begins, record.Year(2001)))
	made, err := s.s.Decide(ctx, record.Decision{Verdict: record.Accept, Claim: first[0].ID, Why: "so"})
	if err != nil {
		s.Fatal(err)
	}
	s.clock.SetBack(year)
	s.add(Document("second", 2, "Sudland joined the League. More."), Member("SUD", "LG", "member", record.Begins, record.Year(2002)))
	later, err := s.s.Decide(ctx, record.Decision{Verdict: record.RejectClaim, Claim: first[0].ID, Why: "no"})
	if err != nil {
		s.Fatal(err)
	}
	old := record.At(made.Recorded.Time().Add(-2 * year))
	third := Document("third", 3, "Estland joined the League. More.")
	c := Claim(&third, Member("EST", "LG", "member", record.Begins, record.Year(2003)))
	third.Recorded, c.Recorded = old, old
	if _, err := s.s.Append(ctx, store.Batch{Document: third, Claims: []record.Claim{c}}); err != nil {
		s.Fatal(err)
	}
	brought := record.Decision{Verdict: record.Prefer, Claim: first[0].ID, Why: "yes", Recorded: old}
	name := brought.Identity()
	for range 2 {
		got, err := s.s.Decide(ctx, brought)
		if err != nil || got.ID != name || got.Made() != old || got.Recorded.Time().Before(later.Recorded.Time()) {
			s.Errorf("a decision of long ago: %+v, %v", got, err)
		}
	}
	log, _, err := s.s.Changes(ctx, store.Cursor{}, 0)
	if err != nil || len(log.Documents) != 3 || len(log.Claims) != 3 || len(log.Decisions) != 3 {
		s.Fatalf("%d documents, %d claims, %d decisions, %v", len(log.Documents), len(log.Claims), len(log.Decisions), err)
	}
	times := []record.RecordTime{log.Documents[0].Recorded, made.Recorded, log.Documents[1].Recorded, later.Recorded}
	for i := range times[1:] {
		if !times[i+1].Time().After(times[i].Time()) {
			s.Errorf("recorded one after the other at %v", times)
		}
	}
	if t := log.Documents[2].Recorded.Time(); t.Before(log.Documents[1].Recorded.Time()) || log.Claims[2].Recorded.Time().Before(log.Claims[1].Recorded.Time()) {
		s.Errorf("a document of long ago is recorded at %v", t)
	}
	if got := log.Decisions[2]; got.ID != name || got.Made() != old || got.Identity() != name {
		s.Errorf("a decision of long ago: %+v", got)
	}
	known := s.selected(record.Query{Clocks: record.Clocks{KnownBy: made.Recorded}})
	if len(known.Claims) != 1 || known.Documents[0].ID != d.ID || len(known.Decisions) != 1 || known.Decisions[0].ID != made.ID {
		s.Errorf("known before the clock was set back: %+v", known)
	}
}
