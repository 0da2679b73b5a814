package name

import (
	"slices"
	"sort"
	"strings"

	"demarche/text"
)

// mention makes the mentions: people first, then posts without a name, then
// polities with their governments, bodies, groups, treaties, places.
func (r *reader) mention() {
	for _, b := range r.bearers {
		r.mentionBearer(b)
	}
	for _, f := range r.phrases {
		if !f.named {
			r.mentionOffice(f)
		}
	}
	for k := range r.parts {
		if !r.parts[k].taken {
			r.mentionPart(k)
		}
	}
	r.names.reader = r
	defer r.dateline()
	sort.Slice(r.names.Mentions, func(i, j int) bool { return r.names.Mentions[i].Tokens.Start < r.names.Mentions[j].Tokens.Start })
}

// put adds a mention of the parts [start, end), unless one of them stands in
// another already.
func (r *reader) put(start, end int, m *Mention) bool {
	for k := start; k < end; k++ {
		if r.parts[k].taken {
			return false
		}
	}
	for k := start; k < end; k++ {
		r.parts[k].taken = true
	}
	m.Tokens = r.tokens(start, end)
	if m.Tokens.Start >= m.Tokens.End {
		return false
	}
	m.Head = min(max(m.Head, m.Tokens.Start), m.Tokens.End-1)
	m.Genitive = end < len(r.parts) && r.parts[end].kind == pGen
	m.Loose = m.Confidence < 0.5
	m.almanac = r.alm
	r.names.Mentions = append(r.names.Mentions, m)
	return true
}

func (r *reader) mentionBearer(b *bearer) {
	p := b.person
	if p == nil {
		return
	}
	name := r.parts[b.name]
	m := &Mention{Kind: Person, Person: p, Head: name.span.End - 1 - name.dup, Confidence: 0.9}
	if p.For != "" {
		m.IDs = []string{p.For}
	}
	if !p.titled && !p.known || p.guessed {
		m.Confidence = 0.4
	}
	for _, f := range b.posts {
		m.Posts = append(m.Posts, f.held...)
		if post := r.parts[f.post].post; f.held == nil && post != nil && !f.counterpart && !r.obscure(b, f) {
			h := f.status
			h.Post, h.Class, h.Span, h.Begins, h.Past = r.wording(f, post.Name), post.Class, r.tokens(min(f.start, b.name), max(f.end, b.name+1)), f.begins, f.past
			m.Open = append(m.Open, h)
		}
	}
	if !r.put(b.start, b.end, m) {
		r.put(b.name, b.name+1, m)
	}
}

func (r *reader) mentionOffice(f *phrase) {
	post := r.parts[f.post]
	m := &Mention{Kind: Office, Head: post.span.End - 1, Confidence: 0.9}
	if post.plural && f.of == "" && len(f.ofAll) == 0 {
		m.Kind = Collective
	}
	for k := post.span.Start; k < post.span.End; k++ {
		if r.lows[k] == "of" || r.lows[k] == "for" || r.lows[k] == "-" {
			m.Head = k - 1
			break
		}
	}
	switch {
	case f.counterpart && f.of == "":
		return
	case len(f.ofAll) > 0:
		m.IDs = slices.Clone(f.ofAll)
	default:
		m.Person = r.incumbent(f)
		switch {
		case f.of != "":
			m.IDs = []string{f.of}
		case m.Person != nil && m.Person.For != "":
			m.IDs = []string{m.Person.For}
		case r.home != "" && r.class(f) == "head of state" && f.det == "the" && !f.vague && f.org == "" && capital(r.form(f.post)) && !f.status.Former && !r.foreign(post.post.Name):
			m.IDs = []string{r.home} // "The President" of who publishes
		case f.org != "" && r.organised(f):
			m.IDs = []string{f.org}
		}
	}
	if len(m.IDs) == 0 {
		if m.Confidence = 0.3; post.plural && r.class(f) == "excluded" {
			return // "reporters"
		}
	}
	if m.phrase = f; !post.plural && post.post != nil && !post.post.Excluded() {
		m.Post = r.wording(f, post.post.Name)
	}
	r.put(f.start, f.end, m)
}

// incumbent is the person who holds a post that is named without a name: the
// one holder of that post in the text, nearest before.
func (r *reader) incumbent(f *phrase) *Human {
	post := r.parts[f.post].post
	if post == nil || f.org != "" && f.of == "" || f.vague && r.parts[f.end-1].cue&polityNoun == 0 {
		return nil // of something that is not known
	}
	if f.status.Former || f.status.Then || f.status.Late || r.parts[f.post].plural || f.det == "a" || f.det == "an" {
		return nil
	}
	at := r.parts[f.post].span.Start
	if f.of == "" && r.home != "" && post.Class == "head of state" && f.det == "the" && capital(r.form(f.post)) {
		if p := r.holder(at, post.Name, post.Class, r.home); p != nil {
			return p
		}
	}
	of := f.of
	if of == "" {
		of = r.only(post.Name)
	}
	if of == "" && f.owner >= 0 {
		if o := r.lastBearer(f.start, nil); o != nil && r.parts[f.owner].kind == pWord {
			of = o.person.For
		}
	}
	if of == "" && f.det != "the" && !capital(r.form(f.post)) {
		return nil
	}
	if p := r.holder(at, post.Name, post.Class, of); p != nil {
		return p
	}
	if of == "" && f.det == "the" && f.owner < 0 && !f.vague {
		if p := r.leaderBefore(f, post.Class); p != nil {
			return p
		}
	}
	if of == "" && f.det == "the" && f.owner < 0 && (post.Class == "head of state" || post.Class == "head of government") {
		of = r.home
	}
	return r.reputed(of, post.Class)
}

// leaderBefore is the person named last in the sentence of a phrase or the one
// before it, where by general knowledge that person holds a post of the class: "...,
// said X. The prime minister ...".
func (r *reader) leaderBefore(f *phrase, class string) *Human {
	i, _ := slices.BinarySearchFunc(r.bearers, f.start, func(b *bearer, k int) int { return b.name - k })
	if i == 0 || r.parts[f.post].sent-r.parts[r.bearers[i-1].name].sent > 1 {
		return nil
	}
	if p := r.bearers[i-1].person; p != nil && p.For != "" && len(p.parts) > 1 && r.inOffice(p, class) {
		return p
	}
	return nil
}

// reputed is the person of headline or text who by general knowledge holds a
// post of a class for a polity in the year of the text.
func (r *reader) reputed(of, class string) *Human {
	if of == "" {
		return nil
	}
	for _, p := range r.everyone() {
		if p.For == of && r.inOffice(p, class) {
			return p
		}
	}
	return nil
}

// holder is the person named nearest before a token, or anywhere, with a post
// of that name (for "head of state" and the like: of that class) and polity.
func (r *reader) holder(at int, post, class, of string) *Human {
	var best *Human
	dist := 1 << 30
	for _, p := range r.everyone() {
		for _, h := range p.Posts {
			if h.Former || h.Late || h.Of == "" || of != "" && h.Of != of || !samePost(h, post, class) {
				continue
			}
			if d := distance(p, at); d < dist {
				best, dist = p, d
			}
		}
	}
	return best
}

func samePost(h Held, post, class string) bool {
	if h.Post == post || h.Class == class && (post == "head of state" || post == "head of government" || post == "leader") {
		return true
	}
	return post == "leader" && (h.Class == "head of government" || h.Class == "head of state") ||
		post == "head of state" && h.Class == "head of state"
}

// distance is how far before a token a person was last named; those named only
// after it are farther than any before.
func distance(p *Human, at int) int {
	d := 1 << 29
	for _, s := range p.seen {
		if s <= at {
			d = min(d, at-s)
		} else {
			d = min(d, 1<<22+s-at)
		}
	}
	return d
}

// everyone are the people of the headline and of the text.
func (r *reader) everyone() []*Human {
	if r.all != nil || r.before == nil {
		if r.all == nil {
			r.all = r.names.People
		}
		return r.all
	}
	r.all = slices.Clone(r.names.People)
	for _, b := range r.before.bearers {
		if b.person != nil && !slices.Contains(r.all, b.person) {
			r.all = append(r.all, b.person)
		}
	}
	return r.all
}

// mentionPart makes a mention of a single known part, or of a government
// ("Russian government", "the Ministry of Defence of X").
func (r *reader) mentionPart(k int) {
	p := &r.parts[k]
	switch p.kind {
	case pPolity, pAdj, pCity:
		r.mentionPolity(k)
	case pBody:
		id, typ, sure := r.link(p)
		m := &Mention{Kind: Body, IDs: []string{id}, Form: r.text(p.span), Type: typ, Head: p.span.End - 1, Confidence: trust(sure)}
		switch {
		case r.alm.Polity(id) != nil:
			m.Kind = Polity
		case typ == "own":
			m.Kind, m.Name = Group, id
		}
		if typ == "description" && !r.bodyNamed(id) {
			return
		}
		r.put(k, k+1, m)
	case pTreaty:
		name := r.text(p.span)
		if len(p.senses) > 0 {
			name = p.senses[0].ID
		}
		r.put(k, k+1, &Mention{Kind: Treaty, Name: name, IDs: []string{name}, Form: r.text(p.span), Head: p.span.End - 1, Confidence: 0.8})
	case pOrg:
		r.mentionOrg(k)
	case pPlace:
		r.put(k, k+1, &Mention{Kind: Place, In: p.senses[0].In, Form: r.text(p.span), Head: p.span.End - 1, Confidence: 0.8})
	}
}

// bodyNamed reports whether headline or text name a body otherwise than by a
// mere description ("the Alliance").
func (r *reader) bodyNamed(id string) bool {
	for _, x := range []*reader{r, r.before} {
		if x == nil {
			continue
		}
		for k := range x.parts {
			if p := &x.parts[k]; p.kind == pBody {
				if other, typ, _ := x.link(p); other == id && typ != "description" {
					return true
				}
			}
		}
	}
	return false
}

func trust(sure bool) float64 {
	if sure {
		return 0.9
	}
	return 0.6
}

// mentionPolity takes in the government noun after an adjective or possessive.
func (r *reader) mentionPolity(k int) {
	p := &r.parts[k]
	id, typ, sure := r.link(p)
	m := &Mention{Kind: Polity, IDs: []string{id}, Form: r.text(p.span), Type: typ, Head: p.span.End - 1, Confidence: trust(sure)}
	j := k + 1
	if p.kind != pAdj && j < len(r.parts) && r.parts[j].kind == pGen {
		j++
	}
	if p.kind == pAdj || j > k+1 {
		if end, head := r.governmentNoun(j, p.sent); end > j {
			m.Head, m.Type = head, "government"
			r.put(k, end, m)
			return
		}
	}
	if start := r.governmentOf(k); start < k {
		m.Head, m.Type = r.parts[start].span.End-1, "government"
		if r.put(start, k+1, m) {
			return
		}
	}
	m.Adjective = typ == "adjective" || typ == "demonym"
	if p.kind == pCity && k > 0 && placed(r.parts[k-1].low) {
		m.Confidence = 0.4
	}
	r.put(k, k+1, m)
}

// governmentOf returns the part of "government", "army" in "government of X"
// with X at part k; k where there is none.
func (r *reader) governmentOf(k int) int {
	j := k - 1
	if r.low(j) == "the" {
		j--
	}
	if r.low(j) != "of" || j < 1 || r.parts[k].kind == pAdj {
		return k
	}
	if p := &r.parts[j-1]; (p.kind == pWord || p.kind == pOrg) && !p.taken && r.cues[r.lows[max(0, p.span.End-1)]]&government != 0 && r.cues[r.lows[p.span.Start]]&(polityNoun) == 0 {
		return j - 1
	}
	return k
}

// placed reports whether a preposition makes a capital after it a place.
func placed(prep string) bool {
	switch prep {
	case "in", "at", "near", "outside", "around", "through", "into":
		return true
	}
	return false
}

// governmentNoun reads "government", "foreign ministry", "side" at part k and
// returns the part after it and the head token.
func (r *reader) governmentNoun(k, sent int) (end, head int) {
	for j := k; j < len(r.parts) && j < k+4 && r.parts[j].sent == sent && !r.parts[j].taken; j++ {
		p := &r.parts[j]
		last := r.cues[r.lows[max(p.span.End-1, 0)]]
		switch {
		case p.kind == pOrg && last&government != 0, p.kind == pWord && p.cue&government != 0:
			return j + 1, p.span.End - 1
		case p.kind == pWord && p.cue&modifier != 0, p.kind == pStatus && j == k:
		default:
			return k, 0
		}
	}
	return k, 0
}

// mentionOrg makes a group's mention; a ministry of a polity ("Ministry of
// Defence of X") is that polity.
func (r *reader) mentionOrg(k int) {
	p := &r.parts[k]
	m := &Mention{Kind: Group, Name: r.text(p.span), IDs: []string{r.text(p.span)}, Form: r.text(p.span), Head: p.span.End - 1, Confidence: 0.6}
	if id, end := r.ofPolity(k + 1); id != "" && r.lowsHave(p.span, government) {
		m.Kind, m.IDs, m.Type, m.Confidence = Polity, []string{id}, "government", 0.9
		m.Head = p.span.Start
		if r.put(k, end, m) {
			return
		}
	}
	if of := r.ledGovernment(p.span); of != "" {
		m.Kind, m.IDs, m.Name, m.Type, m.Confidence = Polity, []string{of}, "", "government", 0.8
	}
	if r.low(k+1) == "(" && r.low(k+3) == ")" && r.parts[k+2].kind == pBody {
		if id, typ, _ := r.link(&r.parts[k+2]); typ != "own" {
			m.Kind, m.IDs, m.Name = Body, []string{id}, "" // another wording of a known body
		}
	}
	r.put(k, k+1, m)
}

// ledGovernment is the polity of a government that is named after who leads it,
// with a deputy or without: "the Biden-Harris Administration". It is "" for others.
func (r *reader) ledGovernment(s text.Span) string {
	if s.End-s.Start < 2 || r.cues[r.lows[s.End-1]]&government == 0 {
		return ""
	}
	return r.leads([]string{foldAll(r.forms[s.Start])}, "")
}

func (r *reader) lowsHave(s text.Span, c cue) bool {
	for i := s.Start; i < s.End; i++ {
		if r.cues[r.lows[i]]&c != 0 {
			return true
		}
	}
	return false
}

// dateline makes places of the names before the dash that opens a report:
// "SAN JOSE, Costa Rica, June 7 --".
func (r *reader) dateline() {
	end := 0
	if len(r.forms) == 0 {
		return
	}
	if !shouted(r.forms[0]) {
		end = -1
	}
	if end == 0 && len(r.parts) > 1 && (r.parts[1].kind == pPunct || r.parts[1].kind == pComma) {
		end = 1 // "HANOI, Sat."
	}
	for i := 1; i < len(r.forms) && i < 16 && end >= 0 && end < 2; i++ {
		switch r.forms[i] {
		case "-", "--", "–", "—", "(":
			if !tight(r.doc, i) {
				end = i
			}
		}
	}
	for _, m := range r.names.Mentions {
		if (m.Tokens.Start < end || r.heads(m)) && (m.Kind == Polity || m.Kind == Body) {
			m.In = m.IDs[0]
			m.Kind, m.Type, m.Confidence, m.Loose, m.IDs = Place, "dateline", 0.2, true, nil
		}
	}
}

func shouted(form string) bool {
	return len(form) > 1 && form != fold(form) && strings.ToUpper(form) == form
}

// heads reports whether a capital in capitals opens a sentence, before a comma
// or a dash: "PHNOM PENH, ...".
func (r *reader) heads(m *Mention) bool {
	if m.Type != "capital" || !shouted(r.forms[m.Tokens.Start]) || r.sentence(m.Tokens.Start).Start != m.Tokens.Start || m.Tokens.End >= len(r.forms) {
		return false
	}
	switch r.forms[m.Tokens.End] {
	case ",", "-", "--", "–", "—", "(", ":":
		return true
	}
	return false
}

// finish indexes the mentions by token.
func (r *reader) finish() {
	sort.Slice(r.names.Mentions, func(i, j int) bool { return r.names.Mentions[i].Tokens.Start < r.names.Mentions[j].Tokens.Start })
	for i, m := range r.names.Mentions {
		for t := m.Tokens.Start; t < m.Tokens.End; t++ {
			r.names.at[t] = int32(i + 1)
		}
	}
}
