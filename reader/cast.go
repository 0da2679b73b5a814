package reader

import (
	"slices"
	"sort"

	"demarche/reader/name"
	"demarche/record"
)

// part is one or several parties that may fill a role together, and where the
// sentence, or what stands before it, names them.
type part struct {
	fillers []filler
	node    int    // the node that stands for them, -1 where the sentence does not name them
	how     string // how they are named: name, adjective, pronoun, list, one (of a list), place, or why they are meant: other, both, home, before
}

// mostParts bounds the parts of a sentence that are considered beside one word.
const mostParts = 12

// cast lists who may fill the roles of what a sentence tells: who is named in
// it, lists whole and one by one, then those whom the document lets mean.
func (g *graph) cast() []part {
	if g.parts != nil {
		return g.parts
	}
	var heads []int
	members := map[int][]part{}
	for n := range g.nodes {
		p := g.direct(n)
		if len(p.fillers) == 0 {
			continue
		}
		p.node = g.stands(n)
		head := g.chain(p.node)
		hyphened := false
		if n > 1 && head == n && hyphens[g.nodes[n-1].form] && g.isParty(n-2) { // "Armenian-Azerbaijani talks"
			head = n - 2
			for head > 1 && hyphens[g.nodes[head-1].form] && g.isParty(head-2) {
				head -= 2
			}
			hyphened = len(members[head]) == 1
		}
		if hyphened {
			all := &members[head][0]
			all.how, all.fillers = "list", add(all.fillers, p.fillers...)
			continue
		}
		if members[head] == nil {
			heads = append(heads, head)
		}
		members[head] = append(members[head], p)
	}
	for _, h := range heads {
		g.parts = append(g.parts, together(h, members[h])...)
	}
	g.parts = append(g.parts, g.meant()...)
	return g.parts
}

var hyphens = set("- – ‑ /")

// together makes parts of what is coordinated at a head: all at once, and each.
func together(head int, ps []part) []part {
	if len(ps) == 1 {
		return ps
	}
	all := part{node: head, how: "list"}
	for _, p := range ps {
		if p.how != "place" {
			all.fillers = add(all.fillers, p.fillers...)
		}
	}
	out := []part{all}
	if len(all.fillers) < 2 {
		out = nil
	}
	for _, p := range ps {
		if p.how == "name" {
			p.how = "one"
		}
		out = append(out, p)
	}
	return out
}

// direct is whom a node names by itself.
func (g *graph) direct(n int) part {
	x := &g.nodes[n]
	p := part{node: n, how: "name"}
	switch {
	case x.name != nil && x.name.Kind == name.Place:
		p.how, p.fillers = "place", g.placePolity(n)
	case x.name != nil:
		for _, m := range x.names() {
			p.fillers = add(p.fillers, g.named(n, m)...)
			for _, h := range m.Persons {
				for i := range p.fillers {
					if p.fillers[i].id == h.For && p.fillers[i].person == "" {
						p.fillers[i].person = h.Name
					}
				}
			}
		}
		switch {
		case x.name.Adjective:
			p.how = "adjective"
		case x.name.Kind == name.Collective:
			p.how = "both"
		case len(x.list) > 0:
			p.how = "list"
		case x.name.Person != nil:
			p.how = "person"
		}
	default:
		if m := g.pronoun(n); m != nil {
			p.how, p.fillers = "pronoun", g.named(n, m)
		}
	}
	return p
}

// standNouns are agent nouns that speak for whom they belong to.
var standNouns = func() map[string]bool {
	m := map[string]bool{}
	for w := range agentNouns {
		m[w] = true
	}
	for _, w := range []string{"member", "summit", "meeting", "session", "friend", "neighbour", "neighbor", "partner", "ally", "participant", "citizen", "public", "people", "capital"} {
		delete(m, w)
	}
	return m
}()

// stands climbs from a name to the noun that stands for it: "the government of
// Mali", "Russian troops".
func (g *graph) stands(n int) int {
	for range 6 {
		x := &g.nodes[n]
		if x.gov < 0 || !standNouns[g.nodes[x.gov].lemma] || g.isParty(x.gov) && g.nodes[x.gov].name.Kind != name.Office {
			return n
		}
		switch x.rel {
		case "nmod:poss", "amod", "compound":
		case "nmod":
			if c := g.caseOf(n); c != "of" && c != "from" {
				return n
			}
		default:
			return n
		}
		n = x.gov
	}
	return n
}

// chain climbs from a node to the first of what it is coordinated with.
func (g *graph) chain(n int) int {
	for range 20 {
		x := &g.nodes[n]
		if x.rel != "conj" || x.gov < 0 || g.isPredicate(x.gov) && g.nodes[x.gov].upos == "VERB" {
			return n
		}
		n = g.stands(x.gov)
	}
	return n
}

// meant are those whom a sentence may mean without naming them: the parties that
// the document is about, who publishes it, who acted in the sentence before.
func (g *graph) meant() []part {
	var out []part
	put := func(how string, ids ...string) {
		if fs := g.impliedFillers(ids...); len(fs) == len(ids) && len(fs) > 0 {
			out = append(out, part{fillers: fs, node: -1, how: how})
		}
	}
	p, home, before := g.doc.principals, g.doc.names.Home(), g.actedBefore()
	if p[0] != "" {
		put("principal", p[0])
		put("principal", p[1])
		put("both", p[0], p[1])
	}
	if home != "" && home != p[0] && home != p[1] {
		put("home", home)
	}
	if before != "" && before != home && before != p[0] && before != p[1] {
		put("before", before)
	}
	if b := g.bodyBefore(); b != "" && b != before {
		put("body", b)
	}
	polity, body := g.doc.chief()
	if polity != "" && polity != before && polity != home && polity != p[0] && polity != p[1] {
		put("main", polity)
	}
	if body != "" && body != before && body != g.bodyBefore() {
		put("body", body)
	}
	if g.several() {
		for _, ids := range g.doc.listsBefore(g.doc.text.Sents[g.sent].Start) {
			if len(ids) != 2 || p.other(ids[0]) != ids[1] {
				put("listed", ids...)
			}
		}
	}
	for _, b := range g.doc.titled {
		if b != body && b != before && b != g.bodyBefore() {
			put("body", b)
		}
	}
	return out
}

// several reports whether a sentence speaks of several whom it does not name, or of
// what takes several: "both countries", "they", "the session".
func (g *graph) several() bool {
	return slices.ContainsFunc(g.nodes, func(x node) bool {
		return x.name != nil && x.name.Kind == name.Collective || plurals[x.lemma]
	})
}

var plurals = set("they them their both session summit meeting participant head decide decision")

// lists are the last list of two polities that a text names from a token on, and
// the last longer one, as of those who meet; nil where there is none yet.
type lists struct {
	token      int
	pair, many []string
}

// listsBefore are those of the lists that stand before a token.
func (d *document) listsBefore(token int) [][]string {
	if d.lists == nil {
		d.lists = d.findLists()
	}
	i := sort.Search(len(d.lists), func(i int) bool { return d.lists[i].token >= token })
	last := d.lists[i-1]
	return slices.DeleteFunc([][]string{last.pair, last.many}, func(ids []string) bool { return ids == nil })
}

// findLists goes through the lists of a text; the first entry is before all.
func (d *document) findLists() []lists {
	out := []lists{{token: -1}}
	for _, m := range d.names.Mentions {
		i := d.sentenceOf(m.Tokens.Start)
		if i == len(d.text.Sents) {
			continue
		}
		rest, _ := d.list(m, d.text.Sents[i])
		if len(rest) == 0 {
			continue
		}
		var ids []string
		for _, o := range append([]*name.Mention{m}, rest...) {
			if len(o.IDs) == 1 && d.almanac.Polity(o.IDs[0]) != nil && !slices.Contains(ids, o.IDs[0]) {
				ids = append(ids, o.IDs[0])
			}
		}
		next := out[len(out)-1]
		next.token = m.Tokens.Start
		switch {
		case len(ids) == 2:
			next.pair = ids
		case len(ids) > 2:
			next.many = ids
		default:
			continue
		}
		out = append(out, next)
	}
	return out
}

// chief is the polity and the body that a document names most often, "" where
// none is named more than once.
func (d *document) chief() (polity, body string) {
	if d.chiefs != nil {
		return d.chiefs[0], d.chiefs[1]
	}
	count := map[string]int{}
	best := [2]string{}
	for _, m := range d.names.Mentions {
		for _, id := range m.IDs {
			count[id]++
			i := 0
			if d.almanac.Polity(id) == nil {
				if i = 1; m.Kind != name.Body {
					continue
				}
			}
			if n := count[id]; n > 1 && n > count[best[i]] {
				best[i] = id
			}
		}
	}
	d.chiefs = best[:]
	return best[0], best[1]
}

// actedBefore is whom the sentence before names first.
func (g *graph) actedBefore() string {
	if g.sent == 0 {
		return ""
	}
	if ids := acting(nil, g.doc.names.In(g.doc.text.Sents[g.sent-1])); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// shape is what a kind of claim is between: its first and second role, whether
// the two are one set, and whether the second may be open.
type shape struct {
	first, second string
	set, open     bool
}

func shapeOf(k record.Kind) shape {
	switch k {
	case record.Agree, record.Consult, record.Cooperate:
		return shape{record.RoleActor, record.RoleRecipient, true, true}
	case record.Membership:
		return shape{first: record.RoleParty, second: record.RoleBody}
	case record.Chair:
		return shape{first: record.RoleHolder, second: record.RoleBody}
	case record.Relations:
		return shape{record.RoleParties, record.RoleParties, true, true}
	case record.Treaty:
		return shape{record.RoleParties, record.RoleParties, true, true}
	case record.Recognition:
		return shape{first: record.RoleBy, second: record.RoleOf}
	case record.Succession:
		return shape{first: record.RoleSuccessor, second: record.RolePredecessor}
	case record.Existence:
		return shape{first: record.RoleOf, open: true}
	case record.Mission:
		return shape{first: record.RoleOf, second: record.RoleIn}
	case record.Debt:
		return shape{first: record.RoleDebtor, second: record.RoleCreditor}
	case record.Office:
		return shape{first: record.RoleHolder, second: record.RoleOf}
	}
	return shape{record.RoleActor, record.RoleRecipient, false, true}
}

// fits reports whether a part can fill a role of a kind.
func (p *part) fits(k record.Kind, role string) bool {
	if p.how == "place" && role != record.RoleIn || p.how == "body" && role != record.RoleBody {
		return false
	}
	if p.how == "both" && p.node < 0 && !bilateral(k) || p.how == "home" && !k.IsAct() && k != record.Relations && k != record.Recognition && k != record.Mission && k != record.Treaty {
		return false
	}
	if p.how == "listed" && len(p.fillers) > 2 && k != record.Agree && k != record.Consult && k != record.Cooperate {
		return false
	}
	kind := func(ok ...name.Kind) bool {
		for _, f := range p.fillers {
			if !slices.Contains(ok, f.kind) {
				return false
			}
		}
		return true
	}
	switch role {
	case record.RoleBody:
		return kind(name.Body)
	case record.RoleIn:
		return kind(name.Polity)
	case record.RoleParty, record.RoleSuccessor, record.RolePredecessor, record.RoleBy:
		return kind(name.Polity, name.Body)
	case record.RoleParties:
		return kind(name.Polity, name.Body)
	case record.RoleOf:
		return k != record.Mission || kind(name.Polity, name.Body)
	case record.RoleHolder:
		return kind(name.Polity, name.Body) || p.how == "person"
	}
	return true
}
