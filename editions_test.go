package demarche_test

import (
	"context"
	"strings"
	"testing"

	"demarche"
	"demarche/desktest"
	"demarche/record"
)

// edition is an edition of one article; the reader of desktest finds a claim in
// its first word.
func edition(text string) record.Document {
	return record.Document{URL: "https://mail.example/a", Publisher: "Mail", Title: "A", Published: record.On(record.DayOf(2019, 5, 7)), Text: text}
}

func TestEditions(t *testing.T) {
	ctx := context.Background()
	d := desktest.New(t)
	texts := []string{"One met two. Three went.", "One saw two. Three went.", "One met two. Three went. Four came."}
	var ids []record.DocumentID
	for _, text := range texts {
		if _, err := d.Read(ctx, sequence([]record.Document{edition(text)}), demarche.ReadOptions{Each: func(r demarche.Reading) error {
			ids = append(ids, r.Document.ID)
			return r.Err
		}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range ids {
		es, err := d.Editions(ctx, id[:12], record.Clocks{})
		if err != nil || len(es) != 3 {
			t.Fatalf("%d editions, %v", len(es), err)
		}
		for i, want := range []string{"", "One met two.>One saw two.|1", "One saw two.>One met two.;>Four came.|1"} {
			var said []string
			for _, c := range es[i].Changes {
				said = append(said, c.Was+">"+c.Is)
			}
			got := strings.Join(said, ";")
			if i > 0 {
				got += "|" + string(rune('0'+len(es[i].Lost)))
			}
			if got != want || es[i].Document.ID != ids[i] {
				t.Errorf("edition %d: %s, want %s", i, got, want)
			}
		}
	}
	// What was not known yet is no edition.
	es, err := d.Editions(ctx, ids[0], record.Clocks{KnownBy: mustDocument(t, d, ids[0]).Recorded})
	if err != nil || len(es) != 1 {
		t.Errorf("%d editions as known when the first was recorded, %v", len(es), err)
	}
	// One that nobody edited is alone.
	alone, err := d.Editions(ctx, desktest.Batches(t)[0].Document.ID, record.Clocks{})
	if err != nil || len(alone) != 1 || len(alone[0].Changes)+len(alone[0].Lost) > 0 {
		t.Errorf("%+v, %v", alone, err)
	}
	if _, err := d.Editions(ctx, "zz", record.Clocks{}); demarche.KindOf(err) != demarche.Unknown {
		t.Errorf("got %v", err)
	}
}

func mustDocument(t *testing.T, d desktest.Desk, id record.DocumentID) record.Document {
	t.Helper()
	doc, err := d.Document(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// What a note cites is held against the newest edition: a sentence that an edit
// took and a later one gave back stands.
func TestVerifyAgainstTheNewestEdition(t *testing.T) {
	ctx := context.Background()
	d := desktest.New(t)
	read := func(text string) {
		t.Helper()
		if _, err := d.Read(ctx, sequence([]record.Document{edition(text)}), demarche.ReadOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	read("One met two. Three went.")
	note, err := d.Brief(ctx, "Russia", "India", record.Clocks{On: record.On(record.DayOf(2019, 6, 1))})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := note.WriteMarkdown(&b); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		text string
		want demarche.Trouble
	}{{"", ""}, {"One saw two. Three went.", demarche.SentenceChanged}, {"Three went.", demarche.SentenceRemoved}, {"One met two. Three went. Four came.", ""}} {
		if tt.text != "" {
			read(tt.text)
		}
		cited, err := d.Verify(ctx, b.String(), record.Clocks{})
		if err != nil || len(cited) != 2 || len(cited[1].Troubles) > 0 { // the other is of a hostile document
			t.Fatalf("%+v, %v:\n%s", cited, err, b.String())
		}
		var got demarche.Trouble
		for _, trouble := range cited[0].Troubles {
			got += trouble
		}
		if got != tt.want {
			t.Errorf("after %q: %q, want %q", tt.text, got, tt.want)
		}
	}
}
