package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"demarche"
	"demarche/account"
	"demarche/record"
)

// reviewPage is one claim to be decided on.
type reviewPage struct {
	Claim     *claimView // nil where nothing waits
	Waiting   int
	Next      string // the next one, without deciding on this
	Kinds     []choice
	Phases    []choice
	When      string
	Negated   bool
	Roles     []roleField
	Conflicts []conflictView
	Names     []string
	Done      *madeView // what was just decided
	Decided   []madeView
	Document  string
	People    []fact // persons of the claim, with where they are merged
	Content   *contentForm
	Open      bool           // the form that corrects is asked for
	Proposed  []proposedView // of this claim
	Others    []proposedView // of other claims
}

// contentForm is the part of the form that corrects what an act is about.
type contentForm struct {
	Kind, Topic, When string
	Negated           bool
	Phases            []choice
	Roles             []roleField
	As                []fact // the kinds that it may be told as, with where their fields are offered
}

// choice is an option of a form.
type choice struct {
	Value  string
	Chosen bool
}

// roleField is a role in the form that corrects a claim.
type roleField struct {
	Role, Label, Value string
	Names              bool // completed from the names
}

func (s *Server) review(w http.ResponseWriter, r *http.Request) error {
	if err := s.catchUp(r.Context()); err != nil {
		return err
	}
	q := r.URL.Query()
	body := reviewPage{Waiting: s.overview.Waiting(), Names: s.names()}
	l := s.links(nil)
	id := q.Get("claim")
	if id == "" {
		id = s.nextToReview(record.ClaimID(q.Get("after")))
	}
	if err := s.fillDecided(r.Context(), &body, q.Get("done"), l); err != nil {
		return err
	}
	if id != "" {
		if err := s.fillReview(r, &body, id, l); err != nil {
			return err
		}
	}
	if err := s.fillProposed(r.Context(), &body, l); err != nil {
		return err
	}
	return s.render(w, r, "review.html", page{Title: "Review", Here: "Review", Body: body})
}

// nextToReview is the claim that comes after one in the queue, the first of all
// behind the last.
func (s *Server) nextToReview(after record.ClaimID) string {
	next := s.overview.Next(after, 1)
	if len(next) == 0 {
		next = s.overview.Next("", 1)
	}
	if len(next) == 0 {
		return ""
	}
	return string(next[0])
}

func (s *Server) fillReview(r *http.Request, p *reviewPage, id string, l links) error {
	shown, err := s.Desk.Show(r.Context(), id, record.Clocks{})
	if err != nil {
		return err
	}
	view, err := s.claimView(r, id, record.Clocks{}, l)
	if err != nil {
		return err
	}
	c := shown.Claim
	p.Claim, p.Document = &view, l.claim(c)
	p.Next = "/review?after=" + url.QueryEscape(string(c.ID))
	for _, k := range record.Kinds() {
		p.Kinds = append(p.Kinds, choice{string(k), k == c.Kind})
	}
	for _, phase := range []record.Phase{record.Occurs, record.Begins, record.Ends, record.Holds} {
		p.Phases = append(p.Phases, choice{string(phase), phase == c.Phase})
	}
	p.Negated = c.Negated
	if !c.When.IsZero() {
		p.When = record.FormatEDTF(c.When)
	}
	p.Roles = roleFields(&c.Core, l)
	if c.Kind.IsAct() {
		as := r.URL.Query().Get("content")
		p.Content, p.Open = contentOf(c, as, l), as != ""
	}
	for _, x := range s.conflicts.about(c.ID) {
		if x.Settled == nil {
			p.Conflicts = append(p.Conflicts, s.conflictView(l, x))
		}
	}
	for _, name := range c.Core.Names() {
		if s.Almanac.Polity(name) == nil && s.Almanac.Body(name) == nil {
			p.People = append(p.People, fact{Name: "merge", Value: name, Href: "/review/merge?name=" + url.QueryEscape(name) + "&claim=" + url.QueryEscape(string(c.ID))})
		}
	}
	return nil
}

// contentOf is the form of what an act is about, as the kind that is asked for or
// else as it was read.
func contentOf(c *record.Stated, as string, l links) *contentForm {
	content := record.Content{}
	if c.Content != nil {
		content = *c.Content
	}
	if record.KnownKind(record.Kind(as)) {
		content.Kind = record.Kind(as)
	}
	out := &contentForm{Kind: string(content.Kind), Topic: clean(content.Topic), Negated: content.Negated}
	for _, k := range record.Kinds() {
		out.As = append(out.As, fact{Name: kindWord(k), Value: string(k), Href: "/review?claim=" + url.QueryEscape(string(c.ID)) + "&content=" + url.QueryEscape(string(k)) + "#correct"})
	}
	if content.Kind == "" {
		return out
	}
	if !content.When.IsZero() {
		out.When = record.FormatEDTF(content.When)
	}
	for _, phase := range []record.Phase{record.Occurs, record.Begins, record.Ends, record.Holds} {
		out.Phases = append(out.Phases, choice{string(phase), phase == content.Phase || content.Phase == "" && phase == phaseFor(content.Kind)})
	}
	out.Roles = roleFields(&content.Core, l)
	return out
}

// phaseFor is the phase that a content of a kind mostly has.
func phaseFor(k record.Kind) record.Phase {
	if k.IsAct() {
		return record.Occurs
	}
	return record.Begins
}

// formRoles are the roles that the form offers for each kind.
func formRoles(k record.Kind) []string {
	switch k {
	case record.Membership:
		return []string{record.RoleParty, record.RoleBody, record.RoleTier}
	case record.Chair:
		return []string{record.RoleHolder, record.RoleBody}
	case record.Relations:
		return []string{record.RoleParties, record.RoleLevel}
	case record.Recognition:
		return []string{record.RoleBy, record.RoleOf, record.RoleAs}
	case record.Succession:
		return []string{record.RoleSuccessor, record.RolePredecessor}
	case record.Existence:
		return []string{record.RoleOf}
	case record.Office:
		return []string{record.RoleHolder, record.RolePost, record.RoleOf}
	case record.Mission:
		return []string{record.RoleOf, record.RoleIn, record.RoleType}
	case record.Treaty:
		return []string{record.RoleName, record.RoleParties, record.RoleStatus}
	case record.Debt:
		return []string{record.RoleDebtor, record.RoleCreditor, record.RoleAmount, record.RoleCurrency, record.RoleChange}
	}
	return []string{record.RoleActor, record.RoleRecipient, record.RoleActorPersons, record.RoleRecipientPersons, record.RolePlace}
}

// roleFields are the roles of the kind, and those that are filled besides.
func roleFields(c *record.Core, l links) []roleField {
	roles := formRoles(c.Kind)
	var more []string
	for role, fillers := range c.Roles {
		if len(fillers) > 0 && !slices.Contains(roles, role) {
			more = append(more, role)
		}
	}
	slices.Sort(more)
	var out []roleField
	for _, role := range append(roles, more...) {
		out = append(out, roleField{Role: role, Label: strings.ReplaceAll(role, "_", " "), Value: roleValue(c, role, l), Names: !plainRole(role)})
	}
	return out
}

// roleValue is a role as the form writes it: names as people know them.
func roleValue(c *record.Core, role string, l links) string {
	var out []string
	for _, filler := range c.Roles[role] {
		if !plainRole(role) {
			filler = l.words.Name(filler)
		}
		out = append(out, filler)
	}
	return clean(strings.Join(out, ", "))
}

// reasons are what is noted of a decision whose form gives no reason.
var reasons = map[string]string{
	"accept": "the sentence says so", "reject": "the sentence does not say so", "correct": "the sentence says otherwise", "prefer": "this source is preferred",
}

func (s *Server) decide(w http.ResponseWriter, r *http.Request) error {
	if err := s.checkForm(r); err != nil {
		return err
	}
	who, _ := account.From(r.Context())
	f := r.PostForm
	ruling := demarche.Ruling{Claim: f.Get("claim"), Verdict: f.Get("verdict"), Who: who.Name, Why: cmp.Or(clean(f.Get("why")), reasons[f.Get("verdict")])}
	if ruling.Verdict == string(record.Correct) {
		shown, err := s.Desk.Show(r.Context(), ruling.Claim, record.Clocks{})
		if err != nil {
			return err
		}
		ruling.Set = changes(&shown.Claim.Core, f, s.links(nil))
	}
	made, err := s.Desk.Decide(r.Context(), ruling)
	if err != nil {
		return err
	}
	if err := s.catchUp(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, "/review?after="+url.QueryEscape(string(made.Claim))+"&done="+url.QueryEscape(string(made.ID)), http.StatusSeeOther)
	return nil
}

// inContent is before the fields of the form, and of a ruling, that say what an
// act is about.
const inContent = "content."

// changes are the fields of the form that say other than the claim does.
func changes(c *record.Core, f url.Values, l links) map[string]string {
	set := map[string]string{}
	addChanges(set, "", c, f, l)
	if !f.Has(inContent + "topic") {
		return set
	}
	content := record.Content{}
	if c.Content != nil {
		content = *c.Content
	}
	if got := clean(f.Get(inContent + "topic")); got != clean(content.Topic) {
		set[inContent+"topic"] = got
	}
	addChanges(set, inContent, &content.Core, f, l)
	return set
}

// addChanges adds the fields of a core, whose names have a prefix in the form.
func addChanges(set map[string]string, prefix string, c *record.Core, f url.Values, l links) {
	is := func(field, was string) {
		if got := clean(f.Get(prefix + field)); f.Has(prefix+field) && got != was {
			set[prefix+field] = got
		}
	}
	is("kind", string(c.Kind))
	is("phase", string(c.Phase))
	when := ""
	if !c.When.IsZero() {
		when = record.FormatEDTF(c.When)
	}
	is("when", when)
	if negated := f.Get(prefix+"negated") == "true"; f.Has(prefix+"phase") && negated != c.Negated {
		set[prefix+"negated"] = map[bool]string{true: "true", false: "false"}[negated]
	}
	for field := range f {
		if role, ok := strings.CutPrefix(field, prefix+"role-"); ok {
			if got := clean(f.Get(field)); got != roleValue(c, role, l) {
				set[prefix+role] = got
			}
		}
	}
}

func (s *Server) undo(w http.ResponseWriter, r *http.Request) error {
	if err := s.checkForm(r); err != nil {
		return err
	}
	who, _ := account.From(r.Context())
	id := record.DecisionID(r.PostForm.Get("decision"))
	made, err := s.Desk.Undo(r.Context(), id, who.Name, cmp.Or(clean(r.PostForm.Get("why")), "taken back"))
	if err != nil {
		return err
	}
	if err := s.catchUp(r.Context()); err != nil {
		return err
	}
	to := "/review?done=" + url.QueryEscape(string(made.ID))
	if claim := s.overview.Decided(id); claim != "" {
		to += "&claim=" + url.QueryEscape(string(claim))
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// mergePage is two names that are to be one.
type mergePage struct {
	Name, Into, Claim string
	Names             []string
}

func (s *Server) mergeForm(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return s.render(w, r, "merge.html", page{Title: "Merge names", Here: "Review", Body: mergePage{Name: clean(q.Get("name")), Claim: clean(q.Get("claim")), Names: s.names()}})
}

func (s *Server) merge(w http.ResponseWriter, r *http.Request) error {
	if err := s.checkForm(r); err != nil {
		return err
	}
	who, _ := account.From(r.Context())
	f := r.PostForm
	made, err := s.Desk.Merge(r.Context(), clean(f.Get("name")), clean(f.Get("into")), who.Name, cmp.Or(clean(f.Get("why")), "two names of one"))
	if err != nil {
		return err
	}
	to := "/review?done=" + url.QueryEscape(string(made.ID))
	if claim := f.Get("claim"); claim != "" {
		to += "&claim=" + url.QueryEscape(claim)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// decidedShown is how many decisions the review page shows.
const decidedShown = 8

// fillDecided adds what was just decided, and the newest decisions.
func (s *Server) fillDecided(ctx context.Context, p *reviewPage, done string, l links) error {
	made, err := s.decisions(ctx, s.overview.Head().Decision, decidedShown, l)
	if err != nil {
		return err
	}
	p.Decided = made
	for i := range made {
		if made[i].ID == done {
			p.Done = &made[i]
		}
	}
	return nil
}

// decisions are up to n decisions before a place in the log, the newest first,
// in words.
func (s *Server) decisions(ctx context.Context, before int64, n int, l links) ([]madeView, error) {
	head := s.overview.Head()
	from := max(before-int64(n), 0)
	log, _, err := s.Desk.Changes(ctx, demarche.Cursor{Document: head.Document, Claim: head.Claim, Decision: from}, n)
	if err != nil {
		return nil, err
	}
	var out []madeView
	for _, d := range slices.Backward(log.Decisions[:min(int64(len(log.Decisions)), before-from)]) {
		v := madeOf(demarche.Made{Decision: d, Undone: !s.overview.Stands(d.ID)})
		if v.Words, v.Href, err = s.decided(ctx, d, l); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// decided says what a decision is about, and where that is to be seen.
func (s *Server) decided(ctx context.Context, d record.Decision, l links) (words, href string, err error) {
	switch {
	case d.Verdict == record.Merge:
		return d.Entity + " is " + d.Into, s.named(l, d.Into), nil
	case d.Verdict == record.Undo:
		return "decision " + string(d.Undoes), "", nil
	case d.Claim == "":
		return "", "", nil
	}
	shown, err := s.Desk.Show(ctx, string(d.Claim), record.Clocks{})
	if err != nil {
		return "", "", err
	}
	return l.words.Claim(&shown.Claim.Core), l.to([]string{"claims", string(d.Claim)}), nil
}
