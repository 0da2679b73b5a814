package exchange

import (
	"encoding/json"
	"io"
	"iter"

	"demarche/record"
	"demarche/wire"
)

// line is a claim in the layout of package wire with the document that it is
// from.
type line struct {
	wire.Claim
	Document struct {
		Hash      string `json:"hash"`
		URL       string `json:"url"`
		Publisher string `json:"publisher"`
		Title     string `json:"title"`
		Published string `json:"published"`
	} `json:"document"`
	Reviewed string `json:"reviewed,omitempty"`
}

// WriteLines writes claims as JSON Lines, each in the layout of package wire
// with its document beside it. Spans are bytes of the document's text.
func WriteLines(w io.Writer, claims iter.Seq2[Claim, error]) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for c, err := range claims {
		if err != nil {
			return err
		}
		out := line{Claim: wire.FromClaim(&c.Claim, nil), Reviewed: reviewed(c.Stated)}
		out.Quote = c.Quote
		for _, cite := range c.Citations {
			out.Spans = append(out.Spans, wire.Span{cite.Start, cite.End})
		}
		d := c.Document
		out.Document.Hash, out.Document.URL, out.Document.Publisher = string(d.ID), d.URL, d.Publisher
		out.Document.Title, out.Document.Published = d.Title, record.FormatEDTF(d.Published)
		if err := e.Encode(out); err != nil {
			return err
		}
	}
	return nil
}
