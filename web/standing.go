package web

import (
	"cmp"
	"slices"

	"demarche/brief"
	"demarche/record"
)

// standing is how a state of affairs stands on the day of the question, as a row
// of a table.
type standing struct {
	Names   []nameLink // who and what it is about
	Value   string     // tier, level, holder
	Truth   string     // yes, possibly, no, unknown
	Since   string
	Note    string // why it is only possibly so, what it is inherited from
	Sources []statement
	More    int // further independent origins
	Dispute bool
}

// mostSources bounds the sources in a row.
const mostSources = 2

func (s *Server) standing(l links, t *record.Timeline, names ...string) standing {
	out := standing{Value: t.Value, Truth: string(t.Now.Truth), Since: since(t), Note: t.Now.Note, Dispute: slices.ContainsFunc(t.Conflicts, func(c *record.Conflict) bool { return c.Settled == nil })}
	for _, n := range names {
		out.Names = append(out.Names, s.link(l, n))
	}
	if from := t.Now.Inherited; from != "" {
		out.Note = "inherited from " + l.words.Name(from)
	}
	out.Sources, out.More = l.sources(evidence(t))
	return out
}

// sources are the first few claims, of independent origins, and how many further
// origins there are.
func (l links) sources(all []*record.Stated) (out []statement, more int) {
	seen := map[string]bool{}
	for _, c := range all {
		if seen[c.Origin()] {
			continue
		}
		seen[c.Origin()] = true
		if len(out) < mostSources {
			out = append(out, l.statement(c))
		}
	}
	return out, len(seen) - len(out)
}

// since says from when it was so or, where it is not known to be so, when it was
// told of.
func since(t *record.Timeline) string {
	switch t.Now.Truth {
	case record.Yes, record.Possibly:
		return cmp.Or(brief.Date(t.Now.Since), "not told")
	case record.No:
		for i := range slices.Backward(t.Spans) {
			if end := brief.Date(t.Spans[i].End); end != "" {
				return "ended " + end
			}
		}
		return ""
	}
	if len(t.Spans) > 0 {
		return "told of " + brief.Date(t.Spans[0].Begin)
	}
	return ""
}

// evidence are the claims that an answer rests on or, where nothing is known for
// that time, all that the timeline has.
func evidence(t *record.Timeline) []*record.Stated {
	out := slices.Concat(t.Now.Support, t.Now.Against)
	if len(out) > 0 {
		return out
	}
	for i := range t.Spans {
		out = append(append(out, t.Spans[i].Support...), t.Spans[i].Closed...)
	}
	return append(out, t.Denied...)
}

// truths orders answers, what is so first.
var truths = []record.Truth{record.Yes, record.Possibly, record.Unknown, record.No}

func truthRank(t *record.Timeline) int { return slices.Index(truths, t.Now.Truth) }

// current are the timelines that are or may be so, and other the rest.
func current(ts []*record.Timeline) (now, other []*record.Timeline) {
	for _, t := range ts {
		if t.Now.Truth == record.Yes || t.Now.Truth == record.Possibly {
			now = append(now, t)
		} else {
			other = append(other, t)
		}
	}
	return now, other
}
