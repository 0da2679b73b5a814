package demarche_test

import (
	"context"
	"testing"

	"demarche"
	"demarche/desktest"
	"demarche/record"
)

// TestReread reads the record of desktest, whose claims another reader gave, with
// a reader that finds one claim in each document.
func TestReread(t *testing.T) {
	ctx := context.Background()
	d := desktest.New(t)
	before, err := d.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	log, _, err := d.Store.Changes(ctx, demarche.Cursor{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	rejected := log.Claims[0].ID
	if _, err := d.Store.Decide(ctx, record.Decision{Verdict: record.RejectClaim, Claim: rejected}); err != nil {
		t.Fatal(err)
	}
	reread := func(dry bool) (demarche.Reread, int) {
		told := 0
		sum, err := d.Reread(ctx, dry, func(r demarche.Rereading) error { told++; return r.Err })
		if err != nil {
			t.Fatal(err)
		}
		return sum, told
	}
	for i := range 2 { // a dry run changes nothing
		if sum, told := reread(i == 0); sum.Documents != before.Documents || sum.New != before.Documents || sum.Gone == 0 || sum.Decided != 1 || told != before.Documents {
			t.Errorf("reading %d: %+v of %+v, told of %d", i+1, sum, before, told)
		}
	}
	after, err := d.Stats(ctx)
	if err != nil || after.Claims != before.Claims+before.Documents || after.Decisions != 1 {
		t.Errorf("on record %+v, before %+v, %v", after, before, err)
	}
	if sum, _ := reread(false); sum.New != 0 {
		t.Errorf("read again there is more that is new: %+v", sum)
	}
	if _, err := d.Store.Claim(ctx, rejected); err != nil {
		t.Errorf("the claim that was decided on: %v", err)
	}
}
