package record

import (
	"fmt"
	"slices"
)

// Thread is a request followed through: who asked whom for what, how often, and
// what came of it.
type Thread struct {
	Request *Stated   // the first time it was asked
	Repeats []*Stated // further times, or further tellings, in order
	Status  Status
	// Answers are the claims that Status rests on, in order of date.
	Answers []Reply
	// Asked is when it was first asked; zero where no date is told.
	Asked When
}

// Reply is a claim taken for an answer to a request, with what follows from it
// and why.
type Reply struct {
	Claim  *Stated
	Status Status
	Why    string
	// Decided is the reviewer's decision that it is the answer, nil where it
	// was matched.
	Decided *Decision
}

// Age is the number of days from the day on which it was first asked at the
// latest to on; -1 where that is not known or later.
func (t *Thread) Age(on Day) int {
	if t.Asked.Latest == 0 || on < t.Asked.Latest {
		return -1
	}
	return int(on - t.Asked.Latest)
}

// Last is the newest answer, nil where there is none.
func (t *Thread) Last() *Reply {
	if n := len(t.Answers); n > 0 {
		return &t.Answers[n-1]
	}
	return nil
}

// Requests are the requests of from to to, either of which may be "", with what
// has come of them by Clocks.On; in order of date.
func (v *View) Requests(from, to string) []*Thread {
	m := newMatcher(v)
	var asked []*Stated
	for _, s := range m.claims {
		if s.Kind == Request && !s.Negated && actsFor(s, RoleActor, from) && actsFor(s, RoleRecipient, to) {
			asked = append(asked, s)
		}
	}
	var out []*Thread
	for len(asked) > 0 {
		var t *Thread
		t, asked = m.thread(asked)
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(a, b *Thread) int { return byTime(a.Request, b.Request) })
	return out
}

func actsFor(s *Stated, role, name string) bool {
	return name == "" || slices.Contains(s.Roles[role], name)
}

// matcher finds the answers to requests among the claims told of by Clocks.On.
type matcher struct {
	view   *View
	claims []*Stated
	byID   map[ClaimID]*Stated
}

func newMatcher(v *View) *matcher {
	m := &matcher{view: v, byID: map[ClaimID]*Stated{}}
	for _, s := range v.claims {
		if v.Clocks.On.IsZero() || s.Time().lo() <= v.Clocks.On.hi() {
			m.claims = append(m.claims, s)
			m.byID[s.ID] = s
		}
	}
	return m
}

// thread takes the first request with those that ask the same until it is
// closed, and gives the rest.
func (m *matcher) thread(asked []*Stated) (*Thread, []*Stated) {
	t := &Thread{Request: asked[0]}
	t.Answers = m.replies(asked[0])
	t.Status = outcome(t.Answers)
	var rest []*Stated
	for _, s := range asked[1:] {
		replies := m.replies(s)
		if !sameAsk(asked[0], s) || t.closedBefore(s) || answeredBefore(replies, t.Request) {
			rest = append(rest, s)
			continue
		}
		t.Repeats = append(t.Repeats, s)
		t.Answers = mergeReplies(t.Answers, replies)
		t.Status = outcome(t.Answers)
	}
	t.Asked = t.firstAsked()
	t.lapse(m.view)
	return t, rest
}

// firstAsked is the earliest date on which it is told to have been asked.
func (t *Thread) firstAsked() When {
	first := t.Request.When
	for _, s := range t.Repeats {
		if first.IsZero() || !s.When.IsZero() && s.When.hi() < first.hi() {
			first = s.When
		}
	}
	return first
}

// closedBefore reports whether the thread had come to an end before the
// request, so that it asks anew.
func (t *Thread) closedBefore(s *Stated) bool {
	last := t.Last()
	return !t.Status.Pending() && last != nil && last.Claim.Time().hi() < s.Time().lo()
}

// answeredBefore reports whether the replies had given something, or refused it,
// before the request, so that it asks anew.
func answeredBefore(replies []Reply, s *Stated) bool {
	return slices.ContainsFunc(replies, func(r Reply) bool {
		return r.Status != Acknowledged && r.Claim.Time().hi() < s.Time().lo()
	})
}

// lapse marks a request overtaken if one of its parties, or a body that it is
// about, is no more.
func (t *Thread) lapse(v *View) {
	if !t.Status.Pending() || v.Clocks.On.IsZero() {
		return
	}
	names := t.Request.Core.Parties()
	if t.Request.Content != nil {
		names = append(names, t.Request.Content.Parties()...)
	}
	for _, name := range names {
		if end := v.polities.Lifetime(name).Latest; end != 0 && end < v.Clocks.On.lo() {
			t.Status = Overtaken
		}
	}
}

// sameAsk reports whether two requests ask the same of the same.
func sameAsk(a, b *Stated) bool {
	return sameNames(a.Roles[RoleActor], b.Roles[RoleActor]) && sameNames(a.Roles[RoleRecipient], b.Roles[RoleRecipient]) &&
		a.Content != nil && b.Content != nil && compare(a.Content, b.Content) == equal && compare(b.Content, a.Content) == equal &&
		a.Content.Roles.One(RoleTier) == b.Content.Roles.One(RoleTier)
}

func sameNames(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

// outcome is what the answers, in order of date, leave a request at: a decision
// on it closes it, a part of it counts for more than an acknowledgement, and a
// reviewer's word for more than all.
func outcome(replies []Reply) Status {
	status, decided := Open, false
	for _, r := range replies {
		switch {
		case r.Decided != nil:
			status, decided = r.Status, true
		case decided:
		case r.Status == Acknowledged && status != Open:
		case r.Status == GrantedInPart && status == Granted:
		default:
			status = r.Status
		}
	}
	return status
}

func mergeReplies(a, b []Reply) []Reply {
	for _, r := range b {
		if !slices.ContainsFunc(a, func(x Reply) bool { return x.Claim.ID == r.Claim.ID }) {
			a = append(a, r)
		}
	}
	sortReplies(a)
	return a
}

func sortReplies(r []Reply) {
	slices.SortStableFunc(r, func(a, b Reply) int { return byTime(a.Claim, b.Claim) })
}

// replies are the answers to one request, with those that a reviewer adds and
// without those that a reviewer rejects.
func (m *matcher) replies(r *Stated) []Reply {
	links := linksOf(r)
	var out []Reply
	for _, s := range m.claims {
		d := links[s.ID]
		if d != nil && d.Verdict == RejectClaim || s.ID == r.ID {
			continue
		}
		reply := m.reply(r, s)
		if d != nil {
			reply = &Reply{Claim: s, Status: d.Status, Why: "decided by " + d.Who + ": " + d.Why, Decided: d}
			if d.Status == "" {
				reply.Status = Granted
			}
		}
		if reply != nil {
			out = append(out, *reply)
		}
	}
	sortReplies(out)
	return out
}

// linksOf are the newest decisions on what answers the request, by answer.
func linksOf(r *Stated) map[ClaimID]*Decision {
	links := map[ClaimID]*Decision{}
	for i := range r.Decisions {
		if d := &r.Decisions[i]; d.Other != "" && (d.Verdict == Accept || d.Verdict == RejectClaim) {
			links[d.Other] = d
		}
	}
	return links
}

// reply takes a claim for an answer to the request; nil where it is none.
func (m *matcher) reply(r, s *Stated) *Reply {
	if s.Time().hi() < r.Time().lo() {
		return nil
	}
	var status Status
	var why string
	if s.Kind.IsAct() {
		status, why = answerByAct(r, s)
	} else {
		status, why = m.answerByFact(r, s)
	}
	if status == "" {
		return nil
	}
	return &Reply{Claim: s, Status: status, Why: why}
}

// FollowUp are the queries for what else could answer the requests in the log:
// what was asked for coming to be so, what the same documents tell,
// which may not say towards whom, and what a reviewer names.
func (l Log) FollowUp() []Query {
	var out []Query
	seen := map[string]bool{}
	var told Query
	for i := range l.Claims {
		c := &l.Claims[i]
		if c.Kind != Request {
			continue
		}
		if len(c.Citations) > 0 {
			told.Documents = append(told.Documents, c.Citations[0].Document)
		}
		if c.Content == nil || c.Content.Kind == "" || c.Content.Kind.IsAct() {
			continue
		}
		if parties := c.Content.Parties(); len(parties) > 0 {
			out = addOnce(out, seen, Query{Kinds: []Kind{c.Content.Kind}, Names: parties[:1], With: parties[1:min(2, len(parties))]})
		}
	}
	for _, d := range l.Decisions {
		if d.Verdict == Accept && d.Other != "" {
			out = addOnce(out, seen, Query{Claims: []ClaimID{d.Other}})
		}
	}
	return append(out, told.byDocuments()...)
}

// byDocuments divides a query of many documents into queries that any store
// takes, none where it names no document.
func (q Query) byDocuments() []Query {
	const most = 500
	slices.Sort(q.Documents)
	var out []Query
	for some := range slices.Chunk(slices.Compact(q.Documents), most) {
		part := q
		part.Documents = some
		out = append(out, part)
	}
	return out
}

func addOnce(list []Query, seen map[string]bool, q Query) []Query {
	key := fmt.Sprint(q.Kinds, q.Names, q.With, q.Claims)
	if seen[key] {
		return list
	}
	seen[key] = true
	return append(list, q)
}
