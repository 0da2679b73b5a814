package mcp

import (
	"context"
	"strings"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

type briefIn struct {
	A string `json:"a" jsonschema:"one side, in any form of its name"`
	B string `json:"b" jsonschema:"the other side"`
	clocks
}

type briefOut struct {
	Title    string   `json:"title"`
	AsOf     string   `json:"as_of"`
	Clocks   string   `json:"clocks"`
	Markdown string   `json:"markdown" jsonschema:"the note; [^1] calls source 1"`
	Sources  []source `json:"sources"`
}

// source is a footnote of a note.
type source struct {
	Number    int    `json:"number"`
	Claim     string `json:"claim"`
	Sentence  string `json:"sentence"`
	Speaker   string `json:"speaker,omitempty"`
	Document  string `json:"document" jsonschema:"id of the document"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Published string `json:"published"`
	URL       string `json:"url,omitempty"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
}

func (s *Server) brief(ctx context.Context, in briefIn) (briefOut, error) {
	c, err := in.read()
	if err != nil {
		return briefOut{}, err
	}
	note, err := s.desk.Brief(ctx, in.A, in.B, c)
	if err != nil {
		return briefOut{}, err
	}
	var b strings.Builder
	if err := note.WriteMarkdown(&b); err != nil {
		return briefOut{}, err
	}
	return briefOut{note.Title, note.AsOf, note.Clocks, b.String(), each(note.Notes, sourceOf)}, nil
}

func sourceOf(f brief.Footnote) source {
	return source{Number: f.Number, Claim: string(f.Claim), Sentence: plain(f.Sentence), Speaker: plain(f.Speaker), Document: string(f.Citation.Document),
		Title: plain(f.Title), Publisher: plain(f.Publisher), Published: f.Date, URL: brief.Address(f.URL), Start: f.Citation.Start, End: f.Citation.End}
}

type requestsIn struct {
	From string `json:"from,omitempty" jsonschema:"who asked"`
	To   string `json:"to,omitempty" jsonschema:"who was asked"`
	Open bool   `json:"open,omitempty" jsonschema:"only those of which something is still to be expected"`
	clocks
	limited
}

type requestsOut struct {
	frame
	Requests []request `json:"requests"`
}

type request struct {
	Status   string     `json:"status"`
	Says     string     `json:"says" jsonschema:"who asked whom for what, in words"`
	Asked    string     `json:"asked,omitempty" jsonschema:"EDTF: when it was first asked"`
	AgeDays  *int       `json:"age_days,omitempty" jsonschema:"days from then to the date asked about"`
	Evidence []evidence `json:"evidence" jsonschema:"that it was asked"`
	More     int        `json:"more_evidence,omitempty"`
	Answers  []answer   `json:"answers" jsonschema:"empty: no answer is on record"`
}

type answer struct {
	Status   string   `json:"status"`
	Why      string   `json:"why" jsonschema:"why it is taken for an answer"`
	Evidence evidence `json:"evidence"`
}

func (s *Server) requests(ctx context.Context, in requestsIn) (out requestsOut, err error) {
	c, err := in.read()
	if err != nil {
		return out, err
	}
	ans, err := s.desk.Requests(ctx, in.From, in.To, in.Open, c)
	if err != nil {
		return out, err
	}
	w := s.writer(ctx)
	f, found := framed(ans, in.most())
	out = requestsOut{f, each(found, func(t *record.Thread) request { return w.thread(t, ans.Clocks.On.Latest) })}
	return out, w.err
}

func (w *writer) thread(t *record.Thread, on record.Day) request {
	out := request{Status: string(t.Status), Says: plain(w.words.Claim(&t.Request.Core)), Asked: record.FormatEDTF(t.Asked)}
	if age := t.Age(on); age >= 0 {
		out.AgeDays = &age
	}
	out.Evidence, out.More = w.some(append([]*record.Stated{t.Request}, t.Repeats...))
	out.Answers = each(t.Answers, func(r record.Reply) answer { return answer{string(r.Status), plain(r.Why), w.evidence(r.Claim)} })
	return out
}

type conflictsIn struct {
	A string `json:"a,omitempty" jsonschema:"a party; left out, all"`
	B string `json:"b,omitempty" jsonschema:"another party"`
	clocks
	limited
}

type conflictsOut struct {
	frame
	Conflicts []conflict `json:"conflicts"`
}

type conflict struct {
	Says    string    `json:"says" jsonschema:"what it is about, in words"`
	About   string    `json:"about" jsonschema:"what the sources differ in"`
	Sides   []side    `json:"sides"`
	Settled *decision `json:"settled,omitempty" jsonschema:"a reviewer's decision for one side"`
	Prefers string    `json:"prefers,omitempty" jsonschema:"the claim that it prefers"`
}

type side struct {
	Says     string     `json:"says,omitempty"`
	When     string     `json:"when,omitempty" jsonschema:"EDTF"`
	Origins  []string   `json:"origins" jsonschema:"independent origins; papers that print one agency's line are one"`
	Evidence []evidence `json:"evidence"`
	More     int        `json:"more_evidence,omitempty"`
}

func (s *Server) conflicts(ctx context.Context, in conflictsIn) (out conflictsOut, err error) {
	c, err := in.read()
	if err != nil {
		return out, err
	}
	ans, err := s.desk.ConflictsOf(ctx, in.A, in.B, c)
	if err != nil {
		return out, err
	}
	w := s.writer(ctx)
	f, found := framed(ans, in.most())
	out = conflictsOut{f, each(found, w.conflict)}
	return out, w.err
}

func (w *writer) conflict(c *record.Conflict) conflict {
	core := record.Core{Kind: c.Kind, Roles: c.Roles}
	out := conflict{Says: plain(w.words.Thing(&core)), About: plain(c.About), Sides: each(c.Sides, w.side)}
	if d := c.Settled; d != nil {
		out.Settled, out.Prefers = &decision{string(d.Verdict), plain(d.Who), plain(d.Why), instant(d.Recorded)}, string(d.Claim)
	}
	return out
}

func (w *writer) side(s record.Side) side {
	out := side{Says: plain(s.Says), When: record.FormatEDTF(s.When), Origins: each(s.Origins, plain)}
	out.Evidence, out.More = w.some(s.Claims)
	return out
}

type searchIn struct {
	Query string   `json:"query" jsonschema:"words, or phrases in double quotes; all must stand in the passage"`
	Names []string `json:"names,omitempty" jsonschema:"only documents with claims on these parties"`
	clocks
	limited
}

type searchOut struct {
	frame
	Hits []hit `json:"hits"`
}

type hit struct {
	Passage  string   `json:"passage"`
	Document document `json:"document"`
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Claims   []string `json:"claims" jsonschema:"claims cited from the passage"`
}

func (s *Server) search(ctx context.Context, in searchIn) (out searchOut, err error) {
	c, err := in.read()
	if err != nil {
		return out, err
	}
	ans, err := s.desk.Search(ctx, in.Query, in.Names, in.most(), c)
	if err != nil {
		return out, err
	}
	f, found := framed(ans, in.most())
	return searchOut{f, each(found, hitOf)}, nil
}

func hitOf(h demarche.Hit) hit {
	return hit{plain(h.Passage), documentOf(&h.Document), h.Start, h.End, each(h.Claims, func(id record.ClaimID) string { return string(id) })}
}
