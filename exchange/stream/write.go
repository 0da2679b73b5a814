package stream

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"

	"demarche/record"
)

// Writer writes a stream. Documents come first, then claims, then decisions; a
// claim of a document that was not written is refused, so that what was written
// can be read back.
type Writer struct {
	w      io.Writer
	hash   hash.Hash
	counts Counts
	known  map[record.DocumentID]bool
	err    error
}

// NewWriter begins a stream.
func NewWriter(w io.Writer) *Writer {
	out := &Writer{w: w, hash: sha256.New(), known: map[record.DocumentID]bool{}}
	out.line(line{Demarche: magic, Version: version})
	return out
}

// line writes a line, unless one before it failed.
func (w *Writer) line(l line) error {
	if w.err != nil {
		return w.err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if w.err = e.Encode(l); w.err == nil && b.Len() > maxLine {
		w.err = fmt.Errorf("a document of more than %d bytes of JSON cannot be exported", maxLine)
	}
	if w.err == nil {
		w.hash.Write(b.Bytes())
		_, w.err = w.w.Write(b.Bytes())
	}
	return w.err
}

// Document writes a document with its text.
func (w *Writer) Document(d *record.Document) error {
	w.known[d.ID] = true
	w.counts.Documents++
	return w.line(layDocument(d))
}

// Claim writes a claim.
func (w *Writer) Claim(c *record.Claim) error {
	for _, cite := range c.Citations {
		if !w.known[cite.Document] && w.err == nil {
			w.err = fmt.Errorf("claim %s cites document %s, which is not on record; demarche check says more", c.ID, cite.Document)
		}
	}
	w.counts.Claims++
	return w.line(layClaim(c))
}

// Decision writes a decision.
func (w *Writer) Decision(d *record.Decision) error {
	w.counts.Decisions++
	return w.line(layDecision(d))
}

// Close writes the last line and gives what was counted.
func (w *Writer) Close() (Counts, error) {
	sum := hex.EncodeToString(w.hash.Sum(nil))
	return w.counts, w.line(line{End: &end{w.counts, sum}})
}
