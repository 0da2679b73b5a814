package storetest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"demarche/record"
	"demarche/store"
)

func decides(s suite) {
	_, cs := s.add(Document("d", 1, "One."), Relations("NOR", "SUD", record.Begins, record.Year(1950)))
	before := s.clock.Now()
	d, err := s.s.Decide(ctx, record.Decision{Verdict: record.Accept, Claim: cs[0].ID, Who: "me", Why: "seen"})
	if err != nil || d.ID == "" || d.Recorded.IsZero() {
		s.Fatalf("%+v, %v", d, err)
	}
	log := s.selected(record.Query{})
	if len(log.Decisions) != 1 || log.Decisions[0].ID != d.ID || log.Decisions[0].Who != "me" || log.Decisions[0].Why != "seen" {
		s.Errorf("decisions %+v", log.Decisions)
	}
	if n := len(s.selected(record.Query{Clocks: record.Clocks{KnownBy: before}}).Decisions); n != 0 {
		s.Error("a decision was known before it was taken")
	}
	if _, err := s.s.Decide(ctx, record.Decision{Verdict: record.Accept, Claim: "0123456789abcdef"}); !errors.Is(err, store.ErrNotFound) {
		s.Errorf("a decision on no claim: %v", err)
	}
	if _, err := s.s.Decide(ctx, record.Decision{Verdict: "maybe", Claim: cs[0].ID}); err == nil {
		s.Error("a verdict that is none was recorded")
	}
}

func merges(s suite) {
	office := func(holder string) record.Core {
		return record.Core{Kind: record.Office, Phase: record.Holds, When: record.Year(2020),
			Roles: record.Roles{record.RoleHolder: {holder}, record.RolePost: {"envoy"}, record.RoleOf: {"NOR"}}}
	}
	s.add(Document("d", 1, "One."), office("A. Nord"))
	s.add(Document("e", 2, "Two."), office("Ada Nord"))
	if n := len(s.selected(record.Query{Names: []string{"Ada Nord"}}).Claims); n != 1 {
		s.Fatalf("%d claims before the merge", n)
	}
	if _, err := s.s.Decide(ctx, record.Decision{Verdict: record.Merge, Entity: "A. Nord", Into: "Ada Nord"}); err != nil {
		s.Fatal(err)
	}
	for _, name := range []string{"A. Nord", "Ada Nord"} {
		if n := len(s.selected(record.Query{Names: []string{name}}).Claims); n != 2 {
			s.Errorf("%s: %d claims after the merge", name, n)
		}
	}
}

func splits(s suite) {
	office := func(post string) record.Core {
		return record.Core{Kind: record.Office, Phase: record.Holds, When: record.Year(2020),
			Roles: record.Roles{record.RoleHolder: {"Ada Nord"}, record.RolePost: {post}, record.RoleOf: {"NOR"}}}
	}
	_, cs := s.add(Document("d", 1, "One."), office("envoy"), office("judge"))
	if _, err := s.s.Decide(ctx, record.Decision{Verdict: record.Split, Entity: "Ada Nord", Into: "Ada Nord (judge)", Claims: []record.ClaimID{"0123456789abcdef"}}); !errors.Is(err, store.ErrNotFound) {
		s.Errorf("a split of no claim: %v", err)
	}
	if _, err := s.s.Decide(ctx, record.Decision{Verdict: record.Split, Entity: "Ada Nord", Into: "Ada Nord (judge)", Claims: []record.ClaimID{cs[1].ID}}); err != nil {
		s.Fatal(err)
	}
	for name, post := range map[string]string{"Ada Nord": "envoy", "Ada Nord (judge)": "judge"} {
		view := s.selected(record.Query{Names: []string{name}}).View(record.Clocks{}, nil)
		if ts := view.Offices(name); len(ts) != 1 || ts[0].Roles.One(record.RolePost) != post {
			s.Errorf("%s holds %v, want %s", name, ts, post)
		}
	}
}

// several asks two things at once: what both select is there once.
func several(s suite) {
	_, cs := s.add(Document("d", 1, "One."), Relations("NOR", "SUD", record.Begins, record.Year(1950)), Relations("NOR", "EST", record.Begins, record.Year(1951)))
	_, more := s.add(Document("e", 2, "Two."), Member("SUD", "LG", "member", record.Begins, record.Year(1952)))
	log, err := s.s.Select(ctx, record.Query{Kinds: []record.Kind{record.Membership}}, record.Query{Names: []string{"SUD"}}, record.Query{Names: []string{"XXX"}})
	if err != nil || len(log.Claims) != 2 || log.Claims[0].ID != cs[0].ID || log.Claims[1].ID != more[0].ID || len(log.Documents) != 2 {
		s.Errorf("of two queries: %+v, %v", log, err)
	}
	if log, err := s.s.Select(ctx); err != nil || len(log.Claims)+len(log.Documents) != 0 {
		s.Errorf("of no query: %+v, %v", log, err)
	}
	if log, err := s.s.Select(ctx, record.Query{Names: []string{"NOR"}, Limit: 1}, record.Query{Names: []string{"SUD"}, After: 1}); err != nil || len(log.Claims) != 2 {
		s.Errorf("with a limit of each: %+v, %v", log.Claims, err)
	}
}

func succeeding(s suite) {
	recognised := func(as string) record.Core {
		return record.Core{Kind: record.Recognition, Phase: record.Begins, Roles: record.Roles{record.RoleBy: {"EST"}, record.RoleOf: {"NOR"}, record.RoleAs: {as}}}
	}
	took := record.Core{Kind: record.Succession, Phase: record.Begins, Roles: record.Roles{record.RoleSuccessor: {"NOR"}, record.RolePredecessor: {"OLD"}}}
	_, cs := s.add(Document("d", 1, "One."), took, recognised("successor of OLD"), recognised("a state"), Relations("NOR", "SUD", record.Begins, record.Year(1950)))
	for name, want := range map[string][]record.ClaimID{"NOR": {cs[0].ID, cs[1].ID}, "OLD": nil, "EST": nil} {
		var got []record.ClaimID
		for _, c := range s.selected(record.Query{Succeeding: []string{name}}).Claims {
			got = append(got, c.ID)
		}
		if !slices.Equal(got, want) {
			s.Errorf("succeeding %s: %v, want %v", name, got, want)
		}
	}
}

// decisionsAt finds those on a claim with that claim, and all by themselves.
func decisionsAt(s suite) {
	_, cs := s.add(Document("d", 1, "One."), Relations("NOR", "SUD", record.Begins, record.Year(1950)), Relations("NOR", "EST", record.Begins, record.Year(1951)))
	for i, c := range cs {
		if _, err := s.s.Decide(ctx, record.Decision{Verdict: record.Accept, Claim: c.ID, Why: fmt.Sprint(i)}); err != nil {
			s.Fatal(err)
		}
	}
	before := s.clock.Now()
	if _, err := s.s.Decide(ctx, record.Decision{Verdict: record.Merge, Entity: "A", Into: "B"}); err != nil {
		s.Fatal(err)
	}
	if log := s.selected(record.Query{Names: []string{"SUD"}}); len(log.Decisions) != 2 || log.Decisions[0].Claim != cs[0].ID || log.Decisions[1].Entity != "A" {
		s.Errorf("with the first claim: %+v", log.Decisions)
	}
	for clocks, want := range map[record.Clocks]int{{}: 3, {KnownBy: before}: 2} {
		if all, err := s.s.Decisions(ctx, clocks); err != nil || len(all) != want {
			s.Errorf("known by %v: %+v, %v; want %d", clocks.KnownBy, all, err, want)
		}
	}
}

func knownBy(s suite) {
	s.add(Document("early", 1, "The harbour is new."), Relations("NOR", "SUD", record.Begins, record.Year(1950)))
	between := record.Clocks{KnownBy: s.clock.Now()}
	s.add(Document("late", 2, "The harbour is old."))
	if hits, err := s.s.Search(ctx, store.Search{Text: "harbour", Clocks: between}); err != nil || len(hits) != 1 || hits[0].Document.Title != "early" || len(hits[0].Claims) != 1 {
		s.Errorf("passages known between the two: %v, %v", hits, err)
	}
	d := Document("early", 1, "The harbour is new.")
	again := Claim(&d, Relations("NOR", "EST", record.Begins, record.Year(1951)))
	if _, err := s.s.Append(ctx, store.Batch{Document: d, Claims: []record.Claim{again}}); err != nil {
		s.Fatal(err)
	}
	if hits, err := s.s.Search(ctx, store.Search{Text: "harbour", Clocks: between}); err != nil || len(hits) != 1 || len(hits[0].Claims) != 1 {
		s.Errorf("a later reading was known before: %v, %v", hits, err)
	}
}

// anniversaries are in order of date, foundings among the others.
func anniversaries(s suite) {
	day := func(y int, m time.Month, d int) record.When { return record.On(record.DayOf(y, m, d)) }
	founded := record.Core{Kind: record.Existence, Phase: record.Begins, When: day(1945, 3, 1), Roles: record.Roles{record.RoleOf: {"NOR"}}}
	treaty := record.Core{Kind: record.Treaty, Phase: record.Begins, When: day(1970, 2, 1),
		Roles: record.Roles{record.RoleName: {"Treaty of Seas"}, record.RoleParties: {"NOR", "SUD"}, record.RoleStatus: {"signed"}}}
	s.add(Document("d", 1, "One."), founded, treaty, Relations("NOR", "SUD", record.Begins, day(1950, 6, 1)))
	got, err := (store.Questions{Store: s.s}).Anniversaries(ctx, "NOR", "SUD", 2020, record.Clocks{})
	var kinds []record.Kind
	for _, a := range got {
		kinds = append(kinds, a.Kind)
	}
	if err != nil || !slices.Equal(kinds, []record.Kind{record.Treaty, record.Existence, record.Relations}) {
		s.Errorf("anniversaries of %v, %v; want treaty in February, founding in March, relations in June", kinds, err)
	}
}

func corrects(s suite) {
	_, cs := s.add(Document("d", 1, "One."), Member("NOR", "LG", "member", record.Begins, record.Year(2001)))
	core := Member("EST", "LG", "observer", record.Begins, record.Year(2002))
	if _, err := s.s.Decide(ctx, record.Decision{Verdict: record.Correct, Claim: cs[0].ID, Core: &core, Why: "misread"}); err != nil {
		s.Fatal(err)
	}
	for _, name := range []string{"NOR", "EST"} {
		log := s.selected(record.Query{Kinds: []record.Kind{record.Membership}, Names: []string{name}})
		if len(log.Claims) != 1 || len(log.Documents) != 1 {
			s.Errorf("under %s the corrected claim is not found: %+v", name, log)
		}
	}
}

func undoes(s suite) {
	_, cs := s.add(Document("d", 1, "One."), Relations("NOR", "SUD", record.Begins, record.Year(1950)))
	shown := func() int { return len(s.selected(record.Query{}).View(record.Clocks{}, nil).Claims()) }
	decide := func(d record.Decision) record.DecisionID {
		got, err := s.s.Decide(ctx, d)
		if err != nil {
			s.Fatal(err)
		}
		return got.ID
	}
	rejected := decide(record.Decision{Verdict: record.RejectClaim, Claim: cs[0].ID})
	if n := shown(); n != 0 {
		s.Errorf("%d claims after the rejection", n)
	}
	undone := decide(record.Decision{Verdict: record.Undo, Undoes: rejected, Who: "me"})
	if n := shown(); n != 1 {
		s.Errorf("%d claims after it was undone", n)
	}
	decide(record.Decision{Verdict: record.Undo, Undoes: undone})
	if n := shown(); n != 0 {
		s.Errorf("%d claims after the undo was undone", n)
	}
	if log := s.selected(record.Query{}); len(log.Decisions) != 3 || log.Decisions[1].Undoes != rejected {
		s.Errorf("decisions %+v", log.Decisions)
	}
	if _, err := s.s.Decide(ctx, record.Decision{Verdict: record.Undo, Undoes: "0123456789abcdef"}); !errors.Is(err, store.ErrNotFound) {
		s.Errorf("an undo of no decision: %v", err)
	}
}
