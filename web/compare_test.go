package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// A dossier leads to the days of which several sources tell, and there each says
// its own.
func TestDossierLeadsToComparison(t *testing.T) {
	s := serveExamples(t)
	_, dossier := s.get(t, "/pairs/KHM/RUS?on=2020-10-14")
	const path = "/pairs/KHM/RUS/compare?"
	_, rest, found := strings.Cut(dossier, `href="`+path)
	if !found {
		t.Fatal("the dossier names no day that two sources tell of")
	}
	query, _, _ := strings.Cut(rest, `"`)
	status, body := s.get(t, path+strings.ReplaceAll(query, "&amp;", "&"))
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	for _, want := range []string{"Tonle Sap Courier", "Indochina Bulletin", "Said by"} {
		if !strings.Contains(body, want) {
			t.Errorf("the comparison lacks %q", want)
		}
	}
	for address, want := range map[string]int{path + "meeting=1901-01-01": http.StatusNotFound, path + "meeting=x": http.StatusBadRequest, path: http.StatusBadRequest} {
		if status, _ := s.get(t, address); status != want {
			t.Errorf("%s: status %d, want %d", address, status, want)
		}
	}
}
