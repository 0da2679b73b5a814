package story_test

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"

	"demarche/intake/story"
	"demarche/record"
)

// shelf is a record in memory that counts the texts that it was asked for.
type shelf struct {
	docs  []record.Document
	asked int
	err   error
}

func (s *shelf) Documents(context.Context, record.Clocks, int) ([]record.Document, error) {
	var out []record.Document
	for _, d := range s.docs {
		d.Text = ""
		out = append(out, d)
	}
	return out, s.err
}

func (s *shelf) Document(_ context.Context, id record.DocumentID) (record.Document, error) {
	s.asked++
	for _, d := range s.docs {
		if d.ID == id {
			return d, nil
		}
	}
	return record.Document{}, errors.New("no such document")
}

func sequence(docs ...record.Document) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func TestMarkKnowsWhatIsRecorded(t *testing.T) {
	day := record.DayOf(2026, 5, 5)
	text := func(n int) string { return strings.Join(tales(t)[n].sentences, " ") }
	s := &shelf{docs: []record.Document{
		{ID: "1", Publisher: "Mail", URL: "https://mail.example/1", Published: record.On(day), Text: text(0)},
		{ID: "2", Publisher: "Post", Published: record.On(day), Text: text(0), Story: "1"},
		{ID: "3", Publisher: "Mail", Published: record.On(day + 30), Text: text(1)},
	}}
	docs := []record.Document{
		{ID: "a", Publisher: "Sun", Published: record.On(day + 1), Text: text(0)},
		{ID: "b", Publisher: "Sun", Published: record.On(day + 1), Text: text(1)},
		{ID: "c", Publisher: "Star", Published: record.On(day + 1), Text: text(1)},
		{ID: "d", Publisher: "Mail", URL: "https://mail.example/1", Published: record.On(day), Text: "Wholly other words."},
		{ID: "1", Publisher: "Mail", URL: "https://mail.example/1", Published: record.On(day), Text: text(0)},
	}
	var got []string
	for d, err := range story.Mark(context.Background(), s, sequence(docs...)) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(d.ID)+"="+string(d.Story))
	}
	if s := strings.Join(got, " "); s != "a=1 b= c=b d=1 1=" {
		t.Errorf("got %s", s)
	}
	if s.asked != 2 {
		t.Errorf("asked for %d texts, want those of the days around alone", s.asked)
	}
}

func TestMarkTellsWhereTheRecordFails(t *testing.T) {
	s := &shelf{err: errors.New("disk on fire")}
	n := 0
	for _, err := range story.Mark(context.Background(), s, sequence(record.Document{Text: "x"}, record.Document{Text: "y"})) {
		if n++; !errors.Is(err, s.err) {
			t.Errorf("got %v", err)
		}
	}
	if n != 1 {
		t.Errorf("%d documents after the record failed", n)
	}
}
