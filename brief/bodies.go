package brief

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"demarche/record"
)

// organisations are the bodies to which both belong in some tier.
func (c *composer) organisations() (Section, error) {
	s := Section{Heading: "Organisations shared", Empty: "No organisation on record to which both belong."}
	mine, err := c.belongs(c.a)
	if err != nil {
		return s, err
	}
	theirs, err := c.belongs(c.b)
	if err != nil {
		return s, err
	}
	for _, body := range mine.order {
		x, y := mine.by[body], theirs.by[body]
		if y == nil {
			continue
		}
		l := Line{Text: fmt.Sprintf("%s: %s; %s", c.words.Name(body), c.belonging(c.a, x), c.belonging(c.b, y)), claims: slices.Concat(x.Now.Support, y.Now.Support)}
		chair, err := c.chair(body)
		if err != nil {
			return s, err
		}
		l.Sub = chair
		s.Lines = append(s.Lines, l)
	}
	s.Lines = cut(s.Lines, most, "organisations")
	return s, nil
}

// belongings are the memberships of a polity on the day, by body.
type belongings struct {
	order []string
	by    map[string]*record.Timeline
}

func (c *composer) belongs(polity string) (belongings, error) {
	out := belongings{by: map[string]*record.Timeline{}}
	ts, err := c.q.Memberships(c.ctx, polity, c.clocks)
	for _, t := range ts {
		c.clashes = append(c.clashes, t.Conflicts...)
		body := t.Roles.One(record.RoleBody)
		if t.Now.Truth != record.Yes && t.Now.Truth != record.Possibly || out.by[body] != nil {
			continue
		}
		out.by[body] = t
		out.order = append(out.order, body)
	}
	slices.Sort(out.order)
	return out, err
}

func (c *composer) belonging(polity string, t *record.Timeline) string {
	s := c.words.Name(polity) + " " + cmp.Or(t.Value, "member")
	if t.Now.Truth == record.Possibly {
		s += " (possibly)"
	}
	return s + since(t.Now.Since)
}

// since says from when it was so, where that is told.
func since(w record.When) string {
	switch {
	case w.IsZero() || w.Earliest == 0:
		return ""
	case strings.Contains(Date(w), " to "):
		return ", since between " + strings.Replace(Date(w), " to ", " and ", 1)
	}
	return ", since " + Date(w)
}

// chair tells if one of the two chairs a body on the day.
func (c *composer) chair(body string) ([]Line, error) {
	ts, err := c.q.Chairs(c.ctx, body, c.clocks)
	var out []Line
	for _, t := range ts {
		if (t.Value == c.a || t.Value == c.b) && (t.Now.Truth == record.Yes || t.Now.Truth == record.Possibly) {
			l := Line{Text: c.words.Name(t.Value) + " in the chair", claims: t.Now.Support}
			if t.Now.Truth == record.Possibly {
				l.Mark = "possibly"
			}
			out = append(out, l)
		}
	}
	return out, err
}
