package reader

import (
	"testing"

	"demarche/record"
)

// In a transcript "I" and "we" are whose turn it is, and a guest's "you" is the host.
func TestTurns(t *testing.T) {
	day, err := record.ParseEDTF("2017-03-15")
	if err != nil {
		t.Fatal(err)
	}
	doc := record.Document{Publisher: "Kremlin", Published: day, Title: "Meeting with President of Ghana Kofi Mensah",
		Text: `President of Russia Vladimir Putin: I thank you for coming to Moscow.

President of Ghana Kofi Mensah: I congratulate you on the harvest.

It is late. We are grateful to you for the bridge.

Question: I thank you for your answer.
`}
	want := map[string]bool{"SUPPORT RUS > GHA": false, "SUPPORT GHA > RUS": false}
	for _, c := range newReader(t).Read(doc).Claims {
		if c.Kind != record.Support {
			continue
		}
		key := "SUPPORT " + c.Roles.One(record.RoleActor) + " > " + c.Roles.One(record.RoleRecipient)
		if _, ok := want[key]; !ok {
			t.Errorf("wrong %s", oneLine(c))
		}
		for _, cite := range c.Citations {
			if cite.Start >= len(doc.Text)-40 {
				t.Errorf("of somebody who is not known: %s", oneLine(c))
			}
		}
		want[key] = true
	}
	for key, told := range want {
		if !told {
			t.Errorf("missed %s", key)
		}
	}
}
