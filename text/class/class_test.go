package class

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"demarche/text/linear"
)

func of(t *Table, word string) uint8 { return t.Of(linear.HashFold(word)) }

// counted is a text in which months, cities and verbs stand where they would.
func counted() *Counter {
	c := NewCounter()
	for _, month := range []string{"May", "June", "July"} {
		for _, city := range []string{"Vienna", "Geneva", "Oslo"} {
			for _, verb := range []string{"met", "talked", "spoke"} {
				c.Sentence(strings.Fields("They " + verb + " in " + city + " last " + month + " ."))
			}
		}
	}
	return c
}

// Words that stand in the same places come into one class, others not, and the
// same text gives the same classes.
func TestTrain(t *testing.T) {
	set := Settings{Classes: 8, Least: 2, Words: 100, Rounds: 20}
	table := counted().Train(set)
	for _, same := range [][]string{{"May", "June", "JULY"}, {"Vienna", "Geneva", "Oslo"}, {"met", "talked", "spoke"}} {
		for _, w := range same {
			if of(table, w) == 0 || of(table, w) != of(table, same[0]) {
				t.Errorf("%s is of class %d, %s of class %d", w, of(table, w), same[0], of(table, same[0]))
			}
		}
	}
	if of(table, "May") == of(table, "Oslo") || of(table, "Oslo") == of(table, "met") {
		t.Error("months, cities and verbs share a class")
	}
	if c := of(table, "Bern"); c != 0 {
		t.Errorf("a word not seen is of class %d", c)
	}
	if !slices.Equal(counted().Train(set).Encode(), table.Encode()) {
		t.Error("the same text gave other classes")
	}
}

// Rare words, and those beyond the limit, have no class.
func TestLimits(t *testing.T) {
	c := counted()
	c.Sentence([]string{"Hapax"})
	if table := c.Train(Settings{Classes: 4, Least: 2, Words: 100, Rounds: 2}); of(table, "hapax") != 0 || of(table, "in") == 0 {
		t.Error("a word seen once has a class, or one seen often has none")
	}
	if table := c.Train(Settings{Classes: 4, Least: 1, Words: 3, Rounds: 2}); table.words != 3 {
		t.Errorf("%d words, want 3", table.words)
	}
}

// The embedded table knows common words, and alike ones as alike.
func TestLoad(t *testing.T) {
	table, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if a, b := of(table, "Tuesday"), of(table, "Thursday"); a == 0 || a != b {
		t.Errorf("Tuesday is of class %d, Thursday of class %d", a, b)
	}
}

// A table read from its file says the same as the one written; no payload makes
// the reader fail but by its error.
func FuzzDecode(f *testing.F) {
	f.Add(counted().Train(Settings{Classes: 4, Least: 1, Words: 9, Rounds: 2}).payload())
	f.Fuzz(func(t *testing.T, payload []byte) {
		table, err := Decode(linear.Seal(magic, version, payload))
		if err != nil {
			if !errors.Is(err, linear.ErrFormat) {
				t.Fatal(err)
			}
			return
		}
		again, err := Decode(table.Encode())
		if err != nil {
			t.Fatal(err)
		}
		for i, k := range table.keys {
			if k != 0 && again.Of(uint64(k)) != table.classes[i] {
				t.Fatalf("key %d: class %d, written and read %d", k, table.classes[i], again.Of(uint64(k)))
			}
		}
	})
}
