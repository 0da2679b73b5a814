package name

import (
	"slices"
	"strings"

	"demarche/text"
)

// Resolve returns what the word at a token refers to: the mention that covers
// it, or for a pronoun or a description ("the country", "the organisation") a
// mention of kind Pronoun with the IDs and Person of what it most likely
// stands for. It returns nil where that is not clear.
func (n *Names) Resolve(token int) *Mention {
	if m := n.At(token); m != nil {
		return m
	}
	if token < 0 || token >= len(n.at) || n.reader == nil {
		return nil
	}
	r := n.reader
	var to *Mention
	switch low := r.lows[token]; low {
	case "he", "him", "his", "himself":
		to = r.personBefore(token, func(p *Human) bool { return !p.Female || p.Male })
	case "she", "her", "hers", "herself":
		to = r.personBefore(token, func(p *Human) bool { return p.Female || !p.Male })
	case "it", "its", "itself":
		to = r.thingBefore(token, func(m *Mention) bool { return m.Kind == Polity || m.Kind == Body || m.Kind == Group })
	case "they", "them", "their", "themselves":
		if to = r.groupBefore(token); to == nil {
			to = r.twoPeople(token)
		}
	case "we", "our", "us", "ours":
		to = r.speaker(token)
	case "you", "your", "yours":
		to = r.addressee(token)
	case "i", "my", "me":
		if to = r.speaker(token); to != nil && to.Person == nil {
			return nil
		}
	default:
		to = r.described(token, low)
	}
	if to == nil || len(to.IDs) == 0 && to.Person == nil {
		return nil
	}
	return &Mention{Tokens: text.Span{Start: token, End: token + 1}, Head: token, Kind: Pronoun, IDs: to.IDs,
		Person: to.Person, Persons: to.Persons, Form: to.Form, Confidence: 0.6, almanac: to.almanac}
}

// personBefore is the person that "he" or "she" at a token stands for: the
// first named in the same sentence before it, else the first of the sentences
// before that has one who fits.
func (r *reader) personBefore(token int, fits func(*Human) bool) *Mention {
	ok := func(m *Mention) bool {
		return (m.Kind == Person || m.Kind == Office) && m.Person != nil && fits(m.Person) ||
			m.Kind == Office && m.Person == nil && len(m.IDs) == 1 && m.phrase != nil && !r.parts[m.phrase.post].plural
	}
	return r.thingBefore(token, ok)
}

// thingBefore is the mention that a pronoun at a token stands for: the first
// in its sentence before it, else the first in the three sentences before.
func (r *reader) thingBefore(token int, ok func(*Mention) bool) *Mention {
	at := r.sentence(token)
	limit := token
	for back := 0; back < 4; back++ {
		for _, m := range r.names.In(text.Span{Start: at.Start, End: limit}) {
			if ok(m) && !m.Adjective && !(m.Loose && m.Type == "capital") {
				return m
			}
		}
		if at.Start == 0 {
			return nil
		}
		at = r.sentence(at.Start - 1)
		limit = at.End
	}
	return nil
}

// groupBefore is what "they" stands for: a collective or a list of two or more
// names in the same sentence before it or in the one before.
func (r *reader) groupBefore(token int) *Mention {
	at := r.sentence(token)
	limit := token
	for back := 0; back < 2; back++ {
		if m := r.group(r.names.In(text.Span{Start: at.Start, End: limit})); m != nil {
			return m
		}
		if at.Start == 0 {
			return nil
		}
		at = r.sentence(at.Start - 1)
		limit = at.End
	}
	return nil
}

// twoPeople are the two people of whom a text speaks that names two and no
// more before a token.
func (r *reader) twoPeople(token int) *Mention {
	var people []*Human
	for _, m := range r.names.around(token) {
		if m.Tokens.Start >= token {
			break
		}
		if m.Person != nil && m.Person.For != "" && !slices.Contains(people, m.Person) {
			people = append(people, m.Person)
		}
	}
	if len(people) != 2 || people[0].For == people[1].For {
		return nil
	}
	return &Mention{Kind: Collective, Persons: people, IDs: []string{people[0].For, people[1].For}, almanac: r.alm}
}

// group is the first collective, or the first list joined by "and".
func (r *reader) group(ms []*Mention) *Mention {
	for i, m := range ms {
		if m.Kind == Collective || len(m.IDs) > 1 {
			return m
		}
		if i+1 < len(ms) && len(m.IDs) > 0 && len(ms[i+1].IDs) > 0 && !m.Adjective && r.joinedBy(m.Tokens.End, ms[i+1].Tokens.Start) {
			both := &Mention{Kind: Collective, IDs: slices.Concat(m.IDs, ms[i+1].IDs), almanac: m.almanac}
			if m.Person != nil && ms[i+1].Person != nil {
				both.Persons = []*Human{m.Person, ms[i+1].Person}
			}
			return both
		}
	}
	return nil
}

// joinedBy reports whether only "and" (with an article, or "then" of a state that
// is no more) stands between two tokens.
func (r *reader) joinedBy(from, to int) bool {
	and := false
	for t := from; t < to; t++ {
		switch r.lows[t] {
		case "and":
			and = true
		case "the", ",", "then", "former":
		default:
			return false
		}
	}
	return and
}

// speaker is whom "we" or "I" stands for: in a transcript whose turn it is, else the
// government that publishes.
func (r *reader) speaker(token int) *Mention {
	if t := r.turnAt(token); t != nil && (t.speaker == nil || t.speaker.IDs[0] != r.home) {
		return t.speaker
	}
	return r.publishing()
}

// publishing is the government that publishes, with its president.
func (r *reader) publishing() *Mention {
	if r.home == "" {
		return nil
	}
	m := &Mention{Kind: Polity, IDs: []string{r.home}, almanac: r.alm}
	for _, p := range r.everyone() {
		if p.For == r.home && r.hasPost(p, "president", "head of state") {
			m.Person = p
			break
		}
	}
	return m
}

// addressee is whom "you" stands for where a government publishes what it
// says to another: the one other person or polity of the headline. In a transcript
// a guest speaks to the government, and who has no known side to nobody.
func (r *reader) addressee(token int) *Mention {
	if t := r.turnAt(token); t != nil && (t.speaker == nil || t.speaker.IDs[0] != r.home) {
		if t.speaker == nil {
			return nil
		}
		return r.publishing()
	}
	if r.home == "" || r.before == nil {
		return nil
	}
	m := &Mention{Kind: Polity, almanac: r.alm}
	for _, b := range r.before.bearers {
		if p := b.person; p != nil && p.For != "" && p.For != r.home {
			if m.Person != nil && m.Person != p {
				return nil
			}
			m.Person, m.IDs = p, []string{p.For}
		}
	}
	if m.Person != nil {
		return m
	}
	for k := range r.before.parts {
		if id, _, _ := r.before.link(&r.before.parts[k]); id != "" && linkedKind(r.before.parts[k].kind) && id != r.home && r.alm.Polity(id) != nil {
			if m.IDs != nil && m.IDs[0] != id {
				return nil
			}
			m.IDs = []string{id}
		}
	}
	return m
}

// described is what "the country", "the kingdom", "the organisation" stands
// for; nil without an article before it.
func (r *reader) described(token int, low string) *Mention {
	if token == 0 || !r.definite(token) {
		return nil
	}
	c := r.cues[low]
	switch {
	case c&polityNoun != 0:
		if main := r.pair(token, 1); main != nil {
			return &Mention{Kind: Polity, IDs: main, almanac: r.alm}
		}
		return r.thingBefore(token, func(m *Mention) bool { return m.Kind == Polity || m.Kind == Person && len(m.IDs) == 1 })
	case c&bodyNoun != 0:
		return r.bodyCalled(token, low)
	}
	return nil
}

// bodyCalled is the body that "the Council", "the bloc" stands for: the one
// named last before the token, or else after it, whose name has that noun;
// for a noun that any body may be called by, the one named last.
func (r *reader) bodyCalled(token int, noun string) *Mention {
	var best, any *Mention
	for _, m := range r.names.around(token) {
		if m.Kind != Body && m.Kind != Group || len(m.IDs) == 0 {
			continue
		}
		if m.Tokens.Start > token && best != nil {
			break
		}
		if m.Tokens.Start < token {
			any = m
		}
		if r.hasNoun(m, noun) && (best == nil || m.Kind == Group || best.Kind != Group || capital(r.forms[token])) {
			best = m
		}
	}
	if best == nil && (generic(noun) || any != nil && capital(r.forms[token]) && r.soleBody(any)) {
		return any
	}
	return best
}

// hasNoun reports whether the full name of a mention's body has a noun.
func (r *reader) hasNoun(m *Mention, noun string) bool {
	full := m.Form
	if b := r.alm.Body(m.IDs[0]); b != nil {
		full += " " + b.Name
	}
	full = fold(full)
	if noun == "organisation" || noun == "organization" {
		return strings.Contains(full, "organisation") || strings.Contains(full, "organization")
	}
	return strings.Contains(full, noun)
}

// generic reports whether any body may be called by a noun.
func generic(noun string) bool {
	switch noun {
	case "organisation", "organization", "bloc", "grouping", "club", "body":
		return true
	}
	return false
}

// soleBody reports whether no other body than that of a mention is named.
func (r *reader) soleBody(m *Mention) bool {
	for _, o := range r.names.around(m.Tokens.Start) {
		if o.Kind == Body && o.IDs[0] != m.IDs[0] {
			return false
		}
	}
	return true
}

// definite reports whether "the", "this" or "that" stands before a token, one
// small word between them allowed.
func (r *reader) definite(token int) bool {
	for t := token - 1; t >= 0 && t >= token-2; t-- {
		switch r.lows[t] {
		case "the", "this", "that":
			return true
		}
		if capital(r.forms[t]) || r.cues[r.lows[t]]&function != 0 || !letterFirst(r.forms[t]) {
			return false
		}
	}
	return false
}
