package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"demarche/record"
	"demarche/store"
	"demarche/store/storetest"
)

// The conflicts of a claim stand on its review page from when they were looked for
// until one is settled: what is kept of them follows the record.
func TestReviewFollowsConflicts(t *testing.T) {
	desk, alm, st := newDesk(t)
	s := serve(t, desk, alm)
	told := func(title string, year int) record.Claim {
		t.Helper()
		d := storetest.Document(title, 1, "Cambodia became a member. It was told in "+title+".")
		d.Publisher, d.URL = "Post of "+title, ""
		d.ID = d.Hash()
		c := storetest.Claim(&d, storetest.Member("KHM", "ASEAN", "member", record.Begins, record.Year(year)))
		if _, err := st.Append(context.Background(), store.Batch{Document: d, Claims: []record.Claim{c}}); err != nil {
			t.Fatal(err)
		}
		s.get(t, "/conflicts?of=KHM&seen="+title) // an address of its own, so that it is made
		return c
	}
	prefers := func(c record.Claim) bool {
		t.Helper()
		_, page := s.get(t, "/review?claim="+string(c.ID))
		return strings.Contains(page, `value="prefer"`)
	}
	first := told("Lisbon", 1999)
	if prefers(first) {
		t.Fatal("one source alone is in conflict")
	}
	other := told("Quito", 1984)
	if !prefers(first) || !prefers(other) {
		t.Fatal("the review page does not show the conflict")
	}
	if status, body := s.decide(t, "/review/decide", url.Values{"claim": {string(first.ID)}, "verdict": {"prefer"}}); status != 200 {
		t.Fatalf("status %d: %.300s", status, body)
	}
	s.get(t, "/conflicts?of=KHM&seen=settled")
	if prefers(other) {
		t.Error("a settled conflict stands on the review page")
	}
}
