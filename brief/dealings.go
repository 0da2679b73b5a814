package brief

import (
	"cmp"
	"slices"
	"strings"

	"demarche/record"
)

// between are the acts of a and b with each other, told of by the day, the
// newest first.
func (c *composer) between(take func(*record.Stated) bool) ([]*record.Stated, error) {
	if !c.looked {
		all, err := c.q.Chronicle(c.ctx, c.a, c.b, c.clocks)
		if err != nil {
			return nil, err
		}
		c.acted = slices.DeleteFunc(all, func(s *record.Stated) bool { return s.Time().Earliest > c.on || !c.both(s) })
		slices.SortStableFunc(c.acted, func(x, y *record.Stated) int { return cmp.Compare(y.Time().Latest, x.Time().Latest) })
		c.looked = true
	}
	var out []*record.Stated
	for _, s := range c.acted {
		if take(s) {
			out = append(out, s)
		}
	}
	return out, nil
}

// both reports whether both sides are parties to an act.
func (c *composer) both(s *record.Stated) bool {
	if !s.Kind.IsAct() {
		return false
	}
	p := s.Parties()
	return slices.Contains(p, c.a) && slices.Contains(p, c.b)
}

// acts tells acts, those that say the same as one line.
func (c *composer) acts(claims []*record.Stated) []Line {
	var out []Line
	seen := map[string]int{}
	var groups [][]*record.Stated
	for _, s := range claims {
		key := Date(s.When) + "|" + c.words.Claim(&s.Core)
		if s.Kind == record.Consult {
			key = Date(s.When) + "|CONSULT" // one day's talks are one line
		}
		if i, ok := seen[key]; ok {
			groups[i] = append(groups[i], s)
			continue
		}
		seen[key] = len(groups)
		groups = append(groups, []*record.Stated{s})
	}
	for _, g := range groups {
		best := g[0]
		for _, s := range g {
			if named(s) > named(best) {
				best = s
			}
		}
		out = append(out, c.line(c.words.Claim(&best.Core), "", append([]*record.Stated{best}, slices.DeleteFunc(slices.Clone(g), func(s *record.Stated) bool { return s == best })...)...))
	}
	return out
}

// named counts the persons that a claim names.
func named(s *record.Stated) int {
	return len(s.Roles[record.RoleActorPersons]) + len(s.Roles[record.RoleRecipientPersons])
}

// contacts are the last talks, calls and visits.
func (c *composer) contacts() (Section, error) {
	s := Section{Heading: "Last contacts", Empty: "No meeting, call or visit on record."}
	claims, err := c.between(func(s *record.Stated) bool { return s.Kind == record.Consult && !s.Negated })
	s.Lines = cut(c.acts(claims), 5, "earlier contacts")
	return s, err
}

// requests are those of which something is still to be expected, either way.
func (c *composer) requests() (Section, error) {
	s := Section{Heading: "Open requests", Empty: "No open request on record, either way."}
	for _, side := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
		threads, err := c.q.Requests(c.ctx, side[0], side[1], c.clocks)
		if err != nil {
			return s, err
		}
		slices.Reverse(threads)
		var lines []Line
		for _, t := range threads {
			if t.Status.Pending() {
				lines = append(lines, c.request(t))
			}
		}
		s.Lines = append(s.Lines, cut(lines, 6, "open requests")...)
	}
	return s, nil
}

func (c *composer) request(t *record.Thread) Line {
	l := c.line(c.words.Claim(&t.Request.Core), "", append([]*record.Stated{t.Request}, t.Repeats...)...)
	if !t.Asked.IsZero() { // a request told without its date has that of those that repeat it
		l.Date = Date(t.Asked)
	}
	state := string(t.Status)
	if n := t.Age(c.on); n >= 0 {
		state += ", asked " + Ago(c.on-record.Day(n), c.on)
	}
	l.Mark = strings.Trim(state+"; "+l.Mark, "; ")
	if again := t.Again(); again != nil {
		l.Sub = append(l.Sub, c.line("Asked again", "", again))
	}
	if last := t.Last(); last != nil {
		l.Sub = append(l.Sub, c.line("Last answer: "+c.words.Claim(&last.Claim.Core), string(last.Status), last.Claim))
	} else {
		l.Sub = append(l.Sub, Line{Text: "No answer on record", claims: first(l.claims)})
	}
	return l
}

// agreements are treaties between the two and what they agreed.
func (c *composer) agreements() (Section, error) {
	s := Section{Heading: "Agreements", Empty: "No agreement on record."}
	ts, err := c.q.States(c.ctx, record.Treaty, c.a, c.b, c.clocks)
	if err != nil {
		return s, err
	}
	for _, t := range ts {
		s.Lines = append(s.Lines, c.history(t, "")...)
	}
	claims, err := c.between(func(s *record.Stated) bool { return s.Kind == record.Agree && !s.Negated })
	s.Lines = cut(append(s.Lines, c.acts(claims)...), most, "agreements and promises")
	return s, err
}
