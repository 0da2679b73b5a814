package record

import (
	"cmp"
	"slices"
	"strings"
)

// Account is what is told of the debts of one to another. Its figures stand
// apart, by who says them and when, and are never added up.
type Account struct {
	Debtor, Creditor string
	// Figures are the claims that give an amount, in order of date.
	Figures []Figure
	// Events are what became of it: incurred, rescheduled, converted, forgiven,
	// repaid, with the acts that agree, promise or refuse that; in order of date.
	Events []*Stated
	// Timeline tells whether it is owed, with what a predecessor of either owed
	// or was owed as inherited.
	Timeline *Timeline
}

// Figure is an amount as someone gives it.
type Figure struct {
	Claim    *Stated
	Amount   string // a decimal number
	Currency string // as the claim has it, "" where it does not say
	Claimant string // who says so: the source, else the publisher
	Party    Party  // whose word it is
}

// Party is whose word a claim on two sides is.
type Party string

// The parties to a debt, and all others.
const (
	ByCreditor Party = "creditor"
	ByDebtor   Party = "debtor"
	ByOther    Party = "other"
)

// Debts are the accounts between a and b, in either direction, or all of a
// where b is "", or all; by debtor and creditor.
func (v *View) Debts(a, b string) []*Account {
	var out []*Account
	timelines := v.Timelines(Debt, pairOf(a, b)...)
	if len(timelines) == 0 {
		return nil
	}
	told := v.debtClaims()
	for _, t := range timelines {
		out = append(out, told.account(t))
	}
	return out
}

// debtClaims are the claims that tell of debts: those on the debt itself or an
// act on it, by debtor and creditor, and the offices of those who speak.
type debtClaims struct {
	on      map[[2]string][]*Stated
	offices map[string][]*Stated // by holder
}

func (v *View) debtClaims() debtClaims {
	out := debtClaims{map[[2]string][]*Stated{}, map[string][]*Stated{}}
	for _, s := range v.claims {
		core := &s.Core
		if s.Kind.IsAct() && s.Content != nil && s.Kind != Request {
			core = &s.Content.Core
		}
		switch core.Kind {
		case Debt:
			pair := [2]string{core.Roles.One(RoleDebtor), core.Roles.One(RoleCreditor)}
			out.on[pair] = append(out.on[pair], s)
		case Office:
			if s.Kind == Office && !s.Negated {
				holder := s.Roles.One(RoleHolder)
				out.offices[holder] = append(out.offices[holder], s)
			}
		}
	}
	return out
}

func (d debtClaims) account(t *Timeline) *Account {
	acc := &Account{Debtor: t.Roles.One(RoleDebtor), Creditor: t.Roles.One(RoleCreditor), Timeline: t}
	for _, s := range d.on[[2]string{acc.Debtor, acc.Creditor}] {
		if s.Kind == Debt && s.Roles.One(RoleAmount) != "" {
			acc.Figures = append(acc.Figures, d.figure(s))
		}
		if s.Kind.IsAct() || s.Phase != Holds || s.Roles.One(RoleChange) != "" {
			acc.Events = append(acc.Events, s)
		}
	}
	return acc
}

func (d debtClaims) figure(s *Stated) Figure {
	return Figure{
		Claim: s, Amount: s.Roles.One(RoleAmount), Currency: s.Roles.One(RoleCurrency),
		Claimant: cmp.Or(s.Source, s.Document.Publisher), Party: d.partyTo(s),
	}
}

// partyTo says whose word a debt claim is: that of the party itself or of one
// who is told to hold an office of it.
func (d debtClaims) partyTo(s *Stated) Party {
	debtor, creditor := s.Roles.One(RoleDebtor), s.Roles.One(RoleCreditor)
	switch s.Source {
	case "":
		return ByOther
	case debtor:
		return ByDebtor
	case creditor:
		return ByCreditor
	}
	for _, o := range d.offices[s.Source] {
		switch o.Roles.One(RoleOf) {
		case debtor:
			return ByDebtor
		case creditor:
			return ByCreditor
		}
	}
	return ByOther
}

// figureConflicts are the debts for which different origins give different
// amounts in one currency at one time.
func (v *View) figureConflicts() []*Conflict {
	var out []*Conflict
	for _, acc := range v.Debts("", "") {
		if c := acc.conflict(); c != nil {
			out = append(out, c)
		}
	}
	return out
}

func (a *Account) conflict() *Conflict {
	for i, f := range a.Figures {
		for _, g := range a.Figures[i+1:] {
			if f.Currency != g.Currency || f.Amount == g.Amount || !f.when().Meets(g.when()) ||
				f.Claim.Roles.One(RoleChange) != "" || g.Claim.Roles.One(RoleChange) != "" {
				continue
			}
			c := &Conflict{Kind: Debt, About: RoleAmount, Roles: a.Timeline.Roles, Sides: []Side{f.side(), g.side()}}
			c.settle()
			return c
		}
	}
	return nil
}

// when is the date of a figure; one without a date has that of its publication.
func (f *Figure) when() When {
	if f.Claim.When.IsZero() {
		return f.Claim.Document.Published
	}
	return f.Claim.When
}

func (f *Figure) side() Side {
	return sideOf([]*Stated{f.Claim}, strings.TrimSpace(f.Currency+" "+f.Amount), f.when())
}

// Claimants are those who give figures, sorted, each once.
func (a *Account) Claimants() []string {
	var out []string
	for _, f := range a.Figures {
		out = append(out, f.Claimant)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
