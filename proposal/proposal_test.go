package proposal_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"demarche"
	"demarche/desktest"
	"demarche/proposal"
	"demarche/record"
)

func open(t *testing.T) (*proposal.Proposals, desktest.Desk, string) {
	t.Helper()
	desk := desktest.New(t)
	p, err := proposal.Open(filepath.Join(t.TempDir(), "p.db"), desk, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p, desk, string(desktest.Batches(t)[1].Claims[0].ID)
}

// Adopted, a proposal is the reviewer's decision; declined, the record is as it
// was; each is settled once.
func TestAdoptAndDecline(t *testing.T) {
	p, desk, claim := open(t)
	ctx := context.Background()
	add := func(set map[string]string, verdict string) proposal.Proposal {
		k, err := p.Add(ctx, demarche.Ruling{Claim: claim[:10], Verdict: verdict, Set: set, Who: "a program of rita", Why: "the sentence says so"})
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	first, second := add(map[string]string{"tier": "observer"}, "correct"), add(nil, "reject")
	if waiting, err := p.List(ctx, proposal.Waiting); err != nil || len(waiting) != 2 || waiting[0].Claim != claim || waiting[0].Set["tier"] != "observer" {
		t.Fatalf("%+v (%v)", waiting, err)
	}
	if err := p.Decline(ctx, second.ID, "vera"); err != nil {
		t.Fatal(err)
	}
	dec, err := p.Adopt(ctx, first.ID, "vera")
	if err != nil || dec.Who != "vera" || !strings.Contains(dec.Why, "proposed by a program of rita") {
		t.Fatalf("%+v (%v)", dec, err)
	}
	shown, err := desk.Show(ctx, claim, record.Clocks{})
	if err != nil || !shown.Claim.Corrected || shown.Claim.Roles.One(record.RoleTier) != "observer" || len(shown.Claim.Decisions) != 1 {
		t.Errorf("%+v (%v)", shown.Claim, err)
	}
	for _, id := range []string{first.ID, second.ID} {
		if _, err := p.Adopt(ctx, id, "vera"); demarche.KindOf(err) != demarche.Usage {
			t.Errorf("settled twice: %v", err)
		}
	}
	if _, err := p.Adopt(ctx, "none", "vera"); demarche.KindOf(err) != demarche.Unknown {
		t.Errorf("no such: %v", err)
	}
	if k, err := p.Get(ctx, first.ID); err != nil || k.State != proposal.Adopted || k.Decision != string(dec.ID) || k.Reviewer != "vera" {
		t.Errorf("%+v (%v)", k, err)
	}
}

func TestWhatWaitsIsBounded(t *testing.T) {
	p, _, claim := open(t)
	ctx := context.Background()
	taken := 0
	for i := range 8 {
		_, err := p.Add(ctx, demarche.Ruling{Claim: claim, Verdict: "reject", Who: "x", Why: fmt.Sprint("w", i)})
		if err == nil {
			taken++
		} else if demarche.KindOf(err) != demarche.Busy {
			t.Error(err)
		}
	}
	if taken != 5 {
		t.Errorf("%d taken on one claim", taken)
	}
	if _, err := p.Add(ctx, demarche.Ruling{Claim: claim, Verdict: "reject", Who: "x", Why: strings.Repeat("w", 5000)}); err == nil {
		t.Error("an endless reason was taken")
	}
}
