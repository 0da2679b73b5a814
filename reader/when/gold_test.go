package when

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"demarche/almanac"
	"demarche/record"
	"demarche/text"
)

type labelled struct {
	Published string
	Text      string
	Claims    []struct {
		Kind  string
		When  []string
		Quote string
	}
}

// TestLabelledDates holds the dates found in a claim's own sentence against the
// date that readers gave the claim, over the texts to learn from. Claims dated to
// the day of publication tell nothing and are left out.
func TestLabelledDates(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/gold/train/*.json")
	if len(files) == 0 {
		t.Skip("no labelled texts at ../shared/gold/train")
	}
	a, err := almanac.Load()
	if err != nil {
		t.Fatal(err)
	}
	var periods []Period
	for _, p := range a.Periods() {
		periods = append(periods, Period{Wordings: p.Wordings, When: p.When()})
	}
	finder := New(periods)
	var dated, exact int
	for _, path := range files {
		n, k := scoreDates(t, finder, path)
		dated, exact = dated+n, exact+k
	}
	t.Logf("claims dated otherwise than by publication, with a date in their sentence: %d; the same date found: %d (%.1f%%)", dated, exact, 100*float64(exact)/float64(dated))
	if 100*exact < 78*dated {
		t.Errorf("%d of %d labelled dates found; 78%% is the least", exact, dated)
	}
}

func scoreDates(t *testing.T, finder *Finder, path string) (dated, exact int) {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var l labelled
	if err := json.Unmarshal(b, &l); err != nil {
		t.Fatal(err)
	}
	d := split(l.Text)
	es := finder.Find(d, published(l.Published))
	for _, c := range l.Claims {
		if len(c.When) != 2 || c.When[0] == l.Published || len(l.Published) == 4 && c.When[0][:4] == l.Published {
			continue
		}
		want := record.When{Earliest: day(c.When[0]), Latest: day(c.When[1])}
		own := inSentence(d, es, strings.Index(l.Text, c.Quote))
		if !anyDate(own) {
			continue
		}
		dated++
		if sameDate(own, want) {
			exact++
		} else if testing.Verbose() {
			t.Logf("%s %s %v: %s", filepath.Base(path), c.Kind, c.When, told(d, own))
		}
	}
	return dated, exact
}

// inSentence returns the expressions of the sentence in which byte at lies.
func inSentence(d *text.Doc, es []Expr, at int) []Expr {
	var out []Expr
	for _, s := range d.Sents {
		if d.Tokens[s.Start].Start > at || d.Tokens[s.End-1].End <= at {
			continue
		}
		for _, e := range es {
			if e.Tokens.Start >= s.Start && e.Tokens.End <= s.End {
				out = append(out, e)
			}
		}
	}
	return out
}

func anyDate(es []Expr) bool {
	for _, e := range es {
		if !e.When.IsZero() {
			return true
		}
	}
	return false
}

func sameDate(es []Expr, want record.When) bool {
	for _, e := range es {
		if e.When == want || e.Past == want || e.Future == want || e.Start == want || e.End == want {
			return true
		}
	}
	return false
}
