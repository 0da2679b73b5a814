package record_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"demarche/record"
)

// told is a log as it is being told: each line a claim of a document of its own.
type told struct{ log record.Log }

// say adds a claim of a document that a publisher put out on a day, and names
// it.
func (l *told) say(publisher, day string, core record.Core) record.ClaimID {
	n := len(l.log.Documents)
	d := record.Document{Title: fmt.Sprint("item ", n), Publisher: publisher, Published: days(day, day)}
	d.Recorded = record.At(time.Date(2022, 1, 1, 0, n, 0, 0, time.UTC))
	d.ID = d.Hash()
	c := record.Claim{Core: core, Citations: []record.Citation{{Document: d.ID, End: 10}}, Recorded: d.Recorded}
	c.ID = c.Identity()
	l.log.Documents, l.log.Claims = append(l.log.Documents, d), append(l.log.Claims, c)
	return c.ID
}

// decide adds a decision taken after all that was said so far.
func (l *told) decide(d record.Decision) {
	d.Recorded = record.At(time.Date(2023, 1, 1, 0, len(l.log.Decisions), 0, 0, time.UTC))
	l.log.Decisions = append(l.log.Decisions, d)
}

func (l *told) on(day string) *record.View {
	return l.log.View(record.Clocks{On: days(day, day)}, almanac{})
}

func date(s string) record.When {
	if s == "" {
		return record.When{}
	}
	w, err := record.ParseEDTF(s)
	if err != nil {
		panic(err)
	}
	return w
}

func state(kind record.Kind, phase record.Phase, when string, roles ...string) record.Core {
	c := record.Core{Kind: kind, Phase: phase, When: date(when), Roles: record.Roles{}}
	for i := 0; i < len(roles); i += 2 {
		c.Roles[roles[i]] = append(c.Roles[roles[i]], roles[i+1])
	}
	return c
}

func tier(party, tier string, phase record.Phase, when string) record.Core {
	return state(record.Membership, phase, when, record.RoleParty, party, record.RoleBody, "LG", record.RoleTier, tier)
}

func relations(a, b string, phase record.Phase, when string) record.Core {
	return state(record.Relations, phase, when, record.RoleParties, a, record.RoleParties, b)
}

func act(kind record.Kind, when, from, to string, about *record.Content) record.Core {
	c := state(kind, record.Occurs, when, record.RoleActor, from, record.RoleRecipient, to)
	c.Content = about
	return c
}

func TestTimelineOnDays(t *testing.T) {
	for _, c := range []struct {
		name  string
		cores []record.Core
		days  map[string]record.Truth
	}{
		{"begun in a year", []record.Core{relations("NOR", "EST", record.Begins, "1950")},
			map[string]record.Truth{"1949-12-31": record.No, "1950-06-01": record.Possibly, "1950-12-31": record.Yes, "2000-01-01": record.Yes}},
		{"seen to hold", []record.Core{relations("NOR", "EST", record.Holds, "1990-05-05")},
			map[string]record.Truth{"1980-01-01": record.Unknown, "1990-05-05": record.Yes, "1995-01-01": record.Yes}},
		{"cut in a year", []record.Core{relations("NOR", "EST", record.Begins, "1950"), relations("NOR", "EST", record.Ends, "1960")},
			map[string]record.Truth{"1955-01-01": record.Yes, "1960-06-01": record.Possibly, "1961-01-01": record.No}},
		{"cut and resumed", []record.Core{relations("NOR", "EST", record.Begins, "1950"), relations("NOR", "EST", record.Ends, "1960"), relations("NOR", "EST", record.Begins, "1970-03")},
			map[string]record.Truth{"1965-01-01": record.No, "1970-03-15": record.Possibly, "1970-04-01": record.Yes}},
		{"order of telling does not count", []record.Core{relations("NOR", "EST", record.Ends, "1960"), relations("EST", "NOR", record.Begins, "1950")},
			map[string]record.Truth{"1955-01-01": record.Yes, "1961-01-01": record.No}},
	} {
		var l told
		for _, core := range c.cores {
			l.say("The Courier", "2021-01-01", core)
		}
		for day, want := range c.days {
			ts := l.on(day).Relations("NOR", "EST")
			if len(ts) != 1 || ts[0].Now.Truth != want {
				t.Errorf("%s, on %s: %v, want %s", c.name, day, truths(ts), want)
			}
		}
	}
	var l told
	if ts := l.on("2000-01-01").Relations("NOR", "EST"); len(ts) != 0 {
		t.Errorf("of nothing told: %v", truths(ts))
	}
}

func truths(ts []*record.Timeline) map[string]record.Truth {
	out := map[string]record.Truth{}
	for _, t := range ts {
		out[t.Value] = t.Now.Truth
	}
	return out
}

func TestHigherTierEndsLower(t *testing.T) {
	var l told
	l.say("The Courier", "2021-01-01", tier("NOR", "observer", record.Begins, "2005-06-01"))
	l.say("The Courier", "2021-01-01", tier("NOR", "member", record.Begins, "2010-06-01"))
	for day, want := range map[string][2]record.Truth{
		"2007-01-01": {record.Yes, record.No}, "2015-01-01": {record.No, record.Yes}, "2000-01-01": {record.No, record.No},
	} {
		got := truths(l.on(day).Memberships("NOR"))
		if got["observer"] != want[0] || got["member"] != want[1] {
			t.Errorf("on %s: %v, want observer %s, member %s", day, got, want[0], want[1])
		}
	}
	for _, tl := range l.on("2015-01-01").Memberships("NOR") {
		if tl.Value == "observer" && !tl.Spans[0].Inferred {
			t.Error("the end of the lower tier is not marked as inferred")
		}
	}
}

func TestConflictCountsOriginsAndPrefer(t *testing.T) {
	var l told
	first := l.say("The Courier", "2021-01-01", relations("NOR", "EST", record.Begins, "1950"))
	second := l.say("Harbour Post", "2021-01-02", relations("NOR", "EST", record.Begins, "1954"))
	l.say("Harbour Post", "2021-01-03", relations("NOR", "EST", record.Begins, "1954"))
	ts := l.on("1952-01-01").Relations("NOR", "EST")
	if len(ts) != 1 || len(ts[0].Conflicts) != 1 || ts[0].Now.Truth != record.Possibly {
		t.Fatalf("unsettled: %v", truths(ts))
	}
	c := ts[0].Conflicts[0]
	if c.Origins() != 2 || len(c.Sides) != 2 || len(c.Sides[1].Claims) != 2 || len(c.Sides[1].Origins) != 1 || c.Settled != nil {
		t.Errorf("conflict: %+v", c)
	}
	for _, p := range []struct {
		claim record.ClaimID
		want  record.Truth
	}{{second, record.Unknown}, {first, record.Yes}} { // the later decision holds; relations may have been cut before
		l.decide(record.Decision{Verdict: record.Prefer, Claim: p.claim, Why: "treaty series"})
		ts = l.on("1952-01-01").Relations("NOR", "EST")
		if ts[0].Now.Truth != p.want || len(ts[0].Conflicts) != 1 || ts[0].Conflicts[0].Settled == nil {
			t.Errorf("preferring %s: %s, %+v", p.claim, ts[0].Now.Truth, ts[0].Conflicts)
		}
	}
}

func TestSuccessionIsInherited(t *testing.T) {
	var l told
	l.say("The Courier", "2021-01-01", relations("NOR", "YUG", record.Begins, "1950"))
	got := l.on("2000-01-01").Relations("NOR", "HRV")
	if len(got) != 1 || got[0].Now.Truth != record.Possibly || got[0].Now.Inherited != "YUG" || len(got[0].Spans) != 0 {
		t.Fatalf("one of two successors: %+v", got)
	}
	by := l.say("The Courier", "2021-01-02", state(record.Succession, record.Begins, "1992", record.RoleSuccessor, "HRV", record.RolePredecessor, "YUG"))
	got = l.on("2000-01-01").Relations("NOR", "HRV")
	if got[0].Now.Truth != record.Yes || got[0].Now.Inherited != "YUG" || got[0].Inherited[0].By[0].ID != by {
		t.Errorf("told to be the successor: %+v", got[0].Now)
	}
	if ts := l.on("2000-01-01").Relations("NOR", "YUG"); ts[0].Now.Truth != record.Unknown || ts[0].Now.Note == "" {
		t.Errorf("a dissolved polity answers %+v", ts[0].Now)
	}
}

func observer(phase record.Phase) *record.Content {
	return &record.Content{Core: tier("NOR", "observer", phase, "")}
}

func TestRequestsFollowed(t *testing.T) {
	ask := act(record.Request, "2020-03-01", "NOR", "EST", observer(record.Begins))
	report := &record.Content{Topic: "report the observer request to the council"}
	for _, c := range []struct {
		name string
		then []record.Core
		want record.Status
	}{
		{"silence", nil, record.Open},
		{"an answer before it", []record.Core{act(record.Agree, "2019-01-01", "EST", "NOR", observer(record.Begins))}, record.Open},
		{"another's answer", []record.Core{act(record.Agree, "2020-04-01", "FIN", "NOR", observer(record.Begins))}, record.Open},
		{"agreed", []record.Core{act(record.Agree, "2020-04-01", "EST", "NOR", observer(record.Begins))}, record.Granted},
		{"support is no grant", []record.Core{act(record.Support, "2020-04-01", "EST", "NOR", observer(record.Begins))}, record.Acknowledged},
		{"come to be so", []record.Core{tier("NOR", "observer", record.Begins, "2020-06-01")}, record.Granted},
		{"so long before", []record.Core{tier("NOR", "observer", record.Begins, "2010")}, record.Open},
		{"less than asked", []record.Core{tier("NOR", "guest", record.Begins, "2020-06-01")}, record.GrantedInPart},
		{"more than asked", []record.Core{tier("NOR", "member", record.Begins, "2020-06-01")}, record.Overtaken},
		{"refused", []record.Core{act(record.Reject, "2020-04-01", "EST", "NOR", observer(record.Begins))}, record.Refused},
		{"withdrawn", []record.Core{act(record.Retreat, "2020-04-01", "NOR", "EST", &record.Content{Core: ask})}, record.Withdrawn},
	} {
		var l told
		l.say("The Courier", "2021-01-01", ask)
		for _, core := range c.then {
			l.say("The Courier", "2021-01-01", core)
		}
		th := l.on("2021-01-01").Requests("NOR", "EST")
		if len(th) != 1 || th[0].Status != c.want || th[0].Age(days("2020-03-11", "").Earliest) != 10 {
			t.Errorf("%s: %+v, want %s", c.name, th, c.want)
		}
		if early := l.on("2020-03-02").Requests("NOR", "EST"); len(early) != 1 || early[0].Status != record.Open {
			t.Errorf("%s: the day after, %+v", c.name, early)
		}
	}
	var l told // a promise to report, in the document of the request
	l.say("The Courier", "2021-01-01", ask)
	l.say("The Courier", "2021-01-01", act(record.Agree, "2020-03-01", "EST", "NOR", report))
	c := &l.log.Claims[1]
	c.Citations = []record.Citation{{Document: l.log.Documents[0].ID, Start: 20, End: 30}}
	if th := l.on("2021-01-01").Requests("NOR", "EST"); th[0].Status != record.Acknowledged {
		t.Errorf("a promise to report leaves it %s", th[0].Status)
	}
}

func TestReviewerOverrulesAnswers(t *testing.T) {
	var l told
	ask := l.say("The Courier", "2021-01-01", act(record.Request, "2020-03-01", "NOR", "EST", observer(record.Begins)))
	yes := l.say("The Courier", "2021-01-01", act(record.Agree, "2020-04-01", "EST", "NOR", observer(record.Begins)))
	for _, c := range []struct {
		d    record.Decision
		want record.Status
	}{
		{record.Decision{Verdict: record.RejectClaim, Claim: ask, Other: yes}, record.Open},
		{record.Decision{Verdict: record.Accept, Claim: ask, Other: yes, Status: record.Refused}, record.Refused},
	} {
		l.decide(c.d)
		if th := l.on("2021-01-01").Requests("NOR", ""); len(th) != 1 || th[0].Status != c.want {
			t.Errorf("%s: %+v", c.d.Verdict, th)
		}
	}
}

func TestDebtsAreNotAdded(t *testing.T) {
	var l told
	owes := func(when, amount, currency string) record.Core {
		return state(record.Debt, record.Holds, when, record.RoleDebtor, "NOR", record.RoleCreditor, "EST", record.RoleAmount, amount, record.RoleCurrency, currency)
	}
	l.say("The Courier", "2021-01-01", owes("2020", "100", "USD"))
	l.say("Harbour Post", "2021-01-02", owes("2020", "140", "USD"))
	l.say("Harbour Post", "2021-01-02", owes("2020", "90", "EUR"))
	l.log.Claims[0].Source, l.log.Claims[1].Source = "NOR", "EST"
	v := l.on("2021-01-03")
	acc := v.Debts("EST", "NOR")
	if len(acc) != 1 || len(acc[0].Figures) != 3 {
		t.Fatalf("accounts: %+v", acc)
	}
	var got []string
	for _, f := range acc[0].Figures {
		got = append(got, fmt.Sprint(f.Currency, f.Amount, " ", f.Party))
	}
	slices.Sort(got)
	if !slices.Equal(got, []string{"EUR90 other", "USD100 debtor", "USD140 creditor"}) {
		t.Errorf("figures: %v", got)
	}
	if cs := v.Conflicts(); len(cs) != 1 || cs[0].About != record.RoleAmount || cs[0].Origins() != 2 {
		t.Errorf("conflicts: %+v", cs)
	}
}

func TestDecisionsAreAdded(t *testing.T) {
	var l told
	id := l.say("The Courier", "2021-01-01", relations("NOR", "EST", record.Begins, "1950"))
	core := relations("NOR", "FIN", record.Begins, "1951")
	l.decide(record.Decision{Verdict: record.RejectClaim, Claim: id})
	if n := len(l.on("2021-01-01").Claims()); n != 0 {
		t.Errorf("%d claims after it was rejected", n)
	}
	l.decide(record.Decision{Verdict: record.Correct, Claim: id, Core: &core})
	v := l.on("2021-01-01")
	if len(v.Relations("NOR", "EST")) != 0 || len(v.Relations("NOR", "FIN")) != 1 || v.Claims()[0].Read == nil {
		t.Errorf("after the correction: %+v", v.Claims())
	}
	before := record.Clocks{KnownBy: record.At(time.Date(2022, 6, 1, 0, 0, 0, 0, time.UTC))}
	if ts := l.log.View(before, nil).Relations("NOR", "EST"); len(ts) != 1 {
		t.Error("before the decisions it is not as it then was")
	}
}

func TestSplit(t *testing.T) {
	var l told
	post := func(of, day string) record.ClaimID {
		return l.say("The Courier", day, state(record.Office, record.Holds, day, record.RoleOf, of, record.RolePost, "envoy", record.RoleHolder, "Ada Nord"))
	}
	post("NOR", "2020-01-01")
	other := post("EST", "2020-02-01")
	l.decide(record.Decision{Verdict: record.Split, Entity: "Ada Nord", Into: "Ada Nord of Estland", Claims: []record.ClaimID{other}})
	v := l.on("2020-02-01")
	for name, of := range map[string]string{"Ada Nord": "NOR", "Ada Nord of Estland": "EST"} {
		if ts := v.Offices(name); len(ts) != 1 || ts[0].Roles.One(record.RoleOf) != of {
			t.Errorf("after the split %s holds offices of %v, want one of %s", name, truths(ts), of)
		}
	}
	if s := v.Claims()[1]; s.Read == nil || s.Read.Roles.One(record.RoleHolder) != "Ada Nord" {
		t.Errorf("the split claim does not say how it was read: %+v", s)
	}
	l.decide(record.Decision{Verdict: record.Merge, Entity: "Ada Nord of Estland", Into: "Ada Nord"})
	if ts := l.on("2020-02-01").Offices("Ada Nord"); len(ts) != 2 {
		t.Errorf("merged again, Ada Nord holds %d offices, want 2", len(ts))
	}
}

// What a reviewer rejected or corrected stays so when a later reader finds it
// again.
func TestDecisionsOutliveReaders(t *testing.T) {
	var l told
	claim := l.say("The Courier", "2021-01-01", relations("NOR", "EST", record.Begins, "1950"))
	again := l.log.Claims[0]
	again.Reader = "2"
	again.ID = again.Identity()
	l.log.Claims = append(l.log.Claims, again)
	if n := len(l.on("2021-01-01").Claims()); n != 1 {
		t.Fatalf("read twice: %d claims", n)
	}
	corrected := relations("NOR", "EST", record.Begins, "1951")
	for _, c := range []struct {
		d    record.Decision
		want []string
	}{
		{record.Decision{Verdict: record.RejectClaim, Claim: claim}, nil},
		{record.Decision{Verdict: record.Correct, Claim: claim, Core: &corrected}, []string{"1951"}},
	} {
		with := l
		with.decide(c.d)
		var got []string
		for _, s := range with.on("2021-01-01").Claims() {
			got = append(got, record.FormatEDTF(s.When))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("after %s, read again: %v, want %v", c.d.Verdict, got, c.want)
		}
	}
	l.decide(record.Decision{Verdict: record.RejectClaim, Claim: claim})
	l.decide(record.Decision{Verdict: record.Accept, Claim: again.ID})
	if got := l.on("2021-01-01").Claims(); len(got) != 1 || got[0].ID != again.ID {
		t.Errorf("what was accepted itself is gone: %v", got)
	}
}
