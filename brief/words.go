package brief

import (
	"slices"
	"strings"

	"demarche/record"
)

// Words puts what claims say into a few words, without narrative: "Ruritania
// asked Graustark: Ruritania as observer of ALPS".
type Words struct {
	// Name gives the name by which people know a party: "Cambodia" for "KHM";
	// what has no other name is given back as it is.
	Name func(string) string
}

// names joins the names of parties: "A", "A and B", "A, B and C".
func (w Words) names(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = w.Name(id)
	}
	return joined(out)
}

func joined(s []string) string {
	if len(s) < 2 {
		return strings.Join(s, "")
	}
	return strings.Join(s[:len(s)-1], ", ") + " and " + s[len(s)-1]
}

// Claim says what a core says.
func (w Words) Claim(c *record.Core) string {
	if c.Kind.IsAct() {
		return w.act(c)
	}
	return w.state(c)
}

// actVerbs are what is said of each act between actor and recipient: in the
// affirmative, negated, and as a noun for an act that is itself asked or
// promised, with the word before whom it is done to.
var actVerbs = map[record.Kind]struct{ did, not, noun, to string }{
	record.Consult:   {"", "", "talks", "with"},
	record.Agree:     {"agreed with", "did not agree with", "agreement", "with"},
	record.Support:   {"backed", "did not back", "support", "for"},
	record.Concede:   {"gave way to", "did not give way to", "concession", "to"},
	record.Cooperate: {"worked together with", "did not work together with", "cooperation", "with"},
	record.Aid:       {"aided", "did not aid", "aid", "to"},
	record.Retreat:   {"eased its stand towards", "did not ease its stand towards", "easing", "towards"},
	record.Request:   {"asked", "did not ask", "request", "to"},
	record.Accuse:    {"criticised", "did not criticise", "criticism", "of"},
	record.Reject:    {"turned down", "did not turn down", "refusal", "towards"},
	record.Threaten:  {"warned", "did not warn", "threat", "to"},
	record.Protest:   {"protested against", "did not protest against", "protest", "against"},
	record.Sanction:  {"took measures against", "took no measures against", "sanctions", "against"},
	record.Mobilize:  {"readied forces towards", "did not ready forces towards", "readying of forces", "against"},
	record.Coerce:    {"used coercion against", "used no coercion against", "coercion", "of"},
	record.Assault:   {"used force against", "used no force against", "use of force", "against"},
}

// alone is what is said of an act that names no recipient.
var alone = map[record.Kind]string{
	record.Agree: "agreed", record.Support: "gave support", record.Concede: "gave way", record.Cooperate: "worked together",
	record.Aid: "gave aid", record.Retreat: "eased its stand", record.Request: "asked", record.Accuse: "voiced criticism",
	record.Reject: "declined", record.Threaten: "gave warning", record.Protest: "protested", record.Sanction: "took measures",
	record.Mobilize: "readied forces", record.Coerce: "used coercion", record.Assault: "used force",
}

func (w Words) act(c *record.Core) string {
	var b strings.Builder
	switch {
	case c.Kind == record.Consult:
		b.WriteString(w.talks(c))
	case len(c.Roles[record.RoleRecipient]) == 0:
		b.WriteString(w.side(c, record.RoleActor, record.RoleActorPersons))
		b.WriteString(" " + not(c.Negated) + alone[c.Kind])
	default:
		verb := actVerbs[c.Kind].did
		if c.Negated {
			verb = actVerbs[c.Kind].not
		}
		b.WriteString(w.side(c, record.RoleActor, record.RoleActorPersons) + " " + verb + " ")
		b.WriteString(w.side(c, record.RoleRecipient, record.RoleRecipientPersons))
	}
	if place := c.Roles.One(record.RolePlace); place != "" {
		b.WriteString(", " + w.Name(place))
	}
	if s := w.Content(c.Content); s != "" {
		b.WriteString(": " + s)
	}
	return b.String()
}

func not(negated bool) string {
	if negated {
		return "not: "
	}
	return ""
}

// talks says who met: all of them as equals, or a visitor with a host.
func (w Words) talks(c *record.Core) string {
	out := not(c.Negated) + "talks: " + w.side(c, record.RoleActor, record.RoleActorPersons)
	if len(c.Roles[record.RoleRecipient]) > 0 {
		out += " with " + w.side(c, record.RoleRecipient, record.RoleRecipientPersons)
	}
	return capital(out)
}

// side names a side of an act with the persons who acted for it.
func (w Words) side(c *record.Core, role, persons string) string {
	s := w.names(c.Roles[role])
	if p := c.Roles[persons]; len(p) > 0 {
		s += " (" + strings.Join(p, ", ") + ")"
	}
	return s
}

// Content says what an act is about: "Ruritania as observer of ALPS", "end of
// debt of A to B"; "" where it is not told.
func (w Words) Content(c *record.Content) string {
	switch {
	case c == nil:
		return ""
	case c.Kind == "":
		return c.Topic
	case c.Kind.IsAct():
		return w.actNoun(&c.Core)
	}
	s := w.Thing(&c.Core)
	switch {
	case c.Negated:
		s = "no " + s
	case c.Phase == record.Ends:
		s = "end of " + s
	}
	if d := Date(c.When); d != "" {
		s += ", " + d
	}
	return s
}

// actNoun names an act that is asked, promised or refused.
func (w Words) actNoun(c *record.Core) string {
	noun := actVerbs[c.Kind].noun
	if c.Negated {
		noun = "no " + noun
	}
	if who := c.Roles[record.RoleActor]; len(who) > 0 {
		noun += " by " + w.names(who)
	}
	if whom := c.Roles[record.RoleRecipient]; len(whom) > 0 {
		noun += " " + actVerbs[c.Kind].to + " " + w.names(whom)
	}
	if s := w.Content(c.Content); s != "" {
		noun += ": " + s
	}
	if d := Date(c.When); d != "" {
		noun += ", " + d
	}
	return noun
}

// Thing names a state of affairs: "diplomatic relations of A and B".
func (w Words) Thing(c *record.Core) string {
	one := func(role string) string { return w.inside(c.Roles.One(role)) }
	switch c.Kind {
	case record.Membership:
		return w.Name(c.Roles.One(record.RoleParty)) + " as " + tier(c) + " of " + w.Name(c.Roles.One(record.RoleBody))
	case record.Chair:
		return "chair of " + w.Name(c.Roles.One(record.RoleBody)) + " for " + w.Name(c.Roles.One(record.RoleHolder))
	case record.Relations:
		return level(c) + " relations of " + w.names(c.Roles[record.RoleParties])
	case record.Recognition:
		return "recognition of " + w.Name(c.Roles.One(record.RoleOf)) + prefixed(" as ", one(record.RoleAs)) + " by " + w.Name(c.Roles.One(record.RoleBy))
	case record.Succession:
		return "succession of " + w.Name(c.Roles.One(record.RoleSuccessor)) + " to " + w.Name(c.Roles.One(record.RolePredecessor))
	case record.Existence:
		return "existence of " + w.Name(c.Roles.One(record.RoleOf))
	case record.Office:
		if holder := c.Roles.One(record.RoleHolder); holder != "" {
			return holder + " as " + w.Post(c.Roles)
		}
		return w.Post(c.Roles)
	case record.Mission:
		return orWord(c.Roles.One(record.RoleType), "mission") + " of " + w.Name(c.Roles.One(record.RoleOf)) + " in " + w.Name(c.Roles.One(record.RoleIn))
	case record.Treaty:
		return w.treaty(c)
	case record.Debt:
		return w.debt(c)
	}
	return string(c.Kind)
}

func tier(c *record.Core) string { return orWord(c.Roles.One(record.RoleTier), "member") }

func level(c *record.Core) string { return orWord(c.Roles.One(record.RoleLevel), "diplomatic") }

func orWord(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// prefixed is the words with a prefix, "" where there are none.
func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

func (w Words) treaty(c *record.Core) string {
	return orWord(c.Roles.One(record.RoleName), "treaty") + prefixed(" of ", w.names(c.Roles[record.RoleParties])) +
		prefixed(", ", c.Roles.One(record.RoleStatus))
}

func (w Words) debt(c *record.Core) string {
	s := "debt of " + w.Name(c.Roles.One(record.RoleDebtor)) + prefixed(" to ", w.names(c.Roles[record.RoleCreditor]))
	s += prefixed(" of ", Money(c.Roles.One(record.RoleAmount), c.Roles.One(record.RoleCurrency)))
	return s + prefixed(", ", c.Roles.One(record.RoleChange))
}

// phases are what is said of a state of affairs in each phase, in the
// affirmative and negated.
var phases = map[record.Kind]map[record.Phase][2]string{
	record.Membership:  {record.Begins: {"begins", "did not begin"}, record.Holds: {"", "not so"}, record.Ends: {"ends", "not ended"}},
	record.Chair:       {record.Begins: {"begins", "did not begin"}, record.Holds: {"", "not so"}, record.Ends: {"ends", "not ended"}},
	record.Relations:   {record.Begins: {"established", "not established"}, record.Holds: {"in place", "none"}, record.Ends: {"cut", "not cut"}},
	record.Recognition: {record.Begins: {"", "withheld"}, record.Holds: {"in place", "none"}, record.Ends: {"withdrawn", "not withdrawn"}},
	record.Succession:  {record.Begins: {"", "not so"}, record.Holds: {"", "not so"}, record.Ends: {"ended", "not ended"}},
	record.Existence:   {record.Begins: {"begins", "did not begin"}, record.Holds: {"", "not so"}, record.Ends: {"ended", "not ended"}},
	record.Office:      {record.Begins: {"took office", "did not take office"}, record.Holds: {"in office", "not in office"}, record.Ends: {"left office", "did not leave office"}},
	record.Mission:     {record.Begins: {"opened", "not opened"}, record.Holds: {"open", "none"}, record.Ends: {"closed", "not closed"}},
	record.Treaty:      {record.Begins: {"", "not so"}, record.Holds: {"", "not so"}, record.Ends: {"", "not so"}},
	record.Debt:        {record.Begins: {"incurred", "not incurred"}, record.Holds: {"outstanding", "none outstanding"}, record.Ends: {"settled", "not settled"}},
}

func (w Words) state(c *record.Core) string {
	said := phases[c.Kind][c.Phase][0]
	if c.Negated {
		said = phases[c.Kind][c.Phase][1]
	}
	if c.Kind == record.Debt && !c.Negated && c.Roles.One(record.RoleChange) != "" {
		said = "" // the change says it: "rescheduled"
	}
	return capital(w.Thing(c) + prefixed(": ", said))
}

// inside names the parties inside a phrase of a role: "ambassador to KHM",
// "successor of SUN". Only whole words in capitals can be codes.
func (w Words) inside(s string) string {
	words := strings.Split(s, " ")
	for i, word := range words {
		if i > 0 && len(word) > 1 && word == strings.ToUpper(word) {
			words[i] = w.Name(word)
		}
	}
	return strings.Join(words, " ")
}

// capital writes the first letter as a capital.
func capital(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// Money writes an amount with its currency: "USD 1.5 billion", "EUR 12,500";
// the figures are never rounded. An amount alone has no currency, a currency
// alone says nothing.
func Money(amount, currency string) string {
	if amount == "" {
		return ""
	}
	whole, fraction, _ := strings.Cut(amount, ".")
	if strings.Trim(whole, "0123456789") != "" || strings.Trim(fraction, "0123456789") != "" {
		return strings.TrimSpace(currency + " " + amount)
	}
	return strings.TrimSpace(currency + " " + scaled(whole, fraction))
}

// scaled writes a number in millions, billions or trillions where that loses
// nothing, else with separators.
func scaled(whole, fraction string) string {
	for _, unit := range []struct {
		zeros int
		word  string
	}{{12, "trillion"}, {9, "billion"}, {6, "million"}} {
		if len(whole) <= unit.zeros || fraction != "" {
			continue
		}
		head, rest := whole[:len(whole)-unit.zeros], strings.TrimRight(whole[len(whole)-unit.zeros:], "0")
		if len(rest) <= 3 {
			return separated(head) + prefixed(".", rest) + " " + unit.word
		}
	}
	return separated(whole) + prefixed(".", fraction)
}

// separated puts a comma between groups of three digits.
func separated(digits string) string {
	var groups []string
	for len(digits) > 3 {
		groups = append(groups, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	groups = append(groups, digits)
	slices.Reverse(groups)
	return strings.Join(groups, ",")
}

// Phase says how a state of affairs stands: "established", "cut"; for what goes
// without saying the phase itself.
func Phase(k record.Kind, p record.Phase, negated bool) string {
	said := phases[k][p]
	i := 0
	if negated {
		i = 1
	}
	return orWord(said[i], string(p))
}

// Post names the office that roles tell: "prime minister of Cambodia",
// "ambassador of Russia to Cambodia".
func (w Words) Post(r record.Roles) string {
	post, to, ok := strings.Cut(w.inside(r.One(record.RolePost)), " to ")
	s := post + prefixed(" of ", w.names(r[record.RoleOf]))
	if ok {
		s += " to " + to
	}
	return s
}
