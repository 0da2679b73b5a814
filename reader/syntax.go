package reader

import (
	"strings"
	"sync"

	"demarche/reader/name"
	"demarche/reader/when"
	"demarche/text"
	"demarche/text/parse"
	"demarche/text/tag"
)

// syntax holds the models of the text passes and lends out workers for them.
type syntax struct{ workers sync.Pool }

// worker tags and parses one sentence at a time; its buffers are used again.
type worker struct {
	tagger *tag.Tagger
	parser *parse.Parser
	forms  []string
	tags   []tag.Tag
	arcs   []parse.Arc
	kept   []int       // the nodes that are parsed
	aside  []text.Span // the runs of nodes that are not
}

func newSyntax() (*syntax, error) {
	tags, err := tag.Load()
	if err != nil {
		return nil, err
	}
	trees, err := parse.Load()
	if err != nil {
		return nil, err
	}
	s := &syntax{}
	s.workers.New = func() any { return &worker{tagger: tags.Tagger(), parser: trees.Parser()} }
	return s, nil
}

// graph tags and parses a sentence with its names, dates and sums joined into
// single nodes; nil where it names no party or holds no word that triggers a
// frame, since such a sentence needs no tree.
func (r *Reader) graph(d *document, sent int) *graph {
	s := d.text.Sents[sent]
	if !r.everyone && d.principals[0] == "" && !d.namesParty(s) || d.played(s) {
		return nil
	}
	s.Start += d.cue(s)
	w := r.syntax.workers.Get().(*worker)
	defer r.syntax.workers.Put(w)
	g := &graph{doc: d, sent: sent, nodes: d.join(s, r.money(d, s))}
	w.tag(g, r)
	if !g.triggered(r) {
		return nil
	}
	w.parse(g)
	return g
}

// cue is the number of tokens at the head of a sentence that point to another
// text: "See also".
func (d *document) cue(s text.Span) int {
	if s.End-s.Start > 3 && strings.EqualFold(d.text.Form(s.Start), "see") && strings.EqualFold(d.text.Form(s.Start+1), "also") {
		return 2
	}
	return 0
}

// played reports whether a sentence tells of a match, or of what happens in a game
// or a tale, in which states only play.
func (d *document) played(s text.Span) bool {
	low := func(i int) string {
		if i >= s.End {
			return ""
		}
		return strings.ToLower(d.text.Form(i))
	}
	if low(s.Start) == "in" && (low(s.Start+1) == "the" || low(s.Start+1) == "this" || low(s.Start+1) == "his" || low(s.Start+1) == "her") && tales[low(s.Start+2)] {
		return true
	}
	for i := s.Start; i < s.End; i++ {
		w := low(i)
		if matchWords[w] || w == "extra" && low(i+1) == "time" || w == "on" && low(i+1) == "penalties" || w == "the" && roundWords[low(i+1)] && endsRound(low(i+2)) {
			return true
		}
	}
	return false
}

var (
	tales      = set("game film movie novel story play series opera comic sequel")
	matchWords = set(`goalkeeper midfielder bowler bowlers batsman batsmen wicket wickets innings semifinal semifinals semi-final semi-finals
	quarterfinal quarterfinals quarter-final quarter-finals shootout scrum playoff playoffs play-off play-offs penalty-shootout`)
	roundWords = set("final finals semifinal")
)

// endsRound reports whether a word behind "the final" leaves it a match.
func endsRound(w string) bool {
	switch w {
	case "", ".", ",", "on", "after", "against", "by", "with":
		return true
	}
	return false
}

// namesParty reports whether a sentence names, or has a word for, one who acts.
func (d *document) namesParty(s text.Span) bool {
	for _, m := range d.names.In(s) {
		if m.Kind != name.Place && m.Kind != name.Treaty {
			return true
		}
	}
	return false
}

// join cuts a sentence into nodes: each name, date and sum of money is one.
func (d *document) join(s text.Span, sums []money) []node {
	nodes := make([]node, 0, s.End-s.Start)
	for t := s.Start; t < s.End; {
		n := node{tokens: text.Span{Start: t, End: t + 1}, head: t, gov: -1}
		switch m := d.names.At(t); {
		case m != nil && m.Tokens.Start == t && m.Tokens.End <= s.End && m.Kind != name.Pronoun:
			m = d.trimmed(m)
			n.tokens, n.head, n.name = m.Tokens, m.Head, m
			n.list, n.tokens.End = d.list(m, s)
			n.tokens.End = d.acronym(n.tokens.End, s)
		case d.dateAt[t] > 0 && d.dates[d.dateAt[t]-1].Tokens.Start == t && d.free(d.dates[d.dateAt[t]-1].Tokens):
			n.date = d.dateAt[t]
			n.tokens = d.dates[n.date-1].Tokens
			n.head = d.dateHead(n.tokens)
		case len(sums) > 0 && sums[0].tokens.Start == t:
			n.money = &sums[0]
			n.tokens = sums[0].tokens
		}
		for len(sums) > 0 && sums[0].tokens.Start < n.tokens.End {
			sums = sums[1:]
		}
		n.form = d.text.Form(n.head)
		nodes = append(nodes, n)
		t = n.tokens.End
	}
	return nodes
}

// trimmed cuts from the name of a treaty the date that follows it: "the Treaty of
// London on April 19".
func (d *document) trimmed(m *name.Mention) *name.Mention {
	if m.Kind != name.Treaty {
		return m
	}
	for t := m.Tokens.Start + 1; t < m.Tokens.End; t++ {
		if i := d.dateAt[t]; i == 0 || d.dates[i-1].Attributive {
			continue
		}
		cut := *m
		cut.Tokens.End = t
		if strings.EqualFold(d.text.Form(t-1), d.dates[d.dateAt[t]-1].Prep) && t-1 > m.Tokens.Start {
			cut.Tokens.End--
		}
		cut.Head, cut.Name = min(m.Head, cut.Tokens.End-1), ""
		return &cut
	}
	return m
}

// list returns the names that follow a name as one list with it ("Chad, Mali
// and Niger"), and the token after the last; parsers lose their way in lists.
func (d *document) list(m *name.Mention, s text.Span) (rest []*name.Mention, end int) {
	end = m.Tokens.End
	if !listed(m) {
		return nil, end
	}
	comma := false
	for at := d.acronym(end, s); at < s.End-1; {
		sep := strings.ToLower(d.text.Form(at))
		last := sep == "and" || sep == "&"
		if at++; sep == "," && strings.EqualFold(d.text.Form(at), "and") && comma {
			last, at = true, at+1
		}
		if !last && sep != "," {
			break
		}
		for at < s.End && d.names.At(at) == nil && between[strings.ToLower(d.text.Form(at))] {
			at++
		}
		next := d.names.At(at)
		if next == nil || !listed(next) || next.Tokens.Start != at || next.Tokens.End > s.End || (next.Kind == name.Person) != (m.Kind == name.Person) || m.Genitive {
			break
		}
		rest, at = append(rest, next), d.acronym(next.Tokens.End, s)
		if m = next; last {
			return rest, at
		}
		comma = true
	}
	return nil, end // no "and": appositions, or a place with its country
}

// between may stand before a name in a list.
var between = set("the then former late")

// acronym returns the token after an acronym in brackets that stands at one, as
// behind the name of a body; where there is none, the token itself.
func (d *document) acronym(at int, s text.Span) int {
	if at+2 >= s.End || d.text.Form(at) != "(" {
		return at
	}
	end := at + 2
	if m := d.names.At(at + 1); m != nil && m.Tokens.Start == at+1 {
		end = m.Tokens.End
	}
	f := d.text.Source[d.text.Tokens[at+1].Start:d.text.Tokens[end-1].End]
	if end >= s.End || d.text.Form(end) != ")" || len(f) > 12 || strings.ToUpper(f) != f && !strings.HasPrefix(f, "the ") || !isLetter(f[0]) {
		return at
	}
	return end + 1
}

// listed reports whether a mention can stand in a list: a name of somebody.
func listed(m *name.Mention) bool {
	return !m.Adjective && (m.Kind == name.Polity || m.Kind == name.Body || m.Kind == name.Person) && len(m.IDs) > 0
}

// names are all names of a node.
func (x *node) names() []*name.Mention {
	if x.name == nil {
		return nil
	}
	return append([]*name.Mention{x.name}, x.list...)
}

// free reports whether no name stands in a token range.
func (d *document) free(s text.Span) bool {
	for t := s.Start; t < s.End; t++ {
		if m := d.names.At(t); m != nil && m.Kind != name.Pronoun && d.trimmed(m).Tokens.End > t {
			return false
		}
	}
	return true
}

// dateHead is the token that stands for a date: its month or weekday, else its
// last word.
func (d *document) dateHead(s text.Span) int {
	last := s.Start
	for t := s.Start; t < s.End; t++ {
		f := d.text.Form(t)
		if monthOrWeekday[strings.ToLower(strings.TrimSuffix(f, "."))] {
			return t
		}
		if isLetter(f[0]) || isDigit(f[0]) {
			last = t
		}
	}
	return last
}

var monthOrWeekday = set(`january february march april may june july august september october november december jan feb mar apr jun jul
	aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun`)

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= 0x80 }
func isDigit(b byte) bool  { return b >= '0' && b <= '9' }

// tag fills tags and lemmas; the tags of joined names and sums are given.
func (w *worker) tag(g *graph, r *Reader) {
	w.forms, w.tags = w.forms[:0], w.tags[:0]
	for i := range g.nodes {
		w.forms = append(w.forms, g.nodes[i].form)
		w.tags = append(w.tags, givenTag(&g.nodes[i]))
	}
	w.tagger.Tag(w.forms, w.tags)
	w.finite()
	for i := range g.nodes {
		x := &g.nodes[i]
		x.upos, x.xpos, x.lemma = w.tags[i].UPOS, w.tags[i].XPOS, strings.ToLower(w.tags[i].Lemma)
		if x.upos == "VERB" && !r.triggers(x.lemma) {
			x.lemma = r.verb(x.lemma, strings.ToLower(x.form))
		}
	}
}

// finite makes the one participle of a sentence without a finite verb its verb:
// "Our military captured the port."
func (w *worker) finite() {
	at := -1
	for i, t := range w.tags {
		switch t.XPOS {
		case "VBD", "VBZ", "VBP", "MD", "VB":
			return
		case "VBN":
			if at >= 0 {
				return
			}
			at = i
		}
	}
	n := len(w.forms)
	if at < 1 || n < 4 || w.forms[n-1] != "." || at+1 >= n-1 || strings.EqualFold(w.forms[at+1], "by") {
		return
	}
	switch w.tags[at-1].UPOS {
	case "NOUN", "PROPN", "ADJ", "PRON":
		w.tags[at].XPOS, w.tags[at].UPOS = "VBD", "VERB"
	}
}

// triggers reports whether a lemma may trigger a frame.
func (r *Reader) triggers(lemma string) bool {
	return len(r.frames.Of(lemma)) > 0 || len(r.frames.Texts(lemma)) > 0
}

// verb is the lemma of a regular form among the words that trigger frames, which
// rules for lemmas miss: they cannot tell "owed" from "bowed", "chaired" from
// "shared".
func (r *Reader) verb(lemma, form string) string {
	stem, ok := strings.CutSuffix(form, "ed")
	if !ok {
		stem, ok = strings.CutSuffix(form, "ing")
	}
	if n := len(stem); ok && n > 1 {
		for _, l := range []string{stem, stem + "e", stem[:n-1]} {
			if r.triggers(l) && (len(l) >= n || stem[n-1] == stem[n-2]) {
				return l
			}
		}
	}
	return lemma
}

// givenTag is the tag that a joined node has for certain, empty for others.
func givenTag(n *node) tag.Tag {
	switch {
	case n.money != nil:
		return tag.Tag{UPOS: "SYM", XPOS: "$", Lemma: "$"}
	case n.name == nil || n.name.Adjective:
		return tag.Tag{}
	case n.name.Kind == name.Office || n.name.Kind == name.Collective:
		return tag.Tag{}
	}
	return tag.Tag{UPOS: "PROPN", XPOS: "NNP", Lemma: n.form}
}

// triggered reports whether any node may trigger a frame.
func (g *graph) triggered(r *Reader) bool {
	for i := range g.nodes {
		l := g.nodes[i].lemma
		if r.triggers(l) || r.everyone && len(r.frames.Anyone(l)) > 0 {
			return true
		}
	}
	return false
}

// parse hangs the nodes on each other. Dates that stand as adverbs, with their
// prepositions, are kept from the parser, which is easily led astray by them,
// and are hung on their clause by rule.
func (w *worker) parse(g *graph) {
	w.kept, w.aside = w.kept[:0], w.aside[:0]
	forms, tags := w.forms[:0], w.tags[:0]
	for i := 0; i < len(g.nodes); i++ {
		if n := g.adverbialDate(i); n > 0 && n < len(g.nodes) {
			w.aside = append(w.aside, text.Span{Start: i, End: i + n})
			i += n - 1
			continue
		}
		w.kept = append(w.kept, i)
		forms, tags = append(forms, w.forms[i]), append(tags, w.tags[i])
	}
	if cap(w.arcs) < len(forms) {
		w.arcs = make([]parse.Arc, 2*len(forms))
	}
	arcs := w.arcs[:len(forms)]
	w.parser.Parse(forms, tags, arcs)
	for k, a := range arcs {
		i := w.kept[k]
		g.nodes[i].gov, g.nodes[i].rel = -1, a.Rel
		if a.Head >= 0 {
			g.nodes[i].gov = w.kept[a.Head]
		}
	}
	for _, s := range w.aside {
		g.hangDate(s)
	}
	for i := range g.nodes {
		if h := g.nodes[i].gov; h >= 0 {
			g.nodes[h].kids = append(g.nodes[h].kids, i)
		}
	}
}

// adverbialDate returns the number of nodes from i that are a date used as an
// adverb, its preposition included; 0 where there is none.
func (g *graph) adverbialDate(i int) int {
	n := 1
	if x := &g.nodes[i]; x.date == 0 {
		if x.xpos != "IN" && x.xpos != "TO" || i+1 >= len(g.nodes) || g.nodes[i+1].date == 0 ||
			!strings.EqualFold(g.doc.dates[g.nodes[i+1].date-1].Prep, x.form) {
			return 0
		}
		n = 2
	}
	at := i + n - 1
	e := &g.doc.dates[g.nodes[at].date-1]
	if e.Attributive || e.Kind == when.Named || e.Kind == when.Anniversary {
		return 0
	}
	if at+1 < len(g.nodes) {
		switch next := &g.nodes[at+1]; {
		case next.xpos == "POS", n == 1 && (next.upos == "NOUN" || next.upos == "PROPN" && next.name == nil):
			return 0 // "Tuesday's meeting", "the May summit"
		}
	}
	if n == 1 && i > 0 && (g.nodes[i-1].upos == "DET" || g.nodes[i-1].upos == "ADP" || g.nodes[i-1].upos == "ADJ") {
		return 0 // "between May and June", "the following year"
	}
	return n
}

// hangDate hangs a date that was kept from the parser on its clause: the one
// that the word before it stands in, at the head of a sentence or after a
// conjunction the one of the word behind it.
func (g *graph) hangDate(s text.Span) {
	at := s.End - 1
	x := &g.nodes[at]
	x.rel, x.gov = "obl", g.clauseBeside(s)
	if s.Start < at {
		g.nodes[s.Start].rel, g.nodes[s.Start].gov = "case", at
	}
}

func (g *graph) clauseBeside(s text.Span) int {
	for i := s.Start - 1; i >= 0; i-- {
		x := &g.nodes[i]
		if x.upos == "PUNCT" || x.date > 0 {
			continue
		}
		if x.upos == "CCONJ" || x.upos == "SCONJ" {
			break
		}
		return g.predicateOver(i)
	}
	for i := s.End; i < len(g.nodes); i++ {
		if x := &g.nodes[i]; x.upos != "PUNCT" && x.date == 0 && x.upos != "CCONJ" {
			return g.predicateOver(i)
		}
	}
	return g.root()
}

// predicateOver is the nearest predicate at or above a node while the
// dependents are not yet listed: a verb, or a word that has a subject.
func (g *graph) predicateOver(n int) int {
	for steps := 0; n >= 0 && steps <= len(g.nodes); steps++ {
		x := &g.nodes[n]
		if x.upos == "VERB" && x.rel != "amod" && x.rel != "case" && x.rel != "compound" || x.gov < 0 {
			return n
		}
		if x.rel == "nsubj" || x.rel == "nsubj:pass" || x.rel == "cop" {
			return x.gov
		}
		n = x.gov
	}
	return g.root()
}

// root is the node that hangs on none.
func (g *graph) root() int {
	for i := range g.nodes {
		if g.nodes[i].gov < 0 && g.nodes[i].rel == "root" {
			return i
		}
	}
	return -1
}
