package api

import (
	"bytes"
	"context"
	"slices"
	"time"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// writer writes what is derived from the record for one answer, and gathers the
// claims that it names. The first document that cannot be got is its error.
type writer struct {
	ctx    context.Context
	words  brief.Words
	texts  *demarche.Texts
	claims map[string]Claim
	size   int // bytes of the claims
	err    error
}

func (s *server) writer(ctx context.Context) *writer {
	return &writer{ctx: ctx, words: s.words, texts: s.desk.Texts(), claims: map[string]Claim{}}
}

// each writes each; none is an empty list, never null.
func each[T, J any](in []T, write func(T) J) []J {
	out := make([]J, 0, len(in))
	for _, v := range in {
		out = append(out, write(v))
	}
	return out
}

func whenOf(w record.When) *When {
	if w.IsZero() {
		return nil
	}
	return &When{record.FormatEDTF(w), w.Earliest.String(), w.Latest.String()}
}

func instant(t record.RecordTime) string {
	if t.IsZero() {
		return ""
	}
	return t.Time().Format(time.RFC3339Nano)
}

func clocksOf(c record.Clocks) Clocks {
	return Clocks{record.FormatEDTF(c.On), c.PublishedBy.String(), instant(c.KnownBy)}
}

func nameOf(n demarche.Name) Name { return Name{n.Asked, n.ID, n.Label} }

func rolesOf(r record.Roles) map[string][]string {
	out := make(map[string][]string, len(r))
	for role, v := range r {
		if len(v) > 0 {
			out[role] = v
		}
	}
	return out
}

func coreOf(c *record.Core) Core {
	return Core{string(c.Kind), string(c.Phase), c.Negated, rolesOf(c.Roles), whenOf(c.When), contentOf(c.Content)}
}

func contentOf(c *record.Content) *Content {
	if c == nil {
		return nil
	}
	return &Content{string(c.Kind), string(c.Phase), c.Negated, rolesOf(c.Roles), whenOf(c.When), c.Topic, contentOf(c.Content)}
}

func citationOf(c record.Citation) Citation { return Citation{string(c.Document), c.Start, c.End} }

func sourceOf(d *record.Document) Source {
	return Source{string(d.ID), d.Name, d.Title, d.Publisher, whenOf(d.Published), d.URL, d.Language, d.Author, d.Origin, string(d.Former), string(d.Story), instant(d.Recorded)}
}

func decisionOf(d *record.Decision) *Decision {
	if d == nil {
		return nil
	}
	out := &Decision{ID: string(d.ID), Verdict: string(d.Verdict), Claim: string(d.Claim), Other: string(d.Other), Status: string(d.Status), Entity: d.Entity,
		Into: d.Into, Undoes: string(d.Undoes), Who: d.Who, Why: d.Why, Recorded: instant(d.Recorded)}
	for _, id := range d.Claims {
		out.Claims = append(out.Claims, string(id))
	}
	if d.Core != nil {
		c := coreOf(d.Core)
		out.Core = &c
	}
	return out
}

// claim writes a claim whole.
func (w *writer) claim(s *record.Stated) Claim {
	out := Claim{ID: string(s.ID), Core: coreOf(&s.Core), Says: w.words.Claim(&s.Core), Source: s.Source, Chain: s.Chain, Quote: w.quote(s),
		Citations: each(s.Citations, citationOf), Document: sourceOf(s.Document), Confidence: s.Confidence, Frame: s.Frame, Reader: s.Reader,
		Recorded: instant(s.Recorded), Accepted: s.Accepted, Preferred: s.Preferred, Corrected: s.Corrected}
	for i := range s.Decisions {
		out.Decisions = append(out.Decisions, *decisionOf(&s.Decisions[i]))
	}
	if s.Read != nil {
		c := coreOf(s.Read)
		out.Read = &c
	}
	return out
}

// quote are the words of the first citation.
func (w *writer) quote(s *record.Stated) string {
	words, err := w.texts.Quote(w.ctx, s)
	if err != nil && w.err == nil {
		w.err = err
	}
	return words
}

// id names a claim and sees that it stands in the answer.
func (w *writer) id(s *record.Stated) string {
	id := string(s.ID)
	if _, ok := w.claims[id]; !ok {
		c := w.claim(s)
		w.claims[id], w.size = c, w.size+sizeOf(c)
	}
	return id
}

// fullPage is at how many bytes a page is full, and ends though more items are
// asked for. The item that fills it stands on it whole.
const fullPage = 100_000

// fill writes items until the page is full. What is behind the last one written
// stands on the next page.
func fill[T, J any](w *writer, in []T, write func(T) J) []J {
	out, size := make([]J, 0, len(in)), 0
	for _, v := range in {
		if size+w.size >= fullPage {
			break
		}
		item := write(v)
		out, size = append(out, item), size+sizeOf(item)
	}
	return out
}

// sizeOf is how many bytes of JSON a value takes.
func sizeOf(v any) int {
	var b bytes.Buffer
	if encode(&b, v) != nil {
		return 0 // what does not encode fails where it is sent
	}
	return b.Len()
}

func (w *writer) ids(claims []*record.Stated) []string {
	out := each(claims, w.id)
	return slices.Compact(out)
}

func (w *writer) timeline(t *record.Timeline) Timeline {
	core := record.Core{Kind: t.Kind, Roles: t.Roles}
	return Timeline{Kind: string(t.Kind), Says: w.words.Thing(&core), Roles: rolesOf(t.Roles), Value: t.Value, Truth: string(t.Now.Truth),
		Since: whenOf(t.Now.Since), Inherited: t.Now.Inherited, Note: t.Now.Note, Evidence: w.ids(demarche.Evidence(t)), Spans: each(t.Spans, w.span),
		Denied: w.ids(t.Denied), Conflicts: each(t.Conflicts, w.conflict), From: each(t.Inherited, w.inherited)}
}

func (w *writer) span(s record.Span) Span {
	return Span{whenOf(s.Begin), whenOf(s.End), s.Inferred, w.ids(s.Support), w.ids(s.Closed)}
}

func (w *writer) inherited(i record.Inherited) Inherited {
	return Inherited{i.From, i.To, w.timeline(i.Timeline), w.ids(i.By)}
}

func (w *writer) conflict(c *record.Conflict) Conflict {
	core := record.Core{Kind: c.Kind, Roles: c.Roles}
	return Conflict{string(c.Kind), w.words.Thing(&core), c.About, rolesOf(c.Roles), each(c.Sides, w.side), decisionOf(c.Settled)}
}

func (w *writer) side(s record.Side) Side {
	return Side{s.Says, whenOf(s.When), s.Origins, w.ids(s.Claims)}
}

// thread writes a request with its age on a day.
func (w *writer) thread(on record.Day) func(*record.Thread) Request {
	return func(t *record.Thread) Request {
		out := Request{Status: string(t.Status), Says: w.words.Claim(&t.Request.Core), Asked: whenOf(t.Asked), Claim: w.id(t.Request),
			Repeats: w.ids(t.Repeats), Answers: each(t.Answers, w.reply)}
		if age := t.Age(on); age >= 0 {
			out.AgeDays = &age
		}
		return out
	}
}

func (w *writer) reply(r record.Reply) Reply {
	return Reply{string(r.Status), r.Why, w.id(r.Claim), decisionOf(r.Decided)}
}

func (w *writer) debt(a *record.Account) Debt {
	return Debt{a.Debtor, a.Creditor, each(a.Figures, w.figure), w.ids(a.Events), w.timeline(a.Timeline)}
}

func (w *writer) figure(f record.Figure) Figure {
	return Figure{f.Amount, f.Currency, f.Claimant, string(f.Party), w.id(f.Claim)}
}

func (w *writer) anniversary(a record.Anniversary) Anniversary {
	return Anniversary{a.Years, whenOf(a.On), a.Round, a.Inherited, w.timeline(a.Of), w.ids(a.Claims)}
}

func (w *writer) change(c demarche.Entry) Change {
	out := Change{Recorded: instant(c.Recorded())}
	switch {
	case c.Document != nil:
		d := sourceOf(c.Document)
		out.Type, out.Document = "document", &d
	case c.Claim != nil:
		out.Type, out.Claim = "claim", w.recorded(c.Claim)
	default:
		out.Type, out.Decision = "decision", decisionOf(c.Decision)
	}
	return out
}

func (w *writer) recorded(c *record.Claim) *Recorded {
	return &Recorded{string(c.ID), coreOf(&c.Core), w.words.Claim(&c.Core), c.Source, each(c.Citations, citationOf), c.Confidence, c.Reader}
}

func hitOf(h demarche.Hit) Hit {
	return Hit{h.Passage, sourceOf(&h.Document), h.Start, h.End, each(h.Claims, func(id record.ClaimID) string { return string(id) })}
}
