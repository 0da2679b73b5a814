package web

import (
	"context"
	"net/http"
	"slices"

	"demarche"
	"demarche/account"
	"demarche/brief"
	"demarche/record"
)

// todayPage is what is new on the desk.
type todayPage struct {
	Documents, Claims, Decisions int64 // on record
	Day                          string
	In                           []arrival
	Changed                      []statement // a state of affairs that began or ended
	Answered                     []requestView
	Waiting                      int
	First                        []statement // of those that wait
	Conflicts                    []conflictView
	ConflictCount                int
	ConflictsAt                  string
	Decided                      []madeView
	Names                        []string
	MayReview                    bool
	Behind                       bool // the record is still being looked through
}

// arrival is a document that came in, with how many claims it has.
type arrival struct {
	Title, Publisher, Published, Recorded string
	Href                                  string
	Claims                                int
}

// How much of each log Today looks at, and shows.
const (
	todayDocuments = 25
	todayClaims    = 500
	todayShown     = 15
	todayWaiting   = 5
	todayConflicts = 5
	todayPairs     = 6 // whose requests are followed
)

func (s *Server) today(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	if err := s.catchUp(r.Context()); err != nil {
		return err
	}
	l := s.links(bar)
	head, err := s.overview.KnownBy(r.Context(), clocks.KnownBy)
	if err != nil {
		return err
	}
	who, _ := account.From(r.Context())
	body := todayPage{Documents: head.Document, Claims: head.Claim, Decisions: head.Decision, Day: brief.Date(clocks.On), Names: s.names(), MayReview: who.Role.May(account.Reviewer)}
	on, err := s.Desk.Stats(r.Context())
	if err != nil {
		return err
	}
	body.Behind = int64(on.Claims) > s.overview.Head().Claim
	log, err := s.lately(r.Context(), head)
	if err != nil {
		return err
	}
	view := log.View(clocks, s.Almanac)
	body.In = arrivals(log, view, clocks, l)
	body.Changed = l.statements(changed(view))
	if body.Answered, err = s.answered(r.Context(), view, clocks, l); err != nil {
		return err
	}
	for _, d := range slices.Backward(log.Decisions) {
		if len(body.Decided) < todayShown {
			body.Decided = append(body.Decided, madeOf(demarche.Made{Decision: d}))
		}
	}
	if err := s.fillWaiting(r.Context(), &body, clocks, l); err != nil {
		return err
	}
	found, at := s.conflicts.known(clocks)
	body.ConflictsAt = at
	if at == "" || body.Behind { // what is not complete yet is not kept
		w.Header().Set("Cache-Control", "private, no-store")
	}
	for _, c := range found {
		if c.Settled == nil {
			body.ConflictCount++
			if len(body.Conflicts) < todayConflicts {
				body.Conflicts = append(body.Conflicts, s.conflictView(l, c))
			}
		}
	}
	return s.render(w, r, "today.html", page{Title: "Today", Here: "Today", Clocks: bar, Body: body})
}

// lately is what was recorded last before a place in the logs.
func (s *Server) lately(ctx context.Context, head demarche.Cursor) (record.Log, error) {
	var out record.Log
	documents, _, err := s.Desk.Changes(ctx, demarche.Cursor{Document: max(head.Document-todayDocuments, 0), Claim: head.Claim, Decision: head.Decision}, todayDocuments)
	if err != nil {
		return out, err
	}
	claims, _, err := s.Desk.Changes(ctx, demarche.Cursor{Document: head.Document, Claim: max(head.Claim-todayClaims, 0), Decision: max(head.Decision-todayShown, 0)}, todayClaims)
	if err != nil {
		return out, err
	}
	out.Documents = documents.Documents[:min(int64(len(documents.Documents)), head.Document)]
	out.Claims = claims.Claims[:min(int64(len(claims.Claims)), head.Claim, todayClaims)]
	out.Decisions = claims.Decisions[:min(int64(len(claims.Decisions)), head.Decision, todayShown)]
	return out, nil
}

// arrivals are the newest documents, the newest first.
func arrivals(log record.Log, view *record.View, c record.Clocks, l links) []arrival {
	claims := map[record.DocumentID]int{}
	for _, s := range view.Claims() {
		claims[s.Document.ID]++
	}
	var out []arrival
	for i := range slices.Backward(log.Documents) {
		d := &log.Documents[i]
		if !c.Published(d.Published) || !c.Known(d.Recorded) {
			continue
		}
		title := d.Title
		if title == "" {
			title = "Untitled document"
		}
		out = append(out, arrival{Title: title, Publisher: d.Publisher, Published: brief.Date(d.Published), Recorded: instant(d.Recorded),
			Href: l.to([]string{"documents", string(d.ID)}), Claims: claims[d.ID]})
	}
	return out
}

// changed are the newest claims that a state of affairs began or ended, by the
// date of the change, the newest first. That a state, a debt or an office came
// to be known is no change.
func changed(view *record.View) []*record.Stated {
	var out []*record.Stated
	for _, c := range slices.Backward(view.Claims()) {
		if (c.Phase == record.Begins || c.Phase == record.Ends) && !c.Negated && len(out) < todayShown {
			out = append(out, c)
		}
	}
	return out
}

// answered are requests whose newest answer is among what came in last.
func (s *Server) answered(ctx context.Context, view *record.View, c record.Clocks, l links) ([]requestView, error) {
	in := map[record.ClaimID]bool{}
	var pairs [][2]string
	for _, claim := range slices.Backward(view.Claims()) {
		in[claim.ID] = true
		actor, recipient := claim.Roles.One(record.RoleActor), claim.Roles.One(record.RoleRecipient)
		if !claim.Kind.IsAct() || claim.Kind == record.Consult || actor == "" || recipient == "" {
			continue
		}
		pair := [2]string{recipient, actor} // an answer goes back to who asked
		if claim.Kind == record.Request {
			pair = [2]string{actor, recipient}
		}
		if !slices.Contains(pairs, pair) && len(pairs) < todayPairs {
			pairs = append(pairs, pair)
		}
	}
	var out []requestView
	for _, pair := range pairs {
		got, err := s.Desk.Requests(ctx, pair[0], pair[1], false, c)
		if demarche.KindOf(err) == demarche.Unknown && err != nil {
			continue
		} else if err != nil {
			return nil, err
		}
		for _, t := range got.Found {
			if last := t.Last(); last != nil && in[last.Claim.ID] && len(out) < todayShown {
				out = append(out, s.request(l, t, c.On.Latest))
			}
		}
	}
	return out, nil
}

func (s *Server) fillWaiting(ctx context.Context, p *todayPage, c record.Clocks, l links) error {
	p.Waiting = s.overview.Waiting()
	claims, err := s.Desk.ByName(ctx, s.overview.Next("", todayWaiting), c)
	if err != nil {
		return err
	}
	p.First, err = s.sentences(ctx, claims, l.statements(claims))
	return err
}

// mostNames bounds the names that a form completes.
const mostNames = 300

// names complete what is written in forms: the states and bodies of the
// almanac, and the names most used in claims.
func (s *Server) names() []string {
	out := slices.Clone(s.almanacNames)
	for _, name := range s.overview.Names(mostNames) {
		if s.Almanac.Polity(name) == nil && s.Almanac.Body(name) == nil {
			out = append(out, name)
		}
	}
	return out
}

// standingNames are the names of the states and bodies that exist, as people
// write them.
func (s *Server) standingNames() []string {
	var out []string
	for _, code := range s.Almanac.Polities() {
		if p := s.Almanac.Polity(code); p.On(0) {
			out = append(out, p.Name)
		}
	}
	for _, id := range s.Almanac.Bodies() {
		if s.Almanac.Body(id).Ended.IsZero() {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
