// Command plv measures how often the reader names the PLOVER type of an act
// right, on sentences with a marked actor: the events of plv_train.jsonl, which
// lies beside the project and never in it. The act taken is the surest whose actor
// overlaps the marked one; where there is none, the answer counts as wrong.
//
//	go run ./bench/plv ../shared/events/plv_train.jsonl
//
// With -half 0 or 1 only the even or the odd lines are read, with -matrix the
// types told are held against those read, with -wrong the sentences read wrongly
// are listed: whoever mends the reader looks at one half and measures on the other.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
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
	var o options
	flag.IntVar(&o.half, "half", -1, "0 or 1: the even or the odd lines alone")
	flag.BoolVar(&o.matrix, "matrix", false, "print types told against types read")
	flag.BoolVar(&o.wrong, "wrong", false, "list what is read wrongly")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: plv [-half N] [-matrix] [-wrong] FILE.jsonl")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "plv:", err)
		os.Exit(1)
	}
}

type options struct {
	half          int // -1 for all lines
	matrix, wrong bool
}

func run(path string, o options, out io.Writer) error {
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
	t := tally{right: map[string]int{}, told: map[string]int{}, read: map[string]int{}, pairs: map[[2]string]int{}}
	for i, e := range events {
		if o.half >= 0 && i%2 != o.half {
			continue
		}
		kind, frame := answer(r, e)
		t.add(e.Type, kind)
		if o.wrong && kind != e.Type {
			fmt.Fprintf(out, "%s > %s %s\n  [%s] %s\n", e.Type, kind, frame, e.Source, e.Text)
		}
	}
	t.print(out)
	if o.matrix {
		t.matrix(out)
	}
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

// answer is the type of the surest act whose actor overlaps the marked one, and
// the frame that tells it; "" where there is none.
func answer(r *reader.Reader, e event) (best, frame string) {
	at := strings.Index(e.Text, e.Source)
	conf := -1.0
	for _, p := range r.Proposals(record.Document{Text: e.Text}) {
		c := &p.Claim
		if !c.Kind.IsAct() || c.Confidence <= conf || at < 0 || !p.By(at, at+len(e.Source)) {
			continue
		}
		best, frame, conf = merged(string(c.Kind)), c.Frame, c.Confidence
	}
	return best, frame
}

// merged is the type as the labels have it.
func merged(kind string) string {
	if kind == "CONCEDE" || kind == "RETREAT" {
		return "YIELD"
	}
	return kind
}

// tally counts, by type, what was told, what was read and what of it was right.
type tally struct {
	right, told, read map[string]int
	pairs             map[[2]string]int
}

func (t *tally) add(told, read string) {
	t.told[told]++
	t.pairs[[2]string{told, read}]++
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

// matrix prints a line for each type told, with what it was read as.
func (t *tally) matrix(out io.Writer) {
	kinds := slices.Sorted(maps.Keys(t.told))
	fmt.Fprintf(out, "\n%-10s", "told\\read")
	columns := append(slices.Clone(kinds), "")
	for _, k := range columns {
		fmt.Fprintf(out, " %5.5s", cmp.Or(k, "none"))
	}
	for _, a := range kinds {
		fmt.Fprintf(out, "\n%-10s", a)
		for _, b := range columns {
			fmt.Fprintf(out, " %5d", t.pairs[[2]string{a, b}])
		}
	}
	fmt.Fprintln(out)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
