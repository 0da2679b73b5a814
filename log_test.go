package demarche_test

import (
	"context"
	"fmt"
	"testing"

	"demarche"
	"demarche/desktest"
	"demarche/record"
)

// Paging through the log gives every change once, whatever the size of a page,
// documents before their claims.
func TestLogPagesWithoutLoss(t *testing.T) {
	desk := desktest.New(t)
	ctx := context.Background()
	claim := desktest.Batches(t)[0].Claims[0].ID
	for i := range 3 {
		if _, err := desk.Decide(ctx, demarche.Ruling{Claim: string(claim), Verdict: "accept", Who: "r", Why: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	st, err := desk.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for limit := 1; limit < 25; limit++ {
		seen := map[string]bool{}
		var since demarche.Cursor
		for {
			changes, next, err := desk.Log(ctx, since, limit)
			if err != nil {
				t.Fatal(err)
			}
			if len(changes) == 0 {
				if next != since {
					t.Errorf("limit %d: the cursor moves with no change", limit)
				}
				break
			}
			for _, c := range changes {
				seen[key(t, seen, c)] = true
			}
			since = next
		}
		if want := st.Documents + st.Claims + st.Decisions; len(seen) != want {
			t.Errorf("limit %d: %d changes, want %d", limit, len(seen), want)
		}
	}
}

func key(t *testing.T, seen map[string]bool, c demarche.Entry) (out string) {
	t.Helper()
	switch {
	case c.Document != nil:
		out = "document " + string(c.Document.ID)
	case c.Claim != nil:
		out = "claim " + string(c.Claim.ID)
		if !seen["document "+string(c.Claim.Citations[0].Document)] {
			t.Errorf("%s comes before its document", out)
		}
	default:
		out = "decision " + string(c.Decision.ID)
		if !seen["claim "+string(c.Decision.Claim)] {
			t.Errorf("%s comes before its claim", out)
		}
	}
	if seen[out] {
		t.Errorf("%s comes twice", out)
	}
	return out
}

func TestHeadMovesWithTheLog(t *testing.T) {
	desk := desktest.New(t)
	ctx := context.Background()
	head := desk.Head()
	before, at, err := head.Now(ctx)
	if err != nil || at.IsZero() {
		t.Fatal(at, err)
	}
	if again, _, _ := head.Now(ctx); again != before {
		t.Errorf("the head moves with no change: %v, %v", before, again)
	}
	claim := desktest.Batches(t)[0].Claims[0].ID
	dec, err := desk.Decide(ctx, demarche.Ruling{Claim: string(claim), Verdict: "accept", Who: "r", Why: "w"})
	if err != nil {
		t.Fatal(err)
	}
	after, latest, err := head.Now(ctx)
	if err != nil || after == before || latest != dec.Recorded {
		t.Errorf("head %v at %v (%v) after a decision at %v", after, latest, err, dec.Recorded)
	}
	if fresh, _, _ := desk.Head().Now(ctx); fresh != after {
		t.Errorf("a new head is at %v, the other at %v", fresh, after)
	}
}

func TestDocumentsAfter(t *testing.T) {
	desk := desktest.New(t)
	ctx := context.Background()
	var got []record.Document
	for after, more := int64(0), true; more; {
		page, next, m, err := desk.DocumentsAfter(ctx, after, 2, record.Clocks{PublishedBy: record.DayOf(2018, 12, 31)})
		if err != nil || len(page) > 2 {
			t.Fatal(len(page), err)
		}
		got, after, more = append(got, page...), next, m
	}
	if len(got) != 5 {
		t.Errorf("%d documents published by 2018, want 5", len(got))
	}
}
