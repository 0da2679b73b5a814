package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"demarche/almanac"
	"demarche/reader"
	"demarche/reader/judge"
	"demarche/record"
	"demarche/score"
	"demarche/wire"
)

// The judge learns what the words of labelled texts tell. Its figures are
// cross-validated: each labelled text is read with a model that has not seen it.
const judgeFolds = 5

// judging is how the judge is trained and on what.
type judging struct {
	gold, labels, corpus, stories, weights string
	settings                               judge.Settings
	precision, states, offices, show       float64
	times                                  int
	out                                    io.Writer
}

// trainJudge writes the weights of the judge and prints what they are worth.
func trainJudge(args []string, out io.Writer) error {
	j := judging{out: out}
	f := flag.NewFlagSet("judge", flag.ContinueOnError)
	f.StringVar(&j.gold, "gold", "../shared/gold/train", "folder of labelled texts")
	f.StringVar(&j.labels, "labels", "reader/judge/labels.jsonl", "labels on texts of the corpus; empty for none")
	f.StringVar(&j.corpus, "corpus", "../shared/corpus/documents.jsonl.gz", "the texts that the labels are on")
	f.StringVar(&j.stories, "stories", "reader/testdata/stories", "folder of labelled texts of our own; empty for none")
	f.StringVar(&j.weights, "o", "reader/judge/weights.tsv", "where the weights go")
	f.Float64Var(&j.settings.L2, "l2", 8, "strength of regularisation")
	f.IntVar(&j.settings.Least, "least", 3, "a feature seen in fewer questions is dropped")
	f.IntVar(&j.settings.Epochs, "epochs", 8, "passes over the texts")
	f.IntVar(&j.times, "times", 2, "how many times the labelled texts count of the others")
	f.Float64Var(&j.precision, "precision", 0.89, "precision that the threshold of acts must reach, cross-validated; it is some eight points less on other texts")
	f.Float64Var(&j.offices, "precision-offices", 0.975, "the same of offices, which titles tell plainly")
	f.Float64Var(&j.states, "precision-states", 0.85, "the same of states of affairs, whose spelled-out lists stand or fall together")
	f.Float64Var(&j.show, "show", 2, "print the claims that are more probable than this, and whether they are right")
	if err := f.Parse(args); err != nil {
		return err
	}
	return j.run()
}

func (j *judging) run() error {
	a, err := almanac.Load()
	if err != nil {
		return err
	}
	r, err := reader.New(a)
	if err != nil {
		return err
	}
	gold, err := folder(j.gold)
	if err != nil {
		return err
	}
	questions, more, err := j.questions(r, gold)
	if err != nil {
		return err
	}
	answered := 0
	for i := range questions {
		if slices.ContainsFunc(questions[i].Options, func(o judge.Option) bool { return o.Right }) {
			answered++
		}
	}
	fmt.Fprintf(j.out, "%d questions of %d labelled texts, %d with a right answer; %d of other texts\n", len(questions), len(gold), answered, len(more))
	read, err := j.crossValidate(r, gold, questions, more)
	if err != nil {
		return err
	}
	model := judge.Learn(j.learned(questions, more), j.settings)
	for _, g := range read.groups() {
		precision := j.precision
		switch {
		case g == string(score.States):
			precision = j.states
		case g == string(score.Offices):
			precision = j.offices
		}
		model.SetThreshold(g, read.threshold(g, precision, j.out))
	}
	read.reliability(j.out)
	for _, c := range read.claims {
		if c.claim.Confidence > j.show {
			fmt.Fprintf(j.out, "%.2f %-5v %s\n", c.claim.Confidence, c.right, c.line)
		}
	}
	w, err := os.Create(j.weights)
	if err != nil {
		return err
	}
	if err := model.Write(w); err != nil {
		return err
	}
	return w.Close()
}

// learned are the questions to learn from: those of the labelled texts, whose
// labels two readers agreed on, count several times those of the others.
func (j *judging) learned(labelled, more []judge.Question) []judge.Question {
	return append(slices.Repeat(labelled, j.times), more...)
}

// questions poses the questions of the labelled texts, numbered, and of those that
// are learned from and not measured: stories, whose labels quote the text as well,
// and texts of the corpus, whose labels do not. Which word tells a label is
// settled by a model that has learned from the quotes alone.
func (j *judging) questions(r *reader.Reader, gold []*wire.Document) (labelled, more []judge.Question, err error) {
	var stories, corpus []*wire.Document
	if j.stories != "" {
		if stories, err = folder(j.stories); err != nil {
			return nil, nil, err
		}
	}
	if j.labels != "" {
		if corpus, err = labelledCorpus(j.corpus, j.labels); err != nil {
			return nil, nil, err
		}
	}
	var quoted []posed
	var first []judge.Question
	for i, d := range slices.Concat(gold, stories) {
		p, err := pose(r, d, i)
		if err != nil {
			return nil, nil, err
		}
		quoted = append(quoted, p)
		first = append(first, p.quoted()...)
	}
	model := judge.Learn(first, j.settings)
	for i, p := range quoted {
		if i < len(gold) {
			labelled = append(labelled, p.anchored(model)...)
		} else {
			more = append(more, p.anchored(model)...)
		}
	}
	for _, d := range corpus {
		p, err := pose(r, d, -1)
		if err != nil {
			return nil, nil, err
		}
		more = append(more, p.anchored(model)...)
	}
	return labelled, more, nil
}

// posed is a labelled text with the questions that it poses.
type posed struct {
	labels    *labels
	questions []reader.Question
	group     int
}

func pose(r *reader.Reader, d *wire.Document, group int) (posed, error) {
	rec, err := unlabelled(d)
	if err != nil {
		return posed{}, err
	}
	return posed{newLabels(d), r.Questions(rec), group}, nil
}

// quoted holds the questions against the labels: right is every answer that they
// bear out in the sentence quoted.
func (p *posed) quoted() []judge.Question {
	return p.hold(func(question, option int) bool { return true })
}

// hold makes questions to learn from; right are the answers that the labels bear
// out and that told takes. A question whose true answers are all told elsewhere
// teaches nothing.
func (p *posed) hold(told func(question, option int) bool) []judge.Question {
	var out []judge.Question
	for i, q := range p.questions {
		one := judge.Question{Parts: q.Sheets, Group: p.group}
		here, elsewhere := false, false
		for o, a := range q.Answers {
			in, outside := p.labels.bearOut(a.Cores, q.Start, q.End)
			right := in && told(i, o) || (in || outside) && a.Prior >= judge.Prior(0.55) && again(a.Cores)
			here, elsewhere = here || right, elsewhere || in || outside
			one.Options = append(one.Options, judge.Option{Parts: a.Sheets, Prior: a.Prior, Right: right})
		}
		if here || !elsewhere {
			out = append(out, one)
		}
	}
	return out
}

// again reports whether an answer is of meetings, which a text may tell of in many
// words and is right to: they are one.
func again(cores []record.Core) bool {
	return len(cores) > 0 && !slices.ContainsFunc(cores, func(c record.Core) bool { return c.Kind != record.Consult })
}

// unlabelled is a text as the reader gets it.
func unlabelled(d *wire.Document) (record.Document, error) {
	bare := *d
	bare.Claims = nil
	rec, _, err := bare.Record()
	if err != nil {
		return rec, fmt.Errorf("%s: %w", d.ID, err)
	}
	return rec, nil
}

// anchored holds the questions against the labels, each of which is told by one
// word: by the answer, of those that it bears out in the sentence quoted or, where
// the label does not quote, anywhere, that a model finds the surest, the nearer
// the better to the label's date. Other words that may tell the same teach
// nothing.
func (p *posed) anchored(model *judge.Model) []judge.Question {
	byKey := map[string][]place{}
	for i, q := range p.questions {
		for o, a := range q.Answers {
			if in, _ := p.labels.bearOut(a.Cores, q.Start, q.End); !in {
				continue
			}
			w := a.Prior
			for _, s := range a.Sheets {
				w += model.Weigh(q.Sheets[s])
			}
			for _, c := range a.Cores {
				k := coreKey(c)
				byKey[k] = append(byKey[k], place{i, o, w + p.labels.dated(k, c.When)})
			}
		}
	}
	told := map[[2]int]bool{}
	for k, places := range byKey {
		slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(b.weight, a.weight) })
		for _, at := range p.labels.told(k, places, p.questions) {
			told[[2]int{at.question, at.option}] = true
		}
	}
	return p.hold(func(question, option int) bool { return told[[2]int{question, option}] })
}
