package demarche_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"demarche"
	"demarche/almanac"
	"demarche/record"
	"demarche/store"
	"demarche/store/sqlite"
	"demarche/store/storetest"
)

// told is the i-th of many documents, with one claim.
func told(i int) store.Batch {
	d := storetest.Document(fmt.Sprint("d", i), 1+i%28, fmt.Sprintf("Norland and Sudland met for the %dth time. More.", i))
	return store.Batch{Document: d, Claims: []record.Claim{storetest.Claim(&d, storetest.Relations("NOR", fmt.Sprint("X", i), record.Begins, record.Year(1950)))}}
}

func opened(t *testing.T, path string) (*sqlite.Store, error) {
	t.Helper()
	s, err := sqlite.Open(path, demarche.SystemClock)
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, err
}

// desks makes desks over stores, without a reader.
func desks(t *testing.T) func(store.Store) *demarche.Desk {
	t.Helper()
	alm, err := almanac.Load()
	if err != nil {
		t.Fatal(err)
	}
	return func(s store.Store) *demarche.Desk { return demarche.New(s, nil, alm, demarche.SystemClock) }
}

func contents(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A machine that stops while a batch is written leaves the write-ahead log with a
// part of it: cut, garbled, or with pages of which half was written. The record
// opens, has all that was acknowledged before and nothing of the batch, and takes
// it again.
func TestTornWrite(t *testing.T) {
	ctx, desk := context.Background(), desks(t)
	path := filepath.Join(t.TempDir(), "r.db")
	s, err := opened(t, path)
	if err != nil {
		t.Fatal(err)
	}
	const before = 5
	for i := range before {
		if _, err := s.Append(ctx, told(i)); err != nil {
			t.Fatal(err)
		}
	}
	acknowledged := len(contents(t, path+"-wal"))
	if _, err := s.Append(ctx, told(before)); err != nil {
		t.Fatal(err)
	}
	file, log := contents(t, path), contents(t, path+"-wal")
	const frame = 24 + 4096 // its head and a page
	frames := (len(log) - acknowledged) / frame
	if frames < 3 || (len(log)-acknowledged)%frame != 0 {
		t.Fatalf("the log had %d bytes and has %d", acknowledged, len(log))
	}
	r := rand.New(rand.NewPCG(1, 2))
	garble := func(b []byte) {
		for i := range b {
			b[i] = byte(r.Uint32())
		}
	}
	torn := map[string]func(tail []byte) []byte{
		"whole":          func(b []byte) []byte { return b },
		"nothing":        func(b []byte) []byte { return nil },
		"garbled":        func(b []byte) []byte { garble(b); return b },
		"last page half": func(b []byte) []byte { clear(b[len(b)-2048:]); return b },
		"first head":     func(b []byte) []byte { garble(b[:24]); return b },
		"zeros":          func(b []byte) []byte { clear(b); return b },
	}
	for i := range frames {
		torn[fmt.Sprintf("page %d half", i)] = func(b []byte) []byte { garble(b[i*frame+24+2048 : (i+1)*frame]); return b }
		torn[fmt.Sprintf("cut in page %d", i)] = func(b []byte) []byte { return b[:i*frame+24+r.IntN(4096)] }
		torn[fmt.Sprintf("page %d lost", i)] = func(b []byte) []byte { return append(b[:i*frame], b[(i+1)*frame:]...) }
	}
	for name, tear := range torn {
		path := filepath.Join(t.TempDir(), "r.db")
		tail := tear(bytes.Clone(log[acknowledged:]))
		for to, b := range map[string][]byte{path: file, path + "-wal": append(bytes.Clone(log[:acknowledged]), tail...)} {
			if err := os.WriteFile(to, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := opened(t, path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := store.Stats{Documents: before, Claims: before}
		if name == "whole" {
			want = store.Stats{Documents: before + 1, Claims: before + 1}
		}
		if st, err := s.Stats(ctx); err != nil || st != want {
			t.Errorf("%s: %+v is there, %v; want %+v", name, st, err, want)
		}
		if flaws := check(t, desk(s)); len(flaws) > 0 {
			t.Errorf("%s: found %q", name, flaws)
		}
		if _, err := s.Append(ctx, told(before)); err != nil {
			t.Errorf("%s: again: %v", name, err)
		}
		if st, err := s.Stats(ctx); err != nil || st.Documents != before+1 || st.Claims != before+1 {
			t.Errorf("%s: at the end %+v, %v", name, st, err)
		}
	}
	t.Logf("%d ways to tear a batch of %d pages", len(torn), frames)
}

// A page of the record's own file that is damaged is told: the record is refused,
// or the check finds it.
func TestDamagedPages(t *testing.T) {
	ctx, desk := context.Background(), desks(t)
	path := filepath.Join(t.TempDir(), "r.db")
	s, err := sqlite.Open(path, demarche.SystemClock)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		if _, err := s.Append(ctx, told(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file := contents(t, path)
	const page = 4096
	refused, found := 0, 0
	r := rand.New(rand.NewPCG(1, 2))
	for at := 0; at < len(file); at += page {
		damaged := bytes.Clone(file)
		for i := at; i < at+page; i++ {
			damaged[i] = byte(r.Uint32())
		}
		path := filepath.Join(t.TempDir(), "r.db")
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		flaws := 0
		s, err := opened(t, path)
		if err == nil {
			_, err = desk(s).Check(ctx, func(demarche.Flaw) error { flaws++; return nil })
			s.Close()
		}
		switch {
		case flaws > 0:
			found++
		case errors.Is(err, store.ErrNotRecord) || demarche.KindOf(err) == demarche.BadRecord:
			refused++
		case err != nil:
			t.Errorf("page %d: %v", at/page+1, err)
		default:
			t.Errorf("page %d of %d is damaged, and nobody says so", at/page+1, len(file)/page)
		}
	}
	t.Logf("%d damaged pages, one at a time: %d refused, %d found", len(file)/page, refused, found)
}
