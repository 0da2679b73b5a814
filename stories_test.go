package demarche_test

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"

	"demarche"
	"demarche/desktest"
	"demarche/record"
)

// printings are three stories, each printed by five papers with small edits, and
// an article that nobody else prints.
func printings() []record.Document {
	var docs []record.Document
	for s := range 3 {
		var sentences []string
		for i := range 12 {
			sentences = append(sentences, fmt.Sprintf("In story %d the envoys of side %d spoke of matter %d and then of point %d at some length.", s, s*7+i, s*13+i, s*17+i))
		}
		for p := range 5 {
			own := append([]string{fmt.Sprintf("Paper %d tells it so.", p)}, sentences[:12-p]...)
			docs = append(docs, record.Document{Publisher: fmt.Sprint("Paper ", p), Title: fmt.Sprintf("Story %d", s),
				Published: record.On(record.DayOf(2019, 5, 7) + record.Day(p%3)), Text: strings.Join(own, " ")})
		}
	}
	return append(docs, record.Document{Publisher: "Else", Title: "Alone", Published: record.On(record.DayOf(2019, 5, 7)), Text: strings.Repeat("Nothing of the kind happened. ", 20)})
}

func sequence(docs []record.Document) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

// However they are read, together or one after the other, the printings of a
// story are one source.
func TestPrintingsCountAsOneSource(t *testing.T) {
	for seed := range uint64(6) {
		d := desktest.New(t)
		docs := printings()
		rand.New(rand.NewPCG(seed, 2)).Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		var ids []record.DocumentID
		for from, size := 0, int(seed)+1; from < len(docs); from += size {
			_, err := d.Read(context.Background(), sequence(docs[from:min(from+size, len(docs))]), demarche.ReadOptions{Workers: 3, Each: func(r demarche.Reading) error {
				ids = append(ids, r.Document.ID)
				return r.Err
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
		ans, err := d.Claims(context.Background(), demarche.Filter{Kinds: []string{"CONSULT"}, Names: []string{"RUS", "IND"}}, record.Clocks{})
		if err != nil {
			t.Fatal(err)
		}
		var stated []*record.Stated
		for _, s := range ans.Found {
			if s.Document.Publisher == "Else" || strings.HasPrefix(s.Document.Publisher, "Paper") {
				stated = append(stated, s)
			}
		}
		if got := record.Origins(stated...); len(stated) != len(docs) || len(ids) != len(docs) || len(got) != 4 {
			t.Errorf("seed %d: %d documents have %d origins, want 16 and 4: %q", seed, len(stated), len(got), got)
		}
	}
}

// Claims of a source carry so much of the reader's confidence as it is trusted;
// none at all is not the same as not known.
func TestTrustOfASource(t *testing.T) {
	d := desktest.New(t)
	docs := printings()[:2]
	trust := map[record.DocumentID]float64{docs[0].Hash(): 0.4, docs[1].Hash(): 0}
	got := map[record.DocumentID]float64{}
	_, err := d.Read(context.Background(), sequence(docs), demarche.ReadOptions{Trust: func(id record.DocumentID) float64 { return trust[id] },
		Each: func(r demarche.Reading) error { got[r.Document.ID] = r.Claims[0].Confidence; return nil }})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := got[docs[0].Hash()], got[docs[1].Hash()]; cmp.Compare(a, 0.2) != 0 || b <= 0 || b > 0.01 {
		t.Errorf("confidence %v and %v, want 0.2 and next to nothing", a, b)
	}
}
