package story_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"demarche/intake/story"
	"demarche/record"
)

// shelf is a record in memory that counts the texts that it was asked for.
type shelf struct {
	docs  []record.Document
	told  int
	asked int
	err   error
}

// Next gives two documents at a time.
func (s *shelf) Next(context.Context) ([]record.Document, error) {
	var out []record.Document
	for ; s.told < len(s.docs) && len(out) < 2; s.told++ {
		d := s.docs[s.told]
		d.Text = ""
		out = append(out, d)
	}
	return out, s.err
}

func (s *shelf) Document(_ context.Context, id record.DocumentID) (record.Document, bool, error) {
	s.asked++
	for _, d := range s.docs {
		if d.ID == id {
			return d, true, s.err
		}
	}
	return record.Document{}, false, s.err
}

func follow(t *testing.T, m *story.Marker) {
	t.Helper()
	if err := m.Follow(context.Background()); err != nil {
		t.Fatal(err)
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
	m := story.NewMarker(s)
	follow(t, m)
	for _, d := range docs {
		if err := m.Mark(context.Background(), &d); err != nil {
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
	day := record.On(record.DayOf(2026, 5, 5))
	s := &shelf{docs: []record.Document{{ID: "1", Published: day, Text: "x"}}, err: errors.New("disk on fire")}
	m := story.NewMarker(s)
	if err := m.Follow(context.Background()); !errors.Is(err, s.err) {
		t.Errorf("got %v", err)
	}
	s.err, s.told = nil, 0
	follow(t, m)
	s.err = errors.New("again")
	if err := m.Mark(context.Background(), &record.Document{Published: day, Text: "y"}); !errors.Is(err, s.err) {
		t.Errorf("got %v", err)
	}
	s.err = nil
	if err := m.Mark(context.Background(), &record.Document{Published: day, Text: "y"}); err != nil {
		t.Errorf("after the record is well again: %v", err)
	}
}

// What others recorded between two readings is known in the second.
func TestMarkFollowsTheRecord(t *testing.T) {
	text := strings.Join(tales(t)[0].sentences, " ")
	day := record.On(record.DayOf(2026, 5, 5))
	s := &shelf{}
	m := story.NewMarker(s)
	follow(t, m)
	for i := range 5 {
		s.docs = append(s.docs, record.Document{ID: record.DocumentID(fmt.Sprint(i)), Publisher: "Mail", Published: day, Text: fmt.Sprint(i)})
	}
	s.docs[3].Text = text
	follow(t, m)
	d := record.Document{ID: "new", Publisher: "Post", Published: day, Text: text}
	if err := m.Mark(context.Background(), &d); err != nil || d.Story != "3" {
		t.Errorf("printed again from %q, %v", d.Story, err)
	}
}

// Where there is more than the index holds, what it forgot is asked for again.
func TestMarkForgetsAndRemembers(t *testing.T) {
	s := &shelf{}
	m := story.NewMarker(s)
	read := func(d record.Document) record.DocumentID {
		t.Helper()
		if err := m.Mark(context.Background(), &d); err != nil {
			t.Fatal(err)
		}
		return d.Story
	}
	first := record.Document{ID: "first", Publisher: "Mail", Published: record.On(record.DayOf(1990, 5, 5)), Text: strings.Join(tales(t)[0].sentences, " ")}
	s.docs = append(s.docs, first)
	read(first)
	lost := first // on its way, and never recorded since it could not be read
	lost.ID, lost.Publisher, lost.Text = "lost", "Sun", "Lost."
	read(lost)
	for i := range 53_000 {
		read(record.Document{ID: record.DocumentID(fmt.Sprint(i)), Publisher: "Post", Published: record.On(record.DayOf(2000, 1, 1) + record.Day(i)), Text: "Short."})
	}
	asked := s.asked
	again := first
	again.ID, again.Publisher = "again", "Post"
	if got := read(again); got != "first" || s.asked != asked+2 {
		t.Errorf("printed again from %q, %d texts asked for", got, s.asked-asked)
	}
}

// The same ten stories, read in several runs and in whatever order, are ten
// origins; those without a day stand alone, whichever comes first.
func TestMarkInWhateverOrder(t *testing.T) {
	for seed := range uint64(10) {
		s := &shelf{}
		m := story.NewMarker(s)
		for i, d := range append(sixty(t, seed), record.Document{ID: "undated", Publisher: "Else", Text: strings.Join(tales(t)[0].sentences, " ")}) {
			if i%7 == 0 {
				s.told = 0
				m = story.NewMarker(s)
				follow(t, m)
			}
			if err := m.Mark(context.Background(), &d); err != nil {
				t.Fatal(err)
			}
			s.docs = append(s.docs, d)
		}
		roots := map[record.DocumentID]int{}
		for _, d := range s.docs {
			roots[cmp.Or(d.Story, d.ID)]++
		}
		if len(roots) != 11 {
			t.Errorf("seed %d: %d stories, want 11: %v", seed, len(roots), roots)
		}
	}
}
