package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"

	"demarche/reader"
	"demarche/reader/judge"
	"demarche/record"
	"demarche/score"
	"demarche/wire"
)

// Verdicts are what careful readers said of claims that the frames proposed for
// texts of ../shared/corpus: a second source for the judge beside the labelled
// texts. The file holds no text: document, byte at which the claim's citation
// begins, key of the claim (see score.Key), right or wrong.

// verdict is one line of the file.
type verdict struct {
	document, key string
	at            int
	right         bool
}

// nearby is how far, in bytes, the citation of a claim may have moved and it is
// still the same claim: a frame may cite a word more or less.
const nearby = 150

func readVerdicts(path string) ([]verdict, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []verdict
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		if in.Text() == "" || in.Text()[0] == '#' {
			continue
		}
		c := strings.Split(in.Text(), "\t")
		if len(c) != 4 || c[3] != "right" && c[3] != "wrong" {
			return nil, fmt.Errorf("%s:%d: write document, byte, key and right or wrong, with tabs between", path, n)
		}
		at, err := strconv.Atoi(c[1])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %q is no byte offset", path, n, c[1])
		}
		out = append(out, verdict{c[0], c[2], at, c[3] == "right"})
	}
	return out, in.Err()
}

// addVerdicts adds the claims on which there are verdicts to the examples.
func (m *marked) addVerdicts(r *reader.Reader, corpus string, vs []verdict, group int) error {
	byDoc := map[string][]verdict{}
	for _, v := range vs {
		byDoc[v.document] = append(byDoc[v.document], v)
	}
	return eachDocument(corpus, func(d *wire.Document) error {
		vs := byDoc[d.ID]
		if len(vs) == 0 {
			return nil
		}
		rec, _, err := d.Record()
		if err != nil {
			return err
		}
		group++
		for _, p := range r.Proposals(rec) {
			key := score.Key(&wire.FromRecord(&rec, []record.Claim{p.Claim}).Claims[0])
			for _, v := range vs {
				if v.key == key && abs(v.at-p.Claim.Citations[0].Start) <= nearby {
					m.examples = append(m.examples, judge.Example{Prior: p.Prior, Features: p.Features, Right: v.right, Group: group})
					m.groups = append(m.groups, score.GroupOf(p.Claim.Kind))
					m.lines = append(m.lines, d.ID+" "+line(&p.Claim)+" | "+quoted(&rec, &p.Claim))
					break
				}
			}
		}
		return nil
	})
}

func abs(n int) int { return max(n, -n) }

// eachDocument calls do for every document of a .jsonl.gz file.
func eachDocument(path string, do func(*wire.Document) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		d, err := wire.Decode(bytes.NewReader(in.Bytes()), path)
		if err != nil {
			return err
		}
		if err := do(d); err != nil {
			return err
		}
	}
	return in.Err()
}

// question is a proposed claim as it is put to a reader.
type question struct {
	Document  string
	At        int
	Key       string
	Claim     string
	Publisher string
	Title     string
	Published string
	Cited     string // the words around the citation
	Stated    float64
}

// askVerdicts writes a sample of proposed claims to be judged, one JSON object
// a line.
func askVerdicts(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("ask", flag.ContinueOnError)
	corpus := flags.String("corpus", "../shared/corpus/documents.jsonl.gz", "texts to sample")
	skip := flags.String("skip", "../shared/gold", "folder of labelled texts that are left out")
	share := flags.Float64("share", 0.02, "share of the documents")
	seed := flags.Uint64("seed", 1, "of the sample")
	perDoc := flags.Int("most", 12, "claims asked of one document")
	if err := flags.Parse(args); err != nil {
		return err
	}
	known, err := labelled(*skip)
	if err != nil {
		return err
	}
	r, err := newReader()
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(*seed, 0))
	enc := json.NewEncoder(out)
	return eachDocument(*corpus, func(d *wire.Document) error {
		if rng.Float64() >= *share || known[fold(d.Text)] {
			return nil
		}
		rec, _, err := d.Record()
		if err != nil {
			return err
		}
		ps := r.Proposals(rec)
		rng.Shuffle(len(ps), func(i, j int) { ps[i], ps[j] = ps[j], ps[i] })
		for _, p := range ps[:min(len(ps), *perDoc)] {
			w := wire.FromRecord(&rec, []record.Claim{p.Claim}).Claims[0]
			c := p.Claim.Citations[0]
			lo, hi := max(0, c.Start-350), min(len(d.Text), c.End+250)
			q := question{Document: d.ID, At: c.Start, Key: score.Key(&w), Claim: line(&p.Claim), Publisher: d.Publisher, Title: d.Title, Stated: p.Claim.Confidence,
				Cited: strings.ToValidUTF8(d.Text[lo:c.Start]+"[["+d.Text[c.Start:c.End]+"]]"+d.Text[c.End:hi], "")}
			q.Published = d.Published
			if err := enc.Encode(q); err != nil {
				return err
			}
		}
		return nil
	})
}

// line is a claim on one line.
func line(c *record.Claim) string {
	s := fmt.Sprintf("%s %s %v when=%s source=%q", c.Kind, c.Phase, c.Roles, record.FormatEDTF(c.When), c.Source)
	if c.Negated {
		s = "not " + s
	}
	if c.Content != nil {
		s += fmt.Sprintf(" content={%s %v %s}", c.Content.Kind, c.Content.Roles, c.Content.Topic)
	}
	return s
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }
