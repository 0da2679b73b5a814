package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"demarche/almanac"
	"demarche/reader"
	"demarche/reader/judge"
	"demarche/record"
	"demarche/score"
	"demarche/text/token"
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

// place is an answer that bears out a label, and its weight in log-odds.
type place struct {
	question, option int
	weight           float64
}

// told are the places, the surest first, at which the labels of a key are told:
// one for each.
func (l *labels) told(key string, places []place, qs []reader.Question) []place {
	var out []place
	ats := l.quotes[key]
	if len(ats) == 0 { // of an office, whose holder may be named in part
		ats = []int{-1}
	}
	for _, at := range ats {
		for _, p := range places {
			q := qs[p.question]
			if (at < 0 || at >= q.Start && at < q.End) && !slices.ContainsFunc(out, func(o place) bool { return o.question == p.question }) {
				out = append(out, p)
				break
			}
		}
	}
	return out
}

// coreKey is the key by which a claim is scored.
func coreKey(c record.Core) string {
	w := wire.Claim{Kind: string(c.Kind), Phase: string(c.Phase), Negated: c.Negated, Roles: wire.Roles(c.Roles)}
	return score.Key(&w)
}

// dated is how well a time goes with that of the labels of a key, in log-odds.
func (l *labels) dated(key string, w record.When) float64 {
	sum := 0.0
	for _, c := range l.claims {
		t := record.When(c.When)
		if score.Key(&c) != key || t.IsZero() || w.IsZero() {
			continue
		}
		if t.Earliest <= w.Latest && w.Earliest <= t.Latest {
			return 1.5
		}
		sum = -1.5
	}
	return sum
}

// labels are the labelled claims of a text by their keys.
type labels struct {
	claims []wire.Claim
	quotes map[string][]int // where in the text each is quoted, -1 where that is not known
}

func newLabels(d *wire.Document) *labels {
	l := &labels{claims: d.Claims, quotes: map[string][]int{}}
	for i := range d.Claims {
		at := -1
		if q := d.Claims[i].Quote; q != "" {
			at = find(d.Text, q)
		}
		k := score.Key(&d.Claims[i])
		l.quotes[k] = append(l.quotes[k], at)
	}
	return l
}

// find is where a quote stands in a text whose lines may be broken elsewhere, -1
// where it does not.
func find(text, quote string) int {
	words := strings.Fields(quote)
	if len(words) == 0 {
		return -1
	}
	for from := 0; ; {
		i := strings.Index(text[from:], words[0])
		if i < 0 {
			return -1
		}
		from += i
		rest, ok := text[from:], true
		for _, w := range words {
			if rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " \t\r\n\u00a0"), w); !ok {
				break
			}
		}
		if ok {
			return from
		}
		from += len(words[0])
	}
}

// bearOut reports whether most of an answer's claims, three in four, are labelled
// here, in a sentence, or elsewhere in the text.
func (l *labels) bearOut(cores []record.Core, start, end int) (here, elsewhere bool) {
	in, out := 0, 0
	for _, c := range cores {
		w := wire.Claim{Kind: string(c.Kind), Phase: string(c.Phase), Negated: c.Negated, Roles: wire.Roles(c.Roles)}
		ats := l.quotes[coreKey(c)]
		switch {
		case slices.ContainsFunc(ats, func(at int) bool { return at < 0 || at >= start && at < end }),
			(c.Kind == record.Office || c.Kind == record.Chair) && score.Right(l.claims, []wire.Claim{w})[0]:
			in++
		case len(ats) > 0:
			out++
		}
	}
	return in > 0 && 4*in >= 3*len(cores), out > 0 && 4*(in+out) >= 3*len(cores)
}

// reading is what was read in the labelled texts, each with a model that has not
// seen it.
type reading struct {
	claims []readClaim
	gold   map[string]int
}

type readClaim struct {
	claim record.Claim
	right bool
	group string // see reader.Group
	line  string
}

func (j *judging) crossValidate(r *reader.Reader, gold []*wire.Document, questions, more []judge.Question) (*reading, error) {
	out := &reading{gold: map[string]int{}}
	byDoc := make([][]readClaim, len(gold))
	errs := make([]error, judgeFolds)
	var wg sync.WaitGroup
	for fold := range judgeFolds {
		wg.Go(func() {
			var rest []judge.Question
			for _, q := range questions {
				if q.Group%judgeFolds != fold {
					rest = append(rest, q)
				}
			}
			with := r.With(judge.Learn(j.learned(rest, more), j.settings))
			for i := fold; i < len(gold); i += judgeFolds {
				var err error
				if byDoc[i], err = readAll(with, gold[i]); err != nil {
					errs[fold] = err
				}
			}
		})
	}
	wg.Wait()
	for i, d := range gold {
		out.claims = append(out.claims, byDoc[i]...)
		wording := reader.Wording(token.Split(d.Text))
		for k := range d.Claims {
			out.gold[reader.Group(wording, record.Kind(d.Claims[k].Kind))]++
		}
	}
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// readAll reads a labelled text and holds what it proposes against the labels,
// the surest first.
func readAll(r *reader.Reader, d *wire.Document) ([]readClaim, error) {
	rec, _, err := d.Record()
	if err != nil {
		return nil, err
	}
	var claims []record.Claim
	for _, p := range r.Proposals(rec) {
		claims = append(claims, p.Claim)
	}
	slices.SortStableFunc(claims, func(a, b record.Claim) int { return cmp.Compare(b.Confidence, a.Confidence) })
	var out []readClaim
	wording := reader.Wording(token.Split(d.Text))
	for i, right := range score.Right(d.Claims, wire.FromRecord(&rec, claims).Claims) {
		out = append(out, readClaim{claims[i], right, reader.Group(wording, claims[i].Kind), d.ID + " " + line(&claims[i]) + " | " + quoted(&rec, &claims[i])})
	}
	return out, nil
}

// quoted is the sentence that a claim cites.
func quoted(d *record.Document, c *record.Claim) string {
	at := record.Sentence(d.Text, c.Citations[0])
	return strings.Join(strings.Fields(d.Text[at.Start:at.End]), " ")
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

// groups are those that have a threshold, in order.
func (m *reading) groups() []string {
	var out []string
	for _, c := range m.claims {
		if !slices.Contains(out, c.group) {
			out = append(out, c.group)
		}
	}
	slices.Sort(out)
	return out
}

// threshold is the probability above which a group's claims are printed: the
// lowest that keeps the precision.
func (m *reading) threshold(g string, precision float64, out io.Writer) float64 {
	var at []readClaim
	for _, c := range m.claims {
		if c.group == g {
			at = append(at, c)
		}
	}
	slices.SortStableFunc(at, func(a, b readClaim) int { return cmp.Compare(b.claim.Confidence, a.claim.Confidence) })
	best := 0.95
	c, kept := score.Count{Gold: m.gold[g]}, score.Count{Gold: m.gold[g]}
	for i := range at {
		c.Predicted++
		if at[i].right {
			c.Right++
		}
		if i+1 < len(at) && at[i+1].claim.Confidence == at[i].claim.Confidence {
			continue
		}
		if c.Precision() >= precision {
			best, kept = at[i].claim.Confidence, c
		}
	}
	fmt.Fprintf(out, "%-20s proposed %d, right %d of %d labelled (recall %.3f); printed above %.2f: precision %.3f recall %.3f F1 %.3f\n",
		g, c.Predicted, c.Right, c.Gold, c.Recall(), best, kept.Precision(), kept.Recall(), kept.F1())
	return best
}

// reliability prints how often claims of a stated probability are right.
func (m *reading) reliability(out io.Writer) {
	const bins = 10
	var n, right [bins]int
	var sum [bins]float64
	for _, c := range m.claims {
		b := min(int(c.claim.Confidence*bins), bins-1)
		n[b]++
		sum[b] += c.claim.Confidence
		if c.right {
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
