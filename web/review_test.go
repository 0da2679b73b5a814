package web_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"demarche"
	"demarche/brief"
	"demarche/record"
	"demarche/store"
)

// decide sends the form of the review page as a browser would.
func (s *site) decide(t testing.TB, path string, form url.Values) (int, string) {
	t.Helper()
	_, page := s.get(t, "/review")
	form.Set("csrf", token(t, page))
	return s.fetch(t, http.MethodPost, path, form)
}

func TestPreferSettlesAConflict(t *testing.T) {
	s := serveExamples(t)
	before, err := s.desk.Conflicts(context.Background(), record.Clocks{})
	if err != nil || len(before.Found) == 0 {
		t.Fatalf("no conflict to settle: %v", err)
	}
	claim := before.Found[0].Sides[0].Claims[0]
	s.get(t, "/conflicts") // looks for them
	if _, page := s.get(t, "/review?claim="+string(claim.ID)); !strings.Contains(page, `value="prefer"`) || !strings.Contains(strings.ToLower(page), brief.Disagree(before.Found[0])) {
		t.Error("the review page of a claim in conflict does not offer to prefer it")
	}
	if status, body := s.decide(t, "/review/decide", url.Values{"claim": {string(claim.ID)}, "verdict": {"prefer"}, "why": {"the gazette says so"}}); status != 200 {
		t.Fatalf("status %d: %.300s", status, body)
	}
	_, page := s.get(t, "/conflicts")
	at := strings.Index(page, "<h2>Settled</h2>")
	if at < 0 || !strings.Contains(page[at:], "the gazette says so") {
		t.Error("the conflict is not shown as settled, with its reason")
	}
}

func TestMergeNamesAndUndo(t *testing.T) {
	s := serveExamples(t)
	count := func(name string) int {
		got, err := s.desk.Claims(context.Background(), demarche.Filter{Names: []string{name}}, record.Clocks{})
		if err != nil {
			t.Fatal(err)
		}
		return len(got.Found)
	}
	one, other := "Hun Sen", "Hor Namhong"
	a, b := count(one), count(other)
	if status, body := s.decide(t, "/review/merge", url.Values{"name": {other}, "into": {one}}); status != 200 || !strings.Contains(body, "Hor Namhong is Hun Sen") {
		t.Fatalf("status %d", status)
	}
	if got := count(one); got <= a || got > a+b {
		t.Errorf("%d claims after the merge of %d and %d", got, a, b)
	}
	_, page := s.get(t, "/review")
	made := regexp.MustCompile(`name="decision" value="([^"]+)"`).FindStringSubmatch(page)
	if status, _ := s.decide(t, "/review/undo", url.Values{"decision": {made[1]}}); status != 200 {
		t.Fatalf("undo: status %d", status)
	}
	if got := count(one); got != a {
		t.Errorf("%d claims after the undo, %d before the merge", got, a)
	}
}

// A correction changes what the form changed and nothing else.
func TestCorrect(t *testing.T) {
	s := serveExamples(t)
	got, err := s.desk.Claims(context.Background(), demarche.Filter{Kinds: []string{"membership"}, Names: []string{"Cambodia", "SCO"}}, record.Clocks{})
	if err != nil || len(got.Found) == 0 {
		t.Fatal(err)
	}
	was := got.Found[0]
	form := url.Values{"claim": {string(was.ID)}, "verdict": {"correct"}, "kind": {string(was.Kind)}, "phase": {string(was.Phase)}, "when": {record.FormatEDTF(was.When)},
		"role-party": {"Cambodia"}, "role-body": {"SCO"}, "role-tier": {"observer"}}
	if status, body := s.decide(t, "/review/decide", form); status != 200 {
		t.Fatalf("status %d: %.300s", status, body)
	}
	now, err := s.desk.ByName(context.Background(), []record.ClaimID{was.ID}, record.Clocks{})
	if err != nil || len(now) != 1 {
		t.Fatal(err)
	}
	want := was.Core
	want.Roles = record.Roles{record.RoleParty: {"KHM"}, record.RoleBody: {"SCO"}, record.RoleTier: {"observer"}}
	if now[0].Core.Key() != want.Key() || !now[0].Corrected {
		t.Errorf("corrected to %s, want %s", now[0].Core.Key(), want.Key())
	}
	// A form that changes nothing is refused.
	form.Set("role-tier", "observer")
	if status, _ := s.decide(t, "/review/decide", form); status != 400 {
		t.Errorf("a correction without a change: status %d", status)
	}
}

// The most doubtful come first, what was decided comes no more, and comes back
// when the decision is undone.
func TestQueue(t *testing.T) {
	desk, _, st := newDesk(t)
	d := record.Document{Publisher: "P", Title: "Queue", Published: record.Year(2020), Text: "One two three four."}
	d.ID = d.Hash()
	var claims []record.Claim
	for i, sure := range []float64{0.9, 0.2, 0.5, 0.2} {
		c := record.Claim{Confidence: sure, Core: record.Core{Kind: record.Relations, Phase: record.Begins, When: record.Year(1990 + i), Roles: record.Roles{record.RoleParties: {"KHM", "RUS"}}},
			Citations: []record.Citation{{Document: d.ID, Start: i, End: i + 2}}}
		c.ID = c.Identity()
		claims = append(claims, c)
	}
	ctx := context.Background()
	if _, err := st.Append(ctx, store.Batch{Document: d, Claims: claims}); err != nil {
		t.Fatal(err)
	}
	o := desk.Overview()
	order := func() []record.ClaimID {
		if err := o.Follow(ctx); err != nil {
			t.Fatal(err)
		}
		return o.Next("", 10)
	}
	want := []record.ClaimID{claims[1].ID, claims[3].ID, claims[2].ID, claims[0].ID}
	if got := order(); !slices.Equal(got, want) {
		t.Errorf("queue %v, want %v", got, want)
	}
	if got := o.Next(claims[1].ID, 1); len(got) != 1 || got[0] != claims[3].ID {
		t.Errorf("after the first comes %v", got)
	}
	made, err := desk.Decide(ctx, demarche.Ruling{Claim: string(claims[3].ID), Verdict: "accept", Why: "seen"})
	if err != nil {
		t.Fatal(err)
	}
	if got := order(); !slices.Equal(got, []record.ClaimID{want[0], want[2], want[3]}) || o.Waiting() != 3 {
		t.Errorf("after a decision %v, %d wait", got, o.Waiting())
	}
	undone, err := desk.Undo(ctx, made.ID, "me", "too early")
	if err != nil {
		t.Fatal(err)
	}
	if got := order(); !slices.Equal(got, want) || o.Waiting() != 4 || o.Stands(made.ID) {
		t.Errorf("after the undo %v, %d wait", got, o.Waiting())
	}
	if _, err := desk.Undo(ctx, undone.ID, "me", "it was right"); err != nil {
		t.Fatal(err)
	}
	if got := order(); len(got) != 3 || o.Waiting() != 3 || !o.Stands(made.ID) {
		t.Errorf("after the redo %v, %d wait", got, o.Waiting())
	}
}
