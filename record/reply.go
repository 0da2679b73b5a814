package record

import (
	"slices"
	"strings"
	"unicode"
)

// likeness is how far one content meets another.
type likeness int

const (
	unlike likeness = iota
	part            // less than was asked
	equal
	more // more than was asked
)

// compare says how far what was done or promised (got) meets what was asked.
func (m *matcher) compare(asked, got *Content) likeness {
	switch {
	case asked == nil || got == nil:
		return unlike
	case asked.Kind == "" && got.Kind == "":
		return m.compareTopics(asked.Topic, got.Topic)
	case asked.Kind != got.Kind:
		return unlike
	case asked.Kind.IsAct():
		return m.compareActs(asked, got)
	}
	return compareStates(&asked.Core, &got.Core)
}

// compareActs takes acts for the same whose actors and recipients are, as far
// as both name them, and whose own contents are.
func (m *matcher) compareActs(asked, got *Content) likeness {
	for _, role := range []string{RoleActor, RoleRecipient} {
		a, g := asked.Roles[role], got.Roles[role]
		if len(a) > 0 && len(g) > 0 && !sameNames(a, g) {
			return unlike
		}
	}
	if len(asked.Roles[RoleActor]) == 0 || len(got.Roles[RoleActor]) == 0 {
		return unlike
	}
	if asked.Content != nil && got.Content != nil {
		return m.compare(asked.Content, got.Content)
	}
	return equal
}

// compareStates takes states of affairs for the same whose key roles are; a
// tier above the one asked for is more, one below it part, and a debt changed
// where its end was asked for is part.
func compareStates(asked, got *Core) likeness {
	if asked.Negated != got.Negated || !sameGroup(asked, got) {
		return unlike
	}
	switch asked.Kind {
	case Debt:
		return compareDebts(asked, got)
	case Membership:
		return compareTiers(asked, got)
	}
	if (asked.Phase == Ends) != (got.Phase == Ends) {
		return unlike
	}
	if v := layoutOf(asked.Kind).value; v != "" && asked.Roles.One(v) != "" && got.Roles.One(v) != "" && asked.Roles.One(v) != got.Roles.One(v) {
		return unlike
	}
	return equal
}

func compareDebts(asked, got *Core) likeness {
	a, g := asked.Roles.One(RoleChange), got.Roles.One(RoleChange)
	switch {
	case asked.Phase == Ends && got.Phase == Ends:
		return equal
	case got.Phase == Ends:
		return more
	case g == "":
		return unlike
	case asked.Phase == Ends:
		return part
	case a == "" || a == g:
		return equal
	}
	return part
}

func compareTiers(asked, got *Core) likeness {
	if (asked.Phase == Ends) != (got.Phase == Ends) {
		return unlike
	}
	v := View{polities: noPolities{}}
	a, g := asked.Roles.One(RoleTier), got.Roles.One(RoleTier)
	switch d := v.tierRank("", g) - v.tierRank("", a); {
	case a == "" || g == "" || a == g:
		return equal
	case d > 0:
		return more
	case d < 0:
		return part
	}
	return unlike
}

// compareTopics takes two topics for one that share at least two words of
// substance and half of those of the shorter.
func (m *matcher) compareTopics(a, b string) likeness {
	wa, wb := m.substance(a), m.substance(b)
	shared := 0
	for _, w := range wa {
		if slices.Contains(wb, w) {
			shared++
		}
	}
	if a == b && a != "" || shared >= 2 && 2*shared >= min(len(wa), len(wb)) {
		return equal
	}
	return unlike
}

// substance are the words of a topic as substance gives them, kept: the same
// topics are compared again and again.
func (m *matcher) substance(topic string) []string {
	words, ok := m.words[topic]
	if !ok {
		words = substance(topic)
		m.words[topic] = words
	}
	return words
}

// substance are the words of a topic of more than three letters, without the
// endings that change with the grammar.
func substance(topic string) []string {
	words := strings.FieldsFunc(strings.ToLower(topic), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	var out []string
	for _, w := range words {
		if len(w) <= 3 || slices.Contains([]string{"that", "this", "with", "from", "their", "would", "will", "should", "other", "both"}, w) {
			continue
		}
		for _, ending := range []string{"ing", "ed", "es", "s"} {
			if stem, ok := strings.CutSuffix(w, ending); ok && len(stem) > 3 {
				w = stem
				break
			}
		}
		out = append(out, w)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// deferring are the beginnings of the verbs by which an addressee takes a
// request to others, or to later, and decides nothing.
var deferring = []string{
	"report", "consider", "stud", "forward", "convey", "examin", "look", "review", "pass", "transmit", "relay", "inform",
	"refer", "discuss", "think", "note", "take note", "rais", "submit", "bring",
}

// defers reports whether a promise is only one to report, forward, consider or
// study. A verb counts among the first three words.
func defers(c *Content) bool {
	if c.Kind == Request || c.Kind == Consult {
		return true
	}
	n := 0
	for w := range strings.FieldsSeq(c.Topic) {
		w = strings.ToLower(w)
		if slices.ContainsFunc(deferring, func(v string) bool { return strings.HasPrefix(w, v) }) {
			return true
		}
		if n++; n == 3 {
			break
		}
	}
	return false
}

// answerByAct says what an act makes of a request; "" where it is no answer.
func (m *matcher) answerByAct(r, s *Stated) (Status, string) {
	if m.withdraws(r, s) {
		return Withdrawn, "the one who asked took it back"
	}
	if !m.answers(r, s) {
		return "", ""
	}
	like := m.compare(r.Content, s.Content)
	switch s.Kind {
	case Agree, Concede:
		return m.agreed(r, s, like)
	case Reject:
		if !s.Negated && (like != unlike || m.refusesRequest(r, s) || s.Content == nil && replies(r, s)) {
			return Refused, "the addressee refused"
		}
	case Support:
		if !s.Negated && like != unlike {
			return Acknowledged, "the addressee spoke in favour"
		}
	}
	if m.done(r, s) {
		return Granted, "the addressee did what was asked"
	}
	return "", ""
}

// agreed says what an agreement or a concession makes of a request.
func (m *matcher) agreed(r, s *Stated, like likeness) (Status, string) {
	switch {
	case s.Negated && like != unlike:
		return Refused, "the addressee did not agree"
	case s.Negated:
		return "", ""
	case like == equal, like == more:
		return Granted, "the addressee agreed to it"
	case like == part:
		return GrantedInPart, "the addressee agreed to less than was asked"
	case s.Content != nil && defers(s.Content) && (replies(r, s) || m.mentions(r, s)):
		return Acknowledged, "the addressee would report or consider it"
	}
	return "", ""
}

// answers reports whether the act is the addressee's, towards the one who
// asked or together with it.
func (m *matcher) answers(r, s *Stated) bool {
	if !common(s.Roles[RoleActor], r.Roles[RoleRecipient]) {
		return false
	}
	return common(s.Roles[RoleRecipient], r.Roles[RoleActor]) || common(s.Roles[RoleActor], r.Roles[RoleActor]) ||
		len(s.Roles[RoleRecipient]) == 0 && (s.Document.ID == r.Document.ID || m.compare(r.Content, s.Content) != unlike)
}

func common(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// withdraws reports whether the one who asked takes the request back.
func (m *matcher) withdraws(r, s *Stated) bool {
	if s.Negated || s.Kind != Retreat && s.Kind != Reject || s.Content == nil || s.Content.Kind != Request {
		return false
	}
	return common(s.Roles[RoleActor], r.Roles[RoleActor]) && m.compare(r.Content, s.Content.Content) == equal
}

// refusesRequest reports whether what is rejected is the request itself.
func (m *matcher) refusesRequest(r, s *Stated) bool {
	return s.Content != nil && s.Content.Kind == Request && m.compare(r.Content, s.Content.Content) != unlike
}

// replies reports whether the act is told as the reply at the same occasion:
// in the same document, after the request, and on the same date.
func replies(r, s *Stated) bool {
	return s.Document.ID == r.Document.ID && s.Citations[0].Start > r.Citations[0].Start && s.When.Meets(r.When)
}

// mentions reports whether what an act is about names what was asked for.
func (m *matcher) mentions(r, s *Stated) bool {
	if r.Content == nil {
		return false
	}
	return r.Content.Topic != "" && m.compareTopics(r.Content.Topic, s.Content.Topic) == equal
}

// done reports whether the act is the one that was asked for.
func (m *matcher) done(r, s *Stated) bool {
	if r.Content == nil || s.Negated || r.Content.Kind != s.Kind {
		return false
	}
	return m.compareActs(r.Content, &Content{Core: s.Core}) == equal
}

// answerByFact says what a state of affairs makes of a request that asked for
// it; "" where it is no answer.
func (m *matcher) answerByFact(r, s *Stated) (Status, string) {
	if r.Content == nil || r.Content.Kind != s.Kind || !cameAfter(r, s) || m.wasBefore(r, s) {
		return "", ""
	}
	switch compareStates(&r.Content.Core, &s.Core) {
	case equal:
		return Granted, "what was asked for came to be so"
	case part:
		return GrantedInPart, "less than what was asked for came to be so"
	case more:
		return Overtaken, "more than what was asked for came to be so"
	}
	return "", ""
}

// cameAfter reports whether a state of affairs came to be so after it was asked
// for: begun or ended since, or seen to be so later.
func cameAfter(r, s *Stated) bool {
	if r.When.IsZero() || s.When.IsZero() {
		return false
	}
	if s.Phase == Holds {
		return s.When.lo() > r.When.hi()
	}
	return s.When.lo() >= r.When.lo()
}

// wasBefore reports whether the state of affairs is told to have been so before
// it was asked for, so that being so later answers nothing.
func (m *matcher) wasBefore(r, s *Stated) bool {
	if s.Phase != Holds || s.Roles.One(RoleChange) != "" {
		return false
	}
	for _, at := range m.statesLike(&s.Core) {
		x := m.claims[at]
		if x.Time().hi() > r.When.hi() { // and so are those behind it
			return false
		}
		if !x.Negated && x.Phase != Ends && !x.When.IsZero() && compareStates(&x.Core, &s.Core) == equal {
			return true
		}
	}
	return false
}
