package record_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"demarche/record"
	"demarche/wire"
)

// almanac is as much of the world as these tests need.
type almanac struct{}

func (almanac) Lifetime(name string) record.When {
	switch name {
	case "SUN":
		return record.When{Earliest: record.DayOf(1922, 12, 30), Latest: record.DayOf(1991, 12, 26)}
	case "YUG":
		return record.When{Earliest: record.DayOf(1918, 12, 1), Latest: record.DayOf(1992, 4, 27)}
	}
	return record.When{}
}

func (almanac) Predecessors(name string) []string {
	return map[string][]string{"RUS": {"SUN"}, "UKR": {"SUN"}, "HRV": {"YUG"}}[name]
}

func (almanac) Successors(name string) []string {
	return map[string][]string{"SUN": {"RUS", "UKR"}, "YUG": {"HRV", "SVN"}}[name]
}

// seed is the log after reading the seed article alone, as a person reads it.
func seed(t *testing.T) record.Log {
	t.Helper()
	f, err := os.Open("../../shared/gold/dev/000.json")
	if err != nil {
		t.Skip("no ../shared/gold here")
	}
	defer f.Close()
	d, err := wire.Decode(f, "000.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, claims, err := d.Record()
	if err != nil {
		t.Fatal(err)
	}
	return record.Log{Documents: []record.Document{doc}, Claims: claims}
}

func on(year int, m time.Month, d int) record.Clocks {
	return record.Clocks{On: record.On(record.DayOf(year, m, d))}
}

func TestSeedMembers(t *testing.T) {
	log := seed(t)
	tiers := map[string][]string{}
	for _, tl := range log.View(on(2020, 10, 14), almanac{}).Members("SCO") {
		if tl.Now.Truth == record.Yes {
			tiers[tl.Value] = append(tiers[tl.Value], tl.Roles.One(record.RoleParty))
		}
	}
	if !slices.Equal(tiers["member"], []string{"CHN", "IND", "KAZ", "KGZ", "PAK", "RUS", "TJK", "UZB"}) ||
		!slices.Equal(tiers["dialogue partner"], []string{"ARM", "AZE", "KHM", "LKA", "NPL", "TUR"}) {
		t.Errorf("members on 2020-10-14: %v", tiers)
	}
	for _, tl := range log.View(on(2014, 1, 1), almanac{}).Members("SCO") {
		want := record.Unknown
		if tl.Roles.One(record.RoleParty) == "KHM" {
			want = record.No // it became one in 2015
		}
		if tl.Now.Truth != want {
			t.Errorf("%v on 2014-01-01: %s", tl.Roles, tl.Now.Truth)
		}
	}
}

func TestSeedRelations(t *testing.T) {
	log := seed(t)
	for _, c := range []struct {
		on   record.Clocks
		want record.Truth
		from string
	}{
		{on(1950, 1, 1), record.Unknown, ""},
		{on(1956, 6, 1), record.Possibly, "SUN"},
		{on(1970, 1, 1), record.Yes, "SUN"},
		{on(1977, 1, 1), record.Possibly, "SUN"},
		{on(1980, 1, 1), record.Yes, "SUN"},
		{on(2020, 10, 14), record.Yes, "SUN"},
	} {
		ts := log.View(c.on, almanac{}).Relations("KHM", "RUS")
		if len(ts) != 1 {
			t.Fatalf("%d timelines", len(ts))
		}
		if a := ts[0].Now; a.Truth != c.want || a.Inherited != c.from {
			t.Errorf("on %v: %s inherited from %q (%s), want %s", c.on.On, a.Truth, a.Inherited, a.Note, c.want)
		}
		by := ts[0].Inherited[0].By
		if len(by) != 1 || by[0].Kind != record.Recognition {
			t.Errorf("succession is told by %v", by)
		}
	}
	former := log.View(on(2020, 10, 14), almanac{}).Relations("KHM", "SUN")
	if len(former) != 1 || former[0].Now.Truth != record.Unknown || len(former[0].Spans) != 2 {
		t.Errorf("relations with a dissolved state: %+v", former)
	}
}

func TestSeedRequests(t *testing.T) {
	v := seed(t).View(on(2020, 10, 14), almanac{})
	got := map[string]record.Status{}
	for _, th := range v.Requests("KHM", "RUS") {
		c := th.Request.Content
		got[string(c.Kind)+c.Roles.One(record.RoleTier)+c.Roles.One(record.RoleChange)+c.Topic] = th.Status
		if th.Status == record.Acknowledged && th.Age(record.DayOf(2020, 10, 14)) != 1 {
			t.Errorf("age of %v is %d days", c.Roles, th.Age(record.DayOf(2020, 10, 14)))
		}
	}
	for ask, want := range map[string]record.Status{
		"membershipobserver": record.Acknowledged, "membershipmember": record.Acknowledged,
		"debt": record.Open, "debtforgiven": record.GrantedInPart,
	} {
		if got[ask] != want {
			t.Errorf("%s: %q, want %q (all: %v)", ask, got[ask], want, got)
		}
	}
	if len(got) != 5 || len(v.Requests("RUS", "")) != 0 {
		t.Errorf("requests: %v", got)
	}
}

func TestSeedDebts(t *testing.T) {
	acc := seed(t).View(on(2020, 10, 14), almanac{}).Debts("RUS", "KHM")
	if len(acc) != 1 {
		t.Fatalf("%d accounts", len(acc))
	}
	a := acc[0]
	if a.Debtor != "KHM" || a.Creditor != "RUS" || len(a.Figures) != 1 || a.Figures[0].Amount != "1500000000" ||
		a.Figures[0].Party != record.ByDebtor || len(a.Events) != 1 || a.Timeline.Now.Truth != record.Yes {
		t.Errorf("account: %+v", a)
	}
}

func TestSeedOffices(t *testing.T) {
	log := seed(t)
	w, _ := record.ParseEDTF("2019-11")
	var holders []string
	for _, tl := range log.View(record.Clocks{On: w}, almanac{}).Offices("RUS") {
		if tl.Roles.One(record.RolePost) == "prime minister" && tl.Now.Truth == record.Yes {
			holders = append(holders, tl.Value)
		}
	}
	if !slices.Equal(holders, []string{"Dmitry Medvedev"}) {
		t.Errorf("prime minister of Russia in November 2019: %v", holders)
	}
	for _, tl := range log.View(on(2020, 10, 14), nil).Offices("Hor Namhong") {
		want := map[string]record.Truth{"deputy prime minister": record.Yes, "foreign minister": record.No}[tl.Roles.One(record.RolePost)]
		if tl.Now.Truth != want {
			t.Errorf("%v: %s", tl.Roles, tl.Now.Truth)
		}
	}
	chairs := log.View(on(2020, 3, 1), nil).Chairs("SCO")
	if len(chairs) != 1 || chairs[0].Value != "RUS" || chairs[0].Now.Truth != record.Yes || chairs[0].At(record.On(record.DayOf(2019, 3, 1))).Truth != record.Unknown {
		t.Errorf("chairs: %+v", chairs)
	}
}

func TestSeedAnniversaries(t *testing.T) {
	var found bool
	for _, a := range seed(t).View(record.Clocks{}, almanac{}).Anniversaries("KHM", "RUS", 2021) {
		found = found || a.Kind == record.Relations && a.Years == 65 && a.Round && a.Inherited == "SUN" && a.On == record.Year(2021)
	}
	if !found {
		t.Error("the 65th anniversary of relations is missing")
	}
}

func TestSeedClocks(t *testing.T) {
	c := on(2020, 10, 14)
	c.PublishedBy = record.DayOf(2020, 10, 13)
	if n := len(seed(t).View(c, nil).Claims()); n != 0 {
		t.Errorf("%d claims before they were published", n)
	}
}
