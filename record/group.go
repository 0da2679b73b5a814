package record

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// layout says which roles of a kind make a state of affairs, and which role
// varies in it.
type layout struct {
	key   []string
	value string
}

func layoutOf(k Kind) layout {
	switch k {
	case Membership:
		return layout{[]string{RoleParty, RoleBody}, RoleTier}
	case Chair:
		return layout{[]string{RoleBody}, RoleHolder}
	case Relations:
		return layout{[]string{RoleParties, RoleLevel}, ""}
	case Recognition:
		return layout{[]string{RoleBy, RoleOf}, RoleAs}
	case Succession:
		return layout{[]string{RoleSuccessor, RolePredecessor}, ""}
	case Existence:
		return layout{[]string{RoleOf}, ""}
	case Office:
		return layout{[]string{RoleOf, RolePost}, RoleHolder}
	case Mission:
		return layout{[]string{RoleOf, RoleIn, RoleType}, ""}
	case Treaty:
		return layout{[]string{RoleName, RoleParties}, RoleStatus}
	case Debt:
		return layout{[]string{RoleDebtor, RoleCreditor}, ""}
	}
	return layout{}
}

// group is all that is told of one state of affairs, in all its values.
type group struct {
	kind   Kind
	roles  Roles // the key roles
	claims []*Stated
}

// keyRoles are the core's key roles in canonical form: parties sorted, the
// level of relations filled in.
func keyRoles(c *Core) Roles {
	roles := Roles{}
	for _, role := range layoutOf(c.Kind).key {
		if v := c.Roles[role]; len(v) > 0 {
			roles[role] = canonical(role, v)
		}
	}
	if c.Kind == Relations && len(roles[RoleLevel]) == 0 {
		roles[RoleLevel] = []string{"diplomatic"}
	}
	return roles
}

func (r Roles) key() string {
	var b strings.Builder
	for _, role := range r.names() {
		b.WriteString(role + "=" + strings.Join(r[role], "+") + "|")
	}
	return b.String()
}

// groups are the states of affairs of a kind, by their keys.
func (v *View) groups(kind Kind) map[string]*group {
	out := map[string]*group{}
	for _, s := range v.claims {
		if s.Kind != kind {
			continue
		}
		roles := keyRoles(&s.Core)
		g := out[roles.key()]
		if g == nil {
			g = &group{kind: kind, roles: roles}
			out[roles.key()] = g
		}
		g.claims = append(g.claims, s)
	}
	return out
}

// value is what varies in the claim's state of affairs.
func value(s *Stated) string {
	role := layoutOf(s.Kind).value
	if role == "" {
		return ""
	}
	return s.Roles.One(role)
}

// endsAll reports whether the claim ends its state of affairs in every value:
// it leaves a body without saying in which tier, or terminates a treaty.
func endsAll(s *Stated) bool {
	return s.Phase == Ends && !s.Negated && (value(s) == "" || s.Kind == Treaty)
}

// values are the values that the group is told in, sorted.
func (g *group) values() []string {
	seen := map[string]bool{}
	for _, s := range g.claims {
		if !endsAll(s) {
			seen[value(s)] = true
		}
	}
	if len(seen) == 0 {
		seen[""] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// timelines builds the group's timelines, one for each value. Where a reviewer
// settled which of two values is so, the other's claims count no more.
func (v *View) timelines(g *group) []*Timeline {
	ts := v.buildAll(g, nil)
	conflicts := v.rival(g, ts)
	over := overruled(conflicts)
	if len(over) > 0 {
		ts = v.buildAll(g, over)
	}
	for _, c := range conflicts {
		for _, t := range ts {
			if slices.ContainsFunc(c.Sides, func(s Side) bool { return s.Says == t.Value }) {
				t.Conflicts = append(t.Conflicts, c)
			}
		}
	}
	return ts
}

func (v *View) buildAll(g *group, over map[ClaimID]bool) []*Timeline {
	var ts []*Timeline
	for _, val := range g.values() {
		t := &Timeline{Kind: g.kind, Roles: g.named(val), Value: val, Life: v.life(g)}
		t.build(v.events(g, val, over), habitOf(g.kind))
		ts = append(ts, t)
	}
	return ts
}

// named are the group's roles with the value in its role.
func (g *group) named(val string) Roles {
	roles := maps.Clone(g.roles)
	if role := layoutOf(g.kind).value; role != "" && val != "" {
		roles[role] = []string{val}
	}
	return roles
}

// events are the claims of the group as the timeline of one value takes them.
func (v *View) events(g *group, val string, over map[ClaimID]bool) []event {
	var own, foreign []event
	for _, s := range g.claims {
		switch {
		case over[s.ID]:
		case endsAll(s), value(s) == val:
			own = append(own, eventsOf(s)...)
		case v.excludes(g, s, val):
			foreign = append(foreign, eventsOf(s)...)
		}
	}
	for _, f := range foreign {
		if f.on && follows(f, own) {
			f.on, f.foreign = false, true
			own = append(own, f)
		}
	}
	return own
}

// eventsOf are the claim as events: two, at both ends, where it held throughout
// a time.
func eventsOf(s *Stated) []event {
	e := event{when: s.Time(), claim: s}
	e.on = s.Phase != Ends
	e.change = s.Phase != Holds
	if s.Negated {
		e.on, e.change = !e.on, false
	}
	if w := e.when; habitOf(s.Kind).whole && !e.change && e.on && w.Earliest != 0 && w.Latest != 0 && !w.Precise() {
		first, last := e, e
		first.when, last.when = On(w.Earliest), On(w.Latest)
		return []event{first, last}
	}
	return []event{e}
}

// follows reports whether what another value's claim tells comes after all that
// the own claims tell up to then, so that it can have ended it.
func follows(f event, own []event) bool {
	for _, e := range own {
		if !e.on || e.when.hi() > f.when.hi() {
			continue
		}
		if e.when.lo() >= f.when.lo() {
			return false
		}
	}
	return true
}

// excludes reports whether the claim's value cannot be so together with val: a
// higher tier ends a lower and a beginning in a lower ends the higher; a new
// holder ends the former of a chair or of a post that one person holds.
func (v *View) excludes(g *group, s *Stated, val string) bool {
	if s.Negated || s.Phase == Ends {
		return false
	}
	switch g.kind {
	case Membership:
		higher := v.tierRank(g.roles.One(RoleBody), value(s)) - v.tierRank(g.roles.One(RoleBody), val)
		return higher > 0 || higher < 0 && s.Phase == Begins
	case Chair:
		return true
	case Office:
		return single(g.roles.One(RolePost))
	}
	return false
}

// Ladder is what a Polities may know besides: the tiers of a body, the lowest
// first.
type Ladder interface {
	Tiers(body string) []string
}

// tierRank orders the tiers of a body: by its own ladder or, where none is
// known, by the usual one. A tier that is in neither ranks below all.
func (v *View) tierRank(body, tier string) int {
	if l, ok := v.polities.(Ladder); ok {
		if tiers := l.Tiers(body); slices.Contains(tiers, tier) {
			return 100 + slices.Index(tiers, tier)
		}
	}
	usual := []string{"guest", "partner", "dialogue partner", "observer", "candidate", "associate", "member", "permanent member"}
	return slices.Index(usual, tier)
}

// single reports whether one person holds the post at a time, so that a later
// holder ends the former.
func single(post string) bool {
	for _, many := range []string{"deputy", "vice", "envoy", "assistant", "adviser", "advisor", "minister of state", "special", "co-", "acting"} {
		if strings.HasPrefix(post, many) {
			return false
		}
	}
	return post != "" && post != "minister" && post != "ambassador" && post != "deputy"
}

// rival finds the values of one state of affairs that are told to be so on the
// same day though they exclude each other.
func (v *View) rival(g *group, ts []*Timeline) []*Conflict {
	var out []*Conflict
	for i, a := range ts {
		for _, b := range ts[i+1:] {
			if !v.exclusive(g, a.Value, b.Value) {
				continue
			}
			if c := rivals(a, b); c != nil {
				c.settle()
				out = append(out, c)
			}
		}
	}
	return out
}

func (v *View) exclusive(g *group, a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	switch g.kind {
	case Membership:
		body := g.roles.One(RoleBody)
		return v.tierRank(body, a) != v.tierRank(body, b)
	case Chair:
		return true
	case Office:
		return single(g.roles.One(RolePost))
	}
	return false
}

func rivals(a, b *Timeline) *Conflict {
	for i := range a.Spans {
		for j := range b.Spans {
			s, t := &a.Spans[i], &b.Spans[j]
			w, both := s.certain(a.Kind).Meet(t.certain(b.Kind))
			if !both {
				continue
			}
			c := &Conflict{Kind: a.Kind, About: "who or which", Roles: maps.Clone(a.Roles)}
			if role := layoutOf(a.Kind).value; role != "" {
				delete(c.Roles, role)
				c.About = role
			}
			c.Sides = []Side{sideFor(a, s, w), sideFor(b, t, w)}
			return c
		}
	}
	return nil
}

func sideFor(t *Timeline, s *Span, w When) Side {
	side := Side{Says: t.Value, When: w}
	for _, c := range s.Support {
		side.add(c)
	}
	return side
}

// certain are the days over which the span was certainly so, those with no end
// told up to the newest day that tells of it; the zero When where there is none.
func (s *Span) certain(k Kind) When {
	from, to := s.Begin.Latest, s.Seen
	if len(s.Closed) == 0 && habitOf(k).lasts == 0 {
		to = 0
	}
	if len(s.Closed) > 0 {
		if to = s.End.Earliest - 1; s.End.Earliest == 0 {
			return When{}
		}
	}
	if from == 0 || to != 0 && to < from {
		return When{}
	}
	return When{from, to}
}

// overruled are the claims on the sides that a reviewer did not prefer.
func overruled(conflicts []*Conflict) map[ClaimID]bool {
	out := map[ClaimID]bool{}
	for _, c := range conflicts {
		if c.Settled == nil {
			continue
		}
		for _, side := range c.Sides {
			if slices.ContainsFunc(side.Claims, func(s *Stated) bool { return s.ID == c.Settled.Claim }) {
				continue
			}
			for _, s := range side.Claims {
				out[s.ID] = true
			}
		}
	}
	return out
}

// life is the time in which all parties of the group exist. What exists or
// succeeds is told of beyond its end.
func (v *View) life(g *group) When {
	if g.kind == Existence || g.kind == Succession {
		return When{}
	}
	var life When
	for role, fillers := range g.roles {
		if plain(role) || role == RoleName {
			continue
		}
		for _, name := range fillers {
			w := v.polities.Lifetime(name)
			life.Earliest = max(life.Earliest, w.Earliest)
			if w.Latest != 0 {
				life.Latest = min(cmp.Or(life.Latest, w.Latest), w.Latest)
			}
		}
	}
	return life
}
