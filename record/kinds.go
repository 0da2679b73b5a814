package record

import "slices"

// Kinds are all kinds of claims, the acts first.
func Kinds() []Kind { return append(Acts(), States()...) }

// Acts are the kinds of acts, in PLOVER's order.
func Acts() []Kind {
	return []Kind{
		Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request,
		Accuse, Reject, Threaten, Protest, Sanction, Mobilize, Coerce, Assault,
	}
}

// States are the kinds of states of affairs.
func States() []Kind {
	return []Kind{Membership, Chair, Relations, Recognition, Succession, Existence, Office, Mission, Treaty, Debt}
}

// KnownKind reports whether there is such a kind.
func KnownKind(k Kind) bool { return slices.Contains(Kinds(), k) }
