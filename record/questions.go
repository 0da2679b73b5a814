package record

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Timelines are the timelines of a kind in which all the names stand, with
// those of their predecessors as inherited. With no names, all of the kind.
func (v *View) Timelines(kind Kind, names ...string) []*Timeline {
	b := &builder{view: v, groups: v.groups(kind), links: map[string][]link{}}
	if inheritable(kind) {
		for _, name := range names {
			b.lineage(kind, name)
		}
	}
	var out []*Timeline
	for _, key := range slices.Sorted(maps.Keys(b.groups)) {
		for _, t := range b.build(b.groups[key], mostAncestors, nil) {
			if t.about(names) {
				out = append(out, t)
			}
		}
	}
	for _, t := range out {
		t.Now = t.At(v.Clocks.On)
	}
	return out
}

// about reports whether all names stand in the timeline's roles.
func (t *Timeline) about(names []string) bool {
	core := Core{Kind: t.Kind, Roles: t.Roles}
	have := core.Names()
	for _, n := range names {
		if !slices.Contains(have, n) {
			return false
		}
	}
	return true
}

// builder makes the timelines of one question.
type builder struct {
	view   *View
	groups map[string]*group
	links  map[string][]link
}

// lineage adds the groups through which the name inherits from each of its
// ancestors, the farthest first.
func (b *builder) lineage(kind Kind, name string) {
	ancestors := b.ancestors(name)
	for _, a := range slices.Backward(ancestors) {
		b.heirs(kind, a)
	}
	b.heirs(kind, name)
}

// heirs adds an empty group for the name wherever one of its predecessors has
// one, so that what held for the predecessor is found.
func (b *builder) heirs(kind Kind, name string) {
	for _, ancestor := range b.ancestors(name) {
		for _, g := range slices.Collect(maps.Values(b.groups)) {
			roles, ok := substitute(g.roles, ancestor, name)
			if ok && b.groups[roles.key()] == nil {
				b.groups[roles.key()] = &group{kind: kind, roles: roles}
			}
		}
	}
}

func (b *builder) ancestors(name string) []string {
	var out []string
	frontier := []string{name}
	for range mostAncestors {
		var next []string
		for _, n := range frontier {
			for _, l := range b.predecessors(n) {
				if l.predecessor != name && !slices.Contains(out, l.predecessor) {
					out, next = append(out, l.predecessor), append(next, l.predecessor)
				}
			}
		}
		frontier = next
	}
	return out
}

func (b *builder) predecessors(name string) []link {
	links, ok := b.links[name]
	if !ok {
		links = b.view.predecessors(name)
		b.links[name] = links
	}
	return links
}

// substitute puts one name for another in the roles; false where it does not
// stand in them, or the other does already.
func substitute(roles Roles, from, to string) (Roles, bool) {
	if core := (Core{Roles: roles}); !core.has([]string{from}) {
		return nil, false
	}
	out, found := Roles{}, false
	for role, fillers := range roles {
		out[role] = fillers
		if plain(role) || role == RoleName {
			continue
		}
		if slices.Contains(fillers, to) {
			return nil, false
		}
		if i := slices.Index(fillers, from); i >= 0 {
			changed := slices.Clone(fillers)
			changed[i], found = to, true
			out[role] = canonical(role, changed)
		}
	}
	return out, found
}

// build makes the timelines of a group with those that its parties inherit, up
// to depth predecessors back. What is built for heirs takes nothing over from
// them: Russia came before the Soviet Union and after it.
func (b *builder) build(g *group, depth int, heirs []string) []*Timeline {
	ts := b.view.timelines(g)
	if depth == 0 || !inheritable(g.kind) {
		return told(ts)
	}
	for role, fillers := range g.roles {
		if plain(role) || role == RoleName {
			continue
		}
		for _, name := range fillers {
			ts = b.inherit(g, ts, name, depth, append(slices.Clone(heirs), name))
		}
	}
	return told(ts)
}

// inherit adds to the timelines what the predecessors of one party tell,
// making one for each value that only they tell.
func (b *builder) inherit(g *group, ts []*Timeline, name string, depth int, heirs []string) []*Timeline {
	for _, l := range b.predecessors(name) {
		if slices.Contains(heirs, l.predecessor) {
			continue
		}
		roles, ok := substitute(g.roles, name, l.predecessor)
		former := b.groups[roles.key()]
		if !ok || former == nil {
			continue
		}
		for _, p := range b.build(former, depth-1, heirs) {
			in := Inherited{From: l.predecessor, To: name, Timeline: p, By: l.by, Sole: l.sole}
			i := slices.IndexFunc(ts, func(t *Timeline) bool { return t.Value == p.Value })
			if i < 0 {
				ts = append(ts, &Timeline{Kind: g.kind, Roles: g.named(p.Value), Value: p.Value, Life: b.view.life(g)})
				i = len(ts) - 1
			}
			ts[i].Inherited = append(ts[i].Inherited, in)
			slices.SortStableFunc(ts[i].Inherited, func(a, b Inherited) int { return strings.Compare(a.From, b.From) })
		}
	}
	return ts
}

// told leaves out the timelines that nothing is told of.
func told(ts []*Timeline) []*Timeline {
	return slices.DeleteFunc(ts, func(t *Timeline) bool {
		return len(t.Spans) == 0 && len(t.Denied) == 0 && len(t.Inherited) == 0
	})
}

// Members are the timelines of the parties of a body, the highest tier first,
// then by party.
func (v *View) Members(body string) []*Timeline {
	return v.byTier(slices.DeleteFunc(v.Timelines(Membership, body), func(t *Timeline) bool { return t.Roles.One(RoleBody) != body }))
}

// Memberships are the timelines of a party in bodies, the highest tier first,
// then by body.
func (v *View) Memberships(party string) []*Timeline {
	return v.byTier(slices.DeleteFunc(v.Timelines(Membership, party), func(t *Timeline) bool { return t.Roles.One(RoleParty) != party }))
}

func (v *View) byTier(ts []*Timeline) []*Timeline {
	rank := func(t *Timeline) int { return v.tierRank(t.Roles.One(RoleBody), t.Value) }
	slices.SortStableFunc(ts, func(a, b *Timeline) int {
		return cmp.Or(cmp.Compare(rank(b), rank(a)), strings.Compare(a.Roles.One(RoleParty), b.Roles.One(RoleParty)),
			strings.Compare(a.Roles.One(RoleBody), b.Roles.One(RoleBody)))
	})
	return ts
}

// Relations are the timelines of relations between a and b, or of a with all
// where b is "".
func (v *View) Relations(a, b string) []*Timeline { return v.Timelines(Relations, pairOf(a, b)...) }

func pairOf(a, b string) []string {
	return slices.DeleteFunc([]string{a, b}, func(s string) bool { return s == "" })
}

// Offices are the timelines of the offices of a polity or body, or of those that
// a person holds; by polity, post and time.
func (v *View) Offices(name string) []*Timeline {
	return slices.DeleteFunc(v.Timelines(Office, name), func(t *Timeline) bool {
		return t.Roles.One(RoleOf) != name && t.Roles.One(RoleHolder) != name
	})
}

// Chairs are the timelines of the holders of a body's chair.
func (v *View) Chairs(body string) []*Timeline {
	return slices.DeleteFunc(v.Timelines(Chair, body), func(t *Timeline) bool { return t.Roles.One(RoleBody) != body })
}

// Conflicts are all conflicts of the view, by kind and by what they are about.
func (v *View) Conflicts() []*Conflict {
	var out []*Conflict
	for _, kind := range States() {
		out = append(out, v.ConflictsOf(kind)...)
	}
	return out
}

// ConflictsOf are the conflicts on states of affairs of a kind, by what they are
// about; for debts with those of figures.
func (v *View) ConflictsOf(kind Kind) []*Conflict {
	var out []*Conflict
	seen := map[*Conflict]bool{}
	for _, t := range v.Timelines(kind) {
		for _, c := range t.Conflicts {
			if !seen[c] {
				seen[c] = true
				out = append(out, c)
			}
		}
	}
	if kind == Debt {
		out = append(out, v.figureConflicts()...)
	}
	return out
}
