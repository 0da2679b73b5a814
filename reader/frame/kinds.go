package frame

import (
	"slices"

	"demarche/record"
)

// types are what a path may demand of its fillers. party is a polity or a body
// or who acts for one; owner also looks for the party that a thing belongs to
// ("Russia's decision"); held is the post that the text elsewhere gives the holder, held_of
// what that is of (the path to them is "self"); any takes the words as they stand.
var types = map[string]bool{
	"party": true, "owner": true, "polity": true, "body": true, "person": true, "post": true, "tier": true,
	"money": true, "treaty": true, "clause": true, "any": true, "holder": true, "mission": true, "place": true, "place_polity": true,
	"level": true, "date": true, "held": true, "held_of": true,
}

var actRoles = []string{record.RoleActor, record.RoleRecipient, record.RolePlace, "content"}

var stateRoles = map[record.Kind][]string{
	record.Membership:  {record.RoleParty, record.RoleBody, record.RoleTier},
	record.Chair:       {record.RoleHolder, record.RoleBody},
	record.Relations:   {record.RoleParties, record.RoleLevel},
	record.Recognition: {record.RoleBy, record.RoleOf, record.RoleAs},
	record.Succession:  {record.RoleSuccessor, record.RolePredecessor},
	record.Existence:   {record.RoleOf},
	record.Office:      {record.RoleHolder, record.RolePost, record.RoleOf},
	record.Mission:     {record.RoleOf, record.RoleIn, record.RoleType},
	record.Treaty:      {record.RoleName, record.RoleParties, record.RoleStatus},
	record.Debt:        {record.RoleDebtor, record.RoleCreditor, record.RoleAmount, record.RoleChange},
}

var acts = []record.Kind{
	record.Agree, record.Consult, record.Support, record.Concede, record.Cooperate, record.Aid, record.Retreat, record.Request,
	record.Accuse, record.Reject, record.Threaten, record.Protest, record.Sanction, record.Mobilize, record.Coerce, record.Assault,
}

// RolesOf returns the roles that a frame of a kind may fill.
func RolesOf(k record.Kind) []string {
	if k.IsAct() {
		return actRoles
	}
	return stateRoles[k]
}

func known(k record.Kind) bool { return slices.Contains(acts, k) || stateRoles[k] != nil }

func has(k record.Kind, role string) bool { return slices.Contains(RolesOf(k), role) }
