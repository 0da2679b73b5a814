package intake

import (
	"testing"

	"demarche/record"
)

func TestAgencies(t *testing.T) {
	const body = "Ghana met Togo in Lomé. The two sides spoke of fish.\n\nThey will meet again."
	tests := []struct {
		name string
		doc  record.Document
		want string
	}{
		{"none", record.Document{Text: body}, ""},
		{"dateline", record.Document{Text: "ACCRA, May 7 (Xinhua) -- " + body}, "Xinhua"},
		{"dateline with another form of the name", record.Document{Text: "LOME, May 7 (YONHAP) -- " + body}, "Yonhap"},
		{"dateline of an agency that is in no list", record.Document{Text: "LOME, May 7 (Gulf Wire) -- " + body}, "Gulf Wire"},
		{"publisher", record.Document{Publisher: "Xinhua News Agency", Text: body}, "Xinhua"},
		{"author", record.Document{Author: "Agence France-Presse", Publisher: "Mail", Text: body}, "AFP"},
		{"credit at the end", record.Document{Text: body + "\n\nSource: KCNA\n"}, "KCNA"},
		{"credit in parentheses", record.Document{Text: body + "\n\n(Reuters)"}, "Reuters"},
		{"credit with a year", record.Document{Text: body + "\n\n© AFP 2026"}, "AFP"},
		{"credit of initials that mean other things elsewhere", record.Document{Text: body + "\n\n– APP"}, "APP"},
		{"reported", record.Document{Text: "Ghana met Togo, Xinhua reported on Tuesday.\n\n" + body}, "Xinhua"},
		{"reported, with its kind", record.Document{Text: "Envoys meet\n\nGhana met Togo, the Yonhap news agency has reported.\n\n" + body}, "Yonhap"},
		{"according to", record.Document{Text: "Ghana met Togo, according to the official Syrian Arab News Agency.\n\n" + body}, "SANA"},
		{"told", record.Document{Text: "Ghana met Togo, the minister told Reuters.\n\n" + body}, "Reuters"},
		{"two agencies", record.Document{Text: "Ghana met Togo, Xinhua reported. TASS said they had not.\n\n" + body}, ""},
		{"far into the text", record.Document{Text: body + "\n\n" + body + "\n\n" + body + "\n\nXinhua reported that they ate fish."}, ""},
		{"a word that is also an agency", record.Document{Text: "The MAP said nothing; Petra said less, according to SPA guests.\n\n" + body}, ""},
		{"an agency that is spoken of", record.Document{Text: "Ghana met Reuters in court.\n\n" + body}, ""},
		{"a name that an agency's is part of", record.Document{Text: "Ghana met Togo, Reutersberg said.\n\n" + body}, ""},
	}
	for _, tt := range tests {
		if got := agency(&tt.doc); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
