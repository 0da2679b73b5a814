package name

import (
	"slices"
)

// shared gives posts to people whose names stand without a title: "X of Thailand"
// where the text speaks of the foreign ministers.
func (r *reader) shared() {
	titled := map[*Human]bool{}
	for _, b := range r.bearers {
		titled[b.person] = titled[b.person] || len(b.posts) > 0
	}
	for _, b := range r.bearers {
		if b.person == nil || titled[b.person] || len(b.person.Posts) > 0 || b.of == "" || r.alm.Polity(b.of) == nil {
			continue
		}
		f := r.postsBefore(b)
		if f == nil || r.otherwise(b, r.class(f)) {
			continue
		}
		h := Held{Post: r.parts[f.post].post.Name, Class: r.class(f), Of: b.of, Sure: true, How: "group", Span: r.tokens(b.start, b.end)}
		b.posts = append(b.posts, &phrase{start: b.start, end: b.end, post: b.name, owner: -1, of: b.of, held: []Held{h}})
		b.person.Posts = append(b.person.Posts, h)
	}
}

// postsBefore are the posts in the plural, without names, that the sentence of a
// name or the two before it speak of; nil where there are none.
func (r *reader) postsBefore(b *bearer) *phrase {
	i, _ := slices.BinarySearchFunc(r.phrases, b.name, func(f *phrase, k int) int { return f.post - k })
	for i--; i >= 0 && r.parts[b.name].sent-r.parts[r.phrases[i].post].sent <= 2; i-- {
		f := r.phrases[i]
		if !r.parts[f.post].plural || f.named || f.counterpart || f.status.Former {
			continue
		}
		if rules(r.class(f)) || r.class(f) == "minister" && r.parts[f.post].post.Name != "minister" {
			return f
		}
		return nil
	}
	return nil
}

// otherwise reports whether general knowledge speaks against a post of a class for
// the bearer of a name: it has others at the head of that polity, or the bearer as the
// head of it whom a text on its ministers names.
func (r *reader) otherwise(b *bearer, class string) bool {
	leads := r.ledIn(b.person, Held{Of: b.of, Class: "head of state"}, r.year())
	if rules(class) {
		return !leads && r.finder.ruled(b.of, r.year())
	}
	return leads
}

func (r *reader) year() int {
	year, _, _ := r.day.Date()
	return year
}

// spokenOf is the person whom a post that opens a sentence is told of, where the
// sentence before ends in who said it and names nobody else: "...," said X. The
// Chilean president ...
func (r *reader) spokenOf(f *phrase) *Human {
	if f.det != "the" || f.start < 2 || r.parts[f.start-1].sent != r.parts[f.post].sent || r.parts[f.start-2].sent == r.parts[f.post].sent {
		return nil
	}
	i, _ := slices.BinarySearchFunc(r.bearers, f.start, func(b *bearer, k int) int { return b.name - k })
	if i == 0 {
		return nil
	}
	b := r.bearers[i-1]
	before := r.parts[f.post].sent - 1
	if b.person == nil || r.parts[b.name].sent != before || len(b.person.Posts) > 0 || b.person.For != "" && b.person.For != f.of || i > 1 && r.parts[r.bearers[i-2].name].sent == before {
		return nil
	}
	if r.cues[r.low(b.start-1)]&sayVerb == 0 && r.cues[r.low(b.end)]&sayVerb == 0 {
		return nil
	}
	return b.person
}

// copies gives "his Cambodian counterpart X" the post of the one he meets.
func (r *reader) copies() {
	for i, b := range r.bearers {
		for _, f := range b.posts {
			if f.counterpart && b.person != nil && f.held == nil {
				r.copyPost(i, b, f)
			}
		}
	}
}

// ownerOf is the person whose colleague a phrase speaks of.
func (r *reader) ownerOf(f *phrase) *Human {
	if o := r.bearerFrom(f.owner); o != nil {
		return o.person
	}
	return nil
}

func (r *reader) copyPost(i int, b *bearer, f *phrase) {
	of := f.of
	if of == "" {
		of = b.person.For
	}
	h := r.postOfOther(i, b, f)
	if of == "" || h == nil {
		return
	}
	one := Held{Post: h.Post, Class: h.Class, Of: of, Sure: true, Organ: h.Organ, How: "colleague", Span: r.tokens(min(f.start, b.name), b.name+1)}
	f.held = []Held{one}
	b.person.Posts = append(b.person.Posts, one)
	if b.person.For == "" {
		b.person.For = of
	}
}

// postOfOther is the post of the one whose colleague a phrase speaks of: of the
// owner, or what the sentence names next before, or of the person named next before
// who has one.
func (r *reader) postOfOther(i int, b *bearer, f *phrase) *Held {
	if f.owner >= 0 && r.parts[f.owner].kind == pName {
		if o := r.ownerOf(f); o != nil && o != b.person && len(o.Posts) > 0 {
			return &o.Posts[len(o.Posts)-1]
		}
		return nil
	}
	if g := r.postBefore(f); g != nil {
		return &Held{Post: r.parts[g.post].post.Name, Class: r.class(g)}
	}
	for j := i - 1; j >= 0; j-- {
		o := r.bearers[j]
		if r.parts[b.name].sent-r.parts[o.name].sent > 2 {
			return nil
		}
		if o.person != nil && o.person != b.person && len(o.person.Posts) > 0 {
			return &o.person.Posts[len(o.person.Posts)-1]
		}
	}
	return nil
}

// postBefore is the post without a name that stands next before "his Chilean
// colleague" in the same sentence, nil where a name stands nearer: "the Peruvian
// president received his Chilean colleague, X".
func (r *reader) postBefore(f *phrase) *phrase {
	g := f.before
	if g == nil || g.named || g.of == "" || g.counterpart || g.status.Former ||
		r.parts[g.post].plural || r.class(g) == "excluded" || r.parts[g.post].sent != r.parts[f.post].sent {
		return nil
	}
	for k := g.end; k < f.start; k++ {
		if r.parts[k].kind == pName {
			return nil
		}
	}
	return g
}
