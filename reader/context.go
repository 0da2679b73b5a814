package reader

import (
	"slices"

	"demarche/reader/frame"
	"demarche/reader/name"
	"demarche/record"
	"demarche/text"
)

// principals are the two parties that a whole document is about: a readout of a
// call, a note on the relations of two states. What such a text leaves unsaid
// ("he asked for support", "relations were established in 1992") is between
// them. Both are "" where there are not exactly two.
type principals [2]string

// other is the one beside id, "" where id is neither.
func (p principals) other(id string) string {
	switch {
	case id == "" || p[0] == "":
		return ""
	case id == p[0]:
		return p[1]
	case id == p[1]:
		return p[0]
	}
	return ""
}

// principals finds them in the headline, with the polity that publishes; failing
// that in the first sentence that names any.
func (r *Reader) principals(d *document, title *text.Doc) principals {
	home := d.names.Home()
	if title != nil {
		names := r.names.Find(name.Input{Doc: title, Published: d.published, Publisher: d.rec.Publisher})
		mentions := slices.DeleteFunc(names.Mentions, func(m *name.Mention) bool { return len(m.IDs) == 1 && m.IDs[0] == "UNSC" })
		for _, m := range mentions {
			if m.Kind == name.Body && len(m.IDs) == 1 && !slices.Contains(d.titled, m.IDs[0]) {
				d.titled = append(d.titled, m.IDs[0])
			}
		}
		if p, ok := two(home, mentions); ok {
			d.headed = true
			return p
		}
	}
	for _, s := range d.text.Sents {
		in := d.names.In(s)
		if len(acting(nil, in)) == 0 {
			continue
		}
		p, _ := two(home, in)
		return p
	}
	return principals{}
}

// two gives the parties of mentions, and of home where they name but one other,
// if they are exactly two.
func two(home string, in []*name.Mention) (principals, bool) {
	ids := acting(nil, in)
	if len(ids) == 1 && home != "" && ids[0] != home {
		ids = append(ids, home)
	}
	if len(ids) != 2 {
		return principals{}, false
	}
	return principals{ids[0], ids[1]}, true
}

// acting adds the ids of those mentions that can act.
func acting(ids []string, in []*name.Mention) []string {
	for _, m := range in {
		if m.Kind == name.Place || m.Kind == name.Treaty || m.Kind == name.Group || m.Loose {
			continue
		}
		for _, id := range m.IDs {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// imply fills a role that the sentence leaves open: in the content of another
// act from that act, else from the principals of the document, the other side
// of one that is named, or both.
func (g *graph) imply(m *match, role string, outer *match) []filler {
	if outer != nil {
		if o := g.obj(m.trigger); role == record.RoleRecipient && o >= 0 && g.nodes[o].upos == "PROPN" && len(g.parties(o, true)) == 0 {
			return nil // to whom it is done is named, and is no party: "to release Mr. Petrov"
		}
		return implied(outer.lend(m, role))
	}
	if role == record.RoleBody && m.frame.Kind == record.Chair && m.lined {
		return g.impliedFillers(g.bodyBefore())
	}
	if role == record.RoleBody && m.frame.Kind == record.Membership && (m.lined || len(m.roles[record.RoleTier]) > 0 && m.roles[record.RoleTier][0].node >= 0) {
		return g.impliedFillers(g.bodyBefore())
	}
	p := g.doc.principals
	switch {
	case !bilateral(m.frame.Kind):
		return nil
	case p[0] == "":
		return g.publisherActs(m, role)
	}
	beside := func(role string) []filler {
		fs := m.roles[role]
		if len(fs) != 1 {
			return nil
		}
		return g.impliedFillers(p.other(fs[0].id))
	}
	switch role {
	case record.RoleRecipient:
		return beside(record.RoleActor)
	case record.RoleActor:
		if k := m.frame.Kind; (m.frame.POS == frame.Noun || g.passive(m.trigger)) && (k == record.Consult || k == record.Agree || k == record.Cooperate) {
			return g.impliedFillers(p[0], p[1]) // "the talks", "it was agreed"
		}
		return beside(record.RoleRecipient)
	case record.RoleParties:
		return g.impliedFillers(p[0], p[1])
	case record.RoleBy:
		return beside(record.RoleOf)
	case record.RoleOf:
		if m.frame.Kind == record.Mission {
			return beside(record.RoleIn)
		}
		return beside(record.RoleBy)
	case record.RoleIn:
		return beside(record.RoleOf)
	}
	return nil
}

// bodyBefore is the body that was named last before the sentence or in it, a few
// sentences back at the most: "other dialogue partners" are of that.
func (g *graph) bodyBefore() string {
	first := max(0, g.sent-3)
	in := g.doc.names.In(text.Span{Start: g.doc.text.Sents[first].Start, End: g.doc.text.Sents[g.sent].End})
	for _, m := range slices.Backward(in) {
		if m.Kind == name.Body && len(m.IDs) == 1 {
			return m.IDs[0]
		}
	}
	return ""
}

// bilateral reports whether what a text on two parties says of a kind without
// naming them is between the two: talks and words, relations and treaties, and
// no violence.
func bilateral(k record.Kind) bool {
	switch k {
	case record.Consult, record.Agree, record.Support, record.Request, record.Cooperate, record.Reject, record.Concede,
		record.Relations, record.Recognition, record.Mission, record.Treaty:
		return true
	}
	return false
}

// publisherActs gives the acts of nobody named, in the text of a government, to
// that government: "Visit to India" is its own leader's.
func (g *graph) publisherActs(m *match, role string) []filler {
	home := g.doc.names.Home()
	heading := m.frame.Kind == record.Consult && g.nodes[m.trigger].gov < 0
	if role != record.RoleActor || m.frame.POS != frame.Noun && !heading {
		return nil
	}
	for _, f := range m.roles[record.RoleRecipient] {
		if f.id == home {
			return nil
		}
	}
	return g.impliedFillers(home)
}

func (g *graph) impliedFillers(ids ...string) []filler {
	var out []filler
	for _, id := range ids {
		if id != "" {
			out = append(out, filler{id: id, kind: g.doc.kindOf(id, name.Polity), node: -1, implied: true})
		}
	}
	return out
}

// address gives an act of words with one actor and no recipient to the other side
// of the two parties that the document is about.
func (g *graph) address(m *match) {
	switch m.frame.Kind {
	case record.Agree, record.Support, record.Request, record.Reject, record.Accuse:
	default:
		return
	}
	if a := m.roles[record.RoleActor]; len(a) == 1 && len(m.roles[record.RoleRecipient]) == 0 {
		if got := g.impliedFillers(g.doc.principals.other(a[0].id)); len(got) > 0 {
			m.roles[record.RoleRecipient] = got
		}
	}
}

// pairUp completes what takes two sides and of which the sentence names one.
func (g *graph) pairUp(m *match) {
	role := record.RoleParties
	switch m.frame.Kind {
	case record.Relations:
	case record.Consult, record.Cooperate:
		if len(m.roles[record.RoleRecipient]) > 0 {
			return
		}
		role = record.RoleActor
	default:
		return
	}
	if fs := m.roles[role]; len(fs) == 1 && !g.elsewhere(m) {
		m.roles[role] = add(fs, g.impliedFillers(g.doc.principals.other(fs[0].id))...)
	}
}

// lend gives the parties of an act to its content: who is asked, praised or
// blamed does it, or else who acts, together where it takes several.
func (m *match) lend(in *match, role string) []filler {
	actors, recipients := m.roles[record.RoleActor], m.roles[record.RoleRecipient]
	doer, other := actors, recipients
	switch m.frame.Kind {
	case record.Request, record.Support, record.Accuse:
		doer, other = recipients, actors
	}
	both := add(slices.Clone(actors), recipients...)
	switch role {
	case record.RoleActor:
		if in.frame.Kind == record.Consult || in.frame.Kind == record.Cooperate || in.frame.Kind == record.Agree {
			return both
		}
		return doer
	case record.RoleRecipient:
		if len(in.roles[record.RoleActor]) == 1 && len(other) == 1 && in.roles[record.RoleActor][0].id == other[0].id {
			return doer
		}
		return other
	case record.RoleParties:
		return both
	case record.RoleDebtor, record.RoleCreditor:
		if m.frame.Kind != record.Request {
			return nil
		}
		if role == record.RoleDebtor { // who owes asks
			return actors
		}
		return recipients
	case record.RoleParty, record.RoleBy, record.RoleHolder:
		return doer
	}
	return nil
}

// implied marks fillers that the words beside them do not name.
func implied(fs []filler) []filler {
	out := slices.Clone(fs)
	for i := range out {
		out[i].implied = true
	}
	return out
}

// elsewhere reports whether a meeting is told to be with somebody whom the words
// do not let name: "met with his advisers".
func (g *graph) elsewhere(m *match) bool {
	if m.frame.POS != frame.Verb {
		return false
	}
	return len(g.prep(m.trigger, "with")) > 0 || g.nodes[m.trigger].lemma == "meet" && g.kid(m.trigger, "obj") >= 0
}
