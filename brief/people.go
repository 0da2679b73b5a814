package brief

import (
	"cmp"
	"slices"
	"strings"

	"demarche/record"
)

// seniority orders posts for people who prepare a meeting.
var seniority = []string{"head of state", "head of government", "foreign minister", "deputy head of state", "deputy head of government", "ambassador", "minister", "envoy"}

// people are who is who on either side on the day.
func (c *composer) people() (Section, error) {
	s := Section{Heading: "Who is who", Empty: "No office holder on record."}
	for _, side := range []struct{ of, other string }{{c.a, c.b}, {c.b, c.a}} {
		ts, err := c.q.Offices(c.ctx, side.of, c.clocks)
		if err != nil {
			return s, err
		}
		var lines []Line
		var ranks []int
		var holders []string
		for _, t := range ts {
			c.clashes = append(c.clashes, t.Conflicts...)
			rank, ok := c.rank(t, side.other)
			if !ok || t.Roles.One(record.RoleOf) != side.of || t.Now.Truth != record.Yes && t.Now.Truth != record.Possibly {
				continue
			}
			lines, ranks, holders = append(lines, c.holder(t)), append(ranks, rank), append(holders, t.Value)
		}
		order := make([]int, len(lines))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(ranks[i], ranks[j]) })
		var sorted []Line
		seen := map[string]bool{} // one line a person: the highest post
		for _, i := range order {
			if !seen[holders[i]] {
				sorted = append(sorted, lines[i])
			}
			seen[holders[i]] = true
		}
		s.Lines = append(s.Lines, cut(sorted, 6, "office holders of "+c.words.Name(side.of))...)
	}
	return s, nil
}

// rank is where an office stands among those that matter between the two;
// ambassadors to third states do not.
func (c *composer) rank(t *record.Timeline, other string) (int, bool) {
	post := t.Roles.One(record.RolePost)
	if to, ok := strings.CutPrefix(post, "ambassador to "); ok {
		return 3, to == other
	}
	if post == "foreign minister" {
		return 2, true
	}
	class := ""
	if p := c.almanac.Post(post); p != nil {
		class = p.Class
	}
	i := slices.Index(seniority, class)
	if i < 0 {
		return len(seniority), true
	}
	if class == "ambassador" {
		return 3, true
	}
	return 2 * i, true
}

func (c *composer) holder(t *record.Timeline) Line {
	l := Line{Text: t.Value + ", " + c.words.Post(t.Roles), claims: t.Now.Support}
	l.Text += since(t.Now.Since)
	switch {
	case t.Now.Truth == record.Possibly && t.Now.Told.Latest != 0:
		l.Mark = "possibly; as of " + Date(t.Now.Told)
	case t.Now.Truth == record.Possibly:
		l.Mark = "possibly"
	}
	return l
}
