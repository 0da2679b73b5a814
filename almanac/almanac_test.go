package almanac

import (
	"strings"
	"testing"

	"demarche/record"
)

func mustLoad(t testing.TB) *Almanac {
	t.Helper()
	a, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func day(t testing.TB, s string) record.Day {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := record.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// ids are the distinct "kind id type" of senses.
func ids(senses []Sense) string {
	var out []string
	for _, s := range senses {
		id := s.Kind.String() + " " + s.ID + " " + s.Type
		if len(out) == 0 || out[len(out)-1] != id {
			out = append(out, id)
		}
	}
	return strings.Join(out, ", ")
}

func TestLookup(t *testing.T) {
	a := mustLoad(t)
	for _, c := range []struct{ name, on, want string }{
		{"Cambodia", "", "polity KHM name"},
		{"cambodia", "2020-10-14", "polity KHM name"},
		{"KHM", "", "polity KHM code"},
		{"Phnom Penh", "2020-10-14", "polity KHM capital, place Phnom Penh city"},
		{"Russia", "1956-05-13", "polity SUN loose"},
		{"Russia", "2020-10-14", "polity RUS name"},
		{"Russian", "1956-05-13", "polity SUN adjective"},
		{"Moscow", "1956-05-13", "polity SUN capital, place Moscow city"},
		{"Moscow", "2020-10-14", "polity RUS capital, place Moscow city"},
		{"the Kremlin", "2020-10-14", "polity RUS metonym, place Kremlin venue"},
		{"Germany", "1960-01-01", "polity DEU name"},
		{"West Germany", "1960-01-01", "polity DEU former"},
		{"China", "1930-01-01", "polity CHN name"},
		{"Republic of China", "1930-01-01", "polity CHN name"},
		{"Republic of China", "1960-01-01", "polity TWN name"},
		{"Vietnam", "1965-01-01", "polity VDR short, polity RVN short"},
		{"Viet Nam", "2020-01-01", "polity VNM name"},
		{"Yugoslavia", "1995-01-01", "polity YUG name"},
		{"Yugoslavia", "2020-01-01", "polity YUG name"},
		{"Austria", "1900-01-01", "polity AUH short"},
		{"Turkey", "1900-01-01", "polity Ottoman Empire short"},
		{"Turkey", "2000-01-01", "polity TUR name"},
		{"Côte d’Ivoire", "", "polity CIV name"},
		{"COTE D'IVOIRE", "", "polity CIV name"},
		{"Saigon", "2020-01-01", "place Saigon city"},
		{"Bonn", "2020-01-01", "place Bonn city"},
		{"Ufa", "2020-01-01", "place Ufa city"},
		{"ZAR", "", "polity COD code, currency ZAR code"},
		{"the Khmer Rouge regime", "", "period Khmer Rouge regime name"},
		{"Second World War", "", "period World War II name"},
		{"Treaty of Amity and Cooperation", "", "treaty Treaty of Amity and Cooperation name"},
		{"Riel", "", "currency KHR name"},
		{"no such place", "", ""},
		{"", "", ""},
		{"...", "", ""},
	} {
		if got := ids(a.Lookup(c.name, day(t, c.on))); got != c.want {
			t.Errorf("Lookup(%q, %s) = %s, want %s", c.name, c.on, got, c.want)
		}
	}
}

func TestAt(t *testing.T) {
	a := mustLoad(t)
	for _, c := range []struct{ code, on, want string }{
		{"RUS", "1956-05-13", "SUN"},
		{"SUN", "2000-01-01", "RUS"},
		{"SUN", "1910-01-01", "RUS"},
		{"RUS", "1910-01-01", "RUS"},
		{"EST", "1956-01-01", "SUN"},
		{"AUT", "1940-01-01", "DEU"},
		{"DDR", "2000-01-01", "DEU"},
		{"YUG", "2004-01-01", "SCG"},
		{"YUG", "2020-01-01", "SRB"},
		{"SRB", "1960-01-01", "YUG"},
		{"CSK", "2020-01-01", "CZE"},
		{"UKR", "1956-01-01", "SUN"},
		{"KHM", "2020-01-01", "KHM"},
		{"KHM", "1900-01-01", "KHM"},
		{"RUS", "", "RUS"},
		{"nobody", "2000-01-01", "nobody"},
	} {
		if got := a.At(c.code, day(t, c.on)); got != c.want {
			t.Errorf("At(%s, %s) = %s, want %s", c.code, c.on, got, c.want)
		}
	}
}

func TestMatch(t *testing.T) {
	a := mustLoad(t)
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"Côte d' Ivoire said", 3, "polity CIV name"},
		{"Côte d'Ivoire said", 2, "polity CIV name"},
		{"Guinea - Bissau said", 3, "polity GNB name"},
		{"Guinea-Bissau said", 1, "polity GNB name"},
		{"Guinea , Bissau", 1, "polity GIN name"},
		{"U.S. officials", 1, "polity USA acronym"},
		{"US officials", 1, "polity USA acronym"},
		{"us all", 0, ""},
		{"Us all", 0, ""},
		{"who said", 0, ""},
		{"it said", 0, ""},
		{"turkey and ham", 0, ""},
		{"TURKEY AND", 1, "polity TUR name, polity Ottoman Empire short"},
		{"CAMBODIA SIGNS", 1, "polity KHM name"},
		{"PHNOM PENH SAYS", 2, "polity KHM capital, place Phnom Penh city"},
		{"Bosnia and Herzegovina", 3, "polity BIH name"},
		{"Bosnia and Croatia", 1, "polity BIH short"},
		{"KHM said", 0, ""},
		{"CAN do", 0, ""},
		{"- Cambodia", 0, ""},
		{"Cambodia -", 1, "polity KHM name"},
		{"WHO said", 1, "body WHO acronym"},
	} {
		n, senses := a.Match(strings.Fields(c.text), 0)
		if got := ids(senses); n != c.n || got != c.want {
			t.Errorf("Match(%q) = %d %s, want %d %s", c.text, n, got, c.n, c.want)
		}
	}
	if n, _ := a.Match(nil, 0); n != 0 {
		t.Error("Match of no tokens matched")
	}
}

func TestMatchPost(t *testing.T) {
	a := mustLoad(t)
	for _, c := range []struct {
		text   string
		n      int
		want   string
		plural bool
	}{
		{"Deputy Prime Minister and Foreign Minister", 3, "deputy prime minister", false},
		{"Foreign Minister X", 2, "foreign minister", false},
		{"foreign ministers of", 2, "foreign minister", true},
		{"Ministers of Foreign Affairs", 4, "foreign minister", true},
		{"consuls general in", 2, "consul general", true},
		{"UN Secretary - General Y", 4, "secretary-general", false},
		{"minister", 1, "minister", false},
		{"Deputy Speaker of", 2, "deputy speaker of parliament", false},
		{"Homeland Security Advisor X", 3, "homeland security adviser", false},
		{"Principal Deputy National Security Advisor X", 5, "deputy national security adviser", false},
		{"Director of the Foreign Intelligence Service X", 6, "intelligence chief", false},
		{"table", 0, "", false},
	} {
		n, p := a.MatchPost(strings.Fields(c.text), 0)
		if n != c.n || p != nil && (p.Name != c.want || p.Plural != c.plural) {
			t.Errorf("MatchPost(%q) = %d %+v, want %d %s plural %v", c.text, n, p, c.n, c.want, c.plural)
		}
	}
}

// d2w is the When of a day.
func d2w(t testing.TB, s string) record.When { return record.On(day(t, s)) }

var _ record.Polities = (*Almanac)(nil)

func TestMatchDoesNotAllocate(t *testing.T) {
	a := mustLoad(t)
	forms := strings.Fields("The Deputy Prime Minister of Côte d' Ivoire met the Turkish ambassador in São Tomé")
	got := testing.AllocsPerRun(100, func() {
		for i := range forms {
			a.Match(forms, i)
			a.MatchPost(forms, i)
		}
	})
	if got != 0 {
		t.Errorf("%v allocations for a sentence, want none", got)
	}
}

func TestFormsOfOneKeyAreFoundWhole(t *testing.T) {
	a := mustLoad(t)
	for _, senses := range a.names.hits {
		for _, s := range senses {
			if n, _ := a.Match([]string{s.Form}, 0); n != 1 {
				t.Errorf("%s %s: the form %q does not match itself", s.Kind, s.ID, s.Form)
			}
			if n, _ := a.Match(strings.Fields(s.Form), 0); n != len(strings.Fields(s.Form)) && !strings.Contains(s.Form, "(") && !strings.Contains(s.Form, "&") {
				t.Errorf("%s %s: %q matches %d of its words", s.Kind, s.ID, s.Form, n)
			}
		}
	}
}

var sentence = strings.Fields("In the afternoon the Foreign Minister of Cambodia , who had come from Phnom Penh , told reporters that the United States " +
	"and the Shanghai Cooperation Organization would be asked once more for their support before the summit in Côte d' Ivoire next year .")

func BenchmarkMatch(b *testing.B) {
	a := mustLoad(b)
	b.ReportAllocs()
	tokens := 0
	for b.Loop() {
		for i := range sentence {
			a.Match(sentence, i)
		}
		tokens += len(sentence)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkMatchPost(b *testing.B) {
	a := mustLoad(b)
	b.ReportAllocs()
	tokens := 0
	for b.Loop() {
		for i := range sentence {
			a.MatchPost(sentence, i)
		}
		tokens += len(sentence)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		mustLoad(b)
	}
}
