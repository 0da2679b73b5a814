package story

import (
	"strings"
	"testing"

	"demarche/record"
)

func TestDifference(t *testing.T) {
	tests := []struct{ name, former, later, want string }{
		{"none", "A met B. C went.", "A met B.\n\nC  went.", ""},
		{"one changed", "A met B. C went. D came.", "A met B. C stayed. D came.", "[C went.>C stayed.]"},
		{"taken out", "A met B. C went. D came.", "A met B. D came.", "[C went.>]"},
		{"put in", "A met B. D came.", "A met B. C went. D came.", "[>C went.]"},
		{"at both ends", "A. B. C. D.", "X. B. C. Y.", "[A.>X.][D.>Y.]"},
		{"several", "A. B. C. D. E. F.", "A. X. C. E. F. Z.", "[B.>X.][D.>][>Z.]"},
		{"all", "A. B.", "C.", "[A. B.>C.]"},
		{"from nothing", "", "C.", "[>C.]"},
		{"to nothing", "C.", "", "[C.>]"},
	}
	for _, tt := range tests {
		var b strings.Builder
		for _, c := range Difference(tt.former, tt.later) {
			b.WriteString("[" + tt.former[c.From:c.To] + ">" + tt.later[c.NewFrom:c.NewTo] + "]")
		}
		if b.String() != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, b.String(), tt.want)
		}
	}
}

func TestTouched(t *testing.T) {
	former := "A met B. C went. D came."
	changes := Difference(former, "A met B. C stayed. D came. E left.")
	for quote, want := range map[string]bool{"A met B.": false, "C went.": true, "met B. C": true, "D came.": false} {
		at := strings.Index(former, quote)
		if got := Touched(changes, record.Citation{Start: at, End: at + len(quote)}); got != want {
			t.Errorf("%q: %v", quote, got)
		}
	}
}

// The changes, put into the former edition, make the later one.
func FuzzDifference(f *testing.F) {
	f.Add("A. B. C. D.", "A. X. D. E.")
	f.Fuzz(func(t *testing.T, former, later string) {
		var b strings.Builder
		at := 0
		for _, c := range Difference(former, later) {
			if c.From < at || c.To < c.From || c.NewTo < c.NewFrom {
				t.Fatalf("change %+v after %d", c, at)
			}
			b.WriteString(former[at:c.From] + " " + later[c.NewFrom:c.NewTo] + " ")
			at = c.To
		}
		b.WriteString(former[at:])
		if got, want := strings.Fields(b.String()), strings.Fields(later); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("made %q, want %q", got, want)
		}
	})
}
