package web

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"demarche/brief"
	"demarche/record"
)

// statement is a claim as lists of every page show it.
type statement struct {
	ID, Short string
	Href      string // its marked sentence
	About     string // its own page
	Words     string
	Date      string
	Kind      string
	Speaker   string // who the document has it from
	Publisher string
	Published string
	Title     string
	Sentence  string // "" where it was not asked for
	Sure      string // how sure the reading is, in per cent
	Unsure    bool
	Verdict   string // what a reviewer decided, "" for nothing
}

// unsure is the confidence under which a reading is marked as unsure.
const unsure = 0.7

func (l links) statement(s *record.Stated) statement {
	out := statement{ID: string(s.ID), Short: string(s.ID[:min(8, len(s.ID))]), Href: l.claim(s), About: l.to([]string{"claims", string(s.ID)}),
		Words: l.words.Claim(&s.Core), Date: dated(s.When), Kind: kindWord(s.Kind),
		Publisher: cmp.Or(s.Document.Publisher, "publisher not known"), Published: brief.Date(s.Document.Published), Title: s.Document.Title,
		Verdict: verdict(s)}
	if s.Source != "" {
		out.Speaker = l.words.Name(s.Source)
	}
	if s.Confidence > 0 {
		out.Sure = fmt.Sprintf("%.0f %%", 100*s.Confidence)
		out.Unsure = s.Confidence < unsure && out.Verdict == ""
	}
	return out
}

func (l links) statements(all []*record.Stated) []statement {
	out := make([]statement, 0, len(all))
	for _, s := range all {
		out = append(out, l.statement(s))
	}
	return out
}

// verdict is what a reviewer decided of a claim.
func verdict(s *record.Stated) string {
	switch {
	case s.Corrected:
		return "corrected"
	case s.Preferred:
		return "preferred"
	case s.Accepted:
		return "accepted"
	}
	return ""
}

func dated(w record.When) string { return cmp.Or(brief.Date(w), "undated") }

// kindWord is a kind in small letters.
func kindWord(k record.Kind) string { return strings.ToLower(string(k)) }

// sentences adds to statements the sentence that each is cited from, and gives
// them back.
func (s *Server) sentences(ctx context.Context, all []*record.Stated, out []statement) ([]statement, error) {
	texts := map[record.DocumentID]string{}
	for i, c := range all {
		cite := c.Citations[0]
		text, ok := texts[cite.Document]
		if !ok {
			doc, err := s.Desk.Document(ctx, cite.Document)
			if err != nil {
				return nil, err
			}
			text = doc.Text
			texts[cite.Document] = text
		}
		at := record.Sentence(text, cite)
		out[i].Sentence = shortened(text[at.Start:at.End])
	}
	return out, nil
}

// longestQuote bounds a sentence outside of its document, in characters.
const longestQuote = 600

func shortened(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= longestQuote {
		return string(r)
	}
	return string(r[:longestQuote/2]) + " […] " + string(r[len(r)-longestQuote/2:])
}
