package almanac

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

const (
	polityHead = "code\tname\tstart\tend\tiso2\tcow\tpredecessors\tsuccessors\ttype\tsource\n"
	nameHead   = "polity\tform\ttype\tfrom\tto\tsource\n"
	bodyHead   = "body\tname\tfounded\tended\tseat\ttype\tpredecessors\tsource\n"
	bnameHead  = "body\tform\ttype\tfrom\tto\tsource\n"
	tierHead   = "body\trank\ttier\twordings\tsource\n"
	placeHead  = "place\tpolity\tfrom\tto\ttype\tsource\n"
	postHead   = "post\tclass\twordings\tscope\tsource\n"
	periodHead = "wordings\tstart\tend\tpolity\tsource\n"
	moneyHead  = "code\twordings\tsymbols\tpolity\tsource\n"
	treatyHead = "name\twordings\tsigned\tinforce\tended\tsource\n"
)

// small is a whole set of data files of made-up facts.
func small() fstest.MapFS {
	files := map[string]string{
		"polities.tsv": polityHead +
			"OLD\tOldland\t1900\t1950-06-30\t\t901\t\tNEW\tformer state\tmade up\n" +
			"NEW\tNewland\t1950-07-01\t\tNW\t902\tOLD\t\tstate\tmade up\n",
		"names.tsv":      nameHead + "OLD\tOldland\tname\t\t\tmade up\nNEW\tNewland\tname\t\t\tmade up\nNEW\tOld Town\tcapital\t1950-07-01\t\tmade up\n",
		"bodies.tsv":     bodyHead + "OLG\tOld League\t1920\t1940\tOld Town\tigo\t\tmade up\nLG\tLeague\t1941\t\tOld Town\tigo\tOLG\tmade up\n",
		"bodynames.tsv":  bnameHead + "LG\tLG\tacronym\t\t\tmade up\n",
		"tiers.tsv":      tierHead + "LG\t1\tmember\tmember|full member\tmade up\nLG\t2\tobserver\tobserver|observer state\tmade up\n",
		"places.tsv":     placeHead + "Port New\tNEW\t\t\tcity\tmade up\n",
		"posts.tsv":      postHead + "war minister\tminister\twar minister|minister of war\tpolity\tmade up\n",
		"periods.tsv":    periodHead + "the Long War|Great Feud\t1910-02\t1914\tOLD\tmade up\n",
		"currencies.tsv": moneyHead + "NWD\tnew dollar|dollars\tN$\tNEW\tmade up\n",
		"treaties.tsv":   treatyHead + "Treaty of Port New\tPort New treaty\t1951-03-01\t1952\t\tmade up\n",
	}
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte("# made up\n" + text)}
	}
	return out
}

func TestLoadSmall(t *testing.T) {
	a, err := load(small())
	if err != nil {
		t.Fatal(err)
	}
	d := day(t, "1912-01-01")
	if p := a.Period("Long War"); p == nil || !p.When().Meets(d2w(t, "1912-01-01")) || p.Start.Earliest != day(t, "1910-02-01") || p.End.Latest != day(t, "1914-12-31") {
		t.Errorf("Period(Long War) = %+v", p)
	}
	if got := ids(a.Lookup("the long war", d)); got != "period the Long War name" {
		t.Errorf("Lookup(the long war) = %s", got)
	}
	for _, w := range []string{"NWD", "N$", "New Dollar", "dollars"} {
		if c := a.Currency(w); c == nil || c.Code != "NWD" {
			t.Errorf("Currency(%s) = %+v", w, c)
		}
	}
	if c := a.Currency("nwd$"); c != nil {
		t.Errorf("Currency(nwd$) = %+v", c)
	}
	if tr := a.Treaty("the Port New Treaty"); tr == nil || tr.InForce.Latest != day(t, "1952-12-31") || !tr.Ended.IsZero() {
		t.Errorf("Treaty = %+v", tr)
	}
	b := a.Body("LG")
	if b == nil || b.Tier("full member") != &b.Tiers[0] || b.Tier("observer") != &b.Tiers[1] || b.Tier("guest") != nil {
		t.Errorf("Body(LG) = %+v", b)
	}
	if got := a.Successors("OLG"); len(got) != 1 || got[0] != "LG" {
		t.Errorf("Successors(OLG) = %v", got)
	}
	if w := a.Lifetime("OLD"); w.Earliest != day(t, "1900-01-01") || w.Latest != day(t, "1950-06-30") {
		t.Errorf("Lifetime(OLD) = %v", w)
	}
	if c := a.Polity("NEW").Capital(day(t, "1949-01-01")); c != "" {
		t.Errorf("Capital of 1949 = %q, before it was", c)
	}
	if c := a.Polity("NEW").Capital(0); c != "Old Town" {
		t.Errorf("Capital = %q", c)
	}
}

func TestLoadFaults(t *testing.T) {
	for _, c := range []struct{ file, text, where, why string }{
		{"polities.tsv", "code\tname\n", "polities.tsv:1", "columns are"},
		{"polities.tsv", "", "polities.tsv:0", "no line names the columns"},
		{"polities.tsv", polityHead + "A\tB\n", "polities.tsv:2", "2 columns, want 10"},
		{"polities.tsv", polityHead + "\n# c\nA\tA\t1900-13\t\t\t\t\t\tstate\tx\n", "polities.tsv:4", "1900-13"},
		{"polities.tsv", polityHead + "A\tA\t1900\t1800\t\t\t\t\tstate\tx\n", "polities.tsv:2", "ends before it starts"},
		{"polities.tsv", polityHead + "A\tA\t1900\t\t\t\t\t\tstate\tx\nA\tA\t1950\t\t\t\t\t\tstate\tx\n", "polities.tsv:3", "does not follow"},
		{"polities.tsv", polityHead + "A\tA\t1900\t\t\tx\t\t\tstate\tx\n", "polities.tsv:2", "no number"},
		{"polities.tsv", polityHead + "OLD\tO\t1900\t\t\t\tQQQ\t\tstate\tx\nNEW\tN\t\t\t\t\t\t\tstate\tx\n", "polities.tsv:2", `"QQQ" is not in polities.tsv`},
		{"polities.tsv", polityHead + "A\tA\t1900\t\t\t\t\t\tstate\t\n", "polities.tsv:2", "source is empty"},
		{"polities.tsv", polityHead + "A\t A\t1900\t\t\t\t\t\tstate\tx\n", "polities.tsv:2", "blanks around"},
		{"polities.tsv", polityHead + "A\t\xff\t1900\t\t\t\t\t\tstate\tx\n", "polities.tsv:2", "not UTF-8"},
		{"names.tsv", nameHead + "XXX\tX\tname\t\t\tx\n", "names.tsv:2", `"XXX" is not in polities.tsv`},
		{"names.tsv", nameHead + "NEW\tX\tname\t1950\t1940\tx\n", "names.tsv:2", "1940 is before 1950"},
		{"names.tsv", nameHead + "NEW\t...\tname\t\t\tx\n", "names.tsv:2", "no letters"},
		{"bodies.tsv", bodyHead + "LG\tL\t\t\t\tigo\t\tx\nLG\tL\t\t\t\tigo\t\tx\n", "bodies.tsv:3", "twice"},
		{"bodies.tsv", bodyHead + "LG\tL\t\t\t\tigo\tZZ\tx\n", "bodies.tsv:2", `"ZZ" is not in bodies.tsv`},
		{"tiers.tsv", tierHead + "LG\t2\tmember\tmember\tx\n", "tiers.tsv:2", "want 1"},
		{"tiers.tsv", tierHead + "LG\t1\tmember\ta||b\tx\n", "tiers.tsv:2", "empty wording"},
		{"posts.tsv", postHead + "p\tminister\t\tpolity\tx\n", "posts.tsv:2", "no wordings"},
		{"places.tsv", placeHead + "P\tQQQ\t\t\tcity\tx\n", "places.tsv:2", `"QQQ"`},
	} {
		data := small()
		data[c.file] = &fstest.MapFile{Data: []byte(c.text)}
		_, err := load(data)
		var bad *DataError
		if !errors.As(err, &bad) {
			t.Errorf("%s %q: error %v, want a DataError", c.file, c.text, err)
			continue
		}
		if !strings.HasPrefix(err.Error(), c.where+": ") || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s %q: %v, want %s: ... %s", c.file, c.text, err, c.where, c.why)
		}
	}
}

func TestLoadMissingFile(t *testing.T) {
	data := small()
	delete(data, "names.tsv")
	if _, err := load(data); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("load without names.tsv: %v", err)
	}
}

// FuzzLoad reads any bytes as each of the data files: it may refuse them, and
// says where; what it takes must answer.
func FuzzLoad(f *testing.F) {
	for i, d := range dataFiles {
		f.Add(i, string(small()[d.name].Data))
	}
	f.Add(6, postHead)
	f.Add(0, polityHead+"A\tA\t\t\t\t\tA\tA\tstate\tx\n")
	f.Add(2, nameHead+"NEW\tŻółć & Ñ\tname\t\t\tx\n")
	f.Fuzz(func(t *testing.T, i int, text string) {
		if i < 0 || i >= len(dataFiles) {
			return
		}
		data := small()
		data[dataFiles[i].name] = &fstest.MapFile{Data: []byte(text)}
		a, err := load(data)
		if err != nil {
			var bad *DataError
			if !errors.As(err, &bad) || bad.Line < 0 {
				t.Fatalf("error without a place: %v", err)
			}
			return
		}
		answers(t, a, text)
	})
}

// answers asks an almanac about every word and every code.
func answers(t *testing.T, a *Almanac, text string) {
	words := strings.Fields(text)
	for i := range words {
		if n, senses := a.Match(words, i); n < 0 || i+n > len(words) || (n > 0) != (len(senses) > 0) {
			t.Fatalf("Match(%q) = %d, %d senses", words[i:], n, len(senses))
		}
		a.MatchPost(words, i)
		a.Lookup(words[i], 700000)
	}
	for _, code := range a.Polities() {
		a.At(code, 700000)
		a.Lifetime(code)
	}
}
