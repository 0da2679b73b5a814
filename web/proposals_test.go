package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"demarche"
	"demarche/proposal"
	"demarche/record"
	"demarche/web"
)

// serveProposals serves the examples with proposals beside them.
func serveProposals(t *testing.T) (s *site, kept *proposal.Proposals) {
	s = serveExamples(t, func(o *web.Options) {
		var err error
		if kept, err = proposal.Open(t.TempDir()+"/proposals.db", o.Desk, time.Now); err != nil {
			t.Fatal(err)
		}
		o.Proposals = kept
		t.Cleanup(func() { kept.Close() })
	})
	return s, kept
}

// What is proposed of a claim stands beside it, is adopted as the reviewer's own
// decision or declined without one, and then waits no more.
func TestProposalsAtReview(t *testing.T) {
	s, kept := serveProposals(t)
	ctx := context.Background()
	got, err := s.desk.Claims(ctx, demarche.Filter{Kinds: []string{"membership"}, Names: []string{"Cambodia", "SCO"}}, record.Clocks{})
	if err != nil || len(got.Found) == 0 {
		t.Fatal(err)
	}
	id := got.Found[0].ID
	propose := func(tier string) proposal.Proposal {
		t.Helper()
		p, err := kept.Add(ctx, demarche.Ruling{Claim: string(id), Verdict: "correct", Set: map[string]string{"tier": tier}, Who: "tier checker", Why: "the list says <b>" + tier + "</b>"})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	first, second := propose("observer"), propose("guest")
	_, page := s.get(t, "/review?claim="+string(id))
	for _, want := range []string{"tier checker", "tier: observer", "tier: guest", `data-key="y"`, "the list says &lt;b&gt;observer"} {
		if !strings.Contains(page, want) {
			t.Errorf("the review page does not show %q", want)
		}
	}
	if strings.Count(page, `data-key="y"`) != 1 {
		t.Error("one key stands for two buttons")
	}
	if status, body := s.decide(t, "/review/proposal", url.Values{"claim": {string(id)}, "proposal": {first.ID}, "proposal-verdict": {"adopt"}}); status != 200 || strings.Contains(body, "tier: observer") {
		t.Fatalf("adopt: status %d", status)
	}
	if status, _ := s.decide(t, "/review/proposal", url.Values{"claim": {string(id)}, "proposal": {second.ID}, "proposal-verdict": {"decline"}}); status != 200 {
		t.Fatalf("decline: status %d", status)
	}
	now, err := s.desk.ByName(ctx, []record.ClaimID{id}, record.Clocks{})
	if err != nil || now[0].Roles.One(record.RoleTier) != "observer" {
		t.Errorf("the adopted proposal is not what stands: %v, %v", now, err)
	}
	if waiting, err := kept.List(ctx, proposal.Waiting); err != nil || len(waiting) > 0 {
		t.Errorf("%d proposals wait, %v", len(waiting), err)
	}
}

// What an act is about is corrected in the same form, told as another kind too.
func TestCorrectContent(t *testing.T) {
	s := serveExamples(t)
	ctx := context.Background()
	got, err := s.desk.Claims(ctx, demarche.Filter{Kinds: []string{"REQUEST"}, Names: []string{"Cambodia", "Russia"}}, record.Clocks{})
	if err != nil {
		t.Fatal(err)
	}
	var was *record.Stated
	for _, c := range got.Found {
		if c.Content != nil && c.Content.Kind == record.Membership {
			was = c
		}
	}
	if was == nil {
		t.Fatal("the examples ask for no membership")
	}
	_, page := s.get(t, "/review?claim="+string(was.ID))
	if !strings.Contains(page, `name="content.role-tier"`) || !strings.Contains(page, "content=debt#correct") {
		t.Error("the form does not offer what the request is about")
	}
	if _, other := s.get(t, "/review?claim="+string(was.ID)+"&content=debt"); !strings.Contains(other, `name="content.role-debtor"`) || !strings.Contains(other, `id="correct" open`) {
		t.Error("the form does not offer to tell it as a debt")
	}
	form := url.Values{"claim": {string(was.ID)}, "verdict": {"correct"}, "kind": {string(was.Kind)}, "phase": {string(was.Phase)},
		"content.topic": {"a seat at the table"}, "content.kind": {"membership"}, "content.phase": {string(was.Content.Phase)}, "content.role-tier": {"member"}}
	if !was.When.IsZero() {
		form.Set("when", record.FormatEDTF(was.When))
	}
	if status, body := s.decide(t, "/review/decide", form); status != 200 {
		t.Fatalf("status %d: %.300s", status, body)
	}
	now, err := s.desk.ByName(ctx, []record.ClaimID{was.ID}, record.Clocks{})
	if err != nil || len(now) != 1 {
		t.Fatal(err)
	}
	c := now[0].Content
	if c == nil || c.Topic != "a seat at the table" || c.Roles.One(record.RoleTier) != "member" || c.Roles.One(record.RoleBody) != was.Content.Roles.One(record.RoleBody) {
		t.Errorf("corrected to %+v", c)
	}
	if was.Content.Roles.One(record.RoleTier) == "member" || was.Content.Topic != "" {
		t.Error("the claim as it was read was changed")
	}
}
