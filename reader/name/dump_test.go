package name

import (
	"os"
	"testing"
)

// TestDump prints the mentions of the training text $NAME_DUMP.
func TestDump(t *testing.T) {
	file := os.Getenv("NAME_DUMP")
	if file == "" {
		t.Skip("NAME_DUMP is not set")
	}
	n := find(finder(t), loadGold(t, "train")[file+".json"])
	for _, line := range mentionLines(n) {
		t.Log(line)
	}
	for i := range n.doc.Tokens {
		if n.At(i) == nil {
			if m := n.Resolve(i); m != nil {
				t.Log("   ", n.doc.Form(i), m.IDs)
			}
		}
	}
}
