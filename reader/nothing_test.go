package reader

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"demarche/record"
)

// mostFalse is the share of sentences without any event between states from which
// a claim may be read.
const mostFalse = 0.05

// TestNothing reads sentences that tell of nothing between states.
func TestNothing(t *testing.T) {
	f, err := os.Open("testdata/nothing.lines")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := newReader(t)
	day, err := record.ParseEDTF("2020-10-14")
	if err != nil {
		t.Fatal(err)
	}
	sentences, wrong := 0, 0
	in := bufio.NewScanner(f)
	for in.Scan() {
		text := strings.TrimSpace(in.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		sentences++
		claims := r.Read(record.Document{Text: text, Publisher: "A paper", Published: day}).Claims
		if len(claims) > 0 {
			wrong++
			t.Logf("%s\n  %s", text, strings.Join(all(claims), "\n  "))
		}
	}
	share := float64(wrong) / float64(sentences)
	t.Logf("claims from %d of %d sentences: %.3f", wrong, sentences, share)
	if sentences < 300 || share > mostFalse {
		t.Errorf("claims from %d of %d sentences, at most %.2f of 300 or more may have one", wrong, sentences, mostFalse)
	}
}
