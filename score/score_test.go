package score_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"demarche/score"
	"demarche/wire"
)

func TestFold(t *testing.T) {
	for _, c := range [][2]string{
		{"H.E. Mr. José Núñez-Pérez", "jose nunez perez"},
		{"the late King Hassan II", "hassan ii"},
		{"Prime Minister", ""},
		{"Prince Faisal", "faisal"},
		{"Princely State", "princely state"},
		{"Kingsley O’Neill", "kingsley o'neill"},
		{"He Lifeng", "lifeng"},
		{"Dr.Ana", "ana"},
		{"ﬁnance  ministry", "finance ministry"},
		{"Łukasz_2", "łukasz_2"},
		{"Thailand", "thailand"},
	} {
		if got := score.Fold(c[0]); got != c[1] {
			t.Errorf("Fold(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"ana torres", "torres", true}, {"ana torres", "ana", false}, {"li wei", "wei", false},
		{"", "torres", false}, {"", "", true}, {"ana torres", "luis torres", false},
	} {
		if score.SameName(c.a, c.b) != c.want || score.SameName(c.b, c.a) != c.want {
			t.Errorf("SameName(%q, %q) is not %v", c.a, c.b, c.want)
		}
	}
}

func TestCompareCounts(t *testing.T) {
	gold := decode(t, `{"id":"a","text":"x","claims":[
		{"kind":"CONSULT","phase":"occurs","roles":{"actor":["FRA"],"recipient":["DEU"]},"when":["2019-03-04","2019-03-04"],"source":"Ana Torres","quote":"x"},
		{"kind":"membership","phase":"holds","roles":{"party":"FRA","body":"UN","tier":"full member"},"when":["2019-01-01","2019-12-31"],"source":null,"quote":"x"},
		{"kind":"office","phase":"holds","roles":{"holder":"Ana Torres","post":"foreign minister","of":"ESP"},"when":null,"source":null,"quote":"x"}]}`)
	pred := decode(t, `{"id":"a","text":"x","claims":[
		{"kind":"CONSULT","phase":"occurs","roles":{"actor":["DEU","FRA"],"recipient":[]},"when":["2019-03-06","2019-03-06"],"source":"Torres","quote":"x"},
		{"kind":"membership","phase":"holds","roles":{"party":"FRA","body":"UN","tier":"member"},"when":["2019-01-01","2019-12-31"],"source":null,"quote":"x"},
		{"kind":"membership","phase":"holds","negated":true,"roles":{"party":"FRA","body":"UN","tier":"member"},"when":null,"source":null,"quote":"x"}]}`)
	f := score.Compare(map[string]*wire.Document{"a.json": gold}, map[string]*wire.Document{"a.json": pred})
	if f.Groups[score.Acts] != (score.Count{Right: 1, Gold: 1, Predicted: 1}) || f.Groups[score.States] != (score.Count{Right: 1, Gold: 1, Predicted: 2}) ||
		f.Groups[score.Offices] != (score.Count{Gold: 1}) {
		t.Errorf("counts: %+v", f.Groups)
	}
	if f.Dates[score.Exact] != 1 || f.Dates[score.Wrong] != 1 || f.SourceRight != 2 {
		t.Errorf("dates %v, sources %d", f.Dates, f.SourceRight)
	}
	if len(f.Misses) != 2 || f.Misses[0].Wrong || !f.Misses[1].Wrong {
		t.Errorf("misses: %+v", f.Misses)
	}
}

func decode(t *testing.T, s string) *wire.Document {
	t.Helper()
	d, err := wire.Decode(bytes.NewReader([]byte(s)), "test")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestAgainstReference scores disturbed copies of the gold texts with score.py
// and with this package: every printed figure must be the same.
func TestAgainstReference(t *testing.T) {
	shared, err := filepath.Abs("../../shared/gold")
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(shared, "score.py")
	if _, err := os.Stat(script); err != nil {
		t.Skip("no ../shared/gold/score.py here")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 here")
	}
	for _, set := range []string{"train", "dev"} {
		gold, pred := filepath.Join(shared, set), t.TempDir()
		disturb(t, gold, pred)
		f, err := score.Dirs(gold, pred)
		if err != nil {
			t.Fatal(err)
		}
		var table bytes.Buffer
		if err := f.Write(&table); err != nil {
			t.Fatal(err)
		}
		if want := run(t, python, script, gold, pred); table.String() != want {
			t.Errorf("%s: table\n%swant\n%s", set, table.String(), want)
		}
		var got, want any
		b, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if json.Unmarshal(b, &got) != nil || json.Unmarshal([]byte(run(t, python, script, gold, pred, "--json")), &want) != nil {
			t.Fatal("the figures are no JSON")
		}
		b, _ = json.Marshal(got)
		w, _ := json.Marshal(want)
		if !bytes.Equal(b, w) {
			t.Errorf("%s: figures\n%s\nwant\n%s", set, b, w)
		}
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// disturb writes copies of the gold documents with claims dropped, doubled and
// changed in every field that the score looks at.
func disturb(t *testing.T, from, to string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(from, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, path := range paths {
		if r.IntN(12) == 0 {
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var d map[string]any
		if err := json.Unmarshal(b, &d); err != nil {
			t.Fatal(err)
		}
		d["claims"] = disturbClaims(r, d["claims"].([]any))
		b, _ = json.Marshal(d)
		if err := os.WriteFile(filepath.Join(to, filepath.Base(path)), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func disturbClaims(r *rand.Rand, claims []any) []any {
	out := []any{}
	for _, c := range claims {
		claim := c.(map[string]any)
		switch r.IntN(10) {
		case 0:
			continue
		case 1:
			out = append(out, claim)
		case 2:
			claim["when"] = nil
		case 3:
			claim["when"] = []any{"2019-01-01", "2019-12-31"}
		case 4:
			claim["source"] = "President Ana María Torres"
		case 5:
			claim["negated"] = true
		case 6:
			delete(claim, "content")
		case 7:
			swapRoles(claim["roles"].(map[string]any))
		}
		out = append(out, claim)
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// swapRoles exchanges actor and recipient, and puts a title before a holder.
func swapRoles(roles map[string]any) {
	if roles["actor"] != nil {
		roles["actor"], roles["recipient"] = roles["recipient"], roles["actor"]
	}
	if h, ok := roles["holder"].(string); ok {
		roles["holder"] = "Ambassador Dr. " + h
	}
}
