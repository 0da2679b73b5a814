package demarche_test

import (
	"context"
	"testing"

	"demarche"
	"demarche/desktest"
	"demarche/record"
)

func TestCompareDocuments(t *testing.T) {
	ctx := context.Background()
	d := desktest.New(t)
	batches := desktest.Batches(t)
	a, b := batches[1].Document, batches[2].Document // the membership that two papers date differently
	got, err := d.Compare(ctx, a.ID[:10], b.ID, record.Clocks{})
	if err != nil || len(got.Sides) != 2 || got.Sides[0].Documents[0].ID != a.ID || got.Sides[0].Documents[0].Text != "" {
		t.Fatalf("%+v, %v", got, err)
	}
	stands := map[record.Agreement]int{}
	for _, p := range got.Points {
		stands[p.Stand]++
	}
	if stands[record.Contradicted] == 0 {
		t.Errorf("the conflict is not found: %v", stands)
	}
	if _, err := d.Compare(ctx, a.ID, a.ID, record.Clocks{}); demarche.KindOf(err) != demarche.Usage {
		t.Errorf("a document with itself: %v", err)
	}
	if _, err := d.Compare(ctx, a.ID, "zz", record.Clocks{}); demarche.KindOf(err) != demarche.Unknown {
		t.Errorf("an unknown document: %v", err)
	}
	if _, err := d.CompareMeeting(ctx, "Russia", "Cambodia", record.When{}, record.Clocks{}); demarche.KindOf(err) != demarche.Usage {
		t.Errorf("no day: %v", err)
	}
}
