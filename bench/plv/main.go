// Command plv measures how often the reader names the PLOVER type of an act
// right, on sentences with a marked actor: the events of plv_train.jsonl, which
// lies beside the project and never in it. The act taken is the surest whose actor
// overlaps the marked one; where there is none, the answer counts as wrong.
//
//	go run ./bench/plv ../shared/events/plv_train.jsonl
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"demarche/almanac"
	"demarche/reader"
	"demarche/record"
)

// event is one line: a sentence, who does it to whom, and its type, in which
// CONCEDE and RETREAT are one.
type event struct {
	Text, Source, Target, Type string
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: plv FILE.jsonl")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "plv:", err)
		os.Exit(1)
	}
}

func run(path string, out io.Writer) error {
	events, err := load(path)
	if err != nil {
		return err
	}
	a, err := almanac.Load()
	if err != nil {
		return err
	}
	r, err := reader.New(a)
	if err != nil {
		return err
	}
	r = r.Everyone()
	t := tally{right: map[string]int{}, told: map[string]int{}, read: map[string]int{}}
	for _, e := range events {
		t.add(e.Type, answer(r, e))
	}
	t.print(out)
	return nil
}

func load(path string) ([]event, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []event
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		var e event
		if err := json.Unmarshal(in.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		out = append(out, e)
	}
	return out, in.Err()
}

// answer is the type of the surest act whose actor overlaps the marked one, ""
// where there is none.
func answer(r *reader.Reader, e event) string {
	at := strings.Index(e.Text, e.Source)
	best, conf := "", -1.0
	for _, p := range r.Proposals(record.Document{Text: e.Text}) {
		c := &p.Claim
		if !c.Kind.IsAct() || c.Confidence <= conf || at < 0 || !p.By(at, at+len(e.Source)) {
			continue
		}
		best, conf = merged(string(c.Kind)), c.Confidence
	}
	return best
}

// merged is the type as the labels have it.
func merged(kind string) string {
	if kind == "CONCEDE" || kind == "RETREAT" {
		return "YIELD"
	}
	return kind
}

// tally counts, by type, what was told, what was read and what of it was right.
type tally struct{ right, told, read map[string]int }

func (t *tally) add(told, read string) {
	t.told[told]++
	if read != "" {
		t.read[read]++
	}
	if told == read {
		t.right[told]++
	}
}

func (t *tally) print(out io.Writer) {
	var kinds []string
	all, right, f1 := 0, 0, 0.0
	for k := range t.told {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	fmt.Fprintf(out, "%-10s %9s %7s %6s   %s\n", "type", "precision", "recall", "F1", "right / told / read")
	for _, k := range kinds {
		p, r := ratio(t.right[k], t.read[k]), ratio(t.right[k], t.told[k])
		f := 0.0
		if p+r > 0 {
			f = 2 * p * r / (p + r)
		}
		f1 += f
		all, right = all+t.told[k], right+t.right[k]
		fmt.Fprintf(out, "%-10s %9.3f %7.3f %6.3f   %d / %d / %d\n", k, p, r, f, t.right[k], t.told[k], t.read[k])
	}
	answered := 0
	for _, n := range t.read {
		answered += n
	}
	fmt.Fprintf(out, "%s\naccuracy %.3f   macro-F1 %.3f   answered %d of %d\n", strings.Repeat("-", 56), ratio(right, all), f1/float64(max(len(kinds), 1)), answered, all)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
