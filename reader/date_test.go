package reader

import (
	"testing"

	"demarche/record"
)

// What a report tells without a day was on the day that its head gives, not on
// that of publication; a day of something else in it, or the date of the article,
// says nothing.
func TestNewsDay(t *testing.T) {
	day, err := record.ParseEDTF("2019-05-09")
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t)
	for text, want := range map[string]string{
		"Ghana's president met Togo's president in Accra on Tuesday. Ghana condemned Benin.":                          "2019-05-07",
		"Ghana's president met Togo's president in Accra yesterday. Ghana condemned Benin.":                           "2019-05-08",
		"Ghana's president praised the vote that Togo held on May 5, 2019. Ghana condemned Benin.":                    "2019-05-09",
		"May 9, 2019\n\nGhana's president met Togo's president in Accra on Tuesday.\n\nGhana condemned Benin.":        "2019-05-07",
		"Ghana's president met Togo's president in Accra. Ghana condemned Benin.":                                     "2019-05-09",
		"Ghana's president met Togo's on Monday, and Mali's president met Benin's on Tuesday. Ghana condemned Benin.": "2019-05-09",
	} {
		found := false
		for _, p := range r.Proposals(record.Document{Text: text, Publisher: "A paper", Published: day}) {
			if c := p.Claim; c.Kind == record.Accuse && c.Roles.One(record.RoleActor) == "GHA" {
				found = true
				if got := record.FormatEDTF(c.When); got != want {
					t.Errorf("%s\n  is of %s, want %s", text, got, want)
				}
			}
		}
		if !found {
			t.Errorf("%s\n  missed", text)
		}
	}
}
