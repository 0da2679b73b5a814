package name

import "demarche/text"

// bearer is one naming of a person, with the posts that stand beside it.
type bearer struct {
	name       int // part of the name
	start, end int // parts of the whole unit [start, end)
	posts      []*phrase
	of         string // "of Greece", "Italy's": whom the person is of
	cue        cue    // of the honorifics
	led        bool   // by a title and a comma: "the president of A, X"
	local      bool   // "of Texas", "(Texas)": of a part of a state
	person     *Human
}

// attach makes a bearer of every name and gives each phrase to the name beside
// it.
func (r *reader) attach() {
	at := make(map[int]*bearer, 16)
	for k := range r.parts {
		if r.parts[k].kind == pName {
			b := r.bearer(k)
			at[k] = b
			r.bearers = append(r.bearers, b)
		}
	}
	for _, f := range r.phrases {
		if r.parts[f.post].dup > 0 && at[f.post-1] != nil {
			at[f.post-1].posts = append(at[f.post-1].posts, f)
			f.named = true
			continue
		}
		if r.attachAfter(f, at) || r.attachBefore(f, at) {
			f.named = true
		}
	}
	for _, b := range r.bearers {
		r.credentials(b)
	}
}

// credentials notes that an ambassador who "presented his credentials" takes
// the post then.
func (r *reader) credentials(b *bearer) {
	k := b.end
	for k < len(r.parts) && (r.parts[k].kind == pComma || r.low(k) == "who" || r.low(k) == "had" || r.low(k) == "then") {
		k++
	}
	if r.low(k) == "was" && r.low(k+1) == "appointed" && r.low(k+2) == "to" && k+3 < len(r.parts) {
		for _, f := range b.posts {
			if one := *f; r.mission(f) && len(f.to) == 0 && r.toWhom(&one, k+2, k+3) > k+2 {
				f.to, f.begins = one.to, true // "when Minister X was appointed to Peru"
			}
		}
	}
	if r.low(k) != "presented" || r.low(k+1) != "credentials" && r.low(k+2) != "credentials" && r.low(k+3) != "credentials" {
		return
	}
	for _, f := range b.posts {
		if r.mission(f) {
			f.begins, f.past = true, false
			f.presented = r.presentedTo(k)
		}
	}
}

// presentedTo is the part of the title of whom credentials are presented to, from part k
// on: "presented his credentials to President X"; 0 where none is told.
func (r *reader) presentedTo(k int) int {
	for end := min(k+5, len(r.parts)-1); k < end; k++ {
		if r.low(k) != "credentials" || r.low(k+1) != "to" {
			continue
		}
		for k += 2; r.low(k) == "the" || r.low(k) == "u.s."; k++ {
		}
		if k < len(r.parts) && r.parts[k].kind == pPost {
			return k
		}
		return 0
	}
	return 0
}

// bearer reads the honorifics before a name and "of Greece" after it.
func (r *reader) bearer(k int) *bearer {
	b := &bearer{name: k, start: k, end: k + 1}
	for b.start > 0 && r.parts[b.start-1].kind == pHon && r.parts[b.start-1].sent == r.parts[k].sent {
		b.start--
		b.cue |= r.parts[b.start].cue
	}
	if j := b.start; j > 1 && r.parts[j-1].kind == pGen && linkedKind(r.parts[j-2].kind) {
		b.of, _, _ = r.link(&r.parts[j-2])
		b.start = j - 2
	}
	if id, end := r.ofPolity(b.end); id != "" && b.of == "" {
		b.of, b.end = id, end
	}
	if j := b.end + 1; (r.low(b.end) == "of" || r.low(b.end) == "(" && r.low(j+1) == ")") && j < len(r.parts) && r.parts[j].kind == pPlace {
		b.local = true
	}
	return b
}

// ofPolity reads "of [the] X" or "(X)" at part k, X a polity or body.
func (r *reader) ofPolity(k int) (string, int) {
	if r.low(k) == "(" && r.low(k+2) == ")" && linkedKind(r.parts[k+1].kind) {
		id, _, _ := r.link(&r.parts[k+1])
		return id, k + 3
	}
	if r.low(k) != "of" {
		return "", k
	}
	j := k + 1
	if r.low(j) == "the" {
		j++
	}
	if j >= len(r.parts) || r.parts[j].kind != pPolity && r.parts[j].kind != pBody || r.parts[j].sent != r.parts[k].sent {
		return "", k
	}
	id, _, _ := r.link(&r.parts[j])
	return id, j + 1
}

// attachAfter gives a phrase to the name that follows: "President X", "the
// prime minister, X,", "Presidents X and Y".
func (r *reader) attachAfter(f *phrase, at map[int]*bearer) bool {
	k := f.end
	if r.parts[f.post].plural {
		return r.attachMany(f, at)
	}
	if f.det == "the" && (f.sure || r.mission(f)) && (r.low(k) == "was" || r.low(k) == "is") && at[k+1] != nil {
		f.past, f.apposed = r.low(k) == "was", true
		at[k+1].posts = append(at[k+1].posts, f)
		return true // "The first ambassador was X"
	}
	comma := k < len(r.parts) && r.parts[k].kind == pComma
	if comma {
		k++
	}
	for k < len(r.parts) && (r.parts[k].kind == pHon || comma && r.rank(k)) {
		k++
	}
	b := at[k]
	if b == nil && (!comma || f.sure && f.det == "the") {
		return r.attachOver(f, k, at)
	}
	if b == nil || r.parts[k].sent != r.parts[f.post].sent || comma && !r.commaTitle(f, b, at) {
		return false
	}
	if name := r.parts[k].span; r.class(f) == "excluded" && name.End-name.Start < 2 && b.start == k && !capital(r.form(f.post)) {
		return false // "the official Facebook page"
	}
	b.posts = append(b.posts, f)
	b.start = min(b.start, f.start)
	b.led = b.led || comma
	return true
}

// rank reports whether part k is a military rank, or another title that is no
// office.
func (r *reader) rank(k int) bool {
	p := &r.parts[k]
	return p.kind == pPost && !p.plural && p.post != nil && p.post.Excluded() && capital(r.form(k))
}

// attachOver gives a phrase to the name that another title stands before:
// "African Union chair President X of Senegal".
func (r *reader) attachOver(f *phrase, k int, at map[int]*bearer) bool {
	g := f.after
	if g == nil || g.start != k || g.counterpart || r.parts[g.post].plural || r.parts[g.post].sent != r.parts[f.post].sent {
		return false
	}
	for k = g.end; k < len(r.parts) && r.parts[k].kind == pHon; k++ {
	}
	b := at[k]
	if b == nil || r.class(f) == r.class(g) {
		return false
	}
	b.posts = append(b.posts, f)
	b.start = min(b.start, f.start)
	return true
}

// commaTitle reports whether a name after a comma bears the title before it.
func (r *reader) commaTitle(f *phrase, b *bearer, at map[int]*bearer) bool {
	if f.det == "" && f.of == "" || !r.closes(b.end) && r.low(b.end) != "who" && !(f.sure && r.opens(f)) {
		return false
	}
	if k := b.end + 1; !f.sure && b.end < len(r.parts) && r.parts[b.end].kind == pComma && k < len(r.parts) &&
		(r.parts[k].kind == pPost || r.parts[k].kind == pHon || r.parts[k].kind == pName) && r.parts[b.name].span.End-r.parts[b.name].span.Start == 1 {
		return false // "the president, Dr. X, Mr. Y and ..." are three
	}
	if before := f.start - 1; f.det != "" && before > 1 && r.parts[before-1].kind == pComma && r.parts[before-2].kind == pName {
		if x := at[before-2]; x == nil || !x.led {
			return false // "X, the foreign minister, Y, ..." is read from X
		}
	}
	return r.parts[b.name].span.End-r.parts[b.name].span.Start > 1 || b.start < b.name
}

// opens reports whether a phrase opens a clause as its subject, with a small word
// behind the name: "In Lima, Peru's prime minister, X said".
func (r *reader) opens(f *phrase) bool {
	k := f.start - 1
	if f.det != "" {
		k--
	}
	return k < 0 || r.parts[k].sent != r.parts[f.post].sent || r.parts[k].kind == pComma || r.parts[k].kind == pPunct
}

// attachMany gives a plural post to each name of the list that follows.
func (r *reader) attachMany(f *phrase, at map[int]*bearer) bool {
	var list []*bearer
	k := f.end
	for k < len(r.parts) && r.parts[k].sent == r.parts[f.post].sent {
		if b := at[k]; b != nil {
			list = append(list, b)
			k = b.end
			continue
		}
		if !r.listed(k, len(list)) {
			break
		}
		k++
	}
	all := f.ofAll
	if trailing := r.trailing(list); trailing != nil {
		all = trailing
	}
	for i, b := range list {
		one := *f
		one.named = true
		if i < len(all) && len(all) == len(list) {
			one.of, one.sure = all[i], true
		}
		b.posts = append(b.posts, &one)
	}
	return len(list) > 0
}

// listed reports whether part k may stand between the names of a list.
func (r *reader) listed(k, found int) bool {
	switch r.low(k) {
	case "and", ":":
		return true
	case "--", "-", "–", "—":
		return found == 0
	}
	return r.parts[k].kind == pHon || r.parts[k].kind == pComma
}

// trailing reads "X and Y of Turkey and Greece": the polities after the last
// of a list of names, as many as there are names.
func (r *reader) trailing(list []*bearer) []string {
	if len(list) < 2 {
		return nil
	}
	last := list[len(list)-1]
	for _, b := range list[:len(list)-1] {
		if b.of != "" {
			return nil
		}
	}
	all, k := []string{last.of}, last.end
	for last.of != "" && (r.low(k) == "and" || k < len(r.parts) && r.parts[k].kind == pComma) && k+1 < len(r.parts) && r.parts[k+1].kind == pPolity {
		id, _, _ := r.link(&r.parts[k+1])
		all = append(all, id)
		k += 2
	}
	if len(all) != len(list) {
		return nil
	}
	for i, b := range list {
		b.of = all[i]
	}
	return all
}

// attachBefore gives a phrase to the name before it: "X, the foreign minister
// of Y,", "X as chargé", "X is the prime minister".
func (r *reader) attachBefore(f *phrase, at map[int]*bearer) bool {
	k := f.start - 1
	if f.det != "" && k >= 0 {
		k--
	}
	if k < 1 || r.parts[k].sent != r.parts[f.post].sent {
		return false
	}
	link := r.parts[k]
	var b *bearer
	switch {
	case link.kind == pComma, link.low == "(":
		if b = r.bearerEnding(k, at); b == nil || !r.apposition(f, b) {
			return r.respective(f, k, at)
		}
	case link.low == "and" && f.status.Former && r.closes(f.end):
		b = r.nameOfList(k, at)
	case link.low == "and":
		return r.respective(f, k, at)
	case link.cue&verbal != 0:
		b = r.verbBefore(f, k, at)
	}
	if b == nil {
		return false
	}
	f.apposed = true
	b.posts = append(b.posts, f)
	if link.kind == pComma && k == b.end && f.end > b.end {
		b.end = f.end
	}
	return true
}

// verbBefore finds the name before "as", "is", "was appointed", "presented his
// credentials as" at part k, and takes note of what the verb says.
func (r *reader) verbBefore(f *phrase, k int, at map[int]*bearer) *bearer {
	var b *bearer
	said := cue(0)
	for back := 0; back < 16 && k >= 0 && r.parts[k].sent == r.parts[f.post].sent; back++ {
		p := &r.parts[k]
		if b = r.bearerEnding(k+1, at); b != nil {
			break
		}
		if p.cue&(verbal|timeWord) == 0 && p.kind != pComma && !numeral(p.low) {
			return nil
		}
		said |= p.cue
		k--
	}
	if b == nil {
		return nil
	}
	if said&beginVerb != 0 && r.acts(b.end, f.start) {
		return nil
	}
	if b.start > 1 && (r.parts[b.start-1].cue&beginVerb != 0 || r.low(b.start-1) == "of" && r.low(b.start-2) == "appointment") {
		said |= beginVerb
	}
	f.begins, f.past = said&beginVerb != 0, said&pastVerb != 0
	if r.low(b.end) == "had" && r.low(b.end+1) == "been" && r.low(b.end+2) == "serving" {
		f.past = false // it went on
	}
	if said&(linkVerb|beginVerb|pastVerb) == 0 || said&linkVerb != 0 && f.det == "a" && said&(beginVerb|pastVerb) == 0 {
		return nil
	}
	return b
}

// acts reports whether the verb between a name and a post is active: "X has named an
// ambassador" names another.
func (r *reader) acts(from, to int) bool {
	has, been := false, false
	for k := from; k < to; k++ {
		switch r.low(k) {
		case "has", "had", "have":
			has = true
		case "been", "was", "were", "is", "became", "began", "become":
			been = true
		}
	}
	return has && !been
}

func numeral(s string) bool { return s[0] >= '0' && s[0] <= '9' }

// bearerEnding returns the bearer whose unit ends before part k.
func (r *reader) bearerEnding(k int, at map[int]*bearer) *bearer {
	for back := 1; back <= 9 && k-back >= 0; back++ {
		if b := at[k-back]; b != nil && b.end == k {
			return b
		}
	}
	return nil
}

// apposition reports whether a phrase after "X," tells of X: it must close, or
// have an article and not run into another name.
func (r *reader) apposition(f *phrase, b *bearer) bool {
	switch r.low(f.end) {
	case "who", "from", "since", "of":
		return true
	case ",":
		if b.led && r.nameAt(f.end+1) {
			return false // "the president of A, X, the president of B, Y"
		}
	}
	if r.closes(f.end) {
		return true
	}
	if g := f.after; g != nil && r.low(f.end) == "and" && g.start <= f.end+2 {
		return false // "X and Y, the president and the prime minister"
	}
	if f.det == "" && !f.genitive || r.nameAt(f.end) || r.low(f.end) == "and" && !(f.sure && f.end+1 < len(r.parts) && (r.parts[f.end+1].kind == pWord || r.parts[f.end+1].kind == pStatus)) {
		return false
	}
	return f.sure
}

// nameOfList finds the name before "X, deputy head of the council" at "and
// former president".
func (r *reader) nameOfList(k int, at map[int]*bearer) *bearer {
	for back := 0; back < 10 && k > 1 && r.parts[k].kind != pPunct && r.parts[k].sent == r.parts[k-1].sent; back++ {
		k--
		if r.parts[k].kind == pComma {
			return r.bearerEnding(k, at)
		}
	}
	return nil
}

// respective reads "X and Y, the Thai premier and the Lao foreign
// minister": the phrase at hand is one of two after two names.
func (r *reader) respective(f *phrase, k int, at map[int]*bearer) bool {
	first := r.parts[k].kind == pComma
	if !first {
		i := f.before
		if i == nil || i.end != k || !i.named {
			return false
		}
		k = i.start - 1
		if i.det != "" {
			k--
		}
		if k < 1 || r.parts[k].kind != pComma || !r.closes(f.end) {
			return false
		}
	}
	second := r.bearerEnding(k, at)
	if second == nil || second.start < 2 || r.low(second.start-1) != "and" {
		return false
	}
	one := r.bearerEnding(second.start-1, at)
	switch {
	case one == nil, first && r.low(f.end) != "and":
		return false
	case first:
		one.posts = append(one.posts, f)
	default:
		second.posts = append(second.posts, f)
	}
	return true
}

// tokens is the token range of parts [start, end).
func (r *reader) tokens(start, end int) text.Span {
	return text.Span{Start: r.parts[start].span.Start, End: max(r.parts[start].span.Start, r.parts[end-1].span.End)}
}
