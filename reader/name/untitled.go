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
