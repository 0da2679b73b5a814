package record_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"demarche/record"
)

// deed is an act between two on a day of May 2019, 0 where that is not told.
func deed(kind record.Kind, actor, recipient string, day int, edit ...func(*record.Core)) record.Core {
	c := record.Core{Kind: kind, Phase: record.Occurs, Roles: record.Roles{record.RoleActor: {actor}, record.RoleRecipient: {recipient}}}
	if day > 0 {
		c.When = record.On(record.DayOf(2019, 5, day))
	}
	for _, e := range edit {
		e(&c)
	}
	return c
}

func denied(c *record.Core)               { c.Negated = true }
func topic(s string) func(c *record.Core) { return about(record.Content{Topic: s}) }
func about(in record.Content) func(c *record.Core) {
	return func(c *record.Core) { c.Content = &in }
}

// loan is an amount that one owes the other.
func loan(amount, currency string) record.Core {
	return record.Core{Kind: record.Debt, Phase: record.Holds, When: record.On(record.DayOf(2019, 5, 7)),
		Roles: record.Roles{record.RoleDebtor: {"TGO"}, record.RoleCreditor: {"GHA"}, record.RoleAmount: {amount}, record.RoleCurrency: {currency}}}
}

func TestCompare(t *testing.T) {
	in := func(core record.Core, when string) record.Core {
		core.When, _ = record.ParseEDTF(when)
		return core
	}
	ties := relations("TGO", "GHA", record.Begins, "")
	bid := func(tier string) func(*record.Core) {
		return about(record.Content{Core: record.Core{Kind: record.Membership, Phase: record.Begins, Roles: record.Roles{record.RoleParty: {"TGO"}, record.RoleBody: {"AU"}, record.RoleTier: {tier}}}})
	}
	tests := []struct {
		name string
		a, b record.Core
		want string // all, some some, or contradicted with what they differ in
	}{
		{"talks, whoever is named first", deed(record.Consult, "TGO", "GHA", 7), deed(record.Consult, "GHA", "TGO", 7), "all"},
		{"talks, once without a day", deed(record.Consult, "TGO", "GHA", 7), deed(record.Consult, "GHA", "TGO", 0), "all"},
		{"a request has a direction", deed(record.Request, "TGO", "GHA", 7), deed(record.Request, "GHA", "TGO", 7), "some some"},
		{"acts of two kinds", deed(record.Request, "TGO", "GHA", 7), deed(record.Consult, "TGO", "GHA", 7), "some some"},
		{"talks of one day apart", deed(record.Consult, "TGO", "GHA", 7), deed(record.Consult, "GHA", "TGO", 8), "contradicted date"},
		{"talks of weeks apart", deed(record.Consult, "TGO", "GHA", 7), deed(record.Consult, "GHA", "TGO", 28), "some some"},
		{"denied", deed(record.Request, "TGO", "GHA", 7), deed(record.Request, "TGO", "GHA", 7, denied), "contradicted denial"},
		{"asked for one thing", deed(record.Request, "TGO", "GHA", 7, topic("support for the bid")), deed(record.Request, "TGO", "GHA", 7, topic("Support of its bid")), "all"},
		{"asked for two things", deed(record.Request, "TGO", "GHA", 7, topic("fish")), deed(record.Request, "TGO", "GHA", 7, topic("salt")), "some some"},
		{"asked, of what is told once", deed(record.Request, "TGO", "GHA", 7, topic("fish")), deed(record.Request, "TGO", "GHA", 7), "all"},
		{"asked for a seat", deed(record.Request, "TGO", "GHA", 7, bid("observer")), deed(record.Request, "TGO", "GHA", 7, bid("observer")), "all"},
		{"asked for another seat", deed(record.Request, "TGO", "GHA", 7, bid("observer")), deed(record.Request, "TGO", "GHA", 7, bid("member")), "contradicted content"},
		{"figures", loan("5", "USD"), loan("6", "USD"), "contradicted figures"},
		{"figures in two currencies", loan("5", "USD"), loan("6", "EUR"), "all"},
		{"figures told two days apart", loan("5", "USD"), in(loan("6", "USD"), "2019-05-09"), "contradicted figures"},
		{"figures of two years", loan("5", "USD"), in(loan("6", "USD"), "2018"), "some some"},
		{"a year and a day in it", in(ties, "1960"), in(ties, "1960-04-27"), "all"},
		{"another year", in(ties, "1960"), in(ties, "1961"), "contradicted date"},
		{"a beginning long after", in(ties, "1960"), in(ties, "1985"), "some some"},
		{"seen to hold when it began", in(ties, "1960"), in(relations("TGO", "GHA", record.Holds, ""), "1960"), "all"},
		{"ends when it begins", in(ties, "1960"), in(relations("TGO", "GHA", record.Ends, ""), "1960"), "contradicted phase"},
		{"ends later", in(ties, "1960"), in(relations("TGO", "GHA", record.Ends, ""), "1970"), "some some"},
		{"tiers", in(tier("TGO", "member", record.Begins, ""), "1963"), in(tier("TGO", "observer", record.Begins, ""), "1963"), "contradicted value"},
		{"a tier that is told once", in(tier("TGO", "member", record.Begins, ""), "1963"), in(tier("TGO", "", record.Begins, ""), "1963"), "all"},
		{"other parties", in(ties, "1960"), in(relations("TGO", "BEN", record.Begins, ""), "1960"), "some some"},
	}
	for _, tt := range tests {
		doc := &record.Document{Publisher: "Mail", Published: record.On(record.DayOf(2019, 5, 8))}
		a := &record.Stated{Claim: record.Claim{ID: "a", Core: tt.a}, Document: doc}
		b := &record.Stated{Claim: record.Claim{ID: "b", Core: tt.b}, Document: doc}
		for _, sides := range [][2][]*record.Stated{{{a}, {b}}, {{b}, {a}}} {
			var got []string
			for _, p := range record.Compare(sides[0], sides[1]) {
				got = append(got, strings.TrimSpace(fmt.Sprint(p.Stand, " ", strings.Trim(fmt.Sprint(p.Differ), "[]"))))
				if len(p.Said) != 2 || p.Stand != record.SaidBySome && len(p.Said[0])*len(p.Said[1]) == 0 {
					t.Errorf("%s: said %v", tt.name, p.Said)
				}
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
			}
		}
		// Nobody contradicts himself in a comparison with another.
		if points := record.Compare([]*record.Stated{a, b}, nil); slices.ContainsFunc(points, func(p record.Point) bool { return p.Stand != record.SaidBySome }) {
			t.Errorf("%s: one side alone gives %+v", tt.name, points)
		}
	}
}

func TestCompareManySides(t *testing.T) {
	doc := &record.Document{Publisher: "Mail", Published: record.On(record.DayOf(2019, 5, 8))}
	say := func(id record.ClaimID, c record.Core) *record.Stated {
		return &record.Stated{Claim: record.Claim{ID: id, Core: c}, Document: doc}
	}
	talks, ask, no := deed(record.Consult, "TGO", "GHA", 7), deed(record.Request, "TGO", "GHA", 7, topic("fish")), deed(record.Request, "TGO", "GHA", 7, topic("fish"), denied)
	points := record.Compare(
		[]*record.Stated{say("1", talks), say("2", ask)},
		[]*record.Stated{say("3", talks)},
		[]*record.Stated{say("4", talks), say("5", talks), say("6", no)})
	if len(points) != 2 || points[0].Stand != record.SaidByAll || len(points[0].Said[2]) != 2 || points[1].Stand != record.Contradicted || len(points[1].Said[1]) != 0 {
		t.Errorf("%+v", points)
	}
	// What leaves the day open makes no one matter of two.
	points = record.Compare([]*record.Stated{say("1", talks), say("2", deed(record.Consult, "GHA", "TGO", 28))}, []*record.Stated{say("3", deed(record.Consult, "TGO", "GHA", 0))})
	if len(points) != 2 || points[0].Stand != record.SaidByAll || points[1].Stand != record.SaidBySome {
		t.Errorf("%+v", points)
	}
	if got := record.Compare(); len(got) != 0 {
		t.Errorf("nothing gives %v", got)
	}
}
