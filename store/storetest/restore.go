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
	log := s.selected(record.Query{Claims: []record.ClaimID{c.ID}})
	if len(log.Claims) != 1 || !log.Claims[0].Recorded.Time().Equal(c.Recorded.Time()) || len(log.Decisions) != 1 || log.Decisions[0].ID != dec.ID {
		s.Errorf("selected %+v", log)
	}
}
