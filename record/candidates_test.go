package record

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// drawnAct is an act or a state of affairs between few parties about few things.
func drawnAct(t *rapid.T) Core {
	name := rapid.SampledFrom([]string{"NOR", "EST", "SUD"})
	pick := func(label string, list ...Kind) Kind { return rapid.SampledFrom(list).Draw(t, label) }
	member := Core{Kind: Membership, Phase: rapid.SampledFrom([]Phase{Begins, Holds, Ends}).Draw(t, "phase"),
		Roles: Roles{RoleParty: {name.Draw(t, "party")}, RoleBody: {"LG"}, RoleTier: {rapid.SampledFrom([]string{"observer", "member"}).Draw(t, "tier")}}}
	when := On(DayOf(2020, 1, rapid.IntRange(1, 6).Draw(t, "day")))
	if rapid.IntRange(0, 3).Draw(t, "state") == 0 {
		member.When = when
		return member
	}
	act := Core{Kind: pick("kind", Request, Request, Agree, Reject, Support, Retreat, Consult, Aid), Phase: Occurs, When: when, Roles: Roles{RoleActor: {name.Draw(t, "actor")}}}
	act.Negated = rapid.IntRange(0, 4).Draw(t, "negated") == 0
	if rapid.Bool().Draw(t, "addressed") {
		act.Roles[RoleRecipient] = []string{name.Draw(t, "recipient")}
	}
	topic := rapid.SampledFrom([]string{"open the border harbour", "the harbour border opened", "report to the capital", "consider the harbour border", "grain", "of it", ""})
	asked := &Content{Core: Core{Kind: Request, Roles: act.Roles}}
	switch rapid.IntRange(0, 5).Draw(t, "content") {
	case 0, 1:
		act.Content = &Content{Topic: topic.Draw(t, "topic")}
	case 2:
		act.Content = &Content{Core: member}
	case 3:
		act.Content = &Content{Core: Core{Kind: pick("asked", Consult, Aid), Roles: Roles{RoleActor: {name.Draw(t, "doer")}}}, Topic: topic.Draw(t, "topic")}
	case 4:
		asked.Content = &Content{Topic: topic.Draw(t, "topic")}
		act.Content = asked
	}
	return act
}

// The candidates for answering a request leave out no claim that answers it.
func TestCandidatesAreEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var log Log
		for i := range 3 {
			d := Document{Title: fmt.Sprint(i), Published: On(DayOf(2020, 2, 1))}
			d.ID = d.Hash()
			log.Documents = append(log.Documents, d)
		}
		for i := range rapid.IntRange(2, 14).Draw(t, "claims") {
			d := rapid.SampledFrom(log.Documents).Draw(t, "document")
			c := Claim{Core: drawnAct(t), Citations: []Citation{{Document: d.ID, Start: i, End: i + 1}}}
			c.ID = c.Identity()
			log.Claims = append(log.Claims, c)
		}
		m := newMatcher(log.View(Clocks{}, nil))
		for _, r := range m.claims {
			if r.Kind != Request {
				continue
			}
			found := map[ClaimID]bool{}
			for _, reply := range m.replies(r) {
				found[reply.Claim.ID] = true
			}
			for _, s := range m.claims {
				if s.ID != r.ID && (m.reply(r, s) != nil) != found[s.ID] {
					t.Fatalf("%s of %v answers %v: found is %v", s.Core.Key(), s.ID, r.Core.Key(), found[s.ID])
				}
			}
		}
	})
}
