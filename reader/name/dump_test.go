package name

import (
	"os"
	"testing"
)

// TestDump prints the mentions of the text $NAME_DUMP in ../shared/gold/$NAME_SET.
func TestDump(t *testing.T) {
	file := os.Getenv("NAME_DUMP")
	if file == "" {
		t.Skip("NAME_DUMP is not set")
	}
	n := find(finder(t), loadGold(t, os.Getenv("NAME_SET"))[file+".json"])
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
