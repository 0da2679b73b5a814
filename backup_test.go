package demarche_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"demarche"
	"demarche/desktest"
	"demarche/record"
	"demarche/store"
	"demarche/store/sqlite"
)

func opener(b []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
}

// empty is a desk over a record that has nothing, years later.
func empty(t *testing.T) *demarche.Desk {
	t.Helper()
	now := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)
	clock := func() record.RecordTime { now = now.Add(time.Second); return record.At(now) }
	s, err := sqlite.Open(":memory:", clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return demarche.New(s, nil, nil, clock)
}

func export(t *testing.T, d *demarche.Desk) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := d.Export(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A record goes out and comes back with its names, order and record times, its
// decisions and what takes them back.
func TestExportAndImport(t *testing.T) {
	ctx := context.Background()
	d := desktest.New(t)
	ans, err := d.Claims(ctx, demarche.Filter{}, record.Clocks{})
	if err != nil {
		t.Fatal(err)
	}
	first := string(ans.Found[0].ID)
	dec, err := d.Decide(ctx, demarche.Ruling{Claim: first, Verdict: "reject", Why: "so"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(ctx, dec.ID, "Desk", "not so"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Decide(ctx, demarche.Ruling{Claim: first, Verdict: "correct", Set: map[string]string{"when": "1957"}, Why: "so"}); err != nil {
		t.Fatal(err)
	}
	b := export(t, d.Desk)
	to := empty(t)
	for _, want := range []demarche.Counts{{Documents: len(desktest.Batches(t)), Claims: len(ans.Found), Decisions: 3}, {}} {
		in, err := to.Import(ctx, opener(b))
		if err != nil || in.Added != want || in.Read.Decisions != 3 {
			t.Errorf("%+v, %v; want %+v new", in, err, want)
		}
	}
	if again := export(t, to); !bytes.Equal(again, b) {
		t.Errorf("exported again:\n%s\nwas:\n%s", again, b)
	}
	// What it knew by a day is what the first knew by then.
	known := record.Clocks{KnownBy: dec.Recorded}
	was, err := d.Store.Select(ctx, record.Query{Clocks: known})
	if err != nil {
		t.Fatal(err)
	}
	history, err := to.History(ctx, "", known)
	if err != nil || len(was.Decisions) != 1 || len(history) != 1 || history[0].ID != dec.ID {
		t.Errorf("%d and %+v decisions known then, %v", len(was.Decisions), history, err)
	}
}

// A record that has something of its own learns what it imports when it imports
// it; what it knew before stays what it was, whatever the times in the stream.
func TestImportIntoAnother(t *testing.T) {
	ctx := context.Background()
	d := desktest.New(t)
	ans, err := d.Claims(ctx, demarche.Filter{}, record.Clocks{})
	if err != nil {
		t.Fatal(err)
	}
	claim := ans.Found[0].ID
	if _, err := d.Decide(ctx, demarche.Ruling{Claim: string(claim), Verdict: "reject", Who: "There", Why: "no"}); err != nil {
		t.Fatal(err)
	}
	b := export(t, d.Desk)

	// The other has one of its documents, and of its own; its decision is later.
	other := desktest.New(t)
	own := record.Document{Publisher: "Mail", Title: "Own", Text: "Said so."}
	if _, err := other.Store.Append(ctx, store.Batch{Document: own}); err != nil {
		t.Fatal(err)
	}
	accepted, err := other.Decide(ctx, demarche.Ruling{Claim: string(claim), Verdict: "accept", Who: "Here", Why: "yes"})
	if err != nil {
		t.Fatal(err)
	}
	head, then, err := other.Head().Now(ctx)
	if err != nil {
		t.Fatal(err)
	}
	in, err := other.Import(ctx, opener(b))
	if err != nil || in.Restored || in.Added != (demarche.Counts{Decisions: 1}) {
		t.Fatalf("%+v, %v", in, err)
	}
	if again, err := other.Import(ctx, opener(b)); err != nil || again.Added != (demarche.Counts{}) {
		t.Errorf("again: %+v, %v", again, err)
	}
	third := desktest.New(t)
	if _, err := third.Store.Append(ctx, store.Batch{Document: record.Document{Publisher: "Mail", Title: "Old", Text: "Said so.", Recorded: record.At(time.Unix(0, 0))}}); err != nil {
		t.Fatal(err)
	}
	if in, err := other.Import(ctx, opener(export(t, third.Desk))); err != nil || in.Added.Documents != 1 {
		t.Fatalf("%+v, %v", in, err)
	}
	if flaws := check(t, other.Desk); len(flaws) > 0 {
		t.Errorf("found %q", flaws)
	}
	o := other.Overview()
	if err := o.Follow(ctx); err != nil {
		t.Fatal(err)
	}
	if was, err := o.KnownBy(ctx, then); err != nil || was != head || o.Head().Decision != head.Decision+1 || o.Head().Document != head.Document+1 {
		t.Errorf("what was known stands up to %+v of %+v, was %+v, %v", was, o.Head(), head, err)
	}
	if now, err := other.ByName(ctx, []record.ClaimID{claim}, record.Clocks{}); err != nil || len(now) != 1 || len(now[0].Decisions) != 2 || now[0].Decisions[1].ID != accepted.ID {
		t.Errorf("the later decision does not hold: %+v, %v", now, err)
	}
	if was, err := other.ByName(ctx, []record.ClaimID{claim}, record.Clocks{KnownBy: then}); err != nil || len(was) != 1 || len(was[0].Decisions) != 1 {
		t.Errorf("as known before the import: %+v, %v", was, err)
	}
	back := empty(t)
	if in, err := back.Import(ctx, opener(export(t, other.Desk))); err != nil || !in.Restored || !bytes.Equal(export(t, back), export(t, other.Desk)) {
		t.Errorf("restored as another, %+v, %v", in, err)
	}
}

// A restore that was interrupted goes on with the times of the stream.
func TestImportGoesOn(t *testing.T) {
	ctx := context.Background()
	d := desktest.New(t)
	log, _, err := d.Store.Changes(ctx, store.Cursor{}, 2)
	if err != nil {
		t.Fatal(err)
	}
	first := log.Documents
	s, err := sqlite.Open(":memory:", demarche.SystemClock)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i := range first {
		doc, err := d.Store.Document(ctx, first[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Append(ctx, store.Batch{Document: doc}); err != nil {
			t.Fatal(err)
		}
	}
	to := demarche.New(s, nil, nil, demarche.SystemClock)
	b := export(t, d.Desk)
	if in, err := to.Import(ctx, opener(b)); err != nil || !in.Restored || !bytes.Equal(export(t, to), b) {
		t.Errorf("%+v, %v", in, err)
	}
}

// While others go on recording, an export is of one moment: each claim has its
// document, and each decision its claim.
func TestExportWhileOthersRecord(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	d := desktest.Open(t, filepath.Join(t.TempDir(), "r.db"))
	done := make(chan error)
	go func() {
		var err error
		for i := 0; err == nil && ctx.Err() == nil; i++ {
			doc := record.Document{Publisher: "Mail", Title: fmt.Sprint(i), Text: "Said so."}
			var id record.ClaimID
			_, err = d.Read(context.Background(), sequence([]record.Document{doc}), demarche.ReadOptions{Each: func(r demarche.Reading) error { id = r.Claims[0].ID; return r.Err }})
			if err == nil {
				_, err = d.Store.Decide(context.Background(), record.Decision{Verdict: record.Accept, Claim: id, Why: "so"})
			}
		}
		done <- err
	}()
	last := demarche.Counts{}
	for range 20 {
		b := export(t, d.Desk)
		in, err := empty(t).Import(context.Background(), opener(b))
		if err != nil || in.Added != in.Read || in.Read.Documents < last.Documents || in.Read.Decisions < last.Decisions {
			t.Errorf("%+v after %+v, %v", in, last, err)
		}
		last = in.Read
	}
	stop()
	if err := <-done; err != nil || last.Decisions == 0 {
		t.Errorf("%+v, %v", last, err)
	}
}

// Of a damaged stream nothing is recorded.
func TestImportOfDamage(t *testing.T) {
	ctx := context.Background()
	b := export(t, desktest.New(t).Desk)
	for name, damaged := range map[string][]byte{"cut": b[:len(b)/2], "changed": bytes.Replace(b, []byte("Cambodia"), []byte("Cambodja"), 1), "empty": nil} {
		to := empty(t)
		if _, err := to.Import(ctx, opener(damaged)); demarche.KindOf(err) != demarche.Input || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		if st, err := to.Stats(ctx); err != nil || st != (store.Stats{}) {
			t.Errorf("%s: %+v recorded, %v", name, st, err)
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := empty(t).Import(cancelled, opener(b)); demarche.KindOf(err) != demarche.Interrupted {
		t.Errorf("interrupted: %v", err)
	}
}

// check gives the flaws that a check finds, without names.
func check(t *testing.T, d *demarche.Desk) []string {
	t.Helper()
	var out []string
	sum, err := d.Check(context.Background(), func(f demarche.Flaw) error {
		out = append(out, f.What+": "+f.Why)
		return nil
	})
	if err != nil || sum.Flaws != len(out) {
		t.Fatalf("%+v, %d told, %v", sum, len(out), err)
	}
	return out
}

func TestCheckFindsNothingInASoundRecord(t *testing.T) {
	d := desktest.New(t)
	if flaws := check(t, d.Desk); len(flaws) > 0 {
		t.Errorf("found %q", flaws)
	}
	sum, err := d.Check(context.Background(), func(demarche.Flaw) error { return nil })
	if st, _ := d.Stats(context.Background()); err != nil || sum.Documents != st.Documents || sum.Claims != st.Claims || sum.Citations < sum.Claims || sum.Spans == 0 {
		t.Errorf("looked at %+v of %+v, %v", sum, st, err)
	}
}

func TestCheckFindsFlaws(t *testing.T) {
	good := record.Document{Publisher: "Mail", Title: "A", Text: "Où est-il? “Là.”   "}
	good.ID = good.Hash()
	claim := func(edit func(*record.Claim)) []store.Batch {
		c := record.Claim{Core: record.Core{Kind: record.Consult, Phase: record.Occurs}, Citations: []record.Citation{{Document: good.ID, Start: 0, End: 3}}}
		edit(&c)
		if c.ID == "" {
			c.ID = c.Identity()
		}
		return []store.Batch{{Document: good, Claims: []record.Claim{c}}}
	}
	cites := func(start, end int) []store.Batch {
		return claim(func(c *record.Claim) { c.Citations[0].Start, c.Citations[0].End = start, end })
	}
	document := func(edit func(*record.Document)) []store.Batch {
		d := good
		edit(&d)
		return []store.Batch{{Document: d}}
	}
	backwards := record.When{Earliest: 20, Latest: 10}
	tests := []struct {
		name    string
		batches []store.Batch
		want    string // "" where nothing is wrong
	}{
		{"nothing", cites(0, 3), ""},
		{"up to the end of the text", cites(0, 16), ""},
		{"another text", document(func(d *record.Document) { d.Text = "Là." }), "document: its content is not that of its name"},
		{"no UTF-8", document(func(d *record.Document) { d.Text = "\xff"; d.ID = d.Hash() }), "document: its text is no UTF-8"},
		{"published backwards", document(func(d *record.Document) { d.Published = backwards; d.ID = d.Hash() }), "document: published: ends before it begins"},
		{"former edition", document(func(d *record.Document) { d.Former = "none" }), "document: the edition that it follows, none, is not on record"},
		{"editions in a circle", document(func(d *record.Document) { d.Former = good.ID }), "document: its editions lead in a circle"},
		{"outside", cites(5, 900), "claim: citation 1: bytes 5 to 900 are no run of the document's"},
		{"empty", cites(5, 5), "claim: citation 1: bytes 5 to 5 are no run"},
		{"before the text", cites(-1, 5), "claim: citation 1: bytes -1 to 5 are no run"},
		{"half a character", cites(0, 2), "claim: citation 1: bytes 0 to 2 cut a character"},
		{"from half a character", cites(2, 5), "claim: citation 1: bytes 2 to 5 cut a character"},
		{"white space", cites(len(good.Text)-2, len(good.Text)), "claim: citation 1: bytes"},
		{"no such document", claim(func(c *record.Claim) { c.Citations = append(c.Citations, record.Citation{Document: "none", End: 1}) }), "claim: citation 2: no document has the name none"},
		{"another name", claim(func(c *record.Claim) { c.ID = "0123456789abcdef" }), "claim: what it says is not that of its name"},
		{"backwards", claim(func(c *record.Claim) { c.When = backwards }), "claim: its time ends before it begins"},
		{"kind", claim(func(c *record.Claim) { c.Kind = "theft" }), `claim: "theft" is no kind`},
		{"phase", claim(func(c *record.Claim) { c.Phase = "perhaps" }), `claim: "perhaps" is no phase`},
		{"confidence", claim(func(c *record.Claim) { c.Confidence = 1.5 }), "claim: its confidence"},
	}
	for _, tt := range tests {
		s, err := sqlite.Open(":memory:", demarche.SystemClock)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Append(context.Background(), tt.batches...); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		got := strings.Join(check(t, demarche.New(s, nil, nil, demarche.SystemClock)), "\n")
		if tt.want == "" && got != "" || !strings.HasPrefix(got, tt.want) || strings.Contains(got, "\n") {
			t.Errorf("%s: found %q, want %q", tt.name, got, tt.want)
		}
		s.Close()
	}
	// What cannot even be read ends the check.
	path := filepath.Join(t.TempDir(), "r.db")
	s, err := sqlite.Open(path, demarche.SystemClock)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(context.Background(), cites(0, 3)...); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE claims SET body = substr(body, 1, 5)"); err != nil {
		t.Fatal(err)
	}
	_, err = demarche.New(s, nil, nil, demarche.SystemClock).Check(context.Background(), func(demarche.Flaw) error { return nil })
	if demarche.KindOf(err) != demarche.BadRecord || !strings.Contains(err.Error(), "claim ") {
		t.Errorf("got %v", err)
	}
}
