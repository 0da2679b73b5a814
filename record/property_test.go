package record_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"demarche/record"
)

// drawn is a log of a few claims on few names, so that they meet.
func drawn(t *rapid.T) record.Log {
	var l told
	for range rapid.IntRange(1, 12).Draw(t, "claims") {
		from := 1950 + rapid.IntRange(0, 5).Draw(t, "year")
		when := record.When{Earliest: record.DayOf(from, 1, 1), Latest: record.DayOf(from+rapid.IntRange(0, 2).Draw(t, "more"), 12, 31)}
		switch rapid.IntRange(0, 5).Draw(t, "bounds") {
		case 0:
			when.Earliest = 0
		case 1:
			when = record.When{}
		case 2:
			when = record.On(when.Earliest)
		case 3:
			when.Latest = 0
		}
		phase := rapid.SampledFrom([]record.Phase{record.Begins, record.Ends, record.Holds}).Draw(t, "phase")
		party := rapid.SampledFrom([]string{"NOR", "EST"}).Draw(t, "party")
		core := rapid.SampledFrom([]record.Core{
			tier(party, "member", phase, ""), tier(party, "observer", phase, ""), tier(party, "", phase, ""), relations(party, "SUN", phase, ""), relations(party, "RUS", phase, ""),
			state(record.Chair, phase, "", record.RoleBody, "LG", record.RoleHolder, party),
			state(record.Office, phase, "", record.RoleOf, "FIN", record.RolePost, "envoy", record.RoleHolder, party),
			state(record.Office, phase, "", record.RoleOf, "FIN", record.RolePost, "president", record.RoleHolder, party),
		}).Draw(t, "core")
		core.When, core.Negated = when, rapid.IntRange(0, 5).Draw(t, "negated") == 0
		id := l.say(rapid.SampledFrom([]string{"The Courier", "Harbour Post"}).Draw(t, "publisher"), "2021-01-01", core)
		if rapid.IntRange(0, 7).Draw(t, "decided") == 0 {
			verdict := rapid.SampledFrom([]record.Verdict{record.Prefer, record.RejectClaim, record.Accept}).Draw(t, "verdict")
			l.decide(record.Decision{Verdict: verdict, Claim: id})
		}
	}
	return l.log
}

var drawnKinds = []record.Kind{record.Membership, record.Relations, record.Chair, record.Office}

// answers writes out all that a view tells of the drawn kinds.
func answers(v *record.View) string {
	var b strings.Builder
	for _, k := range drawnKinds {
		for _, name := range []string{"NOR", "EST", "RUS"} {
			for _, tl := range v.Timelines(k, name) {
				fmt.Fprintf(&b, "%s %v %s %q\n", k, tl.Roles, tl.Now.Truth, tl.Now.Inherited)
				for _, s := range tl.Spans {
					fmt.Fprintf(&b, " %v %v %s %s\n", s.Begin, s.End, ids(s.Support), ids(s.Closed))
				}
				fmt.Fprintf(&b, " %d conflicts, denied %s\n", len(tl.Conflicts), ids(tl.Denied))
			}
		}
	}
	return b.String()
}

func ids(claims []*record.Stated) string {
	var out []string
	for _, c := range claims {
		out = append(out, string(c.ID))
	}
	return strings.Join(out, ",")
}

var some1953 = record.Clocks{On: record.On(record.DayOf(1953, 6, 1))}

func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := drawn(t)
		want := answers(log.View(some1953, almanac{}))
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		r.Shuffle(len(log.Claims), func(i, j int) { log.Claims[i], log.Claims[j] = log.Claims[j], log.Claims[i] })
		slices.Reverse(log.Documents)
		log.Claims = append(log.Claims, log.Claims[0]) // and once more
		if got := answers(log.View(some1953, almanac{})); got != want {
			t.Fatalf("in another order:\n%s\nwas:\n%s", got, want)
		}
	})
}

func TestShorterLogAnswersAsItThenDid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := drawn(t)
		n := rapid.IntRange(0, len(log.Claims)).Draw(t, "known")
		then := record.Log{Documents: log.Documents[:n], Claims: log.Claims[:n]}
		clocks := some1953
		clocks.KnownBy = record.At(time.Date(2022, 1, 1, 0, n, 0, -1000, time.UTC))
		if got, want := answers(log.View(clocks, almanac{})), answers(then.View(some1953, almanac{})); got != want {
			t.Fatalf("as known then:\n%s\nthe shorter log:\n%s", got, want)
		}
	})
}

func TestNoSpanEndsBeforeItBegins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := drawn(t)
		v := log.View(some1953, almanac{})
		for _, k := range drawnKinds {
			for _, tl := range v.Timelines(k) {
				for i, s := range tl.Spans {
					checkSpan(t, s, i < len(tl.Spans)-1)
				}
			}
		}
	})
}

func checkSpan(t *rapid.T, s record.Span, followed bool) {
	ordered := func(w record.When) bool { return w.Earliest == 0 || w.Latest == 0 || w.Earliest <= w.Latest }
	if !ordered(s.Begin) || !ordered(s.End) {
		t.Fatalf("bounds out of order: %v to %v", s.Begin, s.End)
	}
	if s.End.Latest != 0 && s.Begin.Earliest > s.End.Latest || s.End.Earliest != 0 && s.Begin.Earliest > s.End.Earliest {
		t.Fatalf("ends %v before it begins %v", s.End, s.Begin)
	}
	if followed && len(s.Closed) == 0 {
		t.Fatalf("a span with no end is followed by another: %v", s.Begin)
	}
}
