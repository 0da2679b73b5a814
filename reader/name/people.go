package name

import (
	"cmp"
	"slices"
	"strings"

	"demarche/text"
)

// persons makes people of the bearers of headline and text: names that agree
// are one person, whose name is the fullest of them.
func (r *reader) persons() {
	all := r.candidates()
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b candidate) int { return cmp.Or(len(b.parts)-len(a.parts), len(b.text)-len(a.text)) })
	people := map[string][]*Human{} // by every word of the name
	for _, c := range order {
		p := closest(people[c.parts[len(c.parts)-1]], c)
		if p == nil {
			if !c.evident() && r.leads(c.parts, "") == "" {
				continue
			}
			p = &Human{Name: c.text, parts: c.parts, first: c.position, known: r.leads(c.parts, "") != ""}
			for _, w := range p.parts {
				people[w] = append(people[w], p)
			}
		}
		p.take(c)
	}
	known := map[*Human]bool{}
	for _, c := range all {
		if p := c.bearer.person; p != nil && !c.headline && !known[p] {
			known[p] = true
			r.names.People = append(r.names.People, p)
		}
	}
}

// candidate is a naming that may be a person's.
type candidate struct {
	*bearer
	text     string
	parts    []string // folded words of the name, without particles and suffixes
	position int      // token; negative in the headline
	headline bool
	common   bool // it has words that the text has in small letters, or capitals only
	article  bool // "the" stands before it
	reigns   bool // "King Hussein": the one name is the first
	done     bool // a participle rather than a name: "Ambassador Recalled"
}

func (r *reader) candidates() []candidate {
	var out []candidate
	if r.before != nil {
		out = r.before.ownCandidates()
	}
	return append(out, r.ownCandidates()...)
}

func (r *reader) ownCandidates() []candidate {
	out := make([]candidate, 0, len(r.bearers))
	for _, b := range r.bearers {
		name := r.parts[b.name].span
		if d := r.parts[b.name].dup; d > 0 {
			name.End = name.Start + d
		}
		c := candidate{bearer: b, text: r.text(name), position: name.Start, headline: r.headline}
		if full := r.parts[b.name].full; full != "" {
			c.text = full
		}
		if r.headline {
			c.position -= 1 << 20
		}
		c.reigns, c.article = r.reigns(b), r.low(b.start-1) == "the"
		last := r.lows[name.End-1]
		if r.cues[last]&thing != 0 && name.End-name.Start > 2 {
			continue // "Xi Jinping Thought"
		}
		c.common = r.common(name)
		c.done = name.End-name.Start == 1 && r.lowered[last] && strings.HasSuffix(last, "ed")
		if c.parts = nameParts(c.text, r.cues); len(c.parts) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// nameParts are the folded words of a name that tell it from others.
func nameParts(name string, c cues) []string {
	var out []string
	for _, w := range strings.FieldsFunc(foldAll(name), func(x rune) bool { return x == ' ' || x == '-' || x == ',' }) {
		w = strings.Trim(w, ".'")
		if w == "" || c[w]&suffix != 0 && len(out) > 0 && len(w) > 1 && c[w]&particle == 0 && !roman(w) {
			continue
		}
		out = append(out, w)
	}
	return out
}

func roman(w string) bool { return strings.Trim(w, "ivx") == "" }

// foldAll folds letters with accents and then the case of all others.
func foldAll(s string) string { return strings.ToLower(fold(s)) }

// common reports whether a run of tokens is rather words than a name: one of
// them stands in small letters elsewhere, or all are in capitals ("ITALY SAYS
// NO").
func (r *reader) common(name text.Span) bool {
	caps := name.End-name.Start > 1
	for i := name.Start; i < name.End; i++ {
		if len(r.lows[i]) > 3 && r.lowered[r.lows[i]] {
			return true
		}
		caps = caps && len(r.forms[i]) > 2 && strings.ToUpper(r.forms[i]) == r.forms[i]
	}
	return caps
}

// reigns reports whether a naming has the title of one who reigns under the
// first name.
func (r *reader) reigns(b *bearer) bool {
	for _, f := range b.posts {
		if p := r.parts[f.post].post; p != nil {
			switch p.Name {
			case "king", "queen", "pope", "emperor", "prince":
				return true
			}
		}
	}
	return false
}

// evident reports whether a naming shows by itself that it is a person's.
func (c *candidate) evident() bool {
	if c.cue&honorific != 0 || len(c.posts) > 0 && !c.done {
		return true
	}
	return !c.article && !c.common && len(c.parts) > 1 && len(c.parts) < 6 && strings.Contains(c.text, " ")
}

// closest returns the person that a naming agrees with; of several the one
// named last before it.
func closest(people []*Human, c candidate) *Human {
	var best *Human
	for _, p := range people {
		if !agree(p.parts, c.parts) || c.reigns && p.parts[0] != c.parts[0] {
			continue
		}
		if best == nil || near(p, c) < near(best, c) {
			best = p
		}
	}
	return best
}

// near is how far a person's naming lies from a candidate's, those after it
// counted farther.
func near(p *Human, c candidate) int {
	d := 1 << 30
	if len(c.parts) == 1 && len(c.posts) > 0 && !p.titled && !p.known {
		return d // "President X" is rather the X who has a title
	}
	for _, at := range p.seen {
		switch {
		case at <= c.position:
			d = min(d, c.position-at)
		default:
			d = min(d, 1<<21+at-c.position)
		}
	}
	return d
}

// agree reports whether all words of the shorter name stand in the longer, the
// initials as initials.
func agree(long, short []string) bool {
	if len(short) > len(long) {
		return false
	}
	if len(short) == 1 {
		w := short[0]
		if len(long) == 1 || long[0] == w || long[len(long)-1] == w {
			return len(w) > 1 && (long[0] == w || long[len(long)-1] == w)
		}
		return len(w) > 3 && slices.Contains(long[1:], w)
	}
	at := 0
	for _, w := range short {
		i := slices.IndexFunc(long[at:], func(l string) bool {
			return l == w || len(w) == 1 && strings.HasPrefix(l, w) || len(l) == 1 && strings.HasPrefix(w, l)
		})
		if i < 0 {
			return false
		}
		at += i + 1
	}
	return true
}

// take adds a naming to a person.
func (p *Human) take(c candidate) {
	c.bearer.person = p
	p.seen = append(p.seen, c.position)
	p.titled = p.titled || c.cue&honorific != 0 || len(c.posts) > 0
	p.Female = p.Female || c.cue&female != 0
	p.Male = p.Male || c.cue&male != 0
	if p.For == "" && c.of != "" {
		p.For = c.of
	}
}
