package name

import (
	"slices"
	"strings"

	"demarche/record"
	"demarche/text"
)

// Told is a claim that a title tells.
type Told struct {
	record.Core
	// Span are the tokens that show it.
	Span text.Span
	// Sure is false where the polity or body of the post was inferred from what
	// stands around it.
	Sure bool

	Class string // of the post, as the almanac has it
	How   string // as of Held
}

// Offices returns the claims of office and chair that the titles of the text
// tell, one for each holder, post and polity or body, in the order of the
// text. published dates a present title; on gives the date that the sentence
// at a token tells of, zero where it tells none, and may be nil. A title told
// only in the headline gives nothing.
func (n *Names) Offices(published record.When, on func(token int) record.When) []Told {
	return n.offices(published, on, false)
}

// OpenOffices returns the claims of those titles that do not tell what they are
// of ("Finance Minister Kudrin"): role "of" holds what was inferred, if
// anything.
func (n *Names) OpenOffices(published record.When, on func(token int) record.When) []Told {
	return n.offices(published, on, true)
}

func (n *Names) offices(published record.When, on func(token int) record.When, open bool) []Told {
	var out []Told
	for _, m := range n.Mentions {
		for _, h := range m.Posts {
			if n.open(h) == open {
				out = n.tell(out, m.Person, h, m.Tokens.Start, published, on)
			}
		}
		if open {
			for _, h := range m.Open {
				out = n.tell(out, m.Person, h, m.Tokens.Start, published, on)
			}
			continue
		}
		if m.Kind == Collective && m.phrase != nil {
			for _, p := range m.Persons {
				if !slices.Contains(n.People, p) {
					continue // named only in the headline
				}
				out = n.tell(out, p, n.sharedHeld(m, p), m.Tokens.Start, published, on)
			}
		}
		if m.Kind == Office && m.Person != nil && len(m.IDs) == 1 && m.phrase != nil && !n.reader.anew(m.phrase) {
			out = n.tell(out, m.Person, n.officeHeld(m), m.Tokens.Start, published, on)
		}
	}
	return out
}

// anew reports whether a post without a name is that of another than who was last
// spoken of as its holder: "the new minister".
func (r *reader) anew(f *phrase) bool {
	for k := f.start; k < f.post; k++ {
		switch r.low(k) {
		case "new", "next", "incoming":
			return true
		}
	}
	return false
}

// open reports whether a post does not tell what it is of.
func (n *Names) open(h Held) bool {
	return !h.Sure && n.guessed(h)
}

// officeHeld is what "the Russian president" tells of its holder.
func (n *Names) officeHeld(m *Mention) Held {
	post := n.reader.parts[m.phrase.post].post
	h := m.phrase.status
	h.Post, h.Class, h.Of, h.Sure, h.Span = n.reader.wording(m.phrase, post.Name), post.Class, m.IDs[0], true, m.Tokens
	if m.Person != nil {
		for _, o := range m.Person.Posts {
			if o.Class == h.Class && o.Of == h.Of {
				h.How = o.How
			}
		}
	}
	return h
}

// sharedHeld is what "the two presidents" tells of one of them.
func (n *Names) sharedHeld(m *Mention, p *Human) Held {
	h := n.officeHeld(m)
	h.Of = p.For
	return h
}

func (n *Names) tell(out []Told, p *Human, h Held, token int, published record.When, on func(int) record.When) []Told {
	if p == nil || h.Class == "excluded" || h.Elect && !h.Begins || h.Organ && !h.Sure {
		return out
	}
	chair := n.chairing(h)
	switch {
	case chair && (h.Of == "" || !h.Sure || n.reader.alm.Polity(h.Of) != nil):
		return out
	case h.From > 0 && h.Of != "":
		out = slices.DeleteFunc(out, func(o Told) bool {
			return o.When.IsZero() && o.Phase == record.Ends && o.Roles.One(record.RoleHolder) == p.Name && o.Roles.One(record.RoleOf) == h.Of
		})
		return append(out, n.tenure(p, h)...)
	}
	t := Told{Span: h.Span, Sure: h.Sure, Class: h.Class, How: h.How}
	t.Kind, t.Phase, t.When = record.Office, record.Holds, published
	t.Roles = record.Roles{record.RoleHolder: {p.Name}, record.RolePost: {h.wording()}, record.RoleOf: {h.Of}}
	if h.Of == "" {
		delete(t.Roles, record.RoleOf)
	}
	if chair {
		t.Kind = record.Chair
		t.Roles = record.Roles{record.RoleHolder: {p.Name}, record.RoleBody: {h.Of}}
	}
	switch {
	case h.Former:
		t.Phase, t.When = record.Ends, record.When{}
	case h.Begins:
		t.Phase, t.When = record.Begins, record.When{}
		if on != nil {
			t.When = on(token)
		}
	case !h.Then && !h.Late && !h.Past && published.Latest-published.Earliest > 31:
		if on != nil && !on(token).IsZero() {
			t.When = on(token) // a history: a title is of the time told
		}
	case h.Then || h.Late || h.Past:
		t.When = record.When{}
		if on != nil {
			t.When = on(token)
		}
		if h.Past && t.When.IsZero() {
			t.Phase = record.Ends // "served as", with no date: a former one
		}
	}
	if h.bare && t.Phase == record.Holds && t.When == published && n.reader.leftBefore(p, h) {
		if t.When = (record.When{}); on != nil {
			t.When = on(token)
		}
		if year, _, _ := t.When.Latest.Date(); t.When.IsZero() || !n.reader.ledIn(p, h, year) {
			return out // "the hall that Emperor X built": he left the throne long ago
		}
	}
	if slices.ContainsFunc(out, func(o Told) bool { return sameTold(&o, &t) }) {
		return out
	}
	return append(out, t)
}

// guessed reports whether a post whose polity is only inferred is better left
// untold: any post of a polity, and an envoy, who may be anyone's.
func (n *Names) guessed(h Held) bool {
	return polityClass(h.Class) || n.reader.alm.Polity(h.Of) != nil
}

// tenure tells the beginning and the end of "was president from 1999 to 2013".
func (n *Names) tenure(p *Human, h Held) []Told {
	roles := record.Roles{record.RoleHolder: {p.Name}, record.RolePost: {h.wording()}, record.RoleOf: {h.Of}}
	out := []Told{{Core: record.Core{Kind: record.Office, Phase: record.Begins, Roles: roles, When: record.Year(h.From)}, Span: h.Span, Sure: h.Sure}}
	if h.Until > 0 {
		out = append(out, Told{Core: record.Core{Kind: record.Office, Phase: record.Ends, Roles: roles, When: record.Year(h.Until)}, Span: h.Span, Sure: h.Sure})
	}
	return out
}

// wording is the post with "acting" where the title has it.
func (h *Held) wording() string {
	if h.Acting {
		return "acting " + h.Post
	}
	return h.Post
}

// chairing reports whether a post is the chair of a body rather than an office
// in it: its chairman, or the president of a council, assembly or summit.
func (n *Names) chairing(h Held) bool {
	switch h.Post {
	case "chairman", "chairman-in-office", "president of the general assembly":
		return !h.Organ
	case "president":
		return n.reader.alm.Polity(h.Of) == nil && !strings.Contains(h.Of, "Commission") && !strings.Contains(h.Of, "Bank") && !h.Organ
	}
	return false
}

// sameTold reports whether two titles tell the same: the same kind and phase
// for the same holder and polity or body, and posts of one class or one of
// which may be a loose wording of the other.
func sameTold(a, b *Told) bool {
	if a.Kind != b.Kind || a.Phase != b.Phase || a.Roles.One(record.RoleHolder) != b.Roles.One(record.RoleHolder) {
		return false
	}
	return a.Roles.One(record.RoleOf) == b.Roles.One(record.RoleOf) && a.Roles.One(record.RoleBody) == b.Roles.One(record.RoleBody) &&
		(a.Class == b.Class || a.Roles.One(record.RolePost) == b.Roles.One(record.RolePost) || general(a.Roles.One(record.RolePost)) || general(b.Roles.One(record.RolePost)))
}

// general reports whether a post may be another wording of a more exact one.
func general(post string) bool {
	switch post {
	case "leader", "head of state", "head of government", "ambassador", "minister":
		return true
	}
	return false
}
