package reader

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"demarche/almanac"
	"demarche/score"
	"demarche/wire"
)

// predict reads every document of a gold folder; it skips the test with a word
// where the folder is not there.
func predict(t testing.TB, dir string) (gold, pred map[string]*wire.Document) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "*.json"))
	if len(files) == 0 {
		t.Skipf("no labelled texts in %s", dir)
	}
	r := newReader(t)
	gold, pred = map[string]*wire.Document{}, map[string]*wire.Document{}
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		d, err := wire.Decode(f, path)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		rec, _, err := d.Record()
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		gold[name] = d
		pred[name] = wire.FromRecord(&rec, r.Read(rec).Claims)
	}
	return gold, pred
}

func newReader(t testing.TB) *Reader {
	t.Helper()
	a, err := almanac.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(a)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestTrain scores the reader on the texts to learn from. With
// DEMARCHE_PREDICTED it also writes what it read there, a file a document.
func TestTrain(t *testing.T) {
	gold, pred := predict(t, "../../shared/gold/train")
	f := score.Compare(gold, pred)
	var b strings.Builder
	f.Write(&b)
	t.Log("\n" + b.String())
	if dir := os.Getenv("DEMARCHE_PREDICTED"); dir != "" {
		for name, d := range pred {
			out, err := os.Create(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if err := wire.Encode(out, d); err != nil {
				t.Fatal(err)
			}
			out.Close()
		}
	}
	for g, c := range f.Groups {
		if c.Precision() < 0.75 {
			t.Errorf("%s: precision %.3f, want 0.75", g, c.Precision())
		}
	}
}
