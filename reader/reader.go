// Package reader turns a text into claims: names linked, dates resolved, trees
// parsed over joined names, frames matched, and what they say told apart by
// who says it and whether it is fact, promise, request or hope. It is the only
// bridge between text and record.
package reader

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"demarche/almanac"
	"demarche/reader/frame"
	"demarche/reader/judge"
	"demarche/reader/name"
	"demarche/reader/when"
	"demarche/record"
	"demarche/text"
)

// Version names the reader in every claim that it reads.
const Version = "1"

// Reader reads documents. It is safe for use by several goroutines.
type Reader struct {
	almanac  *almanac.Almanac
	frames   *frame.Set
	judge    *judge.Model
	syntax   *syntax
	names    *name.Finder
	dates    *when.Finder
	everyone bool              // acts of those who are no state and no body are read too
	currency map[string]string // word, code or symbol -> ISO 4217
}

// Result is what a document says.
type Result struct {
	Claims []record.Claim
}

// document is a text on its way to claims.
type document struct {
	almanac    *almanac.Almanac
	rec        record.Document
	text       *text.Doc
	names      *name.Names
	dates      []when.Expr
	dateAt     []int // token -> index into dates + 1, 0 for none
	published  record.When
	principals principals
	chiefs     []string // see chief
	titled     []string // bodies that the headline names
	lists      []lists  // see listsBefore
	headed     bool     // the headline tells the principals
	genre      string   // the sort of text: readout, history, factbook, news
	wording    string   // how plain its words are: plain, usual, rich
}

// New makes a reader over an almanac, with the frames and models that come with
// it.
func New(a *almanac.Almanac) (*Reader, error) {
	frames, err := frame.Load()
	if err != nil {
		return nil, err
	}
	s, err := newSyntax()
	if err != nil {
		return nil, err
	}
	j, err := judge.Default()
	if err != nil {
		return nil, err
	}
	return &Reader{almanac: a, frames: frames, judge: j, syntax: s, names: name.NewFinder(a), dates: when.New(periods(a)),
		currency: currencies(a)}, nil
}

// Read returns the claims of a document, in the order of the text. The same
// document gives the same claims.
func (r *Reader) Read(rec record.Document) Result {
	var out []record.Claim
	for _, p := range r.Proposals(rec) {
		if p.Claim.Confidence >= r.judge.Threshold(p.group) || p.deed && p.Claim.Confidence >= plain {
			out = append(out, p.Claim)
		}
	}
	return Result{Claims: out}
}

// plain is the confidence from which an act of anybody is printed.
const plain = 0.3

// Group is the name of a kind's group in the judge's thresholds: acts told in rich
// words are less surely right, and held against a threshold of their own.
func Group(wording string, k record.Kind) string {
	switch {
	case k == record.Office:
		return "offices"
	case !k.IsAct():
		return "states"
	case wording == Rich:
		return "acts in rich words"
	}
	return "acts"
}

// Proposal is a claim as proposed, before its confidence is held against the
// threshold.
type Proposal struct {
	Claim   record.Claim
	group   string   // whose threshold its confidence is held against
	assumed bool     // the date is not told
	by      [][2]int // bytes of the text that name who acts
	deed    bool     // read of anybody, and not by the judge: see deeds
}

// By reports whether who acts is named within a run of bytes of the text.
func (p *Proposal) By(start, end int) bool {
	return slices.ContainsFunc(p.by, func(b [2]int) bool { return b[0] < end && start < b[1] })
}

// Proposals returns all that a document may tell, merged, each with the judge's
// confidence.
func (r *Reader) Proposals(rec record.Document) []Proposal {
	d := r.open(rec)
	var cs []candidate
	for _, t := range d.titles(r, false) {
		cs = append(cs, t.best())
	}
	for i := range d.text.Sents {
		if g := r.graph(d, i); g != nil {
			cs = append(cs, r.candidates(g)...)
			if r.everyone {
				cs = append(cs, g.deeds(r)...)
			}
		}
	}
	return d.merge(once(cs))
}

// Question is a word or title of a document with what it may tell, as the judge
// learns from it: of the answers one at the most is right.
type Question struct {
	Sheets     [][]string // features
	Answers    []Answer
	Start, End int // byte range of the sentence
}

// Answer is what a question may be answered with: the sheets that speak for it,
// and the claims that it makes.
type Answer struct {
	Sheets []int
	Prior  float64 // log-odds before anything is learned
	Cores  []record.Core
}

// Questions returns all that a document poses, for learning.
func (r *Reader) Questions(rec record.Document) []Question {
	d := r.open(rec)
	var out []Question
	for _, t := range d.titles(r, true) {
		at := record.Sentence(rec.Text, record.Citation{Start: t.candidates[0].start, End: t.candidates[0].end})
		one := Question{Start: at.Start, End: at.End}
		for i := range t.candidates {
			one.Sheets = append(one.Sheets, t.sheets[i].Names)
			one.Answers = append(one.Answers, Answer{Sheets: []int{i}, Cores: []record.Core{t.candidates[i].core}})
		}
		out = append(out, one)
	}
	for i := range d.text.Sents {
		g := r.graph(d, i)
		if g == nil {
			continue
		}
		for _, q := range g.questions(r, true) {
			span := d.text.Sents[i]
			one := Question{Start: d.text.Tokens[span.Start].Start, End: d.text.Tokens[span.End-1].End}
			for _, s := range q.sheets {
				one.Sheets = append(one.Sheets, s.Names)
			}
			for j := range q.options {
				cores, _, _ := q.cores(&q.options[j])
				one.Answers = append(one.Answers, Answer{Sheets: q.options[j].sheets, Prior: q.options[j].prior, Cores: cores})
			}
			out = append(out, one)
		}
	}
	return out
}

// candidate is a claim on its way: what is said, where, by whom and how surely.
type candidate struct {
	sent    int  // the sentence
	assumed bool // the date is not told
	by      [][2]int
	deed    bool
	core    record.Core
	source  string
	start   int // byte range of the citation
	end     int
	frame   string
	conf    float64 // the judge's
}

// once keeps of what a sentence tells twice only the surest telling: of the acts
// of one kind between the same parties ("thanked him and wished him well" is
// one), and of a state of affairs that begins, holds or ends at the same time.
func once(cs []candidate) []candidate {
	best := map[string]int{}
	var out []candidate
	for _, c := range cs {
		bare := c.core
		bare.Content = nil
		if !c.core.Kind.IsAct() {
			bare.Phase = record.Holds
		}
		key := strconv.Itoa(c.sent) + mergeKey(bare)
		i, ok := best[key]
		switch {
		case !ok:
			best[key] = len(out)
			out = append(out, c)
		case left(&c, &out[i]):
			out[i] = c
		case left(&out[i], &c):
		case !c.core.Kind.IsAct() && (c.core.Phase == out[i].core.Phase || apart(&c, &out[i])):
			best[key] = len(out)
			out = append(out, c)
		case c.conf > out[i].conf:
			out[i] = c
		}
	}
	return out
}

// doubtful is how sure the reader is, at the least, that an office ended where its
// title is not taken for one that is still held.
const doubtful = 0.25

// left reports whether one telling is that an office ended and the other the title
// of who left it: "King N abdicated in 1955" may be told too unsurely to print,
// but N is not king today.
func left(end, title *candidate) bool {
	return end.core.Kind == record.Office && end.core.Phase == record.Ends && end.conf >= doubtful && title.frame == "title"
}

// apart reports whether two tellings are of times of their own, or of missions of
// two types: a consulate made an embassy ends where that begins.
func apart(a, b *candidate) bool {
	if x, y := a.core.Roles[record.RoleType], b.core.Roles[record.RoleType]; len(x) > 0 && len(y) > 0 && !slices.Equal(x, y) {
		return true
	}
	return !a.assumed && !b.assumed && !a.core.When.IsZero() && !b.core.When.IsZero() && a.core.When != b.core.When
}

// merge makes one claim of candidates that say the same, and names it.
func (d *document) merge(cs []candidate) []Proposal {
	sort.SliceStable(cs, func(i, j int) bool { return cs[i].start < cs[j].start })
	typed(cs)
	index := map[string][]int{}
	var out []Proposal
	for _, c := range cs {
		key := mergeKey(c.core)
		cite := record.Citation{Document: d.rec.ID, Start: c.start, End: c.end}
		one := Proposal{group: Group(d.wording, c.core.Kind), assumed: c.assumed, by: c.by, deed: c.deed, Claim: record.Claim{Core: c.core, Source: c.source, Citations: []record.Citation{cite},
			Frame: c.frame, Confidence: c.conf, Reader: Version, Chain: d.chain(c.source)}}
		i := compatible(out, index[key], &c)
		switch {
		case i < 0:
			index[key] = append(index[key], len(out))
			out = append(out, one)
		case min(c.conf, out[i].Claim.Confidence) >= likely:
			out[i].Claim.Citations = append(out[i].Claim.Citations, cite)
			better(&out[i], c)
		case c.conf > out[i].Claim.Confidence: // an unsure telling bears out nothing
			out[i] = one
		}
	}
	out = singly(out)
	for i := range out {
		out[i].Claim.ID = out[i].Claim.Identity()
	}
	return out
}

// likely is the probability from which a claim may bear on others.
const likely = 0.4

// singly drops what a text seems to tell of a state of affairs at several dates
// and that happens once: a state is founded once, relations are established once
// more only when they were cut. The surest tellings stay.
func singly(ps []Proposal) []Proposal {
	other := map[record.Phase]record.Phase{record.Begins: record.Ends, record.Ends: record.Begins}
	ends := map[string]int{}
	for i := range ps {
		if c := &ps[i].Claim; c.Confidence >= likely {
			ends[mergeKey(c.Core)]++
		}
	}
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return ps[order[i]].Claim.Confidence > ps[order[j]].Claim.Confidence })
	drop := map[int]bool{}
	told := map[string]int{}
	for _, i := range order {
		c := &ps[i].Claim
		if c.Kind.IsAct() || c.Kind == record.Office || c.Kind == record.Treaty || c.Phase == record.Holds {
			continue
		}
		may := 1
		if c.Kind != record.Existence && c.Kind != record.Recognition {
			turned := c.Core
			turned.Phase = other[c.Phase]
			may += ends[mergeKey(turned)]
		}
		key := mergeKey(c.Core)
		if told[key]++; told[key] > may {
			drop[i] = true
		}
	}
	var out []Proposal
	for i := range ps {
		if !drop[i] {
			out = append(out, ps[i])
		}
	}
	return out
}

// typed gives missions whose type is not told the type that the text tells of
// them elsewhere, at a time that may be the same.
func typed(cs []candidate) {
	for i := range cs {
		c := &cs[i].core
		if c.Kind != record.Mission || len(c.Roles[record.RoleType]) > 0 {
			continue
		}
		for j := range cs {
			o := &cs[j].core
			if o.Kind == c.Kind && o.Phase == c.Phase && len(o.Roles[record.RoleType]) > 0 && cs[j].conf >= likely && o.Roles.One(record.RoleOf) == c.Roles.One(record.RoleOf) &&
				o.Roles.One(record.RoleIn) == c.Roles.One(record.RoleIn) && o.When.Earliest <= c.When.Latest && c.When.Earliest <= o.When.Latest {
				*c = with(*c, record.RoleType, o.Roles[record.RoleType]...)
				break
			}
		}
	}
}

// unsaid are the roles that one telling of a fact may leave out.
var unsaid = []string{record.RoleLevel, record.RoleAs, record.RoleType, record.RoleAmount, record.RoleCurrency, record.RoleName, record.RoleStatus}

// agree reports whether two tellings say nothing different of the roles that may
// be left out; to be recognised is to be so as a state.
func agree(a, b record.Roles) bool {
	return !slices.ContainsFunc(unsaid, func(role string) bool {
		x, y := a.One(role), b.One(role)
		return x != "" && y != "" && x != y && !(role == record.RoleAs && (x == "state" || y == "state"))
	})
}

// lately is how many days news may be old whose day is not told.
const lately = 31

// compatible returns the claim among those at is that may be the same one told
// again, or -1: the dates meet, or one of them is only assumed.
func compatible(out []Proposal, is []int, c *candidate) int {
	for _, i := range is {
		if !agree(out[i].Claim.Roles, c.core.Roles) {
			continue
		}
		o, w := out[i].Claim.When, c.core.When
		if o.IsZero() || w.IsZero() || o.Earliest <= w.Latest && w.Earliest <= o.Latest || out[i].Claim.Kind == record.Office ||
			(out[i].assumed || c.assumed) && (!c.core.Kind.IsAct() || o.Earliest-w.Latest < lately && w.Earliest-o.Latest < lately) {
			return i
		}
	}
	return -1
}

// better takes over from a second telling what the first left open.
func better(p *Proposal, c candidate) {
	to := &p.Claim
	switch {
	case c.core.When.IsZero() || c.assumed && !p.assumed:
	case to.When.IsZero(), p.assumed && !c.assumed, c.core.When.Latest-c.core.When.Earliest < to.When.Latest-to.When.Earliest &&
		c.core.When.Earliest >= to.When.Earliest && c.core.When.Latest <= to.When.Latest:
		to.When, p.assumed = c.core.When, c.assumed
	}
	for _, role := range unsaid {
		if v := c.core.Roles[role]; len(v) > 0 && (len(to.Roles[role]) == 0 || role == record.RoleAs && to.Roles.One(role) == "state") {
			to.Core = with(to.Core, role, v...)
		}
	}
	if to.Content == nil {
		to.Content = c.core.Content
	}
	if c.conf > to.Confidence {
		to.Confidence, to.Frame = c.conf, c.frame
	}
}

func (d *document) chain(source string) []string {
	var out []string
	for _, s := range []string{source, d.rec.Publisher} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// mergeKey is equal for candidates that tell the same fact.
func mergeKey(c record.Core) string {
	var b strings.Builder
	b.WriteString(string(c.Kind) + "|" + string(c.Phase) + "|")
	if c.Negated {
		b.WriteString("not|")
	}
	var keys []string
	for k := range c.Roles {
		switch k {
		case record.RoleActorPersons, record.RoleRecipientPersons, record.RolePlace:
			continue
		}
		if slices.Contains(unsaid, k) {
			continue
		}
		keys = append(keys, k)
	}
	if c.Kind == record.Consult || c.Kind == record.Cooperate || c.Kind == record.Agree {
		keys = keys[:0]
		both := append(append([]string(nil), c.Roles[record.RoleActor]...), c.Roles[record.RoleRecipient]...)
		sort.Strings(both)
		b.WriteString(strings.Join(both, ",") + "|")
	}
	sort.Strings(keys)
	for _, k := range keys {
		v := append([]string(nil), c.Roles[k]...)
		sort.Strings(v)
		b.WriteString(k + "=" + strings.Join(v, ",") + "|")
	}
	if c.Kind.IsAct() || c.Phase != record.Holds {
		if c.Content != nil {
			b.WriteString(c.Content.Topic + mergeKey(c.Content.Core))
		}
	}
	return b.String()
}

// With returns a reader that differs in its judge alone.
func (r *Reader) With(j *judge.Model) *Reader {
	out := *r
	out.judge = j
	return &out
}
