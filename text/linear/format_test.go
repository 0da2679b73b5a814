package linear_test

import (
	"errors"
	"slices"
	"testing"

	"demarche/text/linear"
)

// trained gives a small model; other seeds give models of the same shape.
func trained(seed uint64) *linear.Model {
	t := linear.NewTrainer(5, 10)
	for i := range uint64(400) {
		h := linear.Mix(seed, i)
		t.Update([]uint32{linear.Slot(h, 10), linear.Slot(h+1, 10)}, int(h%5), int32(h%7)-3)
		t.Tick()
	}
	return t.Model(1)
}

func scores(m *linear.Model, features ...uint32) []int32 {
	s := make([]int32, m.Classes())
	m.Score(features, s)
	return s
}

const magic = "TEST"

func file(m *linear.Model) []byte {
	var w linear.Writer
	w.Model(m)
	return linear.Seal(magic, 1, w.Payload)
}

func decode(file []byte) (*linear.Model, error) {
	r, err := linear.Open(file, magic, 1)
	if err != nil {
		return nil, err
	}
	m := r.Model(5)
	return m, r.Err()
}

// A model read from its file scores as the one written.
func TestFile(t *testing.T) {
	m := trained(1)
	got, err := decode(file(m))
	if err != nil {
		t.Fatal(err)
	}
	some := false
	for f := range uint32(1 << 10) {
		want := scores(m, f)
		some = some || slices.Max(want) > 0
		if s := scores(got, f); !slices.Equal(s, want) {
			t.Fatalf("feature %d: scores %v, written %v", f, s, want)
		}
	}
	if !some {
		t.Error("no feature has a weight")
	}
}

// A damaged file is refused with the error for that, whichever byte it is.
func TestDamage(t *testing.T) {
	whole := file(trained(1))
	for i := range whole {
		bad := slices.Clone(whole)
		bad[i] ^= 0x10
		if _, err := decode(bad); err == nil {
			t.Fatalf("byte %d changed, and the file was read", i)
		}
		if _, err := decode(whole[:i]); !errors.Is(err, linear.ErrFormat) {
			t.Fatalf("cut off at byte %d: %v", i, err)
		}
	}
	if _, err := decode(append(slices.Clone(whole), 0)); !errors.Is(err, linear.ErrFormat) {
		t.Fatalf("a byte too many: %v", err)
	}
}

// Pruning takes the small weights only.
func TestPruned(t *testing.T) {
	m := trained(1)
	pruned, some := m.Pruned(3), false
	for f := range uint32(1 << 10) {
		all, less := scores(m, f), scores(pruned, f)
		for c, want := range all {
			if max(want, -want) < 3 {
				some = some || want != 0
				want = 0
			}
			if less[c] != want {
				t.Fatalf("feature %d, class %d: %d pruned to %d, want %d", f, c, all[c], less[c], want)
			}
		}
	}
	if !some {
		t.Error("nothing to prune")
	}
}

// What is dropped does not count and does not learn, and comes back.
func TestDrop(t *testing.T) {
	tr := linear.NewTrainer(2, 12)
	all := make([]uint32, 1<<12)
	for i := range all {
		all[i] = uint32(i)
	}
	sum := func() int32 {
		s := make([]int32, 2)
		tr.Score(all, s)
		return s[1]
	}
	tr.Drop(0.25, 7)
	tr.Update(all, 1, 1)
	kept := sum()
	if kept < 1<<12*7/10 || kept > 1<<12*8/10 {
		t.Errorf("a quarter dropped, %d of %d features are left", kept, len(all))
	}
	tr.Drop(0.25, 8)
	if other := sum(); other >= kept {
		t.Errorf("another quarter dropped, still %d learned of %d", other, kept)
	}
	tr.Drop(0, 0)
	if whole := sum(); whole != kept {
		t.Errorf("nothing dropped: %d learned, not %d", whole, kept)
	}
}

// No payload, however made up, makes the reader of models fail but by its error,
// and what it reads can be used and written again.
func FuzzModel(f *testing.F) {
	var w linear.Writer
	w.Model(trained(1))
	f.Add(w.Payload)
	f.Add([]byte{5, 3, 1, 1, 0, 1, 4, 255})
	f.Fuzz(func(t *testing.T, payload []byte) {
		m, err := decode(linear.Seal(magic, 1, payload))
		if err != nil {
			if !errors.Is(err, linear.ErrFormat) {
				t.Fatal(err)
			}
			return
		}
		if again, err := decode(file(m)); err != nil || !slices.Equal(scores(again, 0), scores(m, 0)) {
			t.Fatalf("written and read again: %v", err)
		}
	})
}

// No file makes Open fail but by its error.
func FuzzOpen(f *testing.F) {
	f.Add(file(trained(1)))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := linear.Open(b, magic, 1); err == nil {
			r.Model(5)
		}
	})
}
