package name

import (
	"slices"
	"strings"

	"demarche/text"
)

// settle turns the phrases at names into posts held, and finds what those are
// of that do not tell it.
func (r *reader) settle() {
	if r.before != nil {
		r.before.told()
	}
	r.told()
	for range 2 {
		r.inferred()
	}
	for _, p := range r.everyone() {
		if p.For == "" {
			now := false
			p.For, now = r.ledBy(p.parts, "")
			p.guessed = p.For != "" && !now
		}
	}
	r.hollow()
	r.copies()
	r.shared()
}

// hollow gives the posts that are named without a name, and of a polity that
// is told, to the people who hold them.
func (r *reader) hollow() {
	for _, f := range r.phrases {
		if f.named || f.of == "" || f.counterpart || r.parts[f.post].plural {
			continue
		}
		how, p := "", r.incumbent(f)
		if p == nil {
			how, p = "epithet", r.spokenOf(f)
		}
		if p == nil || slices.ContainsFunc(p.Posts, func(h Held) bool { return h.Class == r.class(f) }) {
			continue
		}
		h := f.status
		h.Post, h.Class, h.Of, h.Sure, h.Span = r.wording(f, r.parts[f.post].post.Name), r.class(f), f.of, true, r.tokens(f.start, f.end)
		h.How = how
		if p.Posts = append(p.Posts, h); p.For == "" {
			p.For = f.of
		}
	}
}

// told makes the posts that tell themselves what they are of.
func (r *reader) told() {
	for _, b := range r.bearers {
		for _, f := range b.posts {
			if f.of == "" && r.low(f.end) != "of" && !f.vague && (polityClass(r.class(f)) || r.alm.Polity(b.of) == nil) {
				f.of, f.sure = b.of, b.of != ""
			}
			if !f.sure && f.of != "" && b.person != nil && polityClass(r.class(f)) {
				if of := r.leads(b.person.parts, r.class(f)); of != "" {
					f.of, f.sure = of, true // "Congo's president, X"
				}
			}
			if f.of != "" {
				r.hold(b, f)
			}
		}
	}
}

// organised reports whether the unknown organisation beside a post is what it
// is of: "President of the Northern Council".
func (r *reader) organised(f *phrase) bool {
	switch name := r.parts[f.post].post; {
	case name == nil:
		return false
	case name.Name == "chairman", name.Name == "president", name.Name == "secretary-general", name.Name == "executive secretary", name.Name == "chairman of the board", name.Name == "director-general":
		return strings.Contains(f.org, " ")
	}
	return false
}

// inferred makes the posts whose polity or body the context tells.
func (r *reader) inferred() {
	for _, b := range r.bearers {
		for _, f := range b.posts {
			if f.of == "" && b.person != nil && !f.counterpart {
				f.of, f.sure = r.context(b, f)
				if f.of != "" {
					f.bare = true
					r.hold(b, f)
				}
			}
		}
	}
}

// hold records a phrase as posts of its bearer's person.
func (r *reader) hold(b *bearer, f *phrase) {
	if b.person == nil || f.held != nil || r.lesser(f) {
		return
	}
	for _, one := range append([]joint{{f.post, f.status}}, f.more...) {
		post := r.parts[one.post].post
		if post == nil {
			continue
		}
		h := one.status
		h.Post, h.Class, h.Of, h.Sure = r.wording(f, post.Name), post.Class, f.of, f.sure
		h.Span, h.Begins, h.Past = r.tokens(min(f.start, b.name), max(f.end, b.name+1)), f.begins, f.past
		h.bare = f.bare
		h.From, h.Until, h.Organ = f.from, f.until, f.org != "" || f.organ
		if b.of != "" && b.of == f.of && b.start >= f.start {
			h.Span.End = r.parts[b.end-1].span.End
		}
		f.held = append(f.held, h)
		if r.headline {
			h.Span = text.Span{Start: -1, End: -1}
		}
		if !slices.ContainsFunc(b.person.Posts, func(o Held) bool { o.Span = h.Span; return o == h }) {
			b.person.Posts = append(b.person.Posts, h)
		}
		b.person.guessed = b.person.guessed || !f.sure && b.person.For == ""
		if actsFor(h) && (b.person.For == "" || r.alm.Polity(b.person.For) == nil) && !h.Former {
			b.person.For = f.of
		}
	}
}

// actsFor reports whether the holder of a post acts for what it is of: those
// of offices do, and spokesmen, officers, officials and aides.
func actsFor(h Held) bool {
	switch h.Post {
	case "spokesman", "general", "official", "aide":
		return true
	}
	return h.Class != "excluded"
}

// wording is the post in plain words, with those to whom a mission is sent.
func (r *reader) wording(f *phrase, post string) string {
	for i, to := range f.to {
		if i == 0 {
			post += " to " + to
		} else {
			post += " and " + to
		}
	}
	if f.org != "" && r.parts[f.post].post.Class != "head of state" {
		post += " of the " + f.org
	}
	return post
}

// context finds what a post is of that does not say it: from the person's
// other posts, from the one it belongs to, from the post itself, from who
// publishes, from what was named before.
func (r *reader) context(b *bearer, f *phrase) (of string, sure bool) {
	class := r.class(f)
	if r.obscure(b, f) {
		return "", false
	}
	for _, h := range b.person.Posts {
		if h.Of != "" && h.Sure && (h.Class == class || r.alm.Polity(h.Of) != nil && polityClass(class)) {
			return h.Of, true
		}
	}
	if of := r.only(r.parts[f.post].post.Name); of != "" {
		return of, true
	}
	if year, _, _ := r.day.Date(); len(b.person.parts) > 1 {
		if of := r.leads(b.person.parts, class); of != "" && r.inOffice(b.person, class) && year > 0 && (r.alm.Polity(of) != nil) == polityClass(class) {
			return of, true
		}
	}
	if f.owner >= 0 {
		if of := r.owned(b, f); of != "" {
			return of, true
		}
	}
	other := r.low(f.end) == "of" || f.vague && r.parts[f.end-1].cue&polityNoun == 0
	if other && rules(class) {
		return "", false // "the president of the session"
	}
	if b.person.For != "" && (r.alm.Polity(b.person.For) != nil) == polityClass(class) {
		return b.person.For, true
	}
	title := class
	if r.reigns(b) {
		title = "monarch"
	}
	if of := r.leads(b.person.parts, title); of != "" && (r.alm.Polity(of) != nil) == polityClass(class) {
		return of, true
	}
	if !polityClass(class) {
		return r.bodyBefore(f), false
	}
	if other || f.det == "'s" && class != "minister" || f.org != "" && (strings.HasPrefix(class, "head of") || class == "deputy head") {
		return "", false // of something that is not known
	}
	if of := r.signed(b, f); of != "" {
		return of, true
	}
	if r.home != "" && (slices.Contains(f.to, r.home) || f.presented > 0 && r.ourHead(f.presented)) {
		if of = r.mainPolity(); of == r.home {
			of = ""
		}
		return of, of != "" // sent to those who publish
	}
	switch r.low(b.start - 1) {
	case "received", "accepted", "recognized", "recognised", "accredited":
		if f.apposed && b.name < f.start {
			return "", false // those who publish received X as an envoy
		}
	}
	guess := class == "head of mission" || class == "envoy" || class == "vice minister"
	if r.home != "" && !r.foreign(r.parts[f.post].post.Name) {
		return r.atHome(b, class), !guess || f.begins || f.apposed
	}
	if guess {
		return "", false
	}
	main := r.mainPolity()
	if of = r.polityBefore(f); of != "" {
		return of, of == main && r.counts[main] > 1
	}
	return main, main != ""
}

// obscure reports whether what a post is of is told in words that are not known, as
// in "Norwegan Trade Minister", or is a part of a state: "Governor X of Texas".
func (r *reader) obscure(b *bearer, f *phrase) bool {
	if k := f.start - 1; k >= 0 && r.parts[k].kind == pName && r.parts[k].sent == r.parts[f.post].sent {
		return true
	}
	if r.lesser(f) {
		return true
	}
	return b.local && f.end <= b.name
}

// ourHead reports whether the title at a part is that of a head of state who by general
// knowledge is or was the one of the polity that publishes.
func (r *reader) ourHead(k int) bool {
	b := r.bearerFrom(k)
	return b != nil && b.person != nil && (r.leads(b.person.parts, "head of state") == r.home || b.person.For == r.home && r.ledIn(b.person, Held{Of: r.home, Class: "head of state"}, 0))
}

// lesser reports whether a word before a phrase makes another post of it that is not
// known: "Deputy Attorney General".
func (r *reader) lesser(f *phrase) bool {
	switch r.low(f.start - 1) {
	case "deputy", "vice", "assistant", "associate", "junior":
		return r.parts[f.start-1].sent == r.parts[f.post].sent
	}
	return false
}

// mainPolity is the polity that headline and text name most, at least half as
// often again as any other, or the only one that they name; "" where there is none.
func (r *reader) mainPolity() string {
	best, second := "", 0
	if r.counts == nil {
		r.counts = r.countPolities()
	}
	counts := r.counts
	for id, n := range counts {
		if best == "" || n > counts[best] || n == counts[best] && id < best {
			best = id
		}
	}
	for id, n := range counts {
		if id != best {
			second = max(second, n)
		}
	}
	if best == "" || 2*counts[best] < 3*second || counts[best] < 3 && len(counts) > 1 {
		return ""
	}
	return best
}

// countPolities is how often headline and text name each polity.
func (r *reader) countPolities() map[string]int {
	counts := map[string]int{}
	for _, x := range []*reader{r, r.before} {
		if x == nil {
			continue
		}
		for k := range x.parts {
			if p := &x.parts[k]; p.kind == pPolity || p.kind == pAdj || p.kind == pCity {
				id, _, _ := x.link(p)
				counts[id]++
			}
		}
	}
	return counts
}

// signed reads "for Norway by Foreign Minister X" and "Foreign Minister X for
// Norway".
func (r *reader) signed(b *bearer, f *phrase) string {
	k := b.start - 1
	if r.low(k) == "the" {
		k--
	}
	if r.low(k) == "by" && k > 1 && linkedKind(r.parts[k-1].kind) && (r.low(k-2) == "for" || r.low(k-2) == "of") {
		id, _, _ := r.link(&r.parts[k-1])
		return id
	}
	if r.low(b.end) == "for" && b.end+1 < len(r.parts) && r.parts[b.end+1].kind == pPolity && (r.closes(b.end+2) || r.low(b.end+2) == "and") {
		id, _, _ := r.link(&r.parts[b.end+1])
		return id
	}
	return ""
}

// polityClass reports whether posts of a class are of polities rather than of
// bodies.
func polityClass(class string) bool {
	switch class {
	case "secretary-general", "head of body":
		return false
	}
	return true
}

// owned is the polity or body of the one that a post belongs to: "her
// President", "Silva's premier", "special envoy of President X".
func (r *reader) owned(b *bearer, f *phrase) string {
	owner := &r.parts[f.owner]
	switch {
	case owner.kind == pName || owner.kind == pPost || owner.kind == pHon:
		if o := r.bearerFrom(f.owner); o != nil && o != b && o.person != nil {
			return o.person.For
		}
	case owner.low == "its" || owner.low == "whose":
		return r.antecedent(f, owner.low == "whose")
	case owner.low == "his" || owner.low == "her":
		if o := r.lastBearer(f.start, b); o != nil && (r.alm.Polity(o.person.For) != nil) == polityClass(r.class(f)) {
			return o.person.For
		}
	}
	return ""
}

// antecedent is what "its" or "whose" before a post stands for: the first
// polity or body named in the sentence before it ("whose": the last), else the
// first of the sentence before.
func (r *reader) antecedent(f *phrase, last bool) string {
	sent, found := r.parts[f.post].sent, ""
	for k := f.start - 1; k >= 0 && r.parts[k].sent >= sent-1; k-- {
		p := &r.parts[k]
		if found != "" && p.sent < sent && r.parts[f.post].sent == sent && p.sent != r.foundIn {
			break
		}
		if p.kind == pPolity || p.kind == pBody && (last || !polityClass(r.class(f))) || p.kind == pCity && (k == 0 || !placed(r.parts[k-1].low)) {
			found, _, _ = r.link(p)
			r.foundIn = p.sent
			f.organ = p.kind == pBody && r.lowsHave(p.span, organHead)
			if last {
				return found
			}
		}
	}
	return found
}

// bearerFrom returns the bearer whose unit covers part k or begins after it.
func (r *reader) bearerFrom(k int) *bearer {
	i, _ := slices.BinarySearchFunc(r.bearers, k, func(b *bearer, k int) int { return b.name - k })
	if i < len(r.bearers) && r.bearers[i].name-k < 8 {
		return r.bearers[i]
	}
	return nil
}

// lastBearer returns the last person named before part k whose polity or body
// is known, in the same sentence or the two before it.
func (r *reader) lastBearer(k int, not *bearer) *bearer {
	i, _ := slices.BinarySearchFunc(r.bearers, k, func(b *bearer, k int) int { return b.name - k })
	for i--; i >= 0; i-- {
		b := r.bearers[i]
		if r.parts[k].sent-r.parts[b.name].sent > 2 {
			return nil
		}
		if b != not && b.person != nil && b.person.For != "" && (not == nil || b.person != not.person) {
			return b
		}
	}
	return nil
}

// atHome is the publishing polity, unless another person holds that post for
// it in the text.
func (r *reader) atHome(b *bearer, class string) string {
	if class != "head of state" && class != "head of government" {
		return r.home
	}
	for _, p := range r.names.People {
		for _, h := range p.Posts {
			if p != b.person && h.Class == class && h.Of == r.home && !h.Former {
				return ""
			}
		}
	}
	return r.home
}

// polityBefore is the polity named last before a phrase in its sentence.
func (r *reader) polityBefore(f *phrase) string {
	return r.namedBefore(f, 0, func(p *part) bool {
		return p.kind == pPolity || p.kind == pAdj || p.kind == pCity && !placed(r.wordBefore(p))
	})
}

// wordBefore is the word before a part, folded.
func (r *reader) wordBefore(p *part) string {
	if p.span.Start == 0 {
		return ""
	}
	return r.lows[p.span.Start-1]
}

func (r *reader) bodyBefore(f *phrase) string {
	return r.namedBefore(f, 2, func(p *part) bool { return p.kind == pBody })
}

func (r *reader) namedBefore(f *phrase, sentences int, is func(*part) bool) string {
	for k := f.start - 1; k >= 0 && r.parts[f.post].sent-r.parts[k].sent <= sentences; k-- {
		if is(&r.parts[k]) {
			id, _, _ := r.link(&r.parts[k])
			if id == r.home {
				continue
			}
			return id
		}
	}
	return ""
}
