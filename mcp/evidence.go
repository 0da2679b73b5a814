package mcp

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// errFault is what a client is told of a failure that it can do nothing about.
var errFault = errors.New("a fault of the program or its record; it is in the server's log")

// evidence is a claim with its quotation and citation.
type evidence struct {
	Claim      string   `json:"claim" jsonschema:"name of the claim; the evidence tool shows it in context"`
	Says       string   `json:"says" jsonschema:"what the claim says, in words"`
	When       string   `json:"when,omitempty" jsonschema:"EDTF"`
	Quote      string   `json:"quote" jsonschema:"the cited words of the document, white space folded"`
	Speaker    string   `json:"speaker,omitempty" jsonschema:"who the document has it from; left out where the publisher itself says so"`
	Document   document `json:"document"`
	Start      int      `json:"start" jsonschema:"first byte of the citation in the document's UTF-8 text"`
	End        int      `json:"end" jsonschema:"byte after the citation"`
	Confidence float64  `json:"confidence" jsonschema:"probability that the claim was read rightly"`
	Reviewed   string   `json:"reviewed,omitempty" jsonschema:"accepted, preferred or corrected by a reviewer"`
}

type document struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Published string `json:"published" jsonschema:"EDTF"`
	URL       string `json:"url,omitempty"`
}

func documentOf(d *record.Document) document {
	return document{ID: string(d.ID), Title: plain(d.Title), Publisher: plain(d.Publisher), Published: record.FormatEDTF(d.Published), URL: brief.Address(d.URL)}
}

// writer writes what is derived from the record for one answer. The first
// document that cannot be got is its error.
type writer struct {
	ctx   context.Context
	words brief.Words
	texts *demarche.Texts
	err   error
}

func (s *Server) writer(ctx context.Context) *writer {
	return &writer{ctx: ctx, words: s.words, texts: s.desk.Texts()}
}

// mostEvidence is how many claims are quoted for one finding.
const mostEvidence = 3

// some quotes one claim of each independent origin, up to a few, and counts the
// rest.
func (w *writer) some(claims []*record.Stated) ([]evidence, int) {
	out := []evidence{}
	origins, seen := map[string]bool{}, map[record.ClaimID]bool{}
	for _, s := range claims {
		if seen[s.ID] {
			continue
		}
		seen[s.ID] = true
		if !origins[s.Origin()] && len(out) < mostEvidence {
			origins[s.Origin()] = true
			out = append(out, w.evidence(s))
		}
	}
	return out, len(seen) - len(out)
}

func (w *writer) evidence(s *record.Stated) evidence {
	cite := s.Citations[0]
	return evidence{Claim: string(s.ID), Says: plain(w.words.Claim(&s.Core)), When: record.FormatEDTF(s.When), Quote: w.quote(cite),
		Speaker: plain(w.words.Name(s.Source)), Document: documentOf(s.Document), Start: cite.Start, End: cite.End,
		Confidence: s.Confidence, Reviewed: reviewed(s)}
}

func (w *writer) quote(c record.Citation) string {
	p, err := w.texts.Passage(w.ctx, c)
	if err != nil && w.err == nil {
		w.err = err
	}
	return plain(p.Cited)
}

func reviewed(s *record.Stated) string {
	switch {
	case s.Preferred:
		return "preferred"
	case s.Corrected:
		return "corrected"
	case s.Accepted:
		return "accepted"
	}
	return ""
}

// longest is the most bytes of a text from a document in one field.
const longest = 2000

// plain makes a text one line without characters that deceive, not too long.
func plain(s string) string {
	cut := false
	if len(s) > 4*longest {
		s, cut = s[:4*longest], true
	}
	s = brief.Plain(s)
	if len(s) > longest {
		s, cut = s[:longest], true
	}
	for len(s) > 0 && !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	if cut {
		return strings.TrimSpace(s) + " […]"
	}
	return s
}

func instant(t record.RecordTime) string { return t.Time().Format(time.RFC3339Nano) }

type evidenceIn struct {
	Claim string `json:"claim" jsonschema:"the claim's name, or the beginning of it"`
	clocks
}

type evidenceOut struct {
	evidence
	Kind      string     `json:"kind"`
	Phase     string     `json:"phase" jsonschema:"an act occurs; a state of affairs begins, ends or holds"`
	Negated   bool       `json:"negated,omitempty"`
	Chain     []string   `json:"chain,omitempty" jsonschema:"attribution from the one who says it to the one who prints it"`
	Passages  []passage  `json:"passages" jsonschema:"each citation in its context"`
	Reader    string     `json:"reader,omitempty"`
	Frame     string     `json:"frame,omitempty"`
	Recorded  string     `json:"recorded" jsonschema:"when the record learned of it"`
	Decisions []decision `json:"decisions,omitempty"`
}

type passage struct {
	Before string `json:"before"`
	Cited  string `json:"cited"`
	After  string `json:"after"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

type decision struct {
	Verdict  string `json:"verdict"`
	Who      string `json:"who"`
	Why      string `json:"why"`
	Recorded string `json:"recorded"`
}

func (s *Server) evidence(ctx context.Context, in evidenceIn) (evidenceOut, error) {
	c, err := in.read()
	if err != nil {
		return evidenceOut{}, err
	}
	shown, err := s.desk.Show(ctx, in.Claim, c)
	if err != nil {
		return evidenceOut{}, err
	}
	w, claim := s.writer(ctx), shown.Claim
	out := evidenceOut{evidence: w.evidence(claim), Kind: string(claim.Kind), Phase: string(claim.Phase), Negated: claim.Negated,
		Chain: each(claim.Chain, plain), Reader: claim.Reader, Frame: claim.Frame, Recorded: instant(claim.Recorded),
		Passages: each(shown.Passages, func(p demarche.Passage) passage {
			return passage{plain(p.Before), plain(p.Cited), plain(p.After), p.Citation.Start, p.Citation.End}
		})}
	for _, d := range claim.Decisions {
		out.Decisions = append(out.Decisions, decision{string(d.Verdict), plain(d.Who), plain(d.Why), instant(d.Recorded)})
	}
	return out, w.err
}
