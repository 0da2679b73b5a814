package demarche

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"demarche/record"
)

// Compared are several accounts laid side by side.
type Compared struct {
	Names  []Name // of a meeting: who met
	Clocks record.Clocks
	Sides  []Account
	Points []record.Point // Said is in the order of Sides
}

// Account is one side of a comparison: the documents of one origin.
type Account struct {
	Origin    string // "" where documents were named
	Documents []record.Document
}

// Letter is how people are told which side: A is the first.
func Letter(side int) string { return string(rune('A' + side)) }

// Part is the points of a comparison on which the sides stand to each other alike.
type Part struct {
	Heading string // such as "said by A alone"
	Points  []*record.Point
}

// Parts are the points in the order in which people want them: what is
// contradicted, what all say, what some say, what one says alone. Parts without
// points are left out.
func (c *Compared) Parts() []Part {
	all := "said by all"
	if len(c.Sides) == 2 {
		all = "said by both"
	}
	headings := []string{"contradicted", all, "said by some"}
	for i := range c.Sides {
		headings = append(headings, "said by "+Letter(i)+" alone")
	}
	points := make([][]*record.Point, len(headings))
	for i := range c.Points {
		p := &c.Points[i]
		at := 2
		switch said := p.Speakers(); {
		case p.Stand == record.Contradicted:
			at = 0
		case p.Stand == record.SaidByAll:
			at = 1
		case len(said) == 1:
			at = 3 + said[0]
		}
		points[at] = append(points[at], p)
	}
	var out []Part
	for i, h := range headings {
		if len(points[i]) > 0 {
			out = append(out, Part{h, points[i]})
		}
	}
	return out
}

// Compare lays what two documents tell side by side: what both say, what one says
// alone, and where they contradict each other. Their names may be shortened.
func (d *Desk) Compare(ctx context.Context, a, b record.DocumentID, c record.Clocks) (Compared, error) {
	const op = "compare"
	out := Compared{Clocks: d.clocks(c)}
	var sides [][]*record.Stated
	for _, id := range []record.DocumentID{a, b} {
		told, err := d.Tells(ctx, id, c)
		if err != nil {
			return out, &Error{Op: op, Kind: KindOf(err), Err: err}
		}
		if len(out.Sides) > 0 && out.Sides[0].Documents[0].ID == told.Document.ID {
			return out, fail(op, Usage, "%s and %s are one document; name two", a, b)
		}
		out.Sides = append(out.Sides, Account{Documents: []record.Document{*withoutText(&told.Document)}})
		sides = append(sides, told.Claims)
	}
	out.Points = record.Compare(sides...)
	return out, nil
}

// mostAccounts bounds the sides of a comparison.
const mostAccounts = 8

// CompareMeeting lays side by side what independent origins tell of a and b on a
// day or in another time: of the documents that tell of an act between the two
// then, all claims that name both. Documents that print one story are one side.
func (d *Desk) CompareMeeting(ctx context.Context, a, b string, on record.When, c record.Clocks) (Compared, error) {
	const op = "compare"
	if on.IsZero() {
		return Compared{}, fail(op, Usage, "a meeting needs its day, such as 2019-05-07")
	}
	q, err := d.ask(ctx, op, c, a, b)
	if err != nil {
		return Compared{}, err
	}
	out := Compared{Names: q.names, Clocks: q.clocks}
	if len(q.names) < 2 || q.id(0) == q.id(1) {
		return out, fail(op, Usage, "a meeting is of two, such as Ghana and Togo")
	}
	view, err := d.questions().View(ctx, q.clocks, record.Query{Kinds: record.Acts(), Names: []string{q.id(0)}, With: []string{q.id(1)}, During: on})
	if err != nil {
		return out, storeError(op, err)
	}
	byOrigin := accounts(view, q.id(0), q.id(1), on)
	if len(byOrigin) < 2 {
		return out, fail(op, Unknown, "%s on record of %s and %s on %s; two are needed to compare", oneOrNo(len(byOrigin)), q.names[0], q.names[1], record.FormatEDTF(on))
	}
	if len(byOrigin) > mostAccounts {
		return out, fail(op, Usage, "%d independent accounts are on record of that time; name two documents", len(byOrigin))
	}
	err = d.sides(ctx, &out, byOrigin)
	return out, err
}

// Meeting is a day on which two parties acted together, as several independent
// origins tell.
type Meeting struct {
	On      record.When
	Origins int
}

// Meetings are the days, the latest first, of which at least two independent
// origins tell acts between a and b: those that CompareMeeting is asked about.
func (d *Desk) Meetings(ctx context.Context, a, b string, c record.Clocks) ([]Meeting, error) {
	const op = "meetings"
	q, err := d.ask(ctx, op, c, a, b)
	if err != nil {
		return nil, err
	}
	view, err := d.questions().View(ctx, q.clocks, record.Query{Kinds: record.Acts(), Names: []string{q.id(0)}, With: []string{q.id(1)}})
	if err != nil {
		return nil, storeError(op, err)
	}
	byDay := map[record.Day]map[string]bool{}
	for _, s := range view.Claims() {
		parties := s.Parties()
		if s.When.Days() != 1 || s.When.Earliest > q.clocks.On.Latest || !slices.Contains(parties, q.id(0)) || !slices.Contains(parties, q.id(1)) {
			continue
		}
		if byDay[s.When.Earliest] == nil {
			byDay[s.When.Earliest] = map[string]bool{}
		}
		byDay[s.When.Earliest][s.Origin()] = true
	}
	var out []Meeting
	for _, day := range slices.Backward(slices.Sorted(maps.Keys(byDay))) {
		if n := len(byDay[day]); n > 1 && n <= mostAccounts {
			out = append(out, Meeting{record.On(day), n})
		}
	}
	return out, nil
}

func oneOrNo(n int) string {
	if n == 0 {
		return "no account is"
	}
	return "one independent account alone is"
}

// vague is how many days the time of an act may have that is taken for one of a
// meeting, where a longer time is not asked about.
const vague = 31

// accounts are the documents of acts between a and b in a time, by origin. Acts of
// which it is hardly told when are none of it.
func accounts(view *record.View, a, b string, on record.When) map[string][]*record.Document {
	out := map[string][]*record.Document{}
	for _, s := range view.Claims() {
		parties, days := s.Parties(), s.When.Days()
		if !slices.Contains(parties, a) || !slices.Contains(parties, b) || days == 0 || days > max(on.Days(), vague) {
			continue
		}
		if docs := out[s.Origin()]; !slices.ContainsFunc(docs, func(d *record.Document) bool { return d.ID == s.Document.ID }) {
			out[s.Origin()] = append(docs, s.Document)
		}
	}
	return out
}

// sides fills in a comparison by origin, in order of publication.
func (d *Desk) sides(ctx context.Context, out *Compared, byOrigin map[string][]*record.Document) error {
	for _, origin := range slices.Sorted(maps.Keys(byOrigin)) {
		account := Account{Origin: origin}
		for _, doc := range byOrigin[origin] {
			account.Documents = append(account.Documents, *withoutText(doc))
		}
		slices.SortFunc(account.Documents, byPublication)
		out.Sides = append(out.Sides, account)
	}
	slices.SortStableFunc(out.Sides, func(x, y Account) int { return byPublication(x.Documents[0], y.Documents[0]) })
	var sides [][]*record.Stated
	for _, account := range out.Sides {
		var ids []record.DocumentID
		for i := range account.Documents {
			ids = append(ids, account.Documents[i].ID)
		}
		view, err := d.questions().View(ctx, out.Clocks, record.Query{Documents: ids})
		if err != nil {
			return storeError("compare", err)
		}
		sides = append(sides, slices.DeleteFunc(view.Claims(), func(s *record.Stated) bool {
			named := namedIn(&s.Core)
			return !slices.Contains(named, out.Names[0].ID) || !slices.Contains(named, out.Names[1].ID)
		}))
	}
	out.Points = record.Compare(sides...)
	return nil
}

// namedIn are the names in a core and in what is inside of it.
func namedIn(c *record.Core) []string {
	names := c.Names()
	for in := c.Content; in != nil; in = in.Content {
		names = append(names, in.Names()...)
	}
	return names
}

func byPublication(a, b record.Document) int {
	return cmp.Or(cmp.Compare(a.Published.Latest, b.Published.Latest), strings.Compare(string(a.ID), string(b.ID)))
}
