package almanac

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fact opens a list of ../shared/facts, or skips the test with a word.
func fact(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "shared", "facts", name))
	if err != nil {
		t.Skipf("the lists of facts are not here: %v", err)
	}
	return b
}

// table reads a list with a header line, as one map a line.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	text := strings.ReplaceAll(string(fact(t, name)), "\r", "\n")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, h := range rows[0] {
			m[strings.TrimPrefix(h, "\ufeff")] = r[i]
		}
		out = append(out, m)
	}
	return out
}

func TestEveryISOCountryIsThere(t *testing.T) {
	a := mustLoad(t)
	for _, r := range table(t, "country-codes.csv") {
		code, iso2 := r["ISO3166-1-Alpha-3"], r["ISO3166-1-Alpha-2"]
		p := a.Polity(code)
		if p == nil {
			t.Errorf("%s (%s) is not in polities.tsv", code, r["CLDR display name"])
			continue
		}
		if p.ISO2 != iso2 {
			t.Errorf("%s has iso2 %q, want %q", code, p.ISO2, iso2)
		}
		if !named(a, r["CLDR display name"], code) && !named(a, r["UNTERM English Short"], code) {
			t.Errorf("%s: neither %q nor %q names it", code, r["CLDR display name"], r["UNTERM English Short"])
		}
		if c := strings.TrimSpace(r["Capital"]); c != "" && p.Type == "state" && !named(a, c, code) {
			t.Errorf("%s: its capital %q does not name it", code, c)
		}
	}
}

// named reports whether a name may mean a polity or a place in it.
func named(a *Almanac, name, code string) bool {
	name = strings.Trim(strings.ReplaceAll(name, "(the)", ""), " *")
	return slices.ContainsFunc(a.Lookup(name, 0), func(s Sense) bool { return s.ID == code || s.In == code })
}

func TestEveryDissolvedISOCountryIsThere(t *testing.T) {
	a := mustLoad(t)
	var list map[string][]struct {
		Alpha3 string `json:"alpha_3"`
		Name   string
	}
	if err := json.Unmarshal(fact(t, "iso3166-3.json"), &list); err != nil {
		t.Fatal(err)
	}
	for _, c := range list["3166-3"] {
		if len(a.Lookup(c.Alpha3, 0)) == 0 {
			t.Errorf("%s (%s) means nothing", c.Alpha3, c.Name)
		}
	}
}

func TestEveryStateOfTheInterstateSystemIsThere(t *testing.T) {
	a := mustLoad(t)
	by := map[int]*Polity{}
	for _, code := range a.Polities() {
		for _, n := range a.Polity(code).COW {
			by[n] = a.Polity(code)
		}
	}
	for _, r := range table(t, "states2016.csv") {
		n, err := strconv.Atoi(r["ccode"])
		if err != nil {
			t.Fatal(err)
		}
		p := by[n]
		if p == nil {
			t.Errorf("%s (%d) is no polity's number", r["statenme"], n)
			continue
		}
		if !namesCOW(a, r["statenme"], n) {
			t.Errorf("%q does not name %s", r["statenme"], p.Code)
		}
	}
}

// namesCOW reports whether a name means a polity of a number.
func namesCOW(a *Almanac, name string, n int) bool {
	return slices.ContainsFunc(a.Lookup(name, 0), func(s Sense) bool {
		return s.Kind == KindPolity && slices.Contains(a.Polity(s.ID).COW, n)
	})
}

func TestCOWCodes(t *testing.T) {
	a := mustLoad(t)
	have := map[int]bool{}
	for _, code := range a.Polities() {
		for _, n := range a.Polity(code).COW {
			have[n] = true
		}
	}
	for _, r := range table(t, "cow_country_codes.csv") {
		if n, _ := strconv.Atoi(r["CCode"]); !have[n] {
			t.Errorf("%s (%s) is no polity's number", r["StateNme"], r["CCode"])
		}
	}
}

func TestDissolvedStatesHaveSuccessors(t *testing.T) {
	a := mustLoad(t)
	for _, code := range a.Polities() {
		p := a.Polity(code)
		if p.End().Latest != 0 && len(p.Successors()) == 0 {
			t.Errorf("%s ended and has no successor", code)
		}
		for _, pred := range p.Predecessors() {
			if !slices.Contains(a.Successors(pred), code) {
				t.Errorf("%s has the predecessor %s, which does not have it as successor", code, pred)
			}
		}
	}
}

func TestEveryStateHasItsAdjectiveAndCapital(t *testing.T) {
	a := mustLoad(t)
	adjective := map[string]bool{}
	for _, e := range a.names.hits {
		for _, s := range e {
			if s.Kind == KindPolity && (s.Type == "adjective" || s.Type == "demonym") {
				adjective[s.ID] = true
			}
		}
	}
	// Dominica's is that of the Dominican Republic, Liechtenstein and the like
	// say it with the name.
	without := []string{"DMA"}
	for _, code := range a.Polities() {
		p := a.Polity(code)
		if p.Type != "state" {
			continue
		}
		if !adjective[code] && !slices.Contains(without, code) {
			t.Errorf("%s has no adjective", code)
		}
		if p.Capital(0) == "" {
			t.Errorf("%s has no capital", code)
		}
	}
}

// once reports wordings that stand for two things of one file.
func once(t *testing.T, seen map[string]string, id string, wordings []string) {
	t.Helper()
	for _, w := range wordings {
		if old, ok := seen[keyed(w)]; ok && old != id {
			t.Errorf("%q is a wording of %s and of %s", w, old, id)
		}
		seen[keyed(w)] = id
	}
}

func TestWordingsMeanOneThing(t *testing.T) {
	a := mustLoad(t)
	money, times, treaties := map[string]string{}, map[string]string{}, map[string]string{}
	for _, c := range a.Currencies() {
		if len(c.Wordings) == 0 {
			t.Errorf("%s has no wordings", c.Code)
		}
		once(t, money, c.Code, c.Wordings)
	}
	for _, p := range a.Periods() {
		once(t, times, p.Name, p.Wordings)
	}
	for _, tr := range a.Treaties() {
		once(t, treaties, tr.Name, append(tr.Wordings, tr.Name))
	}
}

func TestEveryCurrencyOfISOIsThere(t *testing.T) {
	a := mustLoad(t)
	var list map[string][]struct {
		Alpha3 string `json:"alpha_3"`
		Name   string
	}
	if err := json.Unmarshal(fact(t, "iso4217.json"), &list); err != nil {
		t.Fatal(err)
	}
	for _, c := range list["4217"] {
		if strings.HasPrefix(c.Alpha3, "X") { // metals, funds, tests
			continue
		}
		if a.Currency(c.Alpha3) == nil {
			t.Errorf("%s (%s) is not in currencies.tsv", c.Alpha3, c.Name)
		}
	}
}

func TestSeatsArePlaces(t *testing.T) {
	a := mustLoad(t)
	for _, id := range a.Bodies() {
		seat := a.Body(id).Seat
		if seat == "" {
			continue
		}
		if !slices.ContainsFunc(a.Lookup(seat, 0), func(s Sense) bool { return s.Kind == KindPlace || s.Kind == KindPolity }) {
			t.Errorf("the seat of %s, %q, is no place", id, seat)
		}
	}
}
