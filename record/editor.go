package record

import "slices"

// editor applies decisions to claims.
type editor struct {
	on     map[ClaimID][]Decision // on a claim, in order
	merged map[string]string      // a name and what it is to be called
	splits map[ClaimID]map[string]string
}

func newEditor(decisions []Decision) *editor {
	e := &editor{on: map[ClaimID][]Decision{}, merged: map[string]string{}, splits: map[ClaimID]map[string]string{}}
	for _, d := range decisions {
		switch d.Verdict {
		case Merge:
			e.merged[d.Entity] = d.Into
			delete(e.merged, d.Into) // a later merge the other way round replaces the former
		case Split:
			e.split(d)
		default:
			e.on[d.Claim] = append(e.on[d.Claim], d)
		}
	}
	return e
}

// rulings are what claims say that a reviewer decided on, and which claims these
// are: a later reading that says the same of the same document is not undecided
// again.
type rulings map[ruling]bool

// ruling is what a claim says, who says it and where.
type ruling struct {
	document DocumentID
	source   string
	core     string
}

func rulingOf(c *Claim) ruling { return ruling{c.document(), c.Source, c.Core.Key()} }

// ruled are the claims that were rejected or corrected.
func (e *editor) ruled(claims []Claim) rulings {
	if len(e.on) == 0 {
		return nil
	}
	out := rulings{}
	for i := range claims {
		for _, d := range e.on[claims[i].ID] {
			if d.Other == "" && (d.Verdict == RejectClaim || d.Verdict == Correct) {
				out[rulingOf(&claims[i])] = true
			}
		}
	}
	return out
}

// covers reports whether a claim of which nothing was decided says what another
// says that was.
func (r rulings) covers(c *Claim, e *editor) bool {
	return len(r) > 0 && len(e.on[c.ID]) == 0 && r[rulingOf(c)]
}

func (e *editor) split(d Decision) {
	for _, c := range d.Claims {
		if e.splits[c] == nil {
			e.splits[c] = map[string]string{}
		}
		e.splits[c][d.Entity] = d.Into
	}
}

// edit gives the claim as it stands, nil where it was rejected.
func (e *editor) edit(c *Claim, doc *Document) *Stated {
	s := &Stated{Claim: *c, Document: doc, Decisions: e.on[c.ID]}
	rejected := false
	for _, d := range s.Decisions {
		switch {
		case d.Verdict == Correct && d.Core != nil:
			s.Core, s.Corrected, rejected = *d.Core, true, false
		case d.Verdict == Prefer:
			s.Preferred, rejected = true, false
		case d.Other != "": // about a link, not about the claim
		case d.Verdict == Accept:
			s.Accepted, rejected = true, false
		case d.Verdict == RejectClaim:
			s.Accepted, s.Preferred, rejected = false, false, true
		}
	}
	if rejected {
		return nil
	}
	renamed := e.rename(&s.Core, c.ID)
	if s.Corrected || renamed {
		s.Read = &c.Core
	}
	return s
}

// rename puts the decided names into the core's roles and content. The claim's
// own roles are copied, not changed.
func (e *editor) rename(core *Core, id ClaimID) bool {
	if len(e.merged) == 0 && e.splits[id] == nil {
		return false
	}
	changed := false
	roles := make(Roles, len(core.Roles))
	for role, fillers := range core.Roles {
		roles[role] = fillers
		if plain(role) {
			continue
		}
		for i, name := range fillers {
			if called := e.called(name, id); called != name {
				if &roles[role][0] == &fillers[0] {
					roles[role] = slices.Clone(roles[role])
				}
				roles[role][i], changed = called, true
			}
		}
	}
	if changed {
		core.Roles = roles
	}
	if core.Content != nil {
		content := *core.Content
		if e.rename(&content.Core, id) {
			core.Content, changed = &content, true
		}
	}
	return changed
}

// called is what a name is to be called in a claim.
func (e *editor) called(name string, id ClaimID) string {
	if into, ok := e.splits[id][name]; ok {
		name = into
	}
	for range len(e.merged) {
		into, ok := e.merged[name]
		if !ok {
			break
		}
		name = into
	}
	return name
}

// Aliases are all names that the decisions known by then merge with name, with
// name itself: those under which a store must look for it.
func (l Log) Aliases(name string, c Clocks) []string {
	e := newEditor(l.decided(c))
	target := e.called(name, "")
	out := []string{name}
	add := func(n string) {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	add(target)
	for from := range e.merged {
		if e.called(from, "") == target {
			add(from)
		}
	}
	for _, split := range e.splits {
		for from, into := range split {
			if e.called(into, "") == target {
				add(from)
			}
		}
	}
	slices.Sort(out)
	return out
}
