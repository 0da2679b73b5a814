package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"demarche/almanac"
	"demarche/reader"
	"demarche/reader/judge"
	"demarche/record"
	"demarche/score"
	"demarche/wire"
)

// The judge learns which proposed claims are right from labelled texts: what
// the frames propose there, marked by the labels. Its figures are
// cross-validated: each document is judged by a model that has not seen it.
const (
	judgeFolds = 10
	judgeL2    = 3.0 // in examples
	judgeLeast = 2   // a feature seen less often is dropped
)

// trainJudge writes the weights of the judge and prints what they are worth.
func trainJudge(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("judge", flag.ContinueOnError)
	gold := flags.String("gold", "../shared/gold/train", "folder of labelled texts")
	verdicts := flags.String("verdicts", "reader/judge/verdicts.tsv", "verdicts on claims of the corpus; empty for none")
	corpus := flags.String("corpus", "../shared/corpus/documents.jsonl.gz", "the texts that the verdicts are on")
	weights := flags.String("o", "reader/judge/weights.tsv", "where the weights go")
	l2 := flags.Float64("l2", judgeL2, "strength of regularisation, in examples")
	least := flags.Int("least", judgeLeast, "a feature seen less often is dropped")
	show := flags.Float64("show", 2, "print the claims that are wrong and more probable than this, cross-validated")
	precision := flags.Float64("precision", 0.8, "precision that a threshold must reach, cross-validated")
	if err := flags.Parse(args); err != nil {
		return err
	}
	r, err := newReader()
	if err != nil {
		return err
	}
	set, err := examples(r, *gold)
	if err != nil {
		return err
	}
	set.labelled = len(set.examples)
	if *verdicts != "" {
		vs, err := readVerdicts(*verdicts)
		if err != nil {
			return err
		}
		if err := set.addVerdicts(r, *corpus, vs, set.documents); err != nil {
			return err
		}
		fmt.Fprintf(out, "%d proposals of labelled texts, %d with a verdict of %d\n", set.labelled, len(set.examples)-set.labelled, len(vs))
	}
	model := judge.Train(set.examples, *l2, *least)
	prob := judge.CrossValidate(set.examples, judgeFolds, *l2, *least)
	for _, g := range score.Groups() {
		model.SetThreshold(string(g), set.threshold(g, prob, *precision, out))
	}
	set.reliability(prob, out)
	for i := range prob {
		if prob[i] > *show && !set.examples[i].Right {
			fmt.Fprintf(out, "%.2f %s\n", prob[i], set.lines[i])
		}
	}
	f, err := os.Create(*weights)
	if err != nil {
		return err
	}
	if err := model.Write(f); err != nil {
		return err
	}
	return f.Close()
}

// marked are the proposals of all documents with the verdicts of the labels.
type marked struct {
	examples []judge.Example
	groups   []score.Group
	lines    []string // each claim in words
	gold     map[score.Group]int
	// documents and labelled count the labelled texts and their proposals, which
	// come first.
	documents, labelled int
}

func examples(r *reader.Reader, dir string) (*marked, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no labelled texts (*.json) in %s; name their folder with -gold", dir)
	}
	out := &marked{gold: map[score.Group]int{}}
	out.documents = len(files)
	for i, path := range files {
		if err := out.add(r, path, i); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// newReader makes a reader as the command has it.
func newReader() (*reader.Reader, error) {
	alm, err := almanac.Load()
	if err != nil {
		return nil, err
	}
	return reader.New(alm)
}

// readDocument reads a labelled text.
func readDocument(path string) (*wire.Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return wire.Decode(f, path)
}

// labelled are the texts under a folder of labelled texts, white space folded.
func labelled(dir string) (map[string]bool, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no labelled texts (*/*.json) in %s", dir)
	}
	out := map[string]bool{}
	for _, path := range files {
		d, err := readDocument(path)
		if err != nil {
			return nil, err
		}
		out[fold(d.Text)] = true
	}
	return out, nil
}

func (m *marked) add(r *reader.Reader, path string, group int) error {
	d, err := readDocument(path)
	if err != nil {
		return err
	}
	rec, _, err := d.Record()
	if err != nil {
		return err
	}
	for i := range d.Claims {
		m.gold[score.GroupOf(record.Kind(d.Claims[i].Kind))]++
	}
	proposals := r.Proposals(rec)
	claims := make([]record.Claim, len(proposals))
	for i, p := range proposals {
		claims[i] = p.Claim
	}
	for i, right := range score.Right(d.Claims, wire.FromRecord(&rec, claims).Claims) {
		m.examples = append(m.examples, judge.Example{Prior: proposals[i].Prior, Features: proposals[i].Features, Right: right, Group: group})
		m.groups = append(m.groups, score.GroupOf(proposals[i].Claim.Kind))
		m.lines = append(m.lines, filepath.Base(path)+" "+line(&proposals[i].Claim)+" | "+quoted(&rec, &proposals[i].Claim))
	}
	return nil
}

// quoted are the cited words of a claim.
func quoted(d *record.Document, c *record.Claim) string {
	at := record.Sentence(d.Text, c.Citations[0])
	return fold(d.Text[at.Start:at.End])
}

// threshold is the probability above which a group's claims are printed: the
// one of the best F1 among those that keep the precision.
func (m *marked) threshold(g score.Group, prob []float64, precision float64, out io.Writer) float64 {
	var at []int
	for i := range m.labelled {
		if m.groups[i] == g {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(a, b int) int {
		switch {
		case prob[a] > prob[b]:
			return -1
		case prob[a] < prob[b]:
			return 1
		}
		return 0
	})
	best, bestF1, all := 0.95, -1.0, score.Count{Gold: m.gold[g], Predicted: len(at)}
	var c, kept score.Count
	c.Gold = m.gold[g]
	for k, i := range at {
		c.Predicted++
		if m.examples[i].Right {
			c.Right++
			all.Right++
		}
		if k+1 < len(at) && prob[at[k+1]] == prob[i] {
			continue
		}
		if c.Precision() >= precision && c.F1() > bestF1 {
			best, bestF1, kept = prob[i], c.F1(), c
		}
	}
	fmt.Fprintf(out, "%-8s proposed %d, right %d of %d labelled (recall %.3f); printed above %.2f: precision %.3f recall %.3f F1 %.3f\n",
		g, all.Predicted, all.Right, all.Gold, all.Recall(), best, kept.Precision(), kept.Recall(), kept.F1())
	return best
}

// reliability prints how often claims of a stated probability are right.
func (m *marked) reliability(prob []float64, out io.Writer) {
	const bins = 10
	var n, right [bins]int
	var sum [bins]float64
	for i, p := range prob {
		b := min(int(p*bins), bins-1)
		n[b]++
		sum[b] += p
		if m.examples[i].Right {
			right[b]++
		}
	}
	fmt.Fprintln(out, "stated  right  claims")
	for b := range bins {
		if n[b] > 0 {
			fmt.Fprintf(out, "%.2f    %.2f   %d\n", sum[b]/float64(n[b]), float64(right[b])/float64(n[b]), n[b])
		}
	}
}
