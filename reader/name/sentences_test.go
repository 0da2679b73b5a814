package name

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"demarche/record"
	"demarche/text"
)

// officeLines are the offices of a text as "phase holder / post / of".
func officeLines(n *Names) []string {
	var out []string
	for _, t := range n.Offices(whenOf("2019-05-02"), nil) {
		who, post, of := t.Roles.One(record.RoleHolder), t.Roles.One(record.RolePost), t.Roles.One(record.RoleOf)
		if t.Kind == record.Chair {
			post, of = "CHAIR", t.Roles.One(record.RoleBody)
		}
		out = append(out, fmt.Sprintf("%s %s / %s / %s", t.Phase, who, post, of))
	}
	slices.Sort(out)
	return out
}

func TestOffices(t *testing.T) {
	f := finder(t)
	for _, c := range []struct {
		text      string
		published string
		publisher string
		want      string // joined by "; "
	}{
		{"Russian Ambassador to Cambodia Anatoly Volkov spoke.", "", "", "holds Anatoly Volkov / ambassador to KHM / RUS"},
		{"The president of Peru, Ana Flores, arrived in Lima.", "", "", "holds Ana Flores / president / PER"},
		{"Ana Flores, the foreign minister of Peru, arrived.", "", "", "holds Ana Flores / foreign minister / PER"},
		{"Foreign Minister of the Republic of Peru Ana Flores arrived.", "", "", "holds Ana Flores / foreign minister / PER"},
		{"Foreign Minister Ana Flores of Peru arrived.", "", "", "holds Ana Flores / foreign minister / PER"},
		{"Peru's Foreign Minister Ana Flores met her Chilean counterpart Pedro Rojas.", "", "", "holds Ana Flores / foreign minister / PER; holds Pedro Rojas / foreign minister / CHL"},
		{"U.S. Secretary of State Mary Hill met H.E. Ana Flores.", "", "", "holds Mary Hill / secretary of state / USA"},
		{"The late King Mongkol of Thailand was remembered.", "", "", "holds Mongkol / king / THA"},
		{"The talks were led by Pedro Rojas, a former Chilean president.", "", "", "ends Pedro Rojas / president / CHL"},
		{"Former Chilean President Pedro Rojas spoke.", "", "", "ends Pedro Rojas / president / CHL"},
		{"Ex-President Pedro Rojas of Chile spoke.", "", "", "ends Pedro Rojas / president / CHL"},
		{"President-elect Pedro Rojas of Chile spoke.", "", "", ""},
		{"Chilean Army General Pedro Rojas spoke.", "", "", ""},
		{"Foreign Ministry spokesman Pedro Rojas of Chile spoke.", "", "", ""},
		{"Three presidents -- Juma Bello of Benin, Aminata Kargbo of Sierra Leone and Rui Tavares of Cape Verde -- flew in.", "", "",
			"holds Aminata Kargbo / president / SLE; holds Juma Bello / president / BEN; holds Rui Tavares / president / CPV"},
		{"Foreign ministers Ana Flores of Peru and Pedro Rojas of Chile met.", "", "", "holds Ana Flores / foreign minister / PER; holds Pedro Rojas / foreign minister / CHL"},
		{"NATO Secretary General Lars Holm spoke.", "", "", "holds Lars Holm / secretary-general / NATO"},
		{"ASEAN Secretary-General Tan Boon Keng met Prime Minister of Laos Somchai Vong.", "", "", "holds Somchai Vong / prime minister / LAO; holds Tan Boon Keng / secretary-general / ASEAN"},
		{"The chairman of the African Union, Juma Bello, spoke.", "", "", "holds Juma Bello / CHAIR / AU"},
		{"Deputy Prime Minister and Foreign Minister of Ireland Sean Doyle spoke.", "", "", "holds Sean Doyle / deputy prime minister / IRL; holds Sean Doyle / foreign minister / IRL"},
		{"President of Russia Oleg Petrov received President of Belarus Ivan Zaitsev Zaitsev IvanPresident of Belarus , and others.", "", "kremlin.ru", "holds Ivan Zaitsev / president / BLR; holds Oleg Petrov / president / RUS"},
		{"Pedro Rojas was president of Chile from 1999 to 2013.", "", "", "begins Pedro Rojas / president / CHL; ends Pedro Rojas / president / CHL"},
		{"Pedro Rojas was appointed ambassador of Chile to Peru.", "", "", "begins Pedro Rojas / ambassador to PER / CHL"},
		{"Pedro Rojas presented his credentials as Ambassador of Chile to Peru.", "", "", "begins Pedro Rojas / ambassador to PER / CHL"},
		{"The Embassy was opened with Henry L. Dodd as Chargé d'Affaires ad interim.", "", "U.S. Department of State", "holds Henry L. Dodd / chargé d'affaires ad interim / USA"},
		{"Mr. Hill, the US special envoy, met the Peruvian president, Ana Flores.", "", "", "holds Ana Flores / president / PER; holds Hill / special envoy / USA"},
		{"Ana Flores and Pedro Rojas, the Peruvian prime minister and the Chilean foreign minister, met.", "", "", "holds Ana Flores / prime minister / PER; holds Pedro Rojas / foreign minister / CHL"},
		{"Chilean President Pedro Rojas left. Rojas met Peruvian leaders.", "", "", "holds Pedro Rojas / president / CHL"},
		{"Chile's defence minister told the Senate that Pedro Rojas had died.", "", "", ""},
		{"A judge of the Supreme Court of Peru, Ana Flores, resigned.", "", "", ""},
		{"Prime Minister Vladimir Ivanov spoke.", "", "", ""},
		{"Aide to the Russian President Sergei Belov spoke.", "", "", ""},
		{"The president of the Chilean Football Association, Pedro Rojas, spoke.", "", "", ""},
		{"UN special envoy Ana Flores met Sudan's foreign minister, Idris Osman.", "", "", "holds Ana Flores / special envoy / UN; holds Idris Osman / foreign minister / SDN"},
		{"Jordan's King Talal II hosted Chad's president, Moussa Abakar.", "", "", "holds Moussa Abakar / president / TCD; holds Talal II / king / JOR"},
		{"The Turkish and Greek foreign ministers, Ali Kaya and Nikos Pappas, met.", "", "", "holds Ali Kaya / foreign minister / TUR; holds Nikos Pappas / foreign minister / GRC"},
		{"Foreign ministers Ali Kaya and Nikos Pappas of Turkey and Greece met.", "", "", "holds Ali Kaya / foreign minister / TUR; holds Nikos Pappas / foreign minister / GRC"},
		{"It was signed for Norway by Foreign Minister Kari Dahl.", "", "", "holds Kari Dahl / foreign minister / NOR"},
		{"Norway's Foreign Minister Kari Dahl met Sweden's Nils Berg.", "", "", "holds Kari Dahl / foreign minister / NOR"},
		{"Ali Kaya, who is Turkey's foreign minister, left.", "", "", "holds Ali Kaya / foreign minister / TUR"},
		{"The Turkish foreign minister Ali Kaya and his Greek counterpart, Nikos Pappas, met.", "", "", "holds Ali Kaya / foreign minister / TUR; holds Nikos Pappas / foreign minister / GRC"},
		{"Turkey's ambassador in Athens, Ali Kaya, left.", "", "", "holds Ali Kaya / ambassador to GRC / TUR"},
		{"Ali Kaya, the then foreign minister of Turkey, left.", "", "", "holds Ali Kaya / foreign minister / TUR"},
		{"Russia, Foreign Minister Ali Kaya said, was wrong.", "", "", ""},
		{"He met the Swedish prime minister and the Norwegian foreign minister, Kari Dahl.", "", "", "holds Kari Dahl / foreign minister / NOR"},
		{"British Prime Minister Theresa May left.", "", "", "holds Theresa May / prime minister / GBR"},
		{"Congo's president, Felix Tshisekedi, arrived.", "", "", "holds Felix Tshisekedi / president / COD"},
		{"The AU chairperson, Egypt's President Ali Kaya, called a summit.", "", "", "holds Ali Kaya / CHAIR / AU; holds Ali Kaya / president / EGY"},
		{"Iran's Supreme Leader Ayatollah Reza Karimi left.", "", "", "holds Reza Karimi / supreme leader / IRN"},
		{"Taking part were Foreign Minister Oleg Petrov and President of the Republic of Azerbaijan Ali Mammadov.", "", "President of Russia", "holds Ali Mammadov / president / AZE; holds Oleg Petrov / foreign minister / RUS"},
		{"Acting President Ali Kaya of Turkey left.", "", "", "holds Ali Kaya / acting president / TUR"},
		{"Turkish businessman Ali Kaya met Greek President Nikos Pappas.", "", "", "holds Nikos Pappas / president / GRC"},
		{"Greek President Nikos Pappas's visit ended.", "", "", "holds Nikos Pappas / president / GRC"},
		{"Vice President of the Bank of Greece Nikos Pappas left.", "", "", ""},
	} {
		if c.published == "" {
			c.published = "2019-05-02"
		}
		n := find(f, goldDoc{Text: c.text, Published: c.published, Publisher: c.publisher})
		if got := strings.Join(officeLines(n), "; "); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestPrefix reads a status that the tokeniser left joined to the post.
func TestPrefix(t *testing.T) {
	doc := tokens("Ex-President Pedro Rojas of Chile spoke.")
	doc.Tokens = slices.Delete(doc.Tokens, 1, 3)
	doc.Tokens[0].End = len("Ex-President")
	doc.Sents = []text.Span{{Start: 0, End: len(doc.Tokens)}}
	got := strings.Join(officeLines(finder(t).Find(Input{Doc: doc, Published: whenOf("2019-05-02")})), "; ")
	if want := "ends Pedro Rojas / president / CHL"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// mentionLines are the mentions of a text as "kind text = ids (person)".
func mentionLines(n *Names) []string {
	var out []string
	for _, m := range n.Mentions {
		line := fmt.Sprintf("%s %s = %s", m.Kind, n.reader.text(m.Tokens), strings.Join(m.IDs, "+"))
		if m.Person != nil {
			line += " (" + m.Person.Name + ")"
		}
		out = append(out, line)
	}
	return out
}

func TestMentions(t *testing.T) {
	f := finder(t)
	for _, c := range []struct{ text, want string }{
		{"Russian Ambassador to Cambodia Anatoly Volkov met the Thai side.", "person Russian Ambassador to Cambodia Anatoly Volkov = RUS (Anatoly Volkov); polity Thai side = THA"},
		{"The presidents of Russia, Kazakhstan and Armenia met.", "office presidents of Russia, Kazakhstan and Armenia = RUS+KAZ+ARM"},
		{"Peru and Chile met. The two countries agreed.", "polity Peru = PER; polity Chile = CHL; collective two countries = PER+CHL"},
		{"Peru and Chile met. Both sides agreed.", "polity Peru = PER; polity Chile = CHL; collective Both sides = PER+CHL"},
		{"The government of Peru protested.", "polity government of Peru = PER"},
		{"The Ministry of Foreign Affairs of Peru protested.", "polity Ministry of Foreign Affairs of Peru = PER"},
		{"The Peruvian government protested to Moscow.", "polity Peruvian government = PER; polity Moscow = RUS"},
		{"Delegates of the Northern Salvation Front (NSF) came. The NSF left.", "group Northern Salvation Front = Northern Salvation Front; group NSF = Northern Salvation Front; group NSF = Northern Salvation Front"},
		{"Peruvian troops left.", "polity Peruvian troops = PER"},
		{"Mr. Jordan spoke.", "person Mr. Jordan = (Jordan)"},
		{"Ana Flores, the foreign minister of Peru, spoke.", "person Ana Flores, the foreign minister of Peru = PER (Ana Flores)"},
		{"Foreign Minister Ana Flores of Peru spoke. Flores left.", "person Foreign Minister Ana Flores of Peru = PER (Ana Flores); person Flores = PER (Ana Flores)"},
	} {
		n := find(f, goldDoc{Text: c.text, Published: "2019-05-02"})
		got := strings.ReplaceAll(strings.Join(mentionLines(n), "; "), "  ", " ")
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestResolve(t *testing.T) {
	f := finder(t)
	for _, c := range []struct{ text, word, want string }{
		{"Peru protested. It recalled its ambassador.", "It", "PER"},
		{"Foreign Minister Ana Flores of Peru spoke. She left.", "She", "PER"},
		{"Foreign Minister Ana Flores of Peru spoke. He left.", "He", "PER"},
		{"Mrs. Ana Flores, the foreign minister of Peru, spoke. He left.", "He", ""},
		{"Peru and Chile met. They agreed.", "They", "PER+CHL"},
		{"ASEAN met in Jakarta. The bloc agreed.", "bloc", "ASEAN"},
		{"Peru left. The country was angry.", "country", "PER"},
		{"It rained.", "It", ""},
		{"They left.", "They", ""},
	} {
		n := find(f, goldDoc{Text: c.text, Published: "2019-05-02"})
		got := ""
		for i := range n.doc.Tokens {
			if n.doc.Form(i) == c.word {
				if m := n.Resolve(i); m != nil {
					got = strings.Join(m.IDs, "+")
				}
				break
			}
		}
		if got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.text, c.word, got, c.want)
		}
	}
}

// TestInvariants checks on broken text that mentions are sorted, apart and
// inside the document.
func checkInvariants(t *testing.T, n *Names) {
	t.Helper()
	end := 0
	for _, m := range n.Mentions {
		if m.Tokens.Start < end || m.Tokens.End <= m.Tokens.Start || m.Tokens.End > len(n.doc.Tokens) || m.Head < m.Tokens.Start || m.Head >= m.Tokens.End {
			t.Fatalf("mention %v head %d after token %d of %d", m.Tokens, m.Head, end, len(n.doc.Tokens))
		}
		end = m.Tokens.End
	}
	for i := range n.doc.Tokens {
		n.Resolve(i)
	}
	n.Offices(record.When{}, nil)
}

func FuzzFind(f *testing.F) {
	find1 := finder(f)
	for _, s := range []string{"", "President of", "Ana Silva Silva AnaPresident of Brazil", "(UN) (", "Mr. , the president of the", "both and two", "former ex- then", "Peru's 's president , of to for in",
		"ambassadors to and of the and", "\\'s President", "- elect president - elect", "Three presidents -- ", "Fr. J. de la"} {
		f.Add(s, "kremlin.ru")
	}
	f.Fuzz(func(t *testing.T, s, publisher string) {
		checkInvariants(t, find(find1, goldDoc{Text: s, Title: s, Published: "2019-05-02", Publisher: publisher}))
	})
}

func BenchmarkFind(b *testing.B) {
	f := finder(b)
	docs := loadGold(b, "train")
	var ins []Input
	tokenCount := 0
	for _, d := range docs {
		in := Input{Doc: tokens(d.Text), Published: whenOf(d.Published), Publisher: d.Publisher, Headline: tokens(d.Title)}
		tokenCount += len(in.Doc.Tokens)
		ins = append(ins, in)
	}
	for b.Loop() {
		for _, in := range ins {
			f.Find(in)
		}
	}
	b.ReportMetric(float64(tokenCount)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkLong reads one text of some 300,000 tokens: the time a token must
// not grow with the text.
func BenchmarkLong(b *testing.B) {
	f := finder(b)
	var all strings.Builder
	docs := loadGold(b, "train")
	for range 8 {
		for _, file := range slices.Sorted(maps.Keys(docs)) {
			all.WriteString(docs[file].Text + "\n\n")
		}
	}
	in := Input{Doc: tokens(all.String()), Published: whenOf("2019-05-02")}
	for b.Loop() {
		n := f.Find(in)
		for i := range in.Doc.Tokens {
			n.Resolve(i)
		}
		n.Offices(in.Published, nil)
	}
	b.ReportMetric(float64(len(in.Doc.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
