package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"demarche/reader"
	"demarche/reader/judge"
	"demarche/record"
	"demarche/score"
	"demarche/text/token"
	"demarche/wire"
)

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
