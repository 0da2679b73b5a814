package story_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"demarche/intake"
	"demarche/intake/story"
	"demarche/record"
)

// tale is a story as its own paper printed it.
type tale struct {
	publisher, title string
	sentences        []string
}

func tales(t testing.TB) []tale {
	t.Helper()
	b, err := os.ReadFile("testdata/stories.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(b), "\n")
	var out []tale
	for _, block := range strings.Split(strings.TrimSpace(body), "\n\n") {
		lines := strings.Split(block, "\n")
		out = append(out, tale{lines[0], lines[1], lines[2:]})
	}
	return out
}

// agencies carry some of the stories to other papers.
var agencies = map[int]string{1: "Reuters", 4: "Xinhua", 7: "TASS", 9: "AFP"}

// printing is the story in another paper's words: the kth way to edit it.
func (s tale) printing(k int, agency, paper string, rnd *rand.Rand) string {
	lines := append([]string(nil), s.sentences...)
	swap := strings.NewReplacer(" said", " stated", "'s", "’s", "on Monday", "Monday", " two ", " 2 ", "ministers", "Ministers")
	switch k {
	case 0: // cut from the end
		lines = lines[:6]
	case 1: // other words and quotes
		for i := range lines {
			if rnd.IntN(3) == 0 {
				lines[i] = swap.Replace(lines[i])
			}
		}
	case 2: // a lead and an end of its own
		lines = append([]string{"Readers of this paper will remember how it began."}, lines...)
		lines = append(lines, "The "+paper+" will follow the matter.", "Letters to the editor may be sent until Friday noon.")
	case 3: // another order
		lines[3], lines[5] = lines[5], lines[3]
		lines[6], lines[7] = lines[7], lines[6]
	case 4: // sentences left out
		lines = append(lines[:2], lines[3:]...)
		lines = append(lines[:4], lines[5:]...)
	}
	if agency != "" {
		switch k {
		case 1:
			lines[0] = "SOMEWHERE, May 7 (" + agency + ") -- " + lines[0]
		case 3:
			lines[0] = strings.TrimSuffix(lines[0], ".") + ", " + agency + " reported."
		}
	}
	title := []string{s.title, "News in brief", strings.ToUpper(s.title), s.title + ", officials say", "Abroad"}[k]
	return title + "\n\n" + strings.Join(lines, "\n\n") + "\n"
}

// sixty are ten stories printed six times each: by their own papers, and by
// five of twenty others.
func sixty(t testing.TB, seed uint64) []record.Document {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 1))
	var docs []record.Document
	for n, s := range tales(t) {
		docs = append(docs, document(t, s.publisher, record.DayOf(2026, 5, 5), s.title+"\n\n"+strings.Join(s.sentences, "\n\n")))
		papers := rnd.Perm(20)
		for k := range 5 {
			paper := fmt.Sprintf("Paper %d", papers[k])
			docs = append(docs, document(t, paper, record.DayOf(2026, 5, 5+rnd.IntN(3)), s.printing(k, agencies[n], paper, rnd)))
		}
	}
	rnd.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	return docs
}

func document(t testing.TB, publisher string, day record.Day, text string) record.Document {
	t.Helper()
	d, err := intake.Received{ContentType: "text/plain", Bytes: []byte(text), Published: record.On(day)}.Document(context.Background(), intake.Options{Publisher: publisher})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The same ten stories fed as sixty printings, in whatever order, are ten
// origins.
func TestTenStoriesInSixtyPrintings(t *testing.T) {
	for seed := range uint64(30) {
		x := story.NewIndex()
		var log record.Log
		for _, d := range sixty(t, seed) {
			d.Story = x.Place(&d)
			log.Documents = append(log.Documents, d)
			log.Claims = append(log.Claims, record.Claim{ID: record.ClaimID(d.ID), Core: record.Core{Kind: record.Consult}, Citations: []record.Citation{{Document: d.ID}}})
		}
		origins := map[string]int{}
		for _, s := range log.View(record.Clocks{}, nil).Claims() {
			origins[s.Origin()]++
		}
		if len(log.Documents) != 60 || len(origins) != 10 {
			t.Errorf("seed %d: %d printings have %d origins, want 10: %v", seed, len(log.Documents), len(origins), origins)
		}
		for origin, n := range origins {
			if n != 6 {
				t.Errorf("seed %d: %d printings of %q, want 6", seed, n, origin)
			}
		}
		for _, agency := range agencies {
			if origins[agency] == 0 {
				t.Errorf("seed %d: no origin %s: %v", seed, agency, origins)
			}
		}
	}
}

func TestWhatIsNoPrinting(t *testing.T) {
	s := tales(t)[0]
	text := strings.Join(s.sentences, " ")
	day := record.On(record.DayOf(2026, 5, 5))
	first := record.Document{ID: "1", Publisher: "Mail", URL: "https://mail.example/1", Published: day, Text: text}
	tests := []struct {
		name string
		doc  record.Document
		want record.DocumentID
	}{
		{"the same in another paper", record.Document{ID: "2", Publisher: "Post", Published: day, Text: text}, "1"},
		{"an edition of the article", record.Document{ID: "2", Publisher: "Mail", URL: "https://mail.example/1", Published: day, Text: "Something else altogether."}, "1"},
		{"another article of the paper", record.Document{ID: "2", Publisher: "Mail", Published: day, Text: text}, ""},
		{"weeks later", record.Document{ID: "2", Publisher: "Post", Published: record.On(day.Earliest + 21), Text: text}, ""},
		{"without a date", record.Document{ID: "2", Publisher: "Post", Text: text}, "1"},
		{"without a date, and edited", record.Document{ID: "2", Publisher: "Post", Text: text[:len(text)/2] + strings.Join(tales(t)[1].sentences, " ")}, ""},
		{"one sentence of it", record.Document{ID: "2", Publisher: "Post", Published: day, Text: s.sentences[0] + " " + strings.Join(tales(t)[1].sentences, " ")}, ""},
		{"a few words", record.Document{ID: "2", Publisher: "Post", Published: day, Text: s.sentences[0]}, ""},
		{"within a long text", record.Document{ID: "2", Publisher: "Post", Published: day, Text: text + long(2000)}, ""},
		{"placed again", first, ""},
	}
	for _, tt := range tests {
		x := story.NewIndex()
		x.Place(&first)
		if got := x.Place(&tt.doc); got != tt.want {
			t.Errorf("%s: printed again from %q, want %q", tt.name, got, tt.want)
		}
	}
}

// long is a text of n words that do not repeat.
func long(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " w%d", i)
	}
	return b.String()
}

// What is measured: placing a document among ten thousand.
func BenchmarkPlace(b *testing.B) {
	x := story.NewIndex()
	docs := sixty(b, 1)
	for i := range 10_000 {
		d := docs[i%len(docs)]
		d.ID, d.Publisher, d.Published = record.DocumentID(fmt.Sprint(i)), fmt.Sprint(i), record.On(record.DayOf(2026, 1, 1)+record.Day(i))
		d.Text = long(100+i%400) + fmt.Sprint(i)
		x.Place(&d)
	}
	b.ResetTimer()
	for i := range b.N {
		d := docs[i%len(docs)]
		d.ID = record.DocumentID(fmt.Sprint("n", i))
		y := x
		y.Place(&d)
	}
}
