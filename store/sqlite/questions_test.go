package sqlite

import (
	"context"
	"testing"

	"demarche/record"
	"demarche/store"
	"demarche/store/storetest"
)

// TestQuestionsSelectEnough asks through the store what hangs on claims that do
// not name both parties.
func TestQuestionsSelectEnough(t *testing.T) {
	ctx := context.Background()
	s := open(t, ":memory:")
	defer s.Close()
	d := storetest.Document("talks", 1, "Norland asked Sudland to defer the debt. Sudland would study it.")
	day := record.On(record.DayOf(2020, 9, 30))
	debt := record.Core{Kind: record.Debt, Phase: record.Holds, When: day, Roles: record.Roles{
		record.RoleDebtor: {"NOR"}, record.RoleCreditor: {"SUD"}, record.RoleAmount: {"70"}, record.RoleCurrency: {"USD"}}}
	deferred := record.Core{Kind: record.Debt, Phase: record.Holds, Roles: record.Roles{
		record.RoleDebtor: {"NOR"}, record.RoleCreditor: {"SUD"}, record.RoleChange: {"rescheduled"}}}
	owed := storetest.Claim(&d, debt)
	owed.Source = "Ada Nord"
	owed.ID = owed.Identity()
	post := storetest.Claim(&d, record.Core{Kind: record.Office, Phase: record.Holds, When: day, Roles: record.Roles{
		record.RoleHolder: {"Ada Nord"}, record.RolePost: {"finance minister"}, record.RoleOf: {"NOR"}}})
	ask := storetest.Claim(&d, record.Core{Kind: record.Request, Phase: record.Occurs, When: day, Content: &record.Content{Core: deferred},
		Roles: record.Roles{record.RoleActor: {"NOR"}, record.RoleRecipient: {"SUD"}}})
	study := storetest.Claim(&d, record.Core{Kind: record.Agree, Phase: record.Occurs, When: day, Content: &record.Content{Topic: "study the matter"},
		Roles: record.Roles{record.RoleActor: {"SUD"}}})
	study.Citations[0] = record.Citation{Document: d.ID, Start: 41, End: len(d.Text)}
	study.ID = study.Identity()
	later := storetest.Document("later", 9, "Sudland rescheduled what Norland owes.")
	agreed := storetest.Claim(&later, record.Core{Kind: record.Agree, Phase: record.Occurs, When: record.On(record.DayOf(2020, 10, 8)), Content: &record.Content{Core: deferred},
		Roles: record.Roles{record.RoleActor: {"SUD"}, record.RoleRecipient: {"NOR"}}})
	if _, err := s.Append(ctx, store.Batch{Document: d, Claims: []record.Claim{owed, post, ask, study}}, store.Batch{Document: later, Claims: []record.Claim{agreed}}); err != nil {
		t.Fatal(err)
	}
	q := store.Questions{Store: s}
	acc, err := q.Debts(ctx, "SUD", "NOR", record.Clocks{})
	if err != nil || len(acc) != 1 || len(acc[0].Figures) != 1 || acc[0].Figures[0].Party != record.ByDebtor || len(acc[0].Events) != 1 || acc[0].Events[0].ID != agreed.ID {
		t.Errorf("the account: %+v, %v", acc, err)
	}
	for day, want := range map[int]record.Status{2: record.Acknowledged, 20: record.Granted} {
		th, err := q.Requests(ctx, "NOR", "SUD", record.Clocks{On: record.On(record.DayOf(2020, 10, day))})
		if err != nil || len(th) != 1 || th[0].Status != want {
			t.Errorf("on the %d. the request is %+v, %v; want %s", day, th, err, want)
		}
	}
}
