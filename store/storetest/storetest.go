// Package storetest is the conformance suite of stores: what store.Store
// promises, as tests that every store passes.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"demarche/record"
	"demarche/store"
)

// Clock is a record clock for tests: it goes on by a minute with each reading.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a clock that begins at noon on 1 March 2021, UTC.
func NewClock() *Clock { return &Clock{now: time.Date(2021, 3, 1, 12, 0, 0, 0, time.UTC)} }

// Now is the clock's reading.
func (c *Clock) Now() record.RecordTime {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Minute)
	return record.At(c.now)
}

// SetBack sets the clock back.
func (c *Clock) SetBack(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(-by)
}

// Document makes a document of one sentence a line.
func Document(title string, day int, text string) record.Document {
	d := record.Document{Title: title, Publisher: "The Courier", URL: "https://courier.example/" + title,
		Published: record.On(record.DayOf(2020, 10, day)), Text: text}
	d.ID = d.Hash()
	return d
}

// Claim makes a claim that cites the first sentence of a document.
func Claim(d *record.Document, core record.Core) record.Claim {
	end := strings.IndexByte(d.Text, '.') + 1
	c := record.Claim{Core: core, Citations: []record.Citation{{Document: d.ID, Start: 0, End: end}}, Chain: []string{d.Publisher},
		Frame: "test", Reader: "1", Confidence: 0.9}
	c.ID = c.Identity()
	return c
}

// Member is the core "party is a tier of body" with its phase and date.
func Member(party, body, tier string, phase record.Phase, when record.When) record.Core {
	return record.Core{Kind: record.Membership, Phase: phase, When: when,
		Roles: record.Roles{record.RoleParty: {party}, record.RoleBody: {body}, record.RoleTier: {tier}}}
}

// Relations is the core "a and b have relations" with its phase and date.
func Relations(a, b string, phase record.Phase, when record.When) record.Core {
	return record.Core{Kind: record.Relations, Phase: phase, When: when, Roles: record.Roles{record.RoleParties: {a, b}, record.RoleLevel: {"diplomatic"}}}
}

// suite is one test of the suite: a fresh store and its clock.
type suite struct {
	*testing.T
	s     store.Store
	clock *Clock
}

// Run runs the suite. open makes an empty store with a record clock.
func Run(t *testing.T, open func(t *testing.T, clock record.Clock) store.Store) {
	for name, test := range map[string]func(suite){
		"Append": appends, "AllOrNothing": allOrNothing, "Editions": editions, "Select": selects, "RoundTrip": roundTrip,
		"Clocks": clocks, "Decide": decides, "Merge": merges, "Split": splits, "Several": several, "Succeeding": succeeding, "Decisions": decisionsAt, "KnownBy": knownBy, "Anniversaries": anniversaries, "Correct": corrects, "Undo": undoes, "Shortened": shortened, "Search": searches,
		"Changes": changes, "Concurrent": concurrent, "Restored": restored, "SetBack": setBack, "Requests": requests,
	} {
		t.Run(name, func(t *testing.T) {
			clock := NewClock()
			s := open(t, clock.Now)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
			test(suite{t, s, clock})
		})
	}
}

var ctx = context.Background()

func (s suite) add(d record.Document, cores ...record.Core) (record.Document, []record.Claim) {
	s.Helper()
	var claims []record.Claim
	for _, c := range cores {
		claims = append(claims, Claim(&d, c))
	}
	if _, err := s.s.Append(ctx, store.Batch{Document: d, Claims: claims}); err != nil {
		s.Fatal(err)
	}
	return d, claims
}

func (s suite) selected(q record.Query) record.Log {
	s.Helper()
	log, err := s.s.Select(ctx, q)
	if err != nil {
		s.Fatal(err)
	}
	return log
}

func appends(s suite) {
	d := Document("one", 1, "Norland joined the League. More.")
	b := store.Batch{Document: d, Claims: []record.Claim{Claim(&d, Member("NOR", "LG", "member", record.Begins, record.Year(2019)))}}
	for i, want := range []store.Added{{Documents: 1, Claims: 1}, {}} {
		if got, err := s.s.Append(ctx, b); err != nil || got != want {
			s.Errorf("append %d: %+v, %v; want %+v", i+1, got, err, want)
		}
	}
	b.Claims[0].Reader = "2"
	b.Claims[0].ID = b.Claims[0].Identity()
	if got, err := s.s.Append(ctx, b); err != nil || got != (store.Added{Claims: 1}) {
		s.Errorf("a new reading: %+v, %v", got, err)
	}
	if st, err := s.s.Stats(ctx); err != nil || st != (store.Stats{Documents: 1, Claims: 2}) {
		s.Errorf("stats %+v, %v", st, err)
	}
}

func allOrNothing(s suite) {
	good, bad := Document("good", 1, "A sentence."), Document("bad", 2, "Another one.")
	c := Claim(&bad, Member("NOR", "LG", "member", record.Begins, record.Year(2019)))
	c.Citations = nil
	if _, err := s.s.Append(ctx, store.Batch{Document: good}, store.Batch{Document: bad, Claims: []record.Claim{c}}); err == nil {
		s.Error("a claim without a citation was recorded")
	}
	if st, _ := s.s.Stats(ctx); st != (store.Stats{}) {
		s.Errorf("after a failed append there are %+v", st)
	}
	if _, err := s.s.Append(ctx, store.Batch{Document: good}); err != nil {
		s.Error(err)
	}
}

func editions(s suite) {
	first := Document("story", 1, "Norland joined the League.")
	second := Document("story", 1, "Norland joined the League of Seas.")
	s.add(first)
	got, err := s.s.Append(ctx, store.Batch{Document: second})
	if err != nil || got != (store.Added{Documents: 1, Editions: 1}) {
		s.Errorf("an edited story: %+v, %v", got, err)
	}
	d, err := s.s.Document(ctx, second.ID)
	if err != nil || d.Former != first.ID || d.Text != second.Text {
		s.Errorf("the edition is %+v, %v", d, err)
	}
	if d, err := s.s.Document(ctx, first.ID); err != nil || d.Text != first.Text {
		s.Errorf("the former is %+v, %v", d, err)
	}
	other := Document("other", 1, "Another story.")
	s.add(other)
	if d, _ := s.s.Document(ctx, other.ID); d.Former != "" {
		s.Error("another story was taken for an edition")
	}
	known := s.clock.Now()
	third := record.Document{URL: first.URL, Text: "Norland left the League of Seas."} // undated
	third.ID = third.Hash()
	s.add(third)
	fourth := Document("story", 3, "Norland left.")
	s.add(fourth)
	late := record.Document{Text: "No address, no title."}
	late.ID = late.Hash()
	late.Former = second.ID
	s.add(late)
	day := record.DayOf(2020, 10, 1)
	for name, c := range map[string]struct {
		of     record.DocumentID
		clocks record.Clocks
		want   []record.DocumentID
	}{
		"of the first":        {first.ID, record.Clocks{}, []record.DocumentID{first.ID, second.ID, third.ID, fourth.ID, late.ID}},
		"of the last":         {late.ID, record.Clocks{}, []record.DocumentID{first.ID, second.ID, third.ID, fourth.ID, late.ID}},
		"of one in the midst": {third.ID, record.Clocks{}, []record.DocumentID{first.ID, second.ID, third.ID, fourth.ID, late.ID}},
		"known":               {second.ID, record.Clocks{KnownBy: known}, []record.DocumentID{first.ID, second.ID}},
		"published":           {first.ID, record.Clocks{PublishedBy: day}, []record.DocumentID{first.ID, second.ID}},
		"not known":           {fourth.ID, record.Clocks{KnownBy: known}, nil},
		"alone":               {other.ID, record.Clocks{}, []record.DocumentID{other.ID}},
		"none":                {"none", record.Clocks{}, nil},
	} {
		docs, err := s.s.Editions(ctx, c.of, c.clocks)
		var got []record.DocumentID
		for i := range docs {
			got = append(got, docs[i].ID)
		}
		if err != nil || !slices.Equal(got, c.want) {
			s.Errorf("editions %s: %v, %v; want %v", name, got, err, c.want)
		}
	}
}

func selects(s suite) {
	a := Document("a", 1, "One sentence.")
	b := Document("b", 5, "Two sentences.")
	_, ca := s.add(a, Member("NOR", "LG", "member", record.Begins, record.Year(2001)), Relations("NOR", "SUD", record.Begins, record.Year(1950)))
	_, cb := s.add(b, Member("SUD", "LG", "observer", record.Holds, record.On(record.DayOf(2020, 10, 5))), Relations("SUD", "EST", record.Begins, record.When{}))
	all := []record.ClaimID{ca[0].ID, ca[1].ID, cb[0].ID, cb[1].ID}
	for name, c := range map[string]struct {
		q    record.Query
		want []int
	}{
		"all":         {record.Query{}, []int{0, 1, 2, 3}},
		"kind":        {record.Query{Kinds: []record.Kind{record.Membership}}, []int{0, 2}},
		"name":        {record.Query{Names: []string{"SUD"}}, []int{1, 2, 3}},
		"any name":    {record.Query{Names: []string{"NOR", "EST"}}, []int{0, 1, 3}},
		"pair":        {record.Query{Names: []string{"NOR"}, With: []string{"SUD"}}, []int{1}},
		"kind, name":  {record.Query{Kinds: []record.Kind{record.Relations}, Names: []string{"NOR"}}, []int{1}},
		"no name":     {record.Query{Names: []string{"XXX"}}, nil},
		"no pair":     {record.Query{Names: []string{"NOR"}, With: []string{"XXX"}}, nil},
		"plain word":  {record.Query{Names: []string{"member"}}, nil},
		"document":    {record.Query{Documents: []record.DocumentID{b.ID}}, []int{2, 3}},
		"claim":       {record.Query{Claims: []record.ClaimID{all[1]}}, []int{1}},
		"during":      {record.Query{During: record.When{Earliest: record.DayOf(1940, 1, 1), Latest: record.DayOf(2001, 6, 1)}}, []int{0, 1}},
		"after":       {record.Query{After: 1, Limit: 2}, []int{1, 2}},
		"unpublished": {record.Query{Clocks: record.Clocks{PublishedBy: record.DayOf(2020, 10, 3)}}, []int{0, 1}},
	} {
		var got []int
		log := s.selected(c.q)
		for i := range log.Claims {
			got = append(got, slices.Index(all, log.Claims[i].ID))
		}
		if !slices.Equal(got, c.want) {
			s.Errorf("%s: claims %v, want %v", name, got, c.want)
		}
		for _, d := range log.Documents {
			if d.Text != "" {
				s.Errorf("%s: a document has its text", name)
			}
		}
		if (len(log.Documents) > 0) != (len(c.want) > 0) {
			s.Errorf("%s: %d documents", name, len(log.Documents))
		}
	}
}

func roundTrip(s suite) {
	d := Document("whole", 3, "Norland asked Sudland to admit it.")
	c := Claim(&d, record.Core{Kind: record.Request, Phase: record.Occurs, When: record.On(record.DayOf(2020, 10, 2)),
		Roles: record.Roles{record.RoleActor: {"NOR"}, record.RoleRecipient: {"SUD"}, record.RoleActorPersons: {"Ada Nord"}},
		Content: &record.Content{Core: record.Core{Kind: record.Debt, Phase: record.Ends, Negated: true, When: record.Year(2021),
			Roles: record.Roles{record.RoleDebtor: {"NOR"}, record.RoleCreditor: {"SUD"}, record.RoleAmount: {"1500000000"}, record.RoleCurrency: {"USD"}}}}})
	c.Source, c.Chain = "Ada Nord", []string{"Ada Nord", "The Courier"}
	c.Citations = append(c.Citations, record.Citation{Document: d.ID, Start: 3, End: 9})
	c.ID = c.Identity()
	if _, err := s.s.Append(ctx, store.Batch{Document: d, Claims: []record.Claim{c}}); err != nil {
		s.Fatal(err)
	}
	got, err := s.s.Claim(ctx, c.ID)
	if err != nil {
		s.Fatal(err)
	}
	if got.Core.Key() != c.Core.Key() || got.Source != c.Source || !slices.Equal(got.Chain, c.Chain) || !slices.Equal(got.Citations, c.Citations) ||
		got.Frame != c.Frame || got.Confidence != c.Confidence || got.Recorded.IsZero() || got.Identity() != c.ID {
		s.Errorf("claim came back as %+v", got)
	}
	back, err := s.s.Document(ctx, d.ID)
	if err != nil || back.Recorded.IsZero() || back.Hash() != d.ID {
		s.Errorf("document came back as %+v, %v", back, err)
	}
}

func clocks(s suite) {
	s.add(Document("early", 1, "Early."), Relations("NOR", "SUD", record.Begins, record.Year(1950)))
	between := s.clock.Now()
	s.add(Document("late", 9, "Late."), Relations("NOR", "SUD", record.Ends, record.Year(1960)))
	if n := len(s.selected(record.Query{Clocks: record.Clocks{KnownBy: between}}).Claims); n != 1 {
		s.Errorf("known between the two: %d claims", n)
	}
	undated := record.Document{Title: "undated", Publisher: "P", Text: "Undated."}
	undated.ID = undated.Hash()
	s.add(undated, Relations("NOR", "SUD", record.Begins, record.Year(1970)))
	for by, want := range map[record.Day]int{record.DayOf(2020, 10, 5): 1, record.DayOf(2030, 1, 1): 2, 0: 3} {
		if n := len(s.selected(record.Query{Clocks: record.Clocks{PublishedBy: by}}).Claims); n != want {
			s.Errorf("published by %v: %d claims, want %d", by, n, want)
		}
	}
}

func shortened(s suite) {
	d, cs := s.add(Document("d", 1, "One."), Relations("NOR", "SUD", record.Begins, record.Year(1950)), Relations("NOR", "EST", record.Begins, record.Year(1950)))
	if c, err := s.s.Claim(ctx, cs[0].ID[:12]); err != nil || c.ID != cs[0].ID {
		s.Errorf("a shortened name: %v, %v", c.ID, err)
	}
	if got, err := s.s.Document(ctx, d.ID[:10]); err != nil || got.ID != d.ID {
		s.Errorf("a shortened name: %v, %v", got.ID, err)
	}
	if _, err := s.s.Claim(ctx, "zz"); !errors.Is(err, store.ErrNotFound) {
		s.Errorf("no such claim: %v", err)
	}
	if _, err := s.s.Claim(ctx, ""); !errors.Is(err, store.ErrNotFound) {
		s.Errorf("the empty name: %v", err)
	}
	for i := range 40 { // some two begin with the same digit
		s.add(Document(fmt.Sprint("n", i), 1, "One."), Relations("NOR", fmt.Sprint("X", i), record.Begins, record.Year(1950)))
	}
	ambiguous := 0
	for _, digit := range "0123456789abcdef" {
		if _, err := s.s.Claim(ctx, record.ClaimID(digit)); errors.Is(err, store.ErrAmbiguous) {
			ambiguous++
		}
	}
	if ambiguous == 0 {
		s.Error("no name of one digit is ambiguous among 42")
	}
}

func searches(s suite) {
	a, ca := s.add(Document("a", 1, "Norland joined the League.\n\nFishermen were glad of the new harbour."), Member("NOR", "LG", "member", record.Begins, record.Year(2001)))
	s.add(Document("b", 9, "The harbour of Sudland is new."))
	for q, want := range map[string]int{"harbour": 2, "new harbour": 2, `"new harbour"`: 1, "league joined": 1, "nothing": 0, "": 0, `"`: 0, "harbour AND OR (": 0, "HARBOUR": 2} {
		hits, err := s.s.Search(ctx, store.Search{Text: q})
		if err != nil || len(hits) != want {
			s.Errorf("%q: %d hits, %v; want %d", q, len(hits), err, want)
		}
	}
	hits, err := s.s.Search(ctx, store.Search{Text: "league"})
	if err != nil || len(hits) != 1 || hits[0].Document.ID != a.ID || hits[0].Passage != "Norland joined the League." ||
		a.Text[hits[0].Start:hits[0].End] != hits[0].Passage || !slices.Equal(hits[0].Claims, []record.ClaimID{ca[0].ID}) {
		s.Errorf("hit %+v, %v", hits, err)
	}
	if hits, _ := s.s.Search(ctx, store.Search{Text: "harbour", Names: []string{"NOR"}}); len(hits) != 1 {
		s.Errorf("with a name: %d hits", len(hits))
	}
	if hits, _ := s.s.Search(ctx, store.Search{Text: "harbour", Clocks: record.Clocks{PublishedBy: record.DayOf(2020, 10, 3)}}); len(hits) != 1 {
		s.Errorf("with a clock: %d hits", len(hits))
	}
	if hits, _ := s.s.Search(ctx, store.Search{Text: "harbour", Limit: 1}); len(hits) != 1 {
		s.Errorf("with a limit: %d hits", len(hits))
	}
}

func changes(s suite) {
	var all []record.ClaimID
	for i := range 5 {
		_, cs := s.add(Document(fmt.Sprint("d", i), 1, "One."), Relations("NOR", fmt.Sprint("X", i), record.Begins, record.Year(1950)))
		all = append(all, cs[0].ID)
	}
	if _, err := s.s.Decide(ctx, record.Decision{Verdict: record.Accept, Claim: all[0]}); err != nil {
		s.Fatal(err)
	}
	var at store.Cursor
	var got []record.ClaimID
	documents, decisions := 0, 0
	for range 10 {
		log, next, err := s.s.Changes(ctx, at, 2)
		if err != nil {
			s.Fatal(err)
		}
		for i := range log.Claims {
			got = append(got, log.Claims[i].ID)
		}
		documents, decisions, at = documents+len(log.Documents), decisions+len(log.Decisions), next
	}
	if !slices.Equal(got, all) || documents != 5 || decisions != 1 {
		s.Errorf("changes: %v, %d documents, %d decisions", got, documents, decisions)
	}
}

func concurrent(s suite) {
	var wg sync.WaitGroup
	const n = 8
	for w := range n {
		wg.Go(func() {
			for i := range 10 {
				d := Document(fmt.Sprint("w", w, "d", i), 1, "One.")
				c := Claim(&d, Relations("NOR", fmt.Sprint("X", w, "-", i), record.Begins, record.Year(1950)))
				if _, err := s.s.Append(ctx, store.Batch{Document: d, Claims: []record.Claim{c}}); err != nil {
					s.Error(err)
				}
				if _, err := s.s.Select(ctx, record.Query{Names: []string{"NOR"}}); err != nil {
					s.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if st, err := s.s.Stats(ctx); err != nil || st.Documents != 10*n || st.Claims != 10*n {
		s.Errorf("after all appends there are %+v, %v", st, err)
	}
}
