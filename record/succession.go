package record

import (
	"slices"
	"strings"
)

// Inherited is a timeline that held for a predecessor. It is shown beside the
// successor's own and never merged with it.
type Inherited struct {
	From, To string // the predecessor and the successor
	Timeline *Timeline
	// By are the claims that the one took the other's place: a succession, or a
	// recognition as successor. With none, the almanac alone says so.
	By []*Stated
	// Sole: claims say so, or the predecessor has no other successor.
	Sole bool
}

// at answers for the successor by what held for the predecessor: up to the
// predecessor's end as it was then, and after it as it was at the end.
func (in *Inherited) at(w When, life When) Answer {
	end := in.Timeline.Life.Latest
	if end == 0 && life.Earliest > 1 {
		end = life.Earliest - 1
	}
	asked := w
	if end != 0 && w.lo() > end {
		asked = On(end)
	} else if end != 0 && w.hi() > end {
		asked.Latest = end
	}
	a := in.Timeline.At(asked)
	if a.Truth != Yes && a.Truth != Possibly {
		return a
	}
	a.Inherited = in.From
	a.Support = append(slices.Clone(a.Support), in.By...)
	if !in.Sole && a.Truth == Yes {
		a.Truth, a.Note = Possibly, in.From+" has more than one successor, and no claim says that "+in.To+" took its place"
	}
	return a
}

// inheritable reports whether a successor is shown what held for its
// predecessor.
func inheritable(k Kind) bool {
	switch k {
	case Membership, Relations, Treaty, Mission, Debt:
		return true
	}
	return false
}

// link is a predecessor of a name with what says so.
type link struct {
	predecessor string
	by          []*Stated
	sole        bool
}

// predecessors are the polities whose place a name took, by claims and by the
// almanac.
func (v *View) predecessors(name string) []link {
	var out []link
	add := func(p string, s *Stated) {
		i := slices.IndexFunc(out, func(l link) bool { return l.predecessor == p })
		if i < 0 {
			out = append(out, link{predecessor: p, sole: len(v.polities.Successors(p)) == 1})
			i = len(out) - 1
		}
		if s != nil {
			out[i].by, out[i].sole = append(out[i].by, s), true
		}
	}
	for _, p := range v.polities.Predecessors(name) {
		add(p, nil)
	}
	for _, s := range v.heirs {
		if p := succeeded(s, name); p != "" && p != name {
			add(p, s)
		}
	}
	return out
}

// succeeded is the polity whose place the claim says that name took, "" with
// none.
func succeeded(s *Stated, name string) string {
	successors, predecessor := s.Core.Succession()
	if !slices.Contains(successors, name) {
		return ""
	}
	return predecessor
}

// Succession are those that the core says took another's place, and whose:
// it is a succession, or a recognition "as successor of" another. None where it
// says no such thing.
func (c *Core) Succession() (successors []string, predecessor string) {
	if c.Negated || c.Phase == Ends {
		return nil, ""
	}
	switch c.Kind {
	case Succession:
		successors, predecessor = c.Roles[RoleSuccessor], c.Roles.One(RolePredecessor)
	case Recognition:
		successors, predecessor = c.Roles[RoleOf], successorOf(c.Roles.One(RoleAs))
	}
	if predecessor == "" || len(successors) == 0 {
		return nil, ""
	}
	return successors, predecessor
}

// successorOf reads the "as" of a recognition: "successor of SUN".
func successorOf(as string) string {
	for _, prefix := range []string{"successor of ", "successor to ", "successor state of ", "successor state to "} {
		if rest, ok := strings.CutPrefix(as, prefix); ok {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

// mostAncestors bounds how far succession is followed back.
const mostAncestors = 4

// Ancestors are the predecessors of a name and theirs in turn, nearest first:
// those under which a question about it must also look.
func Ancestors(p Polities, name string) []string {
	if p == nil {
		return nil
	}
	var out []string
	frontier := []string{name}
	for range mostAncestors {
		var next []string
		for _, n := range frontier {
			for _, pred := range p.Predecessors(n) {
				if pred != name && !slices.Contains(out, pred) {
					out, next = append(out, pred), append(next, pred)
				}
			}
		}
		frontier = next
	}
	return out
}

// Successions are the timelines of who took the place of name, and whose place
// it took.
func (v *View) Successions(name string) []*Timeline { return v.Timelines(Succession, name) }
