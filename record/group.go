package record

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// layout says which roles of a kind make a state of affairs, sorted, and which
// role varies in it.
type layout struct {
	key   []string
	value string
}

var layouts = map[Kind]layout{
	Membership:  {[]string{RoleBody, RoleParty}, RoleTier},
	Chair:       {[]string{RoleBody}, RoleHolder},
	Relations:   {[]string{RoleLevel, RoleParties}, ""},
	Recognition: {[]string{RoleBy, RoleOf}, RoleAs},
	Succession:  {[]string{RolePredecessor, RoleSuccessor}, ""},
	Existence:   {[]string{RoleOf}, ""},
	Office:      {[]string{RoleOf, RolePost}, RoleHolder},
	Mission:     {[]string{RoleIn, RoleOf, RoleType}, ""},
	Treaty:      {[]string{RoleName, RoleParties}, RoleStatus},
	Debt:        {[]string{RoleCreditor, RoleDebtor}, ""},
}

func layoutOf(k Kind) layout { return layouts[k] }

// usualLevel is the level of relations where none is told.
var usualLevel = []string{"diplomatic"}

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
		if v := keyFillers(c, role); len(v) > 0 {
			roles[role] = v
		}
	}
	return roles
}

func keyFillers(c *Core, role string) []string {
	v := c.Roles[role]
	if role == RoleLevel && len(v) == 0 {
		return usualLevel
	}
	return canonical(role, v)
}

// sameGroup reports whether two cores tell of one state of affairs: their kinds
// and key roles are the same.
func sameGroup(a, b *Core) bool {
	if a.Kind != b.Kind {
		return false
	}
	for _, role := range layoutOf(a.Kind).key {
		if !slices.Equal(keyFillers(a, role), keyFillers(b, role)) {
			return false
		}
	}
	return true
}

// appendGroup appends the key of the core's key roles, as Roles.key writes it.
func (c *Core) appendGroup(b []byte) []byte {
	for _, role := range layoutOf(c.Kind).key {
		b = appendRole(b, role, keyFillers(c, role))
	}
	return b
}

func (r Roles) key() string {
	var b []byte
	for _, role := range r.names() {
		b = appendRole(b, role, r[role])
	}
	return string(b)
}

func appendRole(b []byte, role string, fillers []string) []byte {
	for i, v := range fillers {
		if i == 0 {
			b = append(append(b, role...), '=')
		} else {
			b = append(b, '+')
		}
		b = append(b, v...)
		if i == len(fillers)-1 {
			b = append(b, '|')
		}
	}
	return b
}

// groups are the states of affairs of a kind, by their keys.
func (v *View) groups(kind Kind) map[string]*group {
	out := map[string]*group{}
	var key []byte
	for _, s := range v.claims {
		if s.Kind != kind {
			continue
		}
		key = s.Core.appendGroup(key[:0])
		g := out[string(key)]
		if g == nil {
			g = &group{kind: kind, roles: keyRoles(&s.Core)}
			out[string(key)] = g
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
	of := make(map[string]*Timeline, len(ts))
	for _, t := range ts {
		of[t.Value] = t
	}
	for _, c := range conflicts {
		for _, side := range c.Sides {
			if t := of[side.Says]; t != nil {
				t.Conflicts = append(t.Conflicts, c)
			}
		}
	}
	return ts
}

func (v *View) buildAll(g *group, over map[ClaimID]bool) []*Timeline {
	t := v.tellings(g, over)
	var ts []*Timeline
	for _, val := range g.values() {
		line := &Timeline{Kind: g.kind, Roles: g.named(val), Value: val, Life: v.life(g)}
		line.build(t.events(val), habitOf(g.kind))
		ts = append(ts, line)
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

// tellings are the events that a group is told in, so that each of its values
// finds its own without going through those of all others.
type tellings struct {
	view  *View
	group *group
	own   map[string][]event // by value, with those that end every value
	all   []event            // what may end another value, as such an end, in order
}

func (v *View) tellings(g *group, over map[ClaimID]bool) *tellings {
	t := &tellings{view: v, group: g, own: map[string][]event{}}
	values := g.values()
	for _, s := range g.claims {
		if over[s.ID] {
			continue
		}
		events := eventsOf(s)
		if endsAll(s) {
			for _, val := range values {
				t.own[val] = append(t.own[val], events...)
			}
			continue
		}
		t.own[value(s)] = append(t.own[value(s)], events...)
		if len(values) == 1 || s.Negated || s.Phase == Ends || !g.single() {
			continue
		}
		for _, e := range events {
			e.on, e.foreign = false, true
			t.all = append(t.all, e)
		}
	}
	slices.SortFunc(t.all, event.compare)
	return t
}

// events are the group's events as the timeline of one value takes them: its
// own, and behind each of them the first by which another value ended it. More
// ends in a row would say no more.
func (t *tellings) events(val string) []event {
	own := t.own[val]
	slices.SortFunc(own, event.compare)
	out := make([]event, 0, 2*len(own))
	latest := When{}.lo() // the newest earliest day on which it is told to be so
	for i, e := range own {
		out = append(out, e)
		if e.on {
			latest = max(latest, e.when.lo())
		}
		at, _ := slices.BinarySearchFunc(t.all, e, event.compare)
		for _, f := range t.all[at:] {
			if i+1 < len(own) && f.compare(own[i+1]) > 0 {
				break
			}
			if t.ends(f, val, latest, own[i+1:]) {
				out = append(out, f)
				break
			}
		}
	}
	return out
}

// ends reports whether another value's event ends val: the two exclude each
// other, and it comes after all that val's own events tell up to then: those up
// to here, of which latest is the newest earliest day, and those of the same
// latest day among the rest.
func (t *tellings) ends(f event, val string, latest Day, rest []event) bool {
	if !t.view.excludes(t.group, f.claim, val) || latest >= f.when.lo() {
		return false
	}
	for _, e := range rest {
		if e.when.hi() > f.when.hi() {
			break
		}
		if e.on && e.when.lo() >= f.when.lo() {
			return false
		}
	}
	return true
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

// excludes reports whether the value of a claim that something is so cannot be so
// together with val: a higher tier ends a lower and a beginning in a lower ends the higher; a new
// holder ends the former of a chair or of a post that one person holds.
func (v *View) excludes(g *group, s *Stated, val string) bool {
	if !g.single() || value(s) == val {
		return false
	}
	if g.kind == Membership {
		higher := v.tierRank(g.roles.One(RoleBody), value(s)) - v.tierRank(g.roles.One(RoleBody), val)
		return higher > 0 || higher < 0 && s.Phase == Begins
	}
	return true
}

// single reports whether one value of the group may exclude another: a party has
// one tier of a body, a chair and many posts have one holder.
func (g *group) single() bool {
	return g.kind == Membership || g.kind == Chair || g.kind == Office && single(g.roles.One(RolePost))
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
// same day though they exclude each other; by value.
func (v *View) rival(g *group, ts []*Timeline) []*Conflict {
	var sure []certainty
	for i, t := range ts {
		for j := range t.Spans {
			if w := t.Spans[j].certain(t.Kind); !w.IsZero() {
				sure = append(sure, certainty{i, j, w})
			}
		}
	}
	slices.SortStableFunc(sure, func(a, b certainty) int { return cmp.Compare(a.lo(), b.lo()) })
	met := map[[2]int][2]certainty{} // of two values the first spans that meet
	var open []certainty             // those of which some day may be ahead
	for _, c := range sure {
		open = slices.DeleteFunc(open, func(o certainty) bool { return o.hi() < c.lo() })
		for _, o := range open {
			a, b := o, c
			if a.value > b.value {
				a, b = b, a
			}
			key := [2]int{a.value, b.value}
			if had, ok := met[key]; a.value != b.value && v.exclusive(g, ts[a.value].Value, ts[b.value].Value) && (!ok || a.span < had[0].span || a.span == had[0].span && b.span < had[1].span) {
				met[key] = [2]certainty{a, b}
			}
		}
		open = append(open, c)
	}
	var out []*Conflict
	for _, key := range slices.SortedFunc(maps.Keys(met), func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }) {
		c := rivals(ts[key[0]], ts[key[1]], met[key])
		c.settle()
		out = append(out, c)
	}
	return out
}

// certainty are the days over which a span of a value was certainly so.
type certainty struct {
	value, span int
	When
}

func (v *View) exclusive(g *group, a, b string) bool {
	if a == "" || b == "" || !g.single() {
		return false
	}
	body := g.roles.One(RoleBody)
	return g.kind != Membership || v.tierRank(body, a) != v.tierRank(body, b)
}

// rivals is the conflict of two values that are told to be so over the same days.
func rivals(a, b *Timeline, met [2]certainty) *Conflict {
	w, _ := met[0].Meet(met[1].When)
	c := &Conflict{Kind: a.Kind, About: "who or which", Roles: maps.Clone(a.Roles)}
	if role := layoutOf(a.Kind).value; role != "" {
		delete(c.Roles, role)
		c.About = role
	}
	for i, t := range []*Timeline{a, b} {
		c.Sides = append(c.Sides, sideOf(slices.Clone(t.Spans[met[i].span].Support), t.Value, w))
	}
	return c
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
