package demarche

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"demarche/record"
)

// Filter selects claims for Claims. Its empty fields select everything.
type Filter struct {
	Kinds  []string // "membership", "REQUEST"; in any case
	Names  []string // parties in any form; a claim names all of them
	During record.When
	Limit  int // 0 is no limit
	// Most refuses to look at more claims than so many, since each takes memory;
	// 0 is no bound.
	Most int
}

// Claims gives the claims that the filter selects, in order of date.
func (d *Desk) Claims(ctx context.Context, f Filter, c record.Clocks) (Answer[*record.Stated], error) {
	q, err := d.ask(ctx, "claims", c, f.Names...)
	if err != nil {
		return Answer[*record.Stated]{}, err
	}
	query := record.Query{During: f.During, Clocks: q.clocks}
	if query.Kinds, err = kinds(q.op, f.Kinds); err != nil {
		return Answer[*record.Stated]{}, err
	}
	for i, n := range q.names {
		switch i {
		case 0:
			query.Names = []string{n.ID}
		case 1:
			query.With = []string{n.ID}
		}
	}
	view, err := d.selected(ctx, query, f.Most)
	if err != nil {
		return answered[*record.Stated](q, nil, err)
	}
	found := slices.DeleteFunc(view.Claims(), func(s *record.Stated) bool { return !namesAll(s, q.names) })
	if f.Limit > 0 && len(found) > f.Limit {
		found = found[:f.Limit]
	}
	return answered(q, found, nil)
}

// selected shows the claims that a query selects, if they are at most so many.
func (d *Desk) selected(ctx context.Context, q record.Query, most int) (*record.View, error) {
	if len(q.Names) == 0 {
		release, err := d.alone(ctx)
		if err != nil {
			return nil, err
		}
		defer release()
	}
	if most > 0 {
		q.Limit = most + 1
	}
	log, err := d.store.Select(ctx, q)
	if err != nil {
		return nil, err
	}
	if most > 0 && len(log.Claims) > most {
		return nil, fail("claims", Usage, "more than %d claims are asked for; narrow them by a name, a kind or a time, or take the log of changes", most)
	}
	return log.View(q.Clocks, d.almanac), nil
}

// alone waits until no other question looks at all claims: one fills memory
// enough.
func (d *Desk) alone(ctx context.Context) (release func(), err error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case d.whole <- struct{}{}:
		return func() { <-d.whole }, nil
	}
}

func namesAll(s *record.Stated, names []Name) bool {
	have := s.Core.Names()
	for _, n := range names {
		if !slices.Contains(have, n.ID) {
			return false
		}
	}
	return true
}

// kinds reads the names of kinds, in any case; acts may be given in small
// letters.
func kinds(op string, names []string) ([]record.Kind, error) {
	var out []record.Kind
	for _, s := range names {
		k := record.Kind(strings.ToLower(s))
		if !record.KnownKind(k) {
			k = record.Kind(strings.ToUpper(s))
		}
		if !record.KnownKind(k) {
			return nil, fail(op, Usage, "%q is no kind of claim; the kinds are %s", s, kindList())
		}
		out = append(out, k)
	}
	return out, nil
}

func kindList() string {
	var all []string
	for _, k := range record.Kinds() {
		all = append(all, string(k))
	}
	return strings.Join(all, ", ")
}

// Shown is one claim with where it stands.
type Shown struct {
	Claim     *record.Stated
	Document  record.Document
	Passages  []Passage // one for each citation, in the order of the claim's
	Conflicts []*record.Conflict
}

// Show gives one claim with its sentence in its context and what was decided of
// it; the claim's name may be shortened to what is unambiguous.
func (d *Desk) Show(ctx context.Context, id string, c record.Clocks) (Shown, error) {
	const op = "show"
	claim, err := d.claim(ctx, op, id)
	if err != nil {
		return Shown{}, err
	}
	doc, err := d.store.Document(ctx, claim.Citations[0].Document)
	if err != nil {
		return Shown{}, storeError(op, err)
	}
	view, err := d.questions().View(ctx, d.clocks(c), record.Query{Claims: []record.ClaimID{claim.ID}, Clocks: c})
	if err != nil {
		return Shown{}, storeError(op, err)
	}
	out := Shown{Claim: &record.Stated{Claim: claim, Document: &doc}, Document: doc}
	for _, s := range view.Claims() {
		if s.ID == claim.ID {
			out.Claim = s
		}
	}
	for _, cite := range claim.Citations {
		out.Passages = append(out.Passages, passage(doc.Text, cite))
	}
	return out, nil
}

// claim finds a claim by its name or the beginning of it.
func (d *Desk) claim(ctx context.Context, op, id string) (record.Claim, error) {
	if strings.TrimSpace(id) == "" {
		return record.Claim{}, fail(op, Usage, "no claim is named; demarche claims lists them")
	}
	c, err := d.store.Claim(ctx, record.ClaimID(strings.ToLower(id)))
	if err != nil {
		return c, storeError(op, err)
	}
	if len(c.Citations) == 0 {
		return c, &Error{Op: op, Kind: BadRecord, Err: errors.New("claim " + id + " has no citation")}
	}
	return c, nil
}

// Ruling is what a reviewer decides of a claim.
type Ruling struct {
	Claim   string // its name, or the beginning of it
	Verdict string // accept, reject, prefer or correct
	Other   string // prefer: the claim against which; accept, reject: the act that answers the request Claim
	Status  string // accept with Other: what came of the request
	Set     map[string]string
	Who     string
	Why     string
}

// Decide records a decision on a claim. It is added to the record and
// overwrites nothing. For correct, Set maps what changes to what it should say:
// roles by their names, and kind, phase, when (EDTF) and negated; what an act is
// about by content.topic, content.kind and so on.
func (d *Desk) Decide(ctx context.Context, r Ruling) (record.Decision, error) {
	dec, err := d.Propose(ctx, r)
	if err != nil {
		return dec, err
	}
	dec, err = d.store.Decide(ctx, dec)
	return dec, storeError("decide", err)
}

// Propose makes the decision that Decide would record, and records nothing.
func (d *Desk) Propose(ctx context.Context, r Ruling) (record.Decision, error) {
	const op = "decide"
	dec := record.Decision{Verdict: record.Verdict(r.Verdict), Status: record.Status(r.Status), Who: r.Who, Why: strings.TrimSpace(r.Why)}
	switch dec.Verdict {
	case record.Accept, record.RejectClaim, record.Prefer, record.Correct:
	default: // names are decided on by Merge, and Undo takes back a decision
		return dec, fail(op, Usage, "%q is no verdict on a claim; use accept, reject, prefer or correct", r.Verdict)
	}
	if dec.Why == "" {
		return dec, fail(op, Usage, "a decision needs its reason; give it with --why")
	}
	claim, err := d.claim(ctx, op, r.Claim)
	if err != nil {
		return dec, err
	}
	dec.Claim = claim.ID
	if r.Other != "" {
		other, err := d.claim(ctx, op, r.Other)
		if err != nil {
			return dec, err
		}
		dec.Other = other.ID
	}
	if dec.Core, err = d.corrected(ctx, claim.Core, dec.Verdict, r.Set); err != nil {
		return dec, err
	}
	if err := dec.Validate(); err != nil {
		return dec, &Error{Op: op, Kind: Usage, Err: err}
	}
	return dec, nil
}

// corrected is the core with what is set, nil where the verdict corrects
// nothing.
func (d *Desk) corrected(ctx context.Context, c record.Core, v record.Verdict, set map[string]string) (*record.Core, error) {
	const op = "decide"
	if v != record.Correct {
		if len(set) > 0 {
			return nil, fail(op, Usage, "only correct sets what a claim says")
		}
		return nil, nil
	}
	if len(set) == 0 {
		return nil, fail(op, Usage, "correct needs what it should say, such as tier=observer or when=2015-07")
	}
	c.Roles = maps.Clone(c.Roles)
	if c.Roles == nil {
		c.Roles = record.Roles{}
	}
	for _, field := range slices.Sorted(maps.Keys(set)) {
		if err := d.set(ctx, &c, field, set[field]); err != nil {
			return nil, err
		}
	}
	return &c, nil
}

// set changes one field of a core. A name is understood as in a question, and
// kept as written where nothing is known by it (a person, a company).
func (d *Desk) set(ctx context.Context, c *record.Core, field, value string) (err error) {
	const op = "decide"
	if field, ok := strings.CutPrefix(field, "content."); ok {
		return d.setContent(ctx, c, field, value)
	}
	switch field {
	case "kind":
		var ks []record.Kind
		if ks, err = kinds(op, []string{value}); err == nil {
			c.Kind = ks[0]
		}
	case "phase":
		c.Phase = record.Phase(value)
		if !slices.Contains([]record.Phase{record.Occurs, record.Begins, record.Ends, record.Holds}, c.Phase) {
			return fail(op, Usage, "%q is no phase; use occurs, begins, ends or holds", value)
		}
	case "negated":
		c.Negated = value == "true"
		if !c.Negated && value != "false" {
			return fail(op, Usage, "negated is true or false, not %q", value)
		}
	case "when":
		c.When = record.When{}
		if value != "" {
			if c.When, err = record.ParseEDTF(value); err != nil {
				return &Error{Op: op, Kind: Usage, Err: err}
			}
		}
	default:
		return d.setRole(ctx, c, field, value)
	}
	return err
}

// setContent changes one field of what an act is about: its topic, or a field of
// the claim inside it. Where nothing is left of it, it goes.
func (d *Desk) setContent(ctx context.Context, c *record.Core, field, value string) error {
	content := record.Content{}
	if c.Content != nil {
		content = *c.Content
	}
	content.Roles = maps.Clone(content.Roles)
	if content.Roles == nil {
		content.Roles = record.Roles{}
	}
	switch {
	case field == "topic":
		content.Topic = strings.TrimSpace(value)
	case field == "kind" && value == "":
		content.Core = record.Core{Roles: record.Roles{}}
	default:
		if err := d.set(ctx, &content.Core, field, value); err != nil {
			return err
		}
	}
	c.Content = &content
	if content.Kind == "" && content.Topic == "" {
		c.Content = nil
	}
	return nil
}

// setRole fills a role with the names in a list with commas, or empties it.
func (d *Desk) setRole(ctx context.Context, c *record.Core, role, value string) error {
	if !slices.Contains(partyRoles, role) && !slices.Contains(wordRoles, role) {
		return fail("decide", Usage, "%q is no role; the roles are %s, %s", role, strings.Join(partyRoles, ", "), strings.Join(wordRoles, ", "))
	}
	var fillers []string
	for _, s := range strings.Split(value, ",") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if slices.Contains(partyRoles, role) {
			if n, err := d.Name(ctx, "decide", s, c.When); err == nil {
				s = n.ID
			} else if KindOf(err) != Unknown {
				return err
			}
		}
		fillers = append(fillers, s)
	}
	c.Roles[role] = fillers
	return nil
}

// partyRoles are filled by polities, bodies, persons and places, wordRoles by
// words and figures.
var (
	partyRoles = []string{
		record.RoleActor, record.RoleRecipient, record.RoleActorPersons, record.RoleRecipientPersons, record.RolePlace,
		record.RoleParty, record.RoleParties, record.RoleBody, record.RoleHolder, record.RoleBy, record.RoleOf, record.RoleIn,
		record.RoleSuccessor, record.RolePredecessor, record.RoleDebtor, record.RoleCreditor,
	}
	wordRoles = []string{
		record.RoleTier, record.RoleLevel, record.RoleAs, record.RoleType, record.RolePost, record.RoleName, record.RoleStatus,
		record.RoleAmount, record.RoleCurrency, record.RoleChange,
	}
)
