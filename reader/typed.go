package reader

import (
	"slices"
	"strings"

	"demarche/reader/name"
	"demarche/text"
)

// typed resolves a node to fillers of a type that a path demands; empty where
// the node is nothing of that type.
func (g *graph) typed(n int, typ string) []filler {
	switch typ {
	case "party":
		return g.parties(n, false)
	case "owner":
		return g.parties(n, true)
	case "polity":
		return keep(g.parties(n, false), func(f filler) bool { return f.kind != name.Body && f.kind != name.Group })
	case "body":
		return keep(g.parties(n, false), func(f filler) bool { return f.kind == name.Body })
	case "person":
		return g.persons(n)
	case "holder":
		if p := g.persons(n); len(p) > 0 {
			return p
		}
		return g.parties(n, false)
	case "place":
		return g.place(n)
	case "place_polity":
		return g.placePolity(n)
	case "tier":
		return g.tier(n)
	case "money":
		if m := g.nodes[n].money; m != nil {
			return []filler{{id: m.amount, node: n, person: m.currency}}
		}
		return nil
	case "treaty":
		return g.treaty(n)
	case "date":
		if g.nodes[n].date > 0 {
			return []filler{{id: "date", node: n}}
		}
		return nil
	case "mission":
		return g.missionType(n)
	case "level":
		return g.level(n)
	case "post":
		return g.post(n)
	case "clause", "any":
		return []filler{{id: g.phrase(n), node: n}}
	}
	return nil
}

func keep(in []filler, ok func(filler) bool) []filler {
	var out []filler
	for _, f := range in {
		if ok(f) {
			out = append(out, f)
		}
	}
	return out
}

func (g *graph) persons(n int) []filler {
	var out []filler
	for _, c := range g.conjuncts(n) {
		m := g.nodes[c].name
		if m == nil {
			m = g.personMeant(c)
		}
		if m == nil || m.Person == nil {
			for _, k := range g.kidsOf(c, "appos") {
				if a := g.nodes[k].name; a != nil && a.Person != nil {
					m = a
				}
			}
		}
		if m != nil && m.Person != nil {
			out = append(out, filler{id: m.Person.Name, kind: name.Person, node: c})
		}
		for _, m := range g.nodes[c].list {
			if m.Person != nil {
				out = append(out, filler{id: m.Person.Name, kind: name.Person, node: c})
			}
		}
	}
	return out
}

// personMeant is the person that a pronoun stands for: "him" is not the subject of its
// own clause, though both act for one state.
func (g *graph) personMeant(n int) *name.Mention {
	if o := g.congratulated(n); o != nil {
		return o
	}
	x := &g.nodes[n]
	low := strings.ToLower(x.form)
	s := -1
	if objectPronouns[low] && low != "them" {
		s = g.subjectOver(n)
	}
	if s < 0 {
		return g.pronoun(n)
	}
	m, subject := g.doc.names.Resolve(x.head), g.standsFor(s)
	if subject == nil || subject.Person == nil || m != nil && m.Person != nil && m.Person != subject.Person {
		return m
	}
	return g.doc.personBefore(x.tokens.Start, subject.Person, low == "her")
}

// congratulated is whom "his" stands for in "congratulated X on his election", nil
// elsewhere.
func (g *graph) congratulated(n int) *name.Mention {
	noun := g.nodes[n].gov
	if g.nodes[n].rel != "nmod:poss" || noun < 0 {
		return nil
	}
	verb := g.nodes[noun].gov
	if verb < 0 || !blessing[g.nodes[verb].lemma] {
		return nil
	}
	if o := g.obj(verb); o >= 0 && o < n {
		if m := g.standsFor(o); m != nil && m.Person != nil {
			return m
		}
	}
	return nil
}

var blessing = set("congratulate thank praise commend felicitate applaud compliment salute")

// personBefore is the person named last before a token who is not the given one.
func (d *document) personBefore(token int, not *name.Human, female bool) *name.Mention {
	all := d.names.Mentions
	i, _ := slices.BinarySearchFunc(all, token, func(x *name.Mention, t int) int { return x.Tokens.Start - t })
	for i--; i >= 0 && token-all[i].Tokens.Start < 120; i-- {
		if o := all[i]; o.Person != nil && o.Person != not && !(o.Person.Male && female || o.Person.Female && !female) {
			return o
		}
	}
	return nil
}

func (g *graph) place(n int) []filler {
	m := g.nodes[n].name
	if m == nil {
		return nil
	}
	if m.Kind == name.Place || m.Kind == name.Polity {
		return []filler{{id: g.words(m.Tokens), kind: m.Kind, node: n}}
	}
	return nil
}

// placePolity resolves a place to the polity that it lies in.
func (g *graph) placePolity(n int) []filler {
	f := keep(g.parties(n, false), func(f filler) bool { return f.kind == name.Polity })
	if len(f) > 0 {
		return f
	}
	x := &g.nodes[n]
	if x.name != nil && x.name.Kind == name.Place && x.name.In != "" {
		return []filler{{id: x.name.In, kind: name.Polity, node: n}}
	}
	if x.upos != "PROPN" {
		return nil
	}
	id := ""
	for _, s := range g.doc.almanac.Lookup(g.words(x.tokens), g.doc.published.Latest) {
		in := s.In
		if s.Type == "capital" {
			in = s.ID
		}
		if in == "" || id != "" && id != in {
			continue
		}
		id = in
	}
	if id == "" {
		return nil
	}
	return []filler{{id: id, kind: name.Polity, node: n}}
}

// tierWords are the plain words of the tiers that bodies have; the almanac's
// tiers refine them for one body.
var tierWords = map[string]string{
	"member": "member", "membership": "member", "observer": "observer", "associate": "associate", "candidate": "candidate", "guest": "guest",
	"partner": "partner", "co-founder": "member", "founder": "member", "signatory": "",
}

// tier reads the tier of a membership off a noun and its modifiers:
// "a full member", "dialogue partners", "observer status".
func (g *graph) tier(n int) []filler {
	for _, c := range g.conjuncts(n) {
		if t := g.tierOf(c); t != "" {
			return []filler{{id: t, node: c}}
		}
	}
	return nil
}

func (g *graph) tierOf(n int) string {
	x := &g.nodes[n]
	mod := func(words ...string) bool {
		for _, w := range words {
			if n > 0 && g.nodes[n-1].lemma == w {
				return true
			}
			for _, k := range x.kids {
				if g.nodes[k].lemma == w && g.nodes[k].rel != "conj" {
					return true
				}
			}
		}
		return false
	}
	switch x.lemma {
	case "partner":
		if mod("dialogue", "dialog") {
			return "dialogue partner"
		}
		return "partner"
	case "member", "membership", "state", "country", "status", "nation", "seat", "ally":
		switch {
		case mod("observer", "observe"):
			return "observer"
		case mod("associate", "associated"):
			return "associate"
		case mod("candidate"):
			return "candidate"
		case mod("guest"):
			return "guest"
		case mod("partner"):
			if mod("dialogue", "dialog") {
				return "dialogue partner"
			}
			return "partner"
		case x.lemma == "member" || x.lemma == "membership" || x.lemma == "ally" || mod("member", "membership", "founding"):
			return "member"
		}
		return ""
	}
	return tierWords[x.lemma]
}

func (g *graph) treaty(n int) []filler {
	var out []filler
	for _, c := range g.conjuncts(n) {
		x := &g.nodes[c]
		if x.name != nil && x.name.Kind == name.Treaty {
			nm := x.name.Name
			if nm == "" {
				nm = g.words(x.tokens)
			}
			out = append(out, filler{id: nm, kind: name.Treaty, node: c})
			continue
		}
		if treatyNouns[x.lemma] {
			out = append(out, filler{id: g.phrase(c), kind: name.Treaty, node: c})
		}
	}
	return out
}

var treatyNouns = set(`treaty agreement accord pact convention protocol memorandum mou concordat charter armistice truce
	compact statute capitulation contract deal declaration communique statement document arrangement plan programme program`)

var missionTypes = map[string]string{
	"embassy": "embassy", "consulate": "consulate", "legation": "legation", "mission": "mission", "consulates": "consulate",
}

func (g *graph) missionType(n int) []filler {
	x := &g.nodes[n]
	t := missionTypes[x.lemma]
	mods := ""
	for _, k := range x.kids {
		if r := g.nodes[k].rel; r == "amod" || r == "compound" {
			mods += g.nodes[k].lemma + " "
		}
	}
	switch {
	case x.lemma == "office" && strings.Contains(mods, "liaison"):
		t = "liaison office"
	case x.lemma == "office" && strings.Contains(mods, "interest"):
		t = "interests section"
	case x.lemma == "section" && strings.Contains(mods, "interest"):
		t = "interests section"
	case x.lemma == "consulate" && strings.Contains(mods, "general"):
		t = "consulate general"
	case x.lemma == "post" || x.lemma == "mission":
		if strings.Contains(mods, "consular") {
			t = "consulate"
		} else if strings.Contains(mods, "diplomatic") {
			t = "diplomatic mission"
		}
	case x.lemma == "status" || x.lemma == "level" || x.lemma == "rank":
		for _, w := range strings.Fields(mods) {
			t = first(t, missionTypes[w])
		}
	}
	if t == "" {
		return nil
	}
	return []filler{{id: t, node: n}}
}

var levels = set("diplomatic consular ambassadorial")

// level reads the level of relations off their adjectives.
func (g *graph) level(n int) []filler {
	for _, k := range g.nodes[n].kids {
		if levels[g.nodes[k].lemma] {
			return []filler{{id: g.nodes[k].lemma, node: k}}
		}
	}
	if levels[g.nodes[n].lemma] {
		return []filler{{id: g.nodes[n].lemma, node: n}}
	}
	return nil
}

func (g *graph) post(n int) []filler {
	for _, c := range g.conjuncts(n) {
		switch m := g.nodes[c].name; {
		case m == nil:
		case len(m.Posts) > 0:
			return []filler{{id: m.Posts[0].Post, node: c}}
		case m.Post != "":
			return []filler{{id: m.Post, node: c}}
		}
	}
	return nil
}

// held is the post that the text gives the holder, or what it is of: of several that
// of a head of state or government, else the one told first.
func (g *graph) held(holder []filler, of bool) []filler {
	if len(holder) != 1 {
		return nil
	}
	p := g.doc.human(holder[0].id)
	if p == nil {
		return nil
	}
	var best *name.Held
	for i := range p.Posts {
		h := &p.Posts[i]
		if h.Class != "excluded" && h.Of != "" && !h.Elect && !h.Organ && (best == nil || heading(h.Class) && !heading(best.Class)) {
			best = h
		}
	}
	switch {
	case best == nil:
		return nil
	case of:
		return []filler{{id: best.Of, kind: g.doc.kindOf(best.Of, name.Body), node: holder[0].node, implied: true}}
	}
	return []filler{{id: best.Post, node: holder[0].node, implied: true}}
}

func heading(class string) bool { return class == "head of state" || class == "head of government" }

// human is the person of a name, nil where the text has none of it.
func (d *document) human(full string) *name.Human {
	for _, m := range d.names.Mentions {
		if m.Person != nil && m.Person.Name == full {
			return m.Person
		}
	}
	return nil
}

// words returns the source text of a token range, its white space folded.
func (g *graph) words(s text.Span) string {
	if s.Start >= s.End {
		return ""
	}
	d := g.doc.text
	return strings.Join(strings.Fields(d.Source[d.Tokens[s.Start].Start:d.Tokens[s.End-1].End]), " ")
}

// longestPhrase bounds, in words, what a phrase is told with; what is cut says so.
const longestPhrase = 20

// phrase returns the words of the subtree of n, without leading determiner and
// with no clause that hangs on it, at most longestPhrase of them.
func (g *graph) phrase(n int) string {
	span := g.span(n)
	s := strings.Fields(g.words(span))
	for len(s) > 0 && (strings.EqualFold(s[0], "the") || strings.EqualFold(s[0], "a") || strings.EqualFold(s[0], "an") || strings.EqualFold(s[0], "to") ||
		strings.EqualFold(s[0], "that")) {
		s = s[1:]
	}
	end := ""
	if len(s) > longestPhrase {
		s, end = s[:longestPhrase], " …"
	}
	return strings.TrimRight(strings.Join(s, " "), ".,;:”\"") + end
}

// span returns the token range of the subtree of n.
func (g *graph) span(n int) text.Span {
	s := g.nodes[n].tokens
	var grow func(int, int)
	grow = func(k, depth int) {
		if depth > 60 {
			return
		}
		t := g.nodes[k].tokens
		s.Start, s.End = min(s.Start, t.Start), max(s.End, t.End)
		for _, kk := range g.nodes[k].kids {
			if g.nodes[kk].rel != "punct" {
				grow(kk, depth+1)
			}
		}
	}
	grow(n, 0)
	return s
}
