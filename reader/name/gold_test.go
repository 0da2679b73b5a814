package name

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"demarche/almanac"
	"demarche/record"
	"demarche/text"
)

// goldDoc is a document of ../shared/gold, as far as names are concerned.
type goldDoc struct {
	ID, Publisher, Title, Published, Text string
	Claims                                []goldClaim
}

type goldClaim struct {
	Kind, Phase, Quote string
	Negated            bool
	Roles              map[string]any
	When               []string
	Source             *string
}

func loadGold(t testing.TB, set string) map[string]goldDoc {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "gold", set, "*.json"))
	if len(files) == 0 {
		t.Skip("no ../shared/gold here")
	}
	sort.Strings(files)
	out := map[string]goldDoc{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var d goldDoc
		if err := json.Unmarshal(data, &d); err != nil {
			t.Fatal(f, err)
		}
		out[filepath.Base(f)] = d
	}
	return out
}

var (
	tokenPattern = regexp.MustCompile(`(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Lieut|Sen|Rep|Jr|Sr|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Prof|Mme|a\.m|p\.m)\.|['’]s\b|\d[\d.,:]*|[\p{L}\p{M}\d]+(?:['’][\p{L}]{2,})?|--|[^\s]`)
	endPattern   = regexp.MustCompile(`^(?:[.!?]|\.\.\.)$`)
)

// tokens cuts a text roughly as the tokeniser of text/token does.
func tokens(s string) *text.Doc {
	d := &text.Doc{Source: s}
	start, end := 0, 0
	for _, m := range tokenPattern.FindAllStringIndex(s, -1) {
		if n := len(d.Tokens); n > start && regexp.MustCompile(`\n\s*\n`).MatchString(s[end:m[0]]) {
			d.Sents = append(d.Sents, text.Span{Start: start, End: n})
			start = n
		}
		d.Tokens = append(d.Tokens, text.Span{Start: m[0], End: m[1]})
		end = m[1]
		if endPattern.MatchString(s[m[0]:m[1]]) {
			d.Sents = append(d.Sents, text.Span{Start: start, End: len(d.Tokens)})
			start = len(d.Tokens)
		}
	}
	if start < len(d.Tokens) {
		d.Sents = append(d.Sents, text.Span{Start: start, End: len(d.Tokens)})
	}
	return d
}

func whenOf(s string) record.When {
	if d, err := record.ParseDay(s); err == nil {
		return record.On(d)
	}
	if d, err := record.ParseDay(s + "-01-01"); err == nil {
		y, _, _ := d.Date()
		return record.Year(y)
	}
	return record.When{}
}

func finder(t testing.TB) *Finder {
	alm, err := almanac.Load()
	if err != nil {
		t.Fatal(err)
	}
	return NewFinder(alm)
}

func find(f *Finder, d goldDoc) *Names {
	return f.Find(Input{Doc: tokens(d.Text), Published: whenOf(d.Published), Publisher: d.Publisher, Headline: tokens(d.Title)})
}

// TestGoldOffices holds the offices of the training texts to a floor of
// precision and recall, counted as ../shared/gold/score.py does but for its
// tolerance of short names.
func TestGoldOffices(t *testing.T) {
	f := finder(t)
	right, told, gold := 0, 0, 0
	for _, d := range loadGold(t, "train") {
		want := map[string]int{}
		for _, c := range d.Claims {
			if c.Kind == "office" && !c.Negated {
				want[officeKey(c.Phase, stringsOf(c.Roles["holder"]), stringsOf(c.Roles["of"]))]++
				gold++
			}
		}
		for _, o := range find(f, d).Offices(whenOf(d.Published), nil) {
			if o.Kind != record.Office {
				continue
			}
			told++
			key := officeKey(string(o.Phase), o.Roles[record.RoleHolder], o.Roles[record.RoleOf])
			if want[key] > 0 {
				want[key]--
				right++
			}
		}
	}
	precision, recall := float64(right)/float64(told), float64(right)/float64(gold)
	t.Logf("offices: precision %.3f, recall %.3f (%d right, %d told, %d gold)", precision, recall, right, told, gold)
	if precision < 0.88 || recall < 0.70 {
		t.Errorf("precision %.3f and recall %.3f fell below 0.88 and 0.70", precision, recall)
	}
}

func officeKey(phase string, holder, of []string) string {
	return phase + "|" + fold(strings.Join(holder, "+")) + "|" + fold(strings.Join(of, "+"))
}

// TestWritePredictions writes what titles tell of the training texts to
// $NAME_OUT, for ../shared/gold/score.py.
func TestWritePredictions(t *testing.T) {
	out := os.Getenv("NAME_OUT")
	if out == "" {
		t.Skip("NAME_OUT is not set")
	}
	f := finder(t)
	set := os.Getenv("NAME_SET")
	if set == "" {
		set = "train"
	}
	for file, d := range loadGold(t, set) {
		n := find(f, d)
		claims := []map[string]any{}
		for _, told := range n.Offices(whenOf(d.Published), nil) {
			roles := map[string]any{}
			for k, v := range told.Roles {
				roles[k] = v[0]
			}
			c := map[string]any{"kind": told.Kind, "phase": told.Phase, "roles": roles, "when": nil, "source": nil,
				"quote": n.reader.text(told.Span), "sure": told.Sure}
			if w := told.When; !w.IsZero() {
				c["when"] = []string{w.Earliest.String(), w.Latest.String()}
			}
			claims = append(claims, c)
		}
		data, _ := json.Marshal(map[string]any{"id": d.ID, "claims": claims})
		if err := os.WriteFile(filepath.Join(out, file), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
