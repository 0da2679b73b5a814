package record

import (
	"cmp"
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
	asked := v.asked(from, to)
	if len(asked) == 0 {
		return nil
	}
	m := newMatcher(v)
	var out []*Thread
	for len(asked) > 0 {
		var t *Thread
		t, asked = m.thread(asked)
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(a, b *Thread) int { return byTime(a.Request, b.Request) })
	return out
}

// asked are the single askings of from to to, in order of date.
func (v *View) asked(from, to string) []*Stated {
	var out []*Stated
	for _, s := range v.claims {
		if s.Kind == Request && !s.Negated && actsFor(s, RoleActor, from) && actsFor(s, RoleRecipient, to) && v.toldBy(s) {
			out = append(out, s)
		}
	}
	return out
}

// toldBy reports whether the claim tells of a time up to Clocks.On.
func (v *View) toldBy(s *Stated) bool {
	return v.Clocks.On.IsZero() || s.Time().lo() <= v.Clocks.On.hi()
}

func actsFor(s *Stated, role, name string) bool {
	return name == "" || slices.Contains(s.Roles[role], name)
}

// matcher finds the answers to requests among the claims told of by Clocks.On.
type matcher struct {
	view   *View
	claims []*Stated            // in order of date; the rest are places in it
	acts   map[doer][]int       // of the acts of a kind by an actor
	whole  map[doer][]int       // of those of them whose content is a claim
	about  map[string][]int     // of the others, by their actor
	topics map[string]topics    // of these, where an actor was asked for them
	told   map[DocumentID][]int // of the acts of a document
	states map[string]*[]int    // of what is told of a state of affairs, by its key
	place  map[ClaimID]int
	found  map[ClaimID][]Reply
	words  map[string][]string // of topics
	key    []byte              // of a state of affairs, to write in
	at     []int               // candidates, to gather in
}

// topics are acts by each word of their topic.
type topics map[string][]int

// doer is who did what kind of act.
type doer struct {
	actor string
	kind  Kind
}

func newMatcher(v *View) *matcher {
	m := &matcher{view: v, acts: map[doer][]int{}, whole: map[doer][]int{}, about: map[string][]int{}, topics: map[string]topics{}, told: map[DocumentID][]int{},
		states: map[string]*[]int{}, place: map[ClaimID]int{}, found: map[ClaimID][]Reply{}, words: map[string][]string{}}
	for _, s := range v.claims {
		if v.toldBy(s) {
			m.add(s)
		}
	}
	return m
}

func (m *matcher) add(s *Stated) {
	at := len(m.claims)
	m.claims, m.place[s.ID] = append(m.claims, s), at
	if !s.Kind.IsAct() {
		list := m.states[string(m.keyOf(&s.Core))]
		if list == nil {
			list = new([]int)
			m.states[string(m.key)] = list
		}
		*list = append(*list, at)
		return
	}
	m.told[s.Document.ID] = append(m.told[s.Document.ID], at)
	for _, actor := range s.Roles[RoleActor] {
		by := doer{actor, s.Kind}
		m.acts[by] = append(m.acts[by], at)
		switch {
		case s.Content == nil:
		case s.Content.Kind != "":
			m.whole[by] = append(m.whole[by], at)
		default:
			m.about[actor] = append(m.about[actor], at)
		}
	}
}

// topicsOf are the acts of an actor by their topics.
func (m *matcher) topicsOf(actor string) topics {
	t, ok := m.topics[actor]
	if !ok {
		t = topics{}
		for _, at := range m.about[actor] {
			for _, word := range m.subjects(m.claims[at].Content.Topic) {
				t[word] = append(t[word], at)
			}
		}
		m.topics[actor] = t
	}
	return t
}

// keyOf tells states of affairs apart: claims with different keys are not on
// one. It holds until the next is asked for.
func (m *matcher) keyOf(c *Core) []byte {
	m.key = c.appendGroup(append(append(m.key[:0], c.Kind...), '|'))
	return m.key
}

// statesLike are the places of what is told of a core's state of affairs.
func (m *matcher) statesLike(c *Core) []int {
	if list := m.states[string(m.keyOf(c))]; list != nil {
		return *list
	}
	return nil
}

// subjects are the words by which an act is found that is about a topic: topics
// that are alike share one.
func (m *matcher) subjects(topic string) []string {
	return append(slices.Clone(m.substance(topic)), " "+topic)
}

// candidates are the claims that may answer a request, in order of date, each
// once: acts of its parties since, which are told in its document, or have a claim
// for content, or are about something alike, or do what it asks for; what is told
// since of the state of affairs that it asks for; and what a reviewer names. They
// are places, which hold until the next are asked for.
func (m *matcher) candidates(r *Stated, links map[ClaimID]*Decision) []int {
	since, _ := slices.BinarySearchFunc(m.claims, r.Time().lo(), func(s *Stated, day Day) int { return cmp.Compare(s.Time().hi(), day) })
	at := m.at[:0]
	add := func(places []int) {
		first, _ := slices.BinarySearch(places, since)
		at = append(at, places[first:]...)
	}
	add(m.told[r.Document.ID])
	for _, name := range r.Roles[RoleRecipient] {
		for _, k := range answering() {
			add(m.whole[doer{name, k}])
		}
		if r.Content == nil {
			continue
		}
		add(m.acts[doer{name, r.Content.Kind}])
		for _, word := range m.subjects(r.Content.Topic) {
			add(m.topicsOf(name)[word])
		}
	}
	for _, name := range r.Roles[RoleActor] {
		for _, k := range withdrawing() {
			add(m.whole[doer{name, k}])
		}
	}
	if r.Content != nil && !r.Content.Kind.IsAct() {
		add(m.statesLike(&r.Content.Core))
	}
	for id := range links {
		if i, ok := m.place[id]; ok {
			at = append(at, i)
		}
	}
	slices.Sort(at)
	m.at = slices.Compact(at)
	return m.at
}

// thread takes the first request with those that ask the same until it is
// closed, and gives the rest.
func (m *matcher) thread(asked []*Stated) (*Thread, []*Stated) {
	t := &Thread{Request: asked[0]}
	t.Answers = slices.Clone(m.replies(asked[0]))
	t.Status = outcome(t.Answers)
	var rest []*Stated
	for _, s := range asked[1:] {
		if !m.sameAsk(asked[0], s) || t.closedBefore(s) {
			rest = append(rest, s)
			continue
		}
		replies := m.replies(s)
		if answeredBefore(replies, t.Request) {
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
func (m *matcher) sameAsk(a, b *Stated) bool {
	return sameNames(a.Roles[RoleActor], b.Roles[RoleActor]) && sameNames(a.Roles[RoleRecipient], b.Roles[RoleRecipient]) &&
		a.Content != nil && b.Content != nil && m.compare(a.Content, b.Content) == equal && m.compare(b.Content, a.Content) == equal &&
		a.Content.Roles.One(RoleTier) == b.Content.Roles.One(RoleTier)
}

func sameNames(a, b []string) bool {
	if slices.Equal(a, b) {
		return true
	}
	if len(a) < 2 && len(b) < 2 {
		return false
	}
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
	out, ok := m.found[r.ID]
	if !ok {
		out = m.findReplies(r)
		m.found[r.ID] = out
	}
	return out
}

func (m *matcher) findReplies(r *Stated) []Reply {
	links := linksOf(r)
	var out []Reply
	for _, at := range m.candidates(r, links) {
		s := m.claims[at]
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
		status, why = m.answerByAct(r, s)
	} else {
		status, why = m.answerByFact(r, s)
	}
	if status == "" {
		return nil
	}
	return &Reply{Claim: s, Status: status, Why: why}
}

// FollowUp are the queries for what could answer the requests of from to to that
// the view shows, which the query q selected: acts of the kinds that answer, what
// was asked for coming to be so, what the same documents tell, which may not say
// towards whom, and what a reviewer names. None where nothing was asked.
func (v *View) FollowUp(from, to string, q Query) []Query {
	asked := v.asked(from, to)
	if len(asked) == 0 {
		return nil
	}
	var out []Query
	seen := map[string]bool{}
	var told Query
	q.Kinds, q.Limit, q.After = answering(), 0, 0
	for _, s := range asked {
		told.Documents = append(told.Documents, s.Document.ID)
		told.Names = append(append(told.Names, s.Roles[RoleActor]...), s.Roles[RoleRecipient]...)
		switch {
		case s.Content == nil || s.Content.Kind == "":
		case s.Content.Kind.IsAct():
			q.Kinds = append(q.Kinds, s.Content.Kind)
		default:
			if parties := s.Content.Parties(); len(parties) > 0 {
				out = addOnce(out, seen, Query{Kinds: []Kind{s.Content.Kind}, Names: parties[:1], With: parties[1:min(2, len(parties))]})
			}
		}
		for _, d := range s.Decisions {
			if d.Verdict == Accept && d.Other != "" {
				out = addOnce(out, seen, Query{Claims: []ClaimID{d.Other}})
			}
		}
	}
	slices.Sort(q.Kinds)
	q.Kinds = slices.Compact(q.Kinds)
	slices.Sort(told.Names)
	told.Kinds, told.Names = q.Kinds, slices.Compact(told.Names)
	return append(append(out, q), told.byDocuments()...)
}

// answering are the kinds of acts that may answer a request whatever it asks
// for; see answerByAct.
func answering() []Kind { return []Kind{Agree, Concede, Reject, Retreat, Support} }

// withdrawing are the kinds of acts by which the one who asked takes a request
// back; see withdraws.
func withdrawing() []Kind { return []Kind{Reject, Retreat} }

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

// Again is the last time that it is told to have been asked later than at first,
// nil where it was asked once.
func (t *Thread) Again() *Stated {
	var last *Stated
	for _, s := range t.Repeats {
		if s.When.IsZero() || t.Asked.IsZero() || s.When.lo() <= t.Asked.hi() {
			continue
		}
		if last == nil || s.When.lo() > last.When.lo() {
			last = s
		}
	}
	return last
}
