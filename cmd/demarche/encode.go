package main

import (
	"encoding/json"
	"io"
	"time"

	"demarche"
	"demarche/record"
	"demarche/wire"
)

// The JSON of answers: what --json prints. Dates are EDTF; a claim stands as in
// the layout of documents, with the document that it is from beside it.

// answerJSON is the frame of every answer.
type answerJSON struct {
	Question string     `json:"question"`
	Names    []nameJSON `json:"names"`
	Clocks   clocksJSON `json:"clocks"`
	Answer   any        `json:"answer"`
}

type nameJSON struct {
	Asked string `json:"asked"`
	ID    string `json:"id"`
	Name  string `json:"name"`
}

// clocksJSON are the clocks that an answer used; null is no bound.
type clocksJSON struct {
	On          string  `json:"on"`
	PublishedBy *string `json:"published_by"`
	KnownBy     *string `json:"known_by"`
}

type documentJSON struct {
	Hash      string `json:"hash"`
	Name      string `json:"name,omitempty"`
	Publisher string `json:"publisher"`
	Title     string `json:"title"`
	Published string `json:"published"`
	URL       string `json:"url,omitempty"`
}

type statedJSON struct {
	wire.Claim
	Document  documentJSON   `json:"document"`
	Accepted  bool           `json:"accepted,omitempty"`
	Preferred bool           `json:"preferred,omitempty"`
	Corrected bool           `json:"corrected,omitempty"`
	Decisions []decisionJSON `json:"decisions,omitempty"`
}

type decisionJSON struct {
	ID       string `json:"id"`
	Verdict  string `json:"verdict"`
	Claim    string `json:"claim"`
	Other    string `json:"other,omitempty"`
	Undoes   string `json:"undoes,omitempty"`
	Status   string `json:"status,omitempty"`
	Who      string `json:"who"`
	Why      string `json:"why"`
	Recorded string `json:"recorded"`
}

type spanJSON struct {
	Begin    string       `json:"begin"`
	End      string       `json:"end,omitempty"`
	Inferred bool         `json:"inferred,omitempty"`
	Support  []statedJSON `json:"support,omitempty"`
	Closed   []statedJSON `json:"closed,omitempty"`
}

type timelineJSON struct {
	Kind      string          `json:"kind"`
	Roles     wire.Roles      `json:"roles"`
	Value     string          `json:"value,omitempty"`
	Truth     record.Truth    `json:"truth"`
	Since     string          `json:"since,omitempty"`
	Inherited string          `json:"inherited_from,omitempty"`
	Note      string          `json:"note,omitempty"`
	Spans     []spanJSON      `json:"spans"`
	Denied    []statedJSON    `json:"denied,omitempty"`
	From      []inheritedJSON `json:"inherited,omitempty"`
	Conflicts []conflictJSON  `json:"conflicts,omitempty"`
}

type inheritedJSON struct {
	From     string       `json:"from"`
	Timeline timelineJSON `json:"timeline"`
	By       []statedJSON `json:"by,omitempty"`
}

type conflictJSON struct {
	Kind    string        `json:"kind"`
	About   string        `json:"about"`
	Roles   wire.Roles    `json:"roles"`
	Sides   []sideJSON    `json:"sides"`
	Settled *decisionJSON `json:"settled,omitempty"`
}

type sideJSON struct {
	Says    string       `json:"says,omitempty"`
	When    string       `json:"when,omitempty"`
	Origins []string     `json:"origins"`
	Claims  []statedJSON `json:"claims"`
}

type threadJSON struct {
	Status  record.Status `json:"status"`
	Asked   string        `json:"asked"`
	AgeDays *int          `json:"age_days"`
	Request statedJSON    `json:"request"`
	Repeats []statedJSON  `json:"repeats,omitempty"`
	Answers []replyJSON   `json:"answers"`
}

type replyJSON struct {
	Status record.Status `json:"status"`
	Why    string        `json:"why"`
	Claim  statedJSON    `json:"claim"`
}

type accountJSON struct {
	Debtor   string        `json:"debtor"`
	Creditor string        `json:"creditor"`
	Truth    record.Truth  `json:"truth"`
	Figures  []figureJSON  `json:"figures"`
	Events   []statedJSON  `json:"events"`
	Timeline *timelineJSON `json:"timeline,omitempty"`
}

type figureJSON struct {
	Amount   string     `json:"amount"`
	Currency string     `json:"currency"`
	Claimant string     `json:"claimant"`
	Side     string     `json:"side"`
	Claim    statedJSON `json:"claim"`
}

type anniversaryJSON struct {
	Years  int          `json:"years"`
	On     string       `json:"on"`
	Round  bool         `json:"round"`
	Of     timelineJSON `json:"of"`
	Claims []statedJSON `json:"claims"`
}

// printJSON writes a value indented, without escaping <, > and &.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}

// answerOf frames an answer, its parts encoded one by one.
func answerOf[T, J any](verb string, ans demarche.Answer[T], enc func(T) J) answerJSON {
	out := answerJSON{Question: verb, Names: []nameJSON{}, Clocks: clocksOf(ans.Clocks)}
	for _, n := range ans.Names {
		out.Names = append(out.Names, nameJSON{Asked: n.Asked, ID: n.ID, Name: n.Label})
	}
	out.Answer = list(ans.Found, enc)
	return out
}

// list encodes each; no list is an empty one, never null.
func list[T, J any](in []T, enc func(T) J) []J {
	out := make([]J, 0, len(in))
	for _, v := range in {
		out = append(out, enc(v))
	}
	return out
}

func clocksOf(c record.Clocks) clocksJSON {
	out := clocksJSON{On: record.FormatEDTF(c.On)}
	if c.PublishedBy != 0 {
		s := c.PublishedBy.String()
		out.PublishedBy = &s
	}
	if !c.KnownBy.IsZero() {
		s := c.KnownBy.Time().Format(time.RFC3339)
		out.KnownBy = &s
	}
	return out
}

func documentOf(d *record.Document) documentJSON {
	return documentJSON{Hash: string(d.ID), Name: d.Name, Publisher: d.Publisher, Title: d.Title,
		Published: record.FormatEDTF(d.Published), URL: d.URL}
}

func decisionOf(d record.Decision) decisionJSON {
	return decisionJSON{ID: string(d.ID), Verdict: string(d.Verdict), Claim: string(d.Claim), Other: string(d.Other), Undoes: string(d.Undoes),
		Status: string(d.Status), Who: d.Who, Why: d.Why, Recorded: d.Recorded.Time().Format(time.RFC3339)}
}

// encoder encodes what is derived from the record; quotes are cut from the
// texts that it has.
type encoder struct{ texts *texts }

func (e encoder) stated(s *record.Stated) statedJSON {
	out := statedJSON{Claim: wire.FromClaim(&s.Claim, e.texts.of(s.Document.ID)), Document: documentOf(s.Document),
		Accepted: s.Accepted, Preferred: s.Preferred, Corrected: s.Corrected}
	for _, d := range s.Decisions {
		out.Decisions = append(out.Decisions, decisionOf(d))
	}
	return out
}

func (e encoder) span(s record.Span) spanJSON {
	return spanJSON{Begin: record.FormatEDTF(s.Begin), End: record.FormatEDTF(s.End), Inferred: s.Inferred,
		Support: list(s.Support, e.stated), Closed: list(s.Closed, e.stated)}
}

func (e encoder) timeline(t *record.Timeline) timelineJSON {
	return timelineJSON{Kind: string(t.Kind), Roles: wire.Roles(t.Roles), Value: t.Value, Truth: t.Now.Truth,
		Since: record.FormatEDTF(t.Now.Since), Inherited: t.Now.Inherited, Note: t.Now.Note,
		Spans: list(t.Spans, e.span), Denied: list(t.Denied, e.stated),
		From: list(t.Inherited, e.inherited), Conflicts: list(t.Conflicts, e.conflict)}
}

func (e encoder) inherited(i record.Inherited) inheritedJSON {
	return inheritedJSON{From: i.From, Timeline: e.timeline(i.Timeline), By: list(i.By, e.stated)}
}

func (e encoder) conflict(c *record.Conflict) conflictJSON {
	out := conflictJSON{Kind: string(c.Kind), About: c.About, Roles: wire.Roles(c.Roles)}
	for _, s := range c.Sides {
		out.Sides = append(out.Sides, sideJSON{Says: s.Says, When: record.FormatEDTF(s.When), Origins: s.Origins, Claims: list(s.Claims, e.stated)})
	}
	if c.Settled != nil {
		d := decisionOf(*c.Settled)
		out.Settled = &d
	}
	return out
}

// thread encodes a request with its age on a day.
func (e encoder) thread(on record.Day) func(*record.Thread) threadJSON {
	return func(t *record.Thread) threadJSON {
		out := threadJSON{Status: t.Status, Asked: record.FormatEDTF(t.Asked), Request: e.stated(t.Request), Repeats: list(t.Repeats, e.stated)}
		if age := t.Age(on); age >= 0 {
			out.AgeDays = &age
		}
		out.Answers = list(t.Answers, func(r record.Reply) replyJSON {
			return replyJSON{Status: r.Status, Why: r.Why, Claim: e.stated(r.Claim)}
		})
		return out
	}
}

func (e encoder) account(a *record.Account) accountJSON {
	out := accountJSON{Debtor: a.Debtor, Creditor: a.Creditor, Truth: record.Unknown, Events: list(a.Events, e.stated)}
	out.Figures = list(a.Figures, func(f record.Figure) figureJSON {
		return figureJSON{Amount: f.Amount, Currency: f.Currency, Claimant: f.Claimant, Side: string(f.Party), Claim: e.stated(f.Claim)}
	})
	if a.Timeline != nil {
		t := e.timeline(a.Timeline)
		out.Timeline, out.Truth = &t, a.Timeline.Now.Truth
	}
	return out
}

func (e encoder) anniversary(a record.Anniversary) anniversaryJSON {
	return anniversaryJSON{Years: a.Years, On: record.FormatEDTF(a.On), Round: a.Round, Of: e.timeline(a.Of), Claims: list(a.Claims, e.stated)}
}
