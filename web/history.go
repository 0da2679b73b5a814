package web

import (
	"cmp"
	"slices"
	"strings"

	"demarche/brief"
	"demarche/record"
	"demarche/web/picture"
)

// spans are the bars of a timeline: its own, and before them those of its
// predecessors, up to when they ended.
func (l links) spans(t *record.Timeline, class, label string) []picture.Item {
	var out []picture.Item
	for _, in := range t.Inherited {
		out = append(out, l.inherited(t, in, class)...)
	}
	for i := range t.Spans {
		out = append(out, l.span(t, &t.Spans[i], class, label))
	}
	return out
}

func (l links) span(t *record.Timeline, s *record.Span, class, label string) picture.Item {
	core := record.Core{Kind: t.Kind, Roles: t.Roles}
	it := picture.Item{Begin: s.Begin, End: s.End, Seen: s.Seen, Class: class, Label: label, Title: l.words.Thing(&core) + ": " + lasted(s)}
	if claims := slices.Concat(s.Support, s.Closed); len(claims) > 0 {
		it.Href = l.claim(claims[0])
	}
	if len(s.Support) == 0 { // nothing but its end is told
		it.Begin = record.When{Latest: cmp.Or(s.End.Earliest, s.End.Latest)}
	}
	return it
}

// inherited are the bars of a predecessor, cut off where it ended, and the one
// that goes on for the successor where nothing else is told.
func (l links) inherited(t *record.Timeline, in record.Inherited, class string) []picture.Item {
	var out []picture.Item
	end := in.Timeline.Life.Latest
	for _, it := range l.spans(in.Timeline, class+" inherited", l.words.Name(in.From)) {
		if end != 0 && it.End.IsZero() {
			it.End = record.On(end)
			it.Seen = 0
		}
		it.Title += " (inherited from " + l.words.Name(in.From) + ")"
		out = append(out, it)
	}
	if end == 0 || len(t.Spans) > 0 {
		return out
	}
	if at := in.Timeline.At(record.On(end)); at.Truth == record.Yes || at.Truth == record.Possibly {
		carried := picture.Item{Begin: record.On(end + 1), Seen: end + 1, Class: class + " carried", Label: "as successor",
			Title: "goes on for " + l.words.Name(in.To) + " as successor of " + l.words.Name(in.From) + "; no claim of its own"}
		if len(at.Support) > 0 {
			carried.Href = l.claim(at.Support[0])
		}
		out = append(out, carried)
	}
	return out
}

// lasted says from when to when a span was.
func lasted(s *record.Span) string {
	begin, end := "beginning not told", ""
	switch {
	case s.Begin.Earliest != 0:
		begin = "from " + brief.Date(s.Begin)
	case s.Begin.Latest != 0:
		begin = "begun by " + brief.Date(record.On(s.Begin.Latest))
	}
	switch {
	case !s.End.IsZero():
		end = ", to " + brief.Date(s.End)
		if s.Inferred {
			end += " (inferred)"
		}
	case s.Seen != 0:
		end = ", last told of " + brief.Date(record.On(s.Seen))
	}
	return begin + end
}

// turns are the marks of the claims on which a timeline's spans begin and end.
func (l links) turns(t *record.Timeline) []picture.Item {
	var out []picture.Item
	for _, in := range t.Inherited {
		out = append(out, l.turns(in.Timeline)...)
		for _, by := range in.By {
			out = append(out, l.happened(by, "square", "succession"))
		}
	}
	for i := range t.Spans {
		for _, s := range t.Spans[i].Support {
			if s.Phase == record.Begins {
				out = append(out, l.happened(s, "circle", "begin"))
			}
		}
		for _, s := range t.Spans[i].Closed {
			out = append(out, l.happened(s, "square", "end"))
		}
	}
	return out
}

// happened is the mark of a claim.
func (l links) happened(s *record.Stated, shape, class string) picture.Item {
	return picture.Item{Begin: s.Time(), Shape: shape, Class: class, Title: dated(s.When) + ": " + l.words.Claim(&s.Core), Href: l.claim(s)}
}

// shapes are how acts are drawn: by shape, since colour alone tells too little.
var shapes = map[record.Kind]struct{ lane, shape, class string }{
	record.Consult:   {laneTalks, "circle", "talks"},
	record.Agree:     {laneTogether, "square", "coop"},
	record.Support:   {laneTogether, "square", "coop"},
	record.Concede:   {laneTogether, "square", "coop"},
	record.Cooperate: {laneTogether, "square", "coop"},
	record.Aid:       {laneTogether, "square", "coop"},
	record.Retreat:   {laneTogether, "square", "coop"},
	record.Accuse:    {laneAgainst, "triangle", "against"},
	record.Reject:    {laneAgainst, "triangle", "against"},
	record.Threaten:  {laneAgainst, "triangle", "against"},
	record.Protest:   {laneAgainst, "triangle", "against"},
	record.Sanction:  {laneAgainst, "triangle", "against"},
	record.Mobilize:  {laneAgainst, "triangle", "against"},
	record.Coerce:    {laneAgainst, "triangle", "against"},
	record.Assault:   {laneAgainst, "triangle", "against"},
}

const (
	laneTalks    = "Talks and visits"
	laneTogether = "Agreement and support"
	laneAgainst  = "Dispute and pressure"
)

// acts are the lanes of acts, by what sort they are.
func (l links) acts(all []*record.Stated) []picture.Lane {
	var out []picture.Lane
	for _, name := range []string{laneTalks, laneTogether, laneAgainst} {
		lane := picture.Lane{Label: name}
		for _, s := range all {
			if how := shapes[s.Kind]; how.lane == name && !s.Negated && !s.Time().IsZero() {
				lane.Items = append(lane.Items, l.happened(s, how.shape, how.class))
			}
		}
		if len(lane.Items) > 0 {
			out = append(out, lane)
		}
	}
	return out
}

// requests is the lane of requests in one direction, each drawn by what came of
// it, with its answers.
func (l links) requests(label string, threads []*record.Thread) picture.Lane {
	lane := picture.Lane{Label: label}
	for _, t := range threads {
		it := l.happened(t.Request, "diamond", "request "+statusClass(t.Status))
		it.Title += " (" + string(t.Status) + ")"
		lane.Items = append(lane.Items, it)
		for _, r := range t.Answers {
			answer := l.happened(r.Claim, "circle", "answer "+statusClass(r.Status))
			answer.Title += " (" + string(r.Status) + ")"
			lane.Items = append(lane.Items, answer)
		}
	}
	return lane
}

func statusClass(s record.Status) string { return strings.ReplaceAll(string(s), " ", "-") }

// debts are the lanes of debts: a bar for as long as it stands, a mark for every
// figure and event.
func (l links) debts(accounts []*record.Account) []picture.Lane {
	var out []picture.Lane
	for _, a := range accounts {
		lane := picture.Lane{Label: l.words.Name(a.Debtor) + " owes " + l.words.Name(a.Creditor)}
		if a.Timeline != nil {
			lane.Items = l.spans(a.Timeline, "debt", "")
		}
		for _, f := range a.Figures {
			it := l.happened(f.Claim, "square", "figure")
			it.Title = dated(f.Claim.When) + ": " + brief.Money(f.Amount, f.Currency) + ", says " + l.words.Name(f.Claimant)
			lane.Items = append(lane.Items, it)
		}
		for _, e := range a.Events {
			if e.Roles.One(record.RoleAmount) == "" {
				lane.Items = append(lane.Items, l.happened(e, "circle", "event"))
			}
		}
		out = append(out, lane)
	}
	return out
}

// lanesBy makes one lane of the timelines that have the same key, in the order
// in which the keys first come.
func (l links) lanesBy(ts []*record.Timeline, key func(*record.Timeline) string, class func(*record.Timeline) string) []picture.Lane {
	var out []picture.Lane
	for _, t := range ts {
		k := key(t)
		i := slices.IndexFunc(out, func(lane picture.Lane) bool { return lane.Label == k })
		if i < 0 {
			out = append(out, picture.Lane{Label: k})
			i = len(out) - 1
		}
		out[i].Items = append(out[i].Items, l.spans(t, class(t), l.words.Name(t.Value))...)
	}
	return slices.DeleteFunc(out, func(lane picture.Lane) bool { return len(lane.Items) == 0 })
}
