// Package score measures predicted claims against gold ones, in three groups
// apart: acts, states of affairs without offices, and offices. It gives the
// figures of the gold texts' own score.py, to the digit.
package score

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"demarche/record"
	"demarche/wire"
)

// Group is a class of kinds that is scored apart.
type Group string

// The groups.
const (
	Acts    Group = "acts"
	States  Group = "states"
	Offices Group = "offices"
)

// Groups are the groups in the order of the figures.
func Groups() []Group { return []Group{Acts, States, Offices} }

// GroupOf is the group that a kind is scored in.
func GroupOf(k record.Kind) Group {
	switch {
	case k.IsAct():
		return Acts
	case k == record.Office:
		return Offices
	}
	return States
}

// Count is how many claims were right, how many the gold has and how many were
// predicted.
type Count struct{ Right, Gold, Predicted int }

// Precision is the share of the predicted that is right, 0 with none predicted.
func (c Count) Precision() float64 { return ratio(c.Right, c.Predicted) }

// Recall is the share of the gold that is right, 0 with none in the gold.
func (c Count) Recall() float64 { return ratio(c.Right, c.Gold) }

// F1 is the harmonic mean of the two.
func (c Count) F1() float64 {
	p, r := c.Precision(), c.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Miss is a claim that the gold has and the prediction lacks or, with Wrong,
// the other way round.
type Miss struct {
	Document string
	Wrong    bool
	Claim    wire.Claim
}

// Figures are the result of a comparison. The zero Figures is ready for Add.
type Figures struct {
	Documents         int // of the gold
	WithoutPrediction int
	Groups            map[Group]Count
	Kinds             map[record.Kind]Count
	// Dates counts the right claims by how well their date was met.
	Dates map[Dating]int
	// Source and Content are how many of the right claims have the right
	// source and content, of how many that were asked.
	SourceRight, SourceAsked   int
	ContentRight, ContentAsked int
	// Misses are all claims missed and wrong, by document.
	Misses []Miss

	order []record.Kind // kinds in the order first seen, which breaks ties when printing
}

// Compare scores predicted documents against gold ones, both by file name. A
// gold document without a prediction counts as predicted empty; a predicted
// document without gold is left out.
func Compare(gold, pred map[string]*wire.Document) *Figures {
	names := make([]string, 0, len(gold))
	for name := range gold {
		names = append(names, name)
	}
	slices.Sort(names)
	f := new(Figures)
	for _, name := range names {
		if p := pred[name]; p != nil {
			f.Add(name, gold[name].Claims, p.Claims)
			continue
		}
		f.WithoutPrediction++
		f.Add(name, gold[name].Claims, nil)
	}
	return f
}

// Right tells of each predicted claim of a document whether it is right.
func Right(gold, pred []wire.Claim) []bool {
	out := make([]bool, len(pred))
	for _, p := range match(gold, pred) {
		out[p.pred] = true
	}
	return out
}

// Add scores one more document.
func (f *Figures) Add(name string, gold, pred []wire.Claim) {
	if f.Groups == nil {
		f.Groups, f.Kinds, f.Dates = map[Group]Count{}, map[record.Kind]Count{}, map[Dating]int{}
	}
	f.Documents++
	for i := range gold {
		f.count(gold[i].Kind, Count{Gold: 1})
	}
	for i := range pred {
		f.count(pred[i].Kind, Count{Predicted: 1})
	}
	hitGold, hitPred := make([]bool, len(gold)), make([]bool, len(pred))
	for _, p := range match(gold, pred) {
		hitGold[p.gold], hitPred[p.pred] = true, true
		f.right(&gold[p.gold], &pred[p.pred], p.when)
	}
	f.miss(name, gold, hitGold, false)
	f.miss(name, pred, hitPred, true)
}

func (f *Figures) count(kind string, c Count) {
	k := record.Kind(kind)
	if _, seen := f.Kinds[k]; !seen {
		f.order = append(f.order, k)
	}
	f.Kinds[k] = f.Kinds[k].plus(c)
	f.Groups[GroupOf(k)] = f.Groups[GroupOf(k)].plus(c)
}

func (c Count) plus(d Count) Count {
	return Count{c.Right + d.Right, c.Gold + d.Gold, c.Predicted + d.Predicted}
}

// right counts a matched pair with its date, source and content.
func (f *Figures) right(g, p *wire.Claim, when Dating) {
	f.count(g.Kind, Count{Right: 1})
	f.Dates[when]++
	f.SourceAsked++
	a, b := foldSource(g.Source), foldSource(p.Source)
	if a == b || a != "" && b != "" && SameName(a, b) {
		f.SourceRight++
	}
	if g.Content == nil || g.Content.Kind == "" {
		return
	}
	f.ContentAsked++
	if p.Content != nil && p.Content.Kind == g.Content.Kind &&
		sameRoles(record.Kind(g.Content.Kind), record.Roles(g.Content.Roles), record.Roles(p.Content.Roles)) {
		f.ContentRight++
	}
}

func foldSource(s *string) string {
	if s == nil {
		return ""
	}
	return Fold(*s)
}

func (f *Figures) miss(name string, claims []wire.Claim, hit []bool, wrong bool) {
	for i, c := range claims {
		if !hit[i] {
			f.Misses = append(f.Misses, Miss{name, wrong, c})
		}
	}
}

// Headline is the mean of the three groups' F1.
func (f *Figures) Headline() float64 {
	return (f.Groups[Acts].F1() + f.Groups[States].F1() + f.Groups[Offices].F1()) / 3
}

// dated is the number of right claims whose gold has a date.
func (f *Figures) dated() int { return f.Dates[Exact] + f.Dates[Near] + f.Dates[Wrong] }

// WhenExact is the share of the dated right claims whose date is exact, and
// WhenNear the share whose date is exact or near.
func (f *Figures) WhenExact() float64 { return ratio(f.Dates[Exact], f.dated()) }

// WhenNear is the share of the dated right claims with an exact or near date.
func (f *Figures) WhenNear() float64 { return ratio(f.Dates[Exact]+f.Dates[Near], f.dated()) }

// Source is the share of the right claims with the right source.
func (f *Figures) Source() float64 { return ratio(f.SourceRight, f.SourceAsked) }

// Content is the share of the right claims with the right content, of those
// whose gold has one with a kind.
func (f *Figures) Content() float64 { return ratio(f.ContentRight, f.ContentAsked) }

// Write prints the figures as a table.
func (f *Figures) Write(w io.Writer) error {
	p := &printer{w: w}
	p.line("%d documents, %d without a prediction", f.Documents, f.WithoutPrediction)
	p.line("%-12s %6s %6s %6s   right / gold / predicted", "", "P", "R", "F1")
	for _, g := range []Group{Acts, States, Offices} {
		p.row(string(g), f.Groups[g])
	}
	kinds := slices.Clone(f.order)
	slices.SortStableFunc(kinds, func(a, b record.Kind) int { return f.Kinds[b].Gold - f.Kinds[a].Gold })
	for _, k := range kinds {
		p.row(string(k), f.Kinds[k])
	}
	p.line("on the right ones: when exact %.3f, exact or near %.3f; source %.3f; content %.3f of %d",
		round(f.WhenExact()), round(f.WhenNear()), round(f.Source()), round(f.Content()), f.ContentAsked)
	p.line("headline F1 %.4f", f.Headline())
	return p.err
}

type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) row(name string, c Count) {
	p.line("%-12s %6.3f %6.3f %6.3f   %d / %d / %d", name, c.Precision(), c.Recall(), c.F1(), c.Right, c.Gold, c.Predicted)
}

// round gives four decimals, halves of the exact binary value to even.
func round(x float64) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 4, 64), 64)
	return y
}
