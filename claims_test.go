package demarche_test

import (
	"context"
	"strings"
	"testing"

	"demarche"
	"demarche/desktest"
	"demarche/record"
)

// A question for more claims than it may find is refused, not cut short.
func TestClaimsRefusesTooMany(t *testing.T) {
	desk := desktest.New(t)
	ctx := context.Background()
	all, err := desk.Claims(ctx, demarche.Filter{}, record.Clocks{})
	if err != nil {
		t.Fatal(err)
	}
	n := len(all.Found)
	if same, err := desk.Claims(ctx, demarche.Filter{Most: n}, record.Clocks{}); err != nil || len(same.Found) != n {
		t.Errorf("%d of %d claims (%v)", len(same.Found), n, err)
	}
	_, err = desk.Claims(ctx, demarche.Filter{Most: n - 1}, record.Clocks{})
	if demarche.KindOf(err) != demarche.Usage || !strings.Contains(err.Error(), "narrow") {
		t.Errorf("one too many: %v", err)
	}
}
