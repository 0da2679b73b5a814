package store

import (
	"context"
	"slices"
	"sync"

	"demarche/record"
)

// Questions asks the record's questions of a store: each selects the claims that
// it needs, under all names that a party has had, and leaves the deriving to
// package record.
type Questions struct {
	Store    Store
	Polities record.Polities // may be nil
	// Answers, where it is not nil, keeps what was answered: for a page that asks
	// the same in several of its parts, over a record that stays as it is.
	Answers *Answers
}

// Answers are answers by their questions. The zero value keeps none yet.
type Answers struct {
	mu    sync.Mutex
	known map[asked]any
}

// asked is a question: what is asked, about whom and by which clocks.
type asked struct {
	what   string
	a, b   string
	clocks record.Clocks
}

// recall gives the answer to a question, from those known where it is. The list is
// the caller's own, what is in it is shared.
func recall[T any](q Questions, what, a, b string, c record.Clocks, ask func() ([]T, error)) ([]T, error) {
	if q.Answers == nil {
		return ask()
	}
	q.Answers.mu.Lock()
	defer q.Answers.mu.Unlock()
	key := asked{what, a, b, c}
	if found, ok := q.Answers.known[key]; ok {
		return slices.Clone(found.([]T)), nil
	}
	found, err := ask()
	if err != nil {
		return nil, err
	}
	if q.Answers.known == nil {
		q.Answers.known = map[asked]any{}
	}
	q.Answers.known[key] = found
	return slices.Clone(found), nil
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
	if len(queries) == 0 {
		return record.Log{}, nil
	}
	for i := range queries {
		queries[i].Clocks = c
	}
	return q.Store.Select(ctx, queries...)
}

// line is a name with those of its predecessors, known to the almanac.
func (q Questions) line(name string) []string {
	if name == "" {
		return nil
	}
	return append([]string{name}, record.Ancestors(q.Polities, name)...)
}

// told adds to the line of a name the predecessors that claims of the log tell.
func told(log record.Log, name string, line []string) []string {
	for i := range log.Claims {
		successors, p := log.Claims[i].Core.Succession()
		if slices.Contains(successors, name) && !slices.Contains(line, p) {
			line = append(line, p)
		}
	}
	return line
}

// state asks for the timelines of kinds about a, and b where it is not "",
// through their predecessors.
func (q Questions) state(ctx context.Context, c record.Clocks, a, b string, kinds ...record.Kind) (*record.View, error) {
	log, _, err := q.stateLog(ctx, c, a, b, kinds...)
	if err != nil {
		return nil, err
	}
	return log.View(c, q.Polities), nil
}

// lines are two names with those of their predecessors; the second has none
// where one party is asked about.
type lines struct{ a, b []string }

// stateLog selects the claims of the kinds, all where none is given, with those
// on who took whose place. Mostly one look at the store does: the predecessors
// that claims tell are those that the almanac knows.
func (q Questions) stateLog(ctx context.Context, c record.Clocks, a, b string, kinds ...record.Kind) (record.Log, lines, error) {
	line := lines{q.line(a), q.line(b)}
	log, err := q.log(ctx, c, line.queries(kinds))
	if err != nil {
		return log, line, err
	}
	more := lines{told(log, a, line.a), told(log, b, line.b)}
	if len(more.a)+len(more.b) == len(line.a)+len(line.b) {
		return log, line, nil
	}
	log, err = q.log(ctx, c, more.queries(kinds))
	return log, more, err
}

func (l lines) queries(kinds []record.Kind) []record.Query {
	out := []record.Query{{Kinds: kinds, Names: l.a, With: l.b}}
	if names := slices.Concat(l.a, l.b); len(names) > 0 { // who took whose place, and who says so
		out = append(out, record.Query{Succeeding: names})
	}
	return out
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
	return recall(q, "members", body, "", c, func() ([]*record.Timeline, error) {
		v, err := q.state(ctx, c, body, "", record.Membership)
		if err != nil {
			return nil, err
		}
		return v.Members(body), nil
	})
}

// Chairs are the timelines of who chairs a body.
func (q Questions) Chairs(ctx context.Context, body string, c record.Clocks) ([]*record.Timeline, error) {
	return recall(q, "chairs", body, "", c, func() ([]*record.Timeline, error) {
		v, err := q.state(ctx, c, body, "", record.Chair)
		if err != nil {
			return nil, err
		}
		return v.Chairs(body), nil
	})
}

// Memberships are the timelines of a party in bodies.
func (q Questions) Memberships(ctx context.Context, party string, c record.Clocks) ([]*record.Timeline, error) {
	return recall(q, "memberships", party, "", c, func() ([]*record.Timeline, error) {
		v, err := q.state(ctx, c, party, "", record.Membership)
		if err != nil {
			return nil, err
		}
		return v.Memberships(party), nil
	})
}

// Relations are the timelines of relations of a with b, or with all where b is
// "".
func (q Questions) Relations(ctx context.Context, a, b string, c record.Clocks) ([]*record.Timeline, error) {
	return q.States(ctx, record.Relations, a, b, c)
}

// States are the timelines of any kind of state between a and b, or of a where b
// is "".
func (q Questions) States(ctx context.Context, kind record.Kind, a, b string, c record.Clocks) ([]*record.Timeline, error) {
	return recall(q, string(kind), a, b, c, func() ([]*record.Timeline, error) {
		v, err := q.state(ctx, c, a, b, kind)
		if err != nil {
			return nil, err
		}
		names := slices.DeleteFunc([]string{a, b}, func(s string) bool { return s == "" })
		return v.Timelines(kind, names...), nil
	})
}

// Offices are the timelines of the offices of a polity or body, or of those that
// a person holds.
func (q Questions) Offices(ctx context.Context, name string, c record.Clocks) ([]*record.Timeline, error) {
	return recall(q, "offices", name, "", c, func() ([]*record.Timeline, error) {
		v, err := q.View(ctx, c, record.Query{Kinds: []record.Kind{record.Office}, Names: []string{name}})
		if err != nil {
			return nil, err
		}
		return v.Offices(name), nil
	})
}

// Requests are the requests that from made of to, either of which may be "",
// with what came of them.
func (q Questions) Requests(ctx context.Context, from, to string, c record.Clocks) ([]*record.Thread, error) {
	return recall(q, "requests", from, to, c, func() ([]*record.Thread, error) {
		query := record.Query{Kinds: []record.Kind{record.Request}}
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
		v, err := q.more(ctx, c, log, log.View(c, q.Polities).FollowUp(from, to, query))
		if err != nil {
			return nil, err
		}
		return v.Requests(from, to), nil
	})
}

// Debts are the accounts between a and b, those of a where b is "", or all: with
// the acts that promise or refuse to change them, and the offices of those who
// give figures, which tell whose word these are.
func (q Questions) Debts(ctx context.Context, a, b string, c record.Clocks) ([]*record.Account, error) {
	return recall(q, "debts", a, b, c, func() ([]*record.Account, error) {
		log, _, err := q.stateLog(ctx, c, a, b, append(record.Acts(), record.Debt)...)
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
	})
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
	return recall(q, "chronicle", a, b, c, func() ([]*record.Stated, error) {
		log, line, err := q.stateLog(ctx, c, a, b)
		if err != nil {
			return nil, err
		}
		return log.View(c, q.Polities).Chronicle(line.a, line.b), nil
	})
}

// Anniversaries are those between a and b that fall into a year.
func (q Questions) Anniversaries(ctx context.Context, a, b string, year int, c record.Clocks) ([]record.Anniversary, error) {
	log, _, err := q.stateLog(ctx, c, a, b, record.Relations, record.Recognition, record.Treaty, record.Membership, record.Mission)
	if err != nil {
		return nil, err
	}
	names := slices.DeleteFunc([]string{a, b}, func(s string) bool { return s == "" })
	v, err := q.more(ctx, c, log, []record.Query{{Kinds: []record.Kind{record.Existence}, Names: names}})
	if err != nil {
		return nil, err
	}
	return v.Anniversaries(a, b, year), nil
}

// Conflicts are all contradictions between claims on states of affairs. A large
// record is looked through kind by kind, so that it need not be held at once.
func (q Questions) Conflicts(ctx context.Context, c record.Clocks) ([]*record.Conflict, error) {
	var out []*record.Conflict
	for _, kind := range record.States() {
		v, err := q.View(ctx, c, record.Query{Kinds: []record.Kind{kind, record.Succession, record.Recognition}})
		if err != nil {
			return nil, err
		}
		out = append(out, v.ConflictsOf(kind)...)
	}
	return out, nil
}
