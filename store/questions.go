package store

import (
	"context"
	"slices"

	"demarche/record"
)

// Questions asks the record's questions of a store: each selects the claims that
// it needs, under all names that a party has had, and leaves the deriving to
// package record.
type Questions struct {
	Store    Store
	Polities record.Polities // may be nil
}

// View derives from the claims that any of the queries selects. The queries'
// clocks are set to c.
func (q Questions) View(ctx context.Context, c record.Clocks, queries ...record.Query) (*record.View, error) {
	log, err := q.log(ctx, c, queries)
	if err != nil {
		return nil, err
	}
	return log.View(c, q.Polities), nil
}

func (q Questions) log(ctx context.Context, c record.Clocks, queries []record.Query) (record.Log, error) {
	var all record.Log
	for _, query := range queries {
		query.Clocks = c
		log, err := q.Store.Select(ctx, query)
		if err != nil {
			return all, err
		}
		all.Documents = append(all.Documents, log.Documents...)
		all.Claims = append(all.Claims, log.Claims...)
		all.Decisions = append(all.Decisions, log.Decisions...)
	}
	return all, nil
}

// line is a name with those of its predecessors, known to the almanac or told.
func (q Questions) line(ctx context.Context, c record.Clocks, name string) ([]string, error) {
	if name == "" {
		return nil, nil
	}
	out := append([]string{name}, record.Ancestors(q.Polities, name)...)
	told, err := q.log(ctx, c, []record.Query{{Kinds: []record.Kind{record.Succession}, Names: []string{name}}})
	if err != nil {
		return nil, err
	}
	for i := range told.Claims {
		if p := told.Claims[i].Roles.One(record.RolePredecessor); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out, nil
}

// state asks for the timelines of kinds about a, and b where it is not "",
// through their predecessors.
func (q Questions) state(ctx context.Context, c record.Clocks, a, b string, kinds ...record.Kind) (*record.View, error) {
	log, err := q.stateLog(ctx, c, a, b, kinds...)
	if err != nil {
		return nil, err
	}
	return log.View(c, q.Polities), nil
}

func (q Questions) stateLog(ctx context.Context, c record.Clocks, a, b string, kinds ...record.Kind) (record.Log, error) {
	la, err := q.line(ctx, c, a)
	if err != nil {
		return record.Log{}, err
	}
	lb, err := q.line(ctx, c, b)
	if err != nil {
		return record.Log{}, err
	}
	queries := []record.Query{{Kinds: kinds, Names: la, With: lb}}
	if names := slices.Concat(la, lb); len(names) > 0 { // who took whose place, and who says so
		queries = append(queries, record.Query{Kinds: []record.Kind{record.Succession, record.Recognition}, Names: names, With: names})
	}
	return q.log(ctx, c, queries)
}

// more adds to the log what further queries select, and shows it.
func (q Questions) more(ctx context.Context, c record.Clocks, log record.Log, queries []record.Query) (*record.View, error) {
	further, err := q.log(ctx, c, queries)
	if err != nil {
		return nil, err
	}
	log.Documents = append(log.Documents, further.Documents...)
	log.Claims = append(log.Claims, further.Claims...)
	log.Decisions = append(log.Decisions, further.Decisions...)
	return log.View(c, q.Polities), nil
}

// Members are the timelines of the parties of a body, the highest tier first.
func (q Questions) Members(ctx context.Context, body string, c record.Clocks) ([]*record.Timeline, error) {
	v, err := q.state(ctx, c, body, "", record.Membership)
	if err != nil {
		return nil, err
	}
	return v.Members(body), nil
}

// Chairs are the timelines of who chairs a body.
func (q Questions) Chairs(ctx context.Context, body string, c record.Clocks) ([]*record.Timeline, error) {
	v, err := q.state(ctx, c, body, "", record.Chair)
	if err != nil {
		return nil, err
	}
	return v.Chairs(body), nil
}

// Memberships are the timelines of a party in bodies.
func (q Questions) Memberships(ctx context.Context, party string, c record.Clocks) ([]*record.Timeline, error) {
	v, err := q.state(ctx, c, party, "", record.Membership)
	if err != nil {
		return nil, err
	}
	return v.Memberships(party), nil
}

// Relations are the timelines of relations of a with b, or with all where b is
// "".
func (q Questions) Relations(ctx context.Context, a, b string, c record.Clocks) ([]*record.Timeline, error) {
	v, err := q.state(ctx, c, a, b, record.Relations)
	if err != nil {
		return nil, err
	}
	return v.Relations(a, b), nil
}

// States are the timelines of any kind of state between a and b, or of a where b
// is "".
func (q Questions) States(ctx context.Context, kind record.Kind, a, b string, c record.Clocks) ([]*record.Timeline, error) {
	v, err := q.state(ctx, c, a, b, kind)
	if err != nil {
		return nil, err
	}
	names := slices.DeleteFunc([]string{a, b}, func(s string) bool { return s == "" })
	return v.Timelines(kind, names...), nil
}

// Offices are the timelines of the offices of a polity or body, or of those that
// a person holds.
func (q Questions) Offices(ctx context.Context, name string, c record.Clocks) ([]*record.Timeline, error) {
	v, err := q.View(ctx, c, record.Query{Kinds: []record.Kind{record.Office}, Names: []string{name}})
	if err != nil {
		return nil, err
	}
	return v.Offices(name), nil
}

// Requests are the requests that from made of to, either of which may be "",
// with what came of them.
func (q Questions) Requests(ctx context.Context, from, to string, c record.Clocks) ([]*record.Thread, error) {
	query := record.Query{Kinds: record.Acts()}
	for _, name := range []string{from, to} {
		switch {
		case name == "":
		case len(query.Names) == 0:
			query.Names = []string{name}
		default:
			query.With = []string{name}
		}
	}
	log, err := q.log(ctx, c, []record.Query{query})
	if err != nil {
		return nil, err
	}
	v, err := q.more(ctx, c, log, log.FollowUp())
	if err != nil {
		return nil, err
	}
	return v.Requests(from, to), nil
}

// Debts are the accounts between a and b, those of a where b is "", or all: with
// the acts that promise or refuse to change them, and the offices of those who
// give figures, which tell whose word these are.
func (q Questions) Debts(ctx context.Context, a, b string, c record.Clocks) ([]*record.Account, error) {
	log, err := q.stateLog(ctx, c, a, b, append(record.Acts(), record.Debt)...)
	if err != nil {
		return nil, err
	}
	var offices []record.Query
	if claimants := claimants(log); len(claimants) > 0 {
		offices = []record.Query{{Kinds: []record.Kind{record.Office}, Names: claimants}}
	}
	v, err := q.more(ctx, c, log, offices)
	if err != nil {
		return nil, err
	}
	return v.Debts(a, b), nil
}

// claimants are those who say something of a debt, each once.
func claimants(log record.Log) []string {
	var out []string
	for i := range log.Claims {
		if c := &log.Claims[i]; c.Kind == record.Debt && c.Source != "" {
			out = append(out, c.Source)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Chronicle is everything about a, or between a and b, in order of date, with
// what is told of their predecessors.
func (q Questions) Chronicle(ctx context.Context, a, b string, c record.Clocks) ([]*record.Stated, error) {
	la, err := q.line(ctx, c, a)
	if err != nil {
		return nil, err
	}
	lb, err := q.line(ctx, c, b)
	if err != nil {
		return nil, err
	}
	v, err := q.View(ctx, c, record.Query{Names: la, With: lb})
	if err != nil {
		return nil, err
	}
	if len(lb) == 0 {
		lb = []string{""}
	}
	found := map[record.ClaimID]bool{}
	for _, x := range la {
		for _, y := range lb {
			for _, s := range v.Chronicle(x, y) {
				found[s.ID] = true
			}
		}
	}
	return slices.DeleteFunc(v.Claims(), func(s *record.Stated) bool { return !found[s.ID] }), nil
}

// Anniversaries are those between a and b that fall into a year.
func (q Questions) Anniversaries(ctx context.Context, a, b string, year int, c record.Clocks) ([]record.Anniversary, error) {
	v, err := q.state(ctx, c, a, b, record.Relations, record.Recognition, record.Treaty, record.Membership, record.Mission)
	if err != nil {
		return nil, err
	}
	out := v.Anniversaries(a, b, year)
	founded, err := q.founded(ctx, a, b, year, c)
	return append(out, founded...), err
}

// founded are the anniversaries of the founding of either.
func (q Questions) founded(ctx context.Context, a, b string, year int, c record.Clocks) ([]record.Anniversary, error) {
	var names []string
	for _, name := range []string{a, b} {
		if name != "" {
			names = append(names, name)
		}
	}
	v, err := q.View(ctx, c, record.Query{Kinds: []record.Kind{record.Existence}, Names: names})
	if err != nil {
		return nil, err
	}
	return v.Anniversaries(a, b, year), nil
}

// Conflicts are all contradictions between claims on states of affairs.
func (q Questions) Conflicts(ctx context.Context, c record.Clocks) ([]*record.Conflict, error) {
	v, err := q.View(ctx, c, record.Query{Kinds: record.States()})
	if err != nil {
		return nil, err
	}
	return v.Conflicts(), nil
}
