package record

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Agreement is how the sides of a comparison stand to one matter.
type Agreement string

// The agreements.
const (
	SaidByAll    Agreement = "all"
	SaidBySome   Agreement = "some"
	Contradicted Agreement = "contradicted"
)

// Difference is what contradicting claims differ in.
type Difference string

// The differences.
const (
	DifferInDate    Difference = "date"
	DifferInDenial  Difference = "denial"  // one says that it is not so
	DifferInPhase   Difference = "phase"   // one says that it ends where the other says that it begins or holds
	DifferInFigures Difference = "figures" // amounts in one currency
	DifferInValue   Difference = "value"   // the tier, holder or status
	DifferInContent Difference = "content" // of what is asked, agreed, promised
)

// Point is one matter of a comparison.
type Point struct {
	Stand  Agreement
	Differ []Difference // where it is contradicted
	// Said are the claims on it of each side, in order of date; none of a side
	// that does not speak of it.
	Said [][]*Stated
}

// Speakers are the sides that speak of a point.
func (p *Point) Speakers() []int {
	var out []int
	for i, claims := range p.Said {
		if len(claims) > 0 {
			out = append(out, i)
		}
	}
	return out
}

// Compare lays what several sides tell next to each other: what all say, what
// some say, and where they contradict each other: the same kind between the same
// parties with opposing phase, denial, figures, value or date. Points are in order
// of date, and the order of claims does not matter.
func Compare(sides ...[]*Stated) []Point {
	c := comparison{sides: len(sides)}
	for i, claims := range sides {
		for _, s := range claims {
			c.claims = append(c.claims, sided{s, i, string(s.Kind) + "|" + matter(&s.Core)})
		}
	}
	slices.SortStableFunc(c.claims, func(a, b sided) int { return byTime(a.claim, b.claim) })
	c.link()
	return c.points()
}

// sided is a claim with its side and what it is about.
type sided struct {
	claim  *Stated
	side   int
	matter string
}

// comparison joins claims into points: those that say the same, and those that
// contradict each other across sides.
type comparison struct {
	sides  int
	claims []sided
	parent []int
	differ map[int][]Difference // by the root of the point
}

func (c *comparison) root(i int) int {
	for c.parent[i] != i {
		i = c.parent[i]
	}
	return i
}

func (c *comparison) join(i, j int) {
	a, b := c.root(i), c.root(j)
	c.parent[max(a, b)] = min(a, b)
}

// opposition is two claims of different sides that contradict each other.
type opposition struct {
	i, j int
	in   []Difference
}

func (c *comparison) link() {
	c.parent = make([]int, len(c.claims))
	for i := range c.parent {
		c.parent[i] = i
	}
	opposed := c.pairs()
	for _, at := range c.misdated() {
		opposed = append(opposed, opposition{at[0], at[1], []Difference{DifferInDate}})
	}
	for _, o := range opposed {
		c.join(o.i, o.j)
	}
	c.differ = map[int][]Difference{}
	for _, o := range opposed {
		r := c.root(o.i)
		c.differ[r] = append(c.differ[r], o.in...)
	}
}

// pairs joins what says the same and gives what is opposed. A claim that leaves
// open what another tells (the day, what was asked) goes with one of another side
// alone, so that it does not make one matter of two.
func (c *comparison) pairs() (opposed []opposition) {
	open := map[int]int{} // the first claim that one that leaves something open goes with
	for i := range c.claims {
		for j := range c.claims {
			a, b := &c.claims[i], &c.claims[j]
			if i == j || a.matter != b.matter {
				continue
			}
			same, in := relate(&a.claim.Core, &b.claim.Core)
			switch _, found := open[i]; {
			case same && fuller(&b.claim.Core, &a.claim.Core):
				if !found && a.side != b.side {
					open[i] = j
				}
			case same && !fuller(&a.claim.Core, &b.claim.Core):
				c.join(i, j)
			case len(in) > 0 && a.side != b.side && j < i:
				opposed = append(opposed, opposition{i, j, in})
			}
		}
	}
	for i, j := range open {
		c.join(i, j)
	}
	return opposed
}

// fuller reports whether one core tells what the other leaves open.
func fuller(a, b *Core) bool {
	return !a.When.IsZero() && b.When.IsZero() || a.Content != nil && b.Content == nil
}

// sameAct is how many days apart two sides may date one act.
const sameAct = 7

// misdated are acts that two sides date differently: each tells of one alone
// between the same parties and to the same end, and the days are not far apart.
func (c *comparison) misdated() [][2]int {
	byAct := map[string][]int{} // the first claims of points
	for i := range c.claims {
		if s := c.claims[i].claim; s.Kind.IsAct() && c.root(i) == i {
			byAct[c.claims[i].matter] = append(byAct[c.claims[i].matter], i)
		}
	}
	var out [][2]int
	for i := range c.claims {
		s := c.claims[i].claim
		pair := byAct[c.claims[i].matter]
		if len(pair) != 2 || pair[0] != i || c.claims[pair[1]].side == c.claims[i].side {
			continue
		}
		other := c.claims[pair[1]].claim
		if alike, in := contents(s.Content, other.Content); alike && len(in) == 0 && apart(s.When, other.When) <= sameAct && s.Negated == other.Negated {
			out = append(out, [2]int{i, pair[1]})
		}
	}
	return out
}

// points gathers the claims by their roots.
func (c *comparison) points() []Point {
	at := map[int]int{}
	var out []Point
	for i := range c.claims {
		r := c.root(i)
		n, ok := at[r]
		if !ok {
			n = len(out)
			at[r] = n
			out = append(out, Point{Said: make([][]*Stated, c.sides)})
			slices.Sort(c.differ[r])
			out[n].Differ = slices.Compact(c.differ[r])
		}
		side := c.claims[i].side
		out[n].Said[side] = append(out[n].Said[side], c.claims[i].claim)
	}
	for i := range out {
		out[i].Stand = out[i].stand()
	}
	return out
}

func (p *Point) stand() Agreement {
	switch {
	case len(p.Differ) > 0:
		return Contradicted
	case slices.ContainsFunc(p.Said, func(claims []*Stated) bool { return len(claims) == 0 }):
		return SaidBySome
	}
	return SaidByAll
}

// relate reports whether two cores say the same or else, where they speak of one
// matter, what they differ in. Neither is so of what is not one matter.
func relate(a, b *Core) (same bool, in []Difference) {
	if a.Kind != b.Kind || matter(a) != matter(b) || !sameName(a, b) {
		return false, nil
	}
	alike, in := contents(a.Content, b.Content)
	if !alike {
		return false, nil
	}
	meets := a.When.IsZero() || b.When.IsZero() || a.When.Meets(b.When) || a.Phase == Holds && b.Phase == Holds && apart(a.When, b.When) <= seenAgain
	if !meets {
		if !a.Kind.IsAct() && a.Phase == b.Phase && a.Phase != Holds && a.Negated == b.Negated && redated(a, b) {
			return false, []Difference{DifferInDate}
		}
		return false, nil
	}
	in = append(in, opposed(a, b)...)
	return len(in) == 0, in
}

// opposed is what two cores on one matter and of one time differ in.
func opposed(a, b *Core) (in []Difference) {
	if otherFigure(a, b) {
		in = append(in, DifferInFigures)
	}
	if role := layoutOf(a.Kind).value; role != "" && otherwise(a.Roles.One(role), b.Roles.One(role)) {
		in = append(in, DifferInValue)
	}
	ends := (a.Phase == Ends) != (b.Phase == Ends)
	switch {
	case ends && a.Negated == b.Negated && !a.When.IsZero() && !b.When.IsZero():
		in = append(in, DifferInPhase)
	case !ends && a.Negated != b.Negated:
		in = append(in, DifferInDenial)
	case ends:
		in = append(in, DifferInPhase)
	}
	return in
}

// matter is who it is between: the key roles of a state of affairs, the parties of
// an act.
func matter(c *Core) string {
	if c.Kind.IsAct() {
		return parties(c)
	}
	roles := keyRoles(c)
	if c.Kind == Treaty {
		delete(roles, RoleName)
	}
	return roles.key()
}

// parties are those of an act; of what is done together they have no order.
func parties(c *Core) string {
	who, whom := slices.Sorted(slices.Values(c.Roles[RoleActor])), slices.Sorted(slices.Values(c.Roles[RoleRecipient]))
	switch c.Kind {
	case Agree, Consult, Cooperate:
		all := slices.Concat(who, whom)
		slices.Sort(all)
		return strings.Join(slices.Compact(all), "+")
	}
	return strings.Join(who, "+") + ">" + strings.Join(whom, "+")
}

// sameName reports whether two treaties may be one.
func sameName(a, b *Core) bool { return !otherwise(a.Roles.One(RoleName), b.Roles.One(RoleName)) }

// otherwise reports whether both are told and are not the same words.
func otherwise(a, b string) bool { return a != "" && b != "" && !strings.EqualFold(a, b) }

func otherFigure(a, b *Core) bool {
	return otherwise(a.Roles.One(RoleAmount), b.Roles.One(RoleAmount)) && !otherwise(a.Roles.One(RoleCurrency), b.Roles.One(RoleCurrency))
}

// redatedBy is how many days apart two beginnings, or two ends, of what can begin
// again may be dated to be taken for one.
const redatedBy = 3 * 366

func redated(a, b *Core) bool {
	return beginsOnce(a.Kind) && a.Phase == Begins || apart(a.When, b.When) <= redatedBy
}

// seenAgain is how many days apart two sightings of a state are of one time: what
// is said to be so on the day of its publication.
const seenAgain = 31

// apart is the number of days between two times that have none in common; very
// many where they have, or one is not known.
func apart(a, b When) int {
	if a.IsZero() || b.IsZero() || a.Meets(b) {
		return 1 << 30
	}
	return int(max(cmp.Or(b.Earliest, b.Latest)-cmp.Or(a.Latest, a.Earliest), cmp.Or(a.Earliest, a.Latest)-cmp.Or(b.Latest, b.Earliest)))
}

// contents reports whether two acts may have one content, and what the contents
// then differ in. One that is not told is like any.
func contents(a, b *Content) (alike bool, in []Difference) {
	switch {
	case a == nil || b == nil:
		return true, nil
	case a.Kind == "" && b.Kind == "":
		return sameTopic(a.Topic, b.Topic), nil
	}
	same, differ := relate(&a.Core, &b.Core)
	if len(differ) > 0 {
		return true, []Difference{DifferInContent}
	}
	return same, nil
}

// sameTopic reports whether half the words of the shorter topic stand in the
// longer.
func sameTopic(a, b string) bool {
	x, y := topicWords(a), topicWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	shared := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			shared++
		}
	}
	return 2*shared >= len(x)
}

func topicWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
