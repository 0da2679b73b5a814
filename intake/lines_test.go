package intake

import (
	"testing"

	"demarche/record"
)

func TestRowDate(t *testing.T) {
	tests := []struct{ row, want string }{
		{"October 14, 2020 1:28 PM", "2020-10-14"},
		{"  • October 14, 2020", "2020-10-14"},
		{"Published: 3 Sept. 2018, 14:05 GMT", "2018-09-03"},
		{"Wed, 7 June 2017 at 9.30 am", "2017-06-07"},
		{"2017-06-07 10:00", "2017-06-07"},
		{"2017-06-07T10:00:00+07:00", "2017-06-07"},
		{"TASHKENT, June 24, 2016 (Kabar) -- Leaders", "2016-06-24"},
		{"MOSCOW, 13 October 2020. /TASS/. The", "2020-10-13"},
		{"MOSCOW, October 13 (Interfax) - The", ""},
		{"February 30, 2020", ""},
		{"October 14, 2020 was a day of talks", ""},
		{"May 1999 saw the ministers meet again", ""},
		{"14/10/2020", ""},
	}
	for _, tt := range tests {
		if got := rowDate(tt.row).Earliest.String(); got != tt.want {
			t.Errorf("rowDate(%q) = %q, want %q", tt.row, got, tt.want)
		}
	}
}

func TestTitleOfText(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"stands alone", "Envoys meet\n\nGhana met Togo.", "Envoys meet"},
		{"byline below", "Envoys meet\nBy Ama Mensah\nGhana met Togo.", "Envoys meet"},
		{"a sentence", "Ghana met Togo.\n\nBenin came.", ""},
		{"a paragraph", "Ghana met\nTogo in Lomé on Monday, with Benin, Mali and the Niger as guests, and agreed on nothing.", ""},
		{"a dateline", "ACCRA, 7 May 2019 (GNA) - Ghana met Togo, officials said\n\nMore", ""},
		{"a date", "7 May 2019\n\nGhana met Togo.", ""},
		{"nothing else", "Envoys meet", ""},
	}
	for _, tt := range tests {
		if got := firstLines(tt.text).title; got != tt.want {
			t.Errorf("%s: title %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestAgency(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Title\n\nPHNOM PENH, Oct. 14 (Xinhua) -- The", "Xinhua"},
		{"MOSCOW, October 13. /TASS/. The", "TASS"},
		{"WASHINGTON (AP) — The", "AP"},
		{"The Shanghai Cooperation Organization (SCO)—a body", ""},
		{"PHNOM PENH--Deputy ministers (two) - met", ""},
	}
	for _, tt := range tests {
		if got := agency(&record.Document{Text: tt.text}); got != tt.want {
			t.Errorf("agency(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}
