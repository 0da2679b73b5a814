package name

import (
	"slices"

	"demarche/almanac"
	"demarche/text"
)

// collectives makes mentions of "the two countries", "both sides", "the
// presidents", "both", and finds whom they stand for.
func (r *reader) collectives() {
	r.byToken()
	for _, m := range r.names.Mentions {
		if m.Kind == Collective {
			r.gather(m, r.partAt(m.Tokens.Start), m.phrase.wantsPeople(r), 0)
		}
	}
	for k := range r.parts {
		if !r.parts[k].taken {
			r.collective(k)
		}
	}
}

// regions are adjectives by which "states" are just these.
var regions = map[string][]string{
	"baltic":  {"EST", "LVA", "LTU"},
	"benelux": {"BEL", "NLD", "LUX"},
	"nordic":  {"DNK", "FIN", "ISL", "NOR", "SWE"},
}

// wantsPeople reports whether a plural post asks for its holders.
func (f *phrase) wantsPeople(r *reader) bool { return f != nil && r.parts[f.post].post != nil }

// byToken sorts the mentions made so far.
func (r *reader) byToken() {
	slices.SortFunc(r.names.Mentions, func(a, b *Mention) int { return a.Tokens.Start - b.Tokens.Start })
}

// collective reads "[the] two countries", "both [sides]", "the parties", "the
// leaders" at part k.
func (r *reader) collective(k int) {
	p := &r.parts[k]
	n, end := r.count(k)
	if of := regions[fold(r.text(p.span))]; of != nil && r.memberAt(k+1) {
		end := r.memberEnd(k + 1)
		r.put(k, end, &Mention{Kind: Collective, Head: r.parts[end-1].span.End - 1, Confidence: 0.8, IDs: slices.Clone(of)})
		return
	}
	if p.kind != pWord && p.kind != pStatus {
		return
	}
	switch {
	case n > 0 && end < len(r.parts) && r.memberAt(end):
		r.putCollective(k, r.memberEnd(end), n)
	case n == 2 && p.low == "both" && end < len(r.parts) && r.parts[end].kind == pWord && r.cues[r.low(end)]&function == 0 && !r.listAhead(end):
		r.putCollective(k, k+1, 2)
	case r.memberAt(k) && k > 0 && r.low(k-1) == "the" && (p.low == "leaders" || p.low == "sides" || p.low == "parties" || p.low == "countries"):
		r.putCollective(k, k+1, 0)
	}
}

// count reads "two", "both" or a number at part k: how many, 0 for none, and
// the part after it.
func (r *reader) count(k int) (n, end int) {
	if k >= len(r.parts) || r.parts[k].cue&number == 0 {
		return 0, k
	}
	n = 1 + slices.Index([]string{"two", "three", "four", "five", "six"}, r.low(k)) + 1
	if r.low(k) == "both" {
		n = 2
	}
	return n, k + 1
}

// memberAt reports whether a noun of members ("countries", "sides") stands at
// part k, an adjective before it allowed.
func (r *reader) memberAt(k int) bool { return r.memberEnd(k) > k }

func (r *reader) memberEnd(k int) int {
	for j := k; j < len(r.parts) && j < k+2 && !r.parts[j].taken; j++ {
		if r.parts[j].cue&memberNoun != 0 && !capital(r.form(j)) {
			return j + 1
		}
		if r.parts[j].kind != pStatus && r.parts[j].kind != pWord {
			return k
		}
	}
	return k
}

// listAhead reports whether "both" begins "both A and B".
func (r *reader) listAhead(k int) bool {
	for j := k; j < len(r.parts) && j < k+4; j++ {
		if r.parts[j].taken {
			return true
		}
	}
	return false
}

func (r *reader) putCollective(k, end, n int) {
	m := &Mention{Kind: Collective, Head: r.parts[end-1].span.End - 1, Confidence: 0.8}
	people := false
	switch r.low(end - 1) {
	case "leaders", "presidents", "ministers", "men", "statesmen", "both":
		people = true
	}
	r.gather(m, k, people, n)
	if len(m.IDs) == 0 {
		m.Confidence = 0.3
	}
	r.put(k, end, m)
}

// gather finds the members of a collective at part k: n of them, or two where
// n is 0; it leaves it empty where they are not clear.
func (r *reader) gather(m *Mention, k int, people bool, n int) {
	numbered := n > 0 || m.phrase != nil && (m.phrase.det == "two" || m.phrase.det == "both")
	if n == 0 {
		n = 2
	}
	if people && n == 2 {
		var post *almanac.Post
		if m.phrase != nil {
			post = r.parts[m.phrase.post].post
		}
		if pair := r.lastPeople(k, post, numbered); len(pair) == 2 {
			m.Persons = pair
			m.IDs = []string{pair[0].For, pair[1].For}
			return
		}
	}
	if f := m.phrase; f != nil && f.det != "two" && f.det != "both" && f.det != "three" {
		return
	}
	if ids := r.lastList(r.parts[k].span.Start, n); n > 2 && ids != nil {
		m.IDs = ids
		return
	}
	if ids := r.pair(r.parts[k].span.Start, n); ids != nil {
		m.IDs = ids
	} else if two := r.twoPeople(r.parts[k].span.Start); two != nil && n == 2 {
		m.IDs, m.Persons = two.IDs, two.Persons
	}
}

// lastPeople are the two people named last before part k, in headline or
// text, who act for two different polities or bodies and, where a post is
// asked for, hold it.
//
// Without a number ("the presidents") there must be no third.
func (r *reader) lastPeople(k int, post *almanac.Post, numbered bool) []*Human {
	type seen struct {
		p  *Human
		at int
	}
	var all []seen
	at := r.parts[min(k, len(r.parts)-1)].span.Start
	for _, p := range r.everyone() {
		if p.For == "" || post != nil && !r.hasPost(p, post.Name, post.Class) {
			continue
		}
		if d := distance(p, at); d < 1<<22 {
			all = append(all, seen{p, d})
		}
	}
	slices.SortStableFunc(all, func(a, b seen) int { return a.at - b.at })
	var titled []*Human // whom the headline names: the text is about them
	for _, s := range all {
		if s.p.first < 0 && !slices.ContainsFunc(titled, func(p *Human) bool { return p.For == s.p.For }) {
			titled = append(titled, s.p)
		}
	}
	if len(titled) == 2 {
		return titled
	}
	third := func(s seen) bool {
		return s.p.For != all[0].p.For && s.p.For != firstOther(all[0].p.For, all, func(x seen) string { return x.p.For })
	}
	if !numbered && slices.ContainsFunc(all, third) {
		return nil
	}
	var out []*Human
	for _, s := range all {
		if len(out) == 0 || len(out) == 1 && out[0].For != s.p.For {
			out = append(out, s.p)
		}
	}
	slices.Reverse(out)
	return out
}

// firstOther is the first key of a list that is not the given one.
func firstOther[T any](not string, list []T, key func(T) string) string {
	for _, x := range list {
		if key(x) != not {
			return key(x)
		}
	}
	return ""
}

// hasPost reports whether a person holds a post, or leads a polity by general
// knowledge.
func (r *reader) hasPost(p *Human, post, class string) bool {
	for _, h := range p.Posts {
		if samePost(h, post, class) && !h.Former {
			return true
		}
	}
	return (post == "president" || post == "prime minister" || post == "leader" || post == "head of state") && r.inOffice(p, class)
}

// pair are the n polities that the text up to a token is about: those named
// most, if they stand out from the next.
func (r *reader) pair(token, n int) []string {
	counts := map[string]int{}
	last := map[string]int{}
	var order []string
	note := func(id string, weight, at int) {
		if r.alm.Polity(id) == nil {
			return
		}
		if counts[id] == 0 {
			order = append(order, id)
		}
		counts[id] += weight
		last[id] = at
	}
	if r.before != nil {
		for k := range r.before.parts {
			if linkedKind(r.before.parts[k].kind) {
				id, _, _ := r.before.link(&r.before.parts[k])
				note(id, 2, -1)
			}
		}
	}
	for _, m := range r.names.around(token) {
		if m.Tokens.Start >= token {
			break
		}
		if m.Kind == Collective || m.Kind == Place || m.Loose && m.Type == "capital" {
			continue
		}
		for _, id := range m.IDs {
			note(id, 2, m.Tokens.Start)
		}
	}
	if r.home != "" && len(order) == 1 && order[0] != r.home {
		note(r.home, 1, -1)
	}
	if len(order) < n {
		return nil
	}
	slices.SortStableFunc(order, func(a, b string) int { return counts[b] - counts[a] })
	if len(order) > n && counts[order[n]] >= counts[order[n-1]] {
		return r.near(order, last, n)
	}
	return order[:n]
}

// lastList are the polities of the last list of just n before a token: "Peru, Chile
// and Bolivia", nil where there is none.
func (r *reader) lastList(token, n int) []string {
	var out, before, run []string
	end := -1
	for _, m := range r.names.around(token) {
		if m.Tokens.Start >= token {
			break
		}
		if m.Kind != Polity || len(m.IDs) != 1 {
			continue
		}
		if m.Tokens.Start > end+3 || r.sentence(m.Tokens.Start) != r.sentence(max(end-1, 0)) {
			run = nil
		}
		if !slices.Contains(run, m.IDs[0]) {
			run = append(run, m.IDs[0])
		}
		switch end = m.Tokens.End; len(run) {
		case n:
			before, out = out, slices.Clone(run)
		case n + 1:
			out = before // a longer list
		}
	}
	return out
}

// near are the n polities named last, where counting does not tell.
func (r *reader) near(order []string, last map[string]int, n int) []string {
	byLast := slices.Clone(order)
	slices.SortStableFunc(byLast, func(a, b string) int { return last[b] - last[a] })
	if len(order) > 2*n+1 {
		return nil
	}
	return byLast[:n]
}

// partAt is the part that covers a token.
func (r *reader) partAt(token int) int {
	k, ok := slices.BinarySearchFunc(r.parts, token, func(p part, t int) int { return p.span.Start - t })
	if !ok && k > 0 {
		k--
	}
	return min(k, len(r.parts)-1)
}

// sentence is the token range of the sentence that covers a token.
func (r *reader) sentence(token int) text.Span {
	i, _ := slices.BinarySearchFunc(r.doc.Sents, token, func(s text.Span, t int) int {
		switch {
		case s.End <= t:
			return -1
		case s.Start > t:
			return 1
		}
		return 0
	})
	return r.doc.Sents[min(i, len(r.doc.Sents)-1)]
}
