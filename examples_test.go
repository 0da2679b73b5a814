package demarche_test

import (
	"context"
	"testing"

	"demarche/intake"
)

// Every example is read, and says who printed it or when: without a date of
// publication "on Tuesday" means nothing.
func TestExamplesAreDocuments(t *testing.T) {
	count := 0
	for doc, err := range intake.Documents(context.Background(), []string{"examples"}, intake.Options{}) {
		if err != nil {
			t.Error(err)
			continue
		}
		count++
		if doc.Published.IsZero() || doc.Title == "" {
			t.Errorf("%s: title %q, published %v", doc.Name, doc.Title, doc.Published)
		}
	}
	if count < 12 {
		t.Errorf("%d examples, want at least twelve", count)
	}
}
