package demarche

import (
	"context"
	"errors"
	"slices"

	"demarche/brief"
	"demarche/record"
	"demarche/store"
)

// Trouble is what has become of a claim that a note cites.
type Trouble string

// The troubles.
const (
	SentenceChanged Trouble = "changed"   // a later edition has it otherwise
	SentenceRemoved Trouble = "removed"   // a later edition has it no more
	ClaimRejected   Trouble = "rejected"  // by a reviewer, since the note was made
	ClaimCorrected  Trouble = "corrected" // it stands otherwise than when the note was made
	ClaimUnknown    Trouble = "unknown"   // the record has no such claim
	Misquoted       Trouble = "misquoted" // the document does not say what the note quotes
)

// Cited is a claim that a footnote of a note cites, and how it stands now.
type Cited struct {
	Note     int // the footnote's number
	Ref      brief.Reference
	Claim    record.Claim     // as it was read; empty where it is unknown
	Document *record.Document // that it is cited from, without its text
	Troubles []Trouble        // none where all stands as it did
	// Now is the claim as it stands, nil where it was rejected or is unknown.
	Now *record.Stated
	// Later is the newest edition of the document, and Change the change that
	// took the sentence; nil without that trouble.
	Later  *record.Document
	Change *Change
	// Decision is what a reviewer decided of it last; nil where nothing stands.
	Decision *record.Decision
}

// Verify reads a note that was rendered as Markdown or HTML and tells how each
// claim that its footnotes cite stands now: whether a later edition of its
// document has lost the sentence, and whether a reviewer has rejected or corrected
// it since. It is in the order of the footnotes.
func (d *Desk) Verify(ctx context.Context, note string, c record.Clocks) ([]Cited, error) {
	const op = "brief"
	v := verifier{desk: d, clocks: d.clocks(c), texts: d.Texts()}
	var out []Cited
	for _, p := range brief.ReadPrinted(note) {
		for _, ref := range p.Refs {
			cited, err := v.cited(ctx, p, ref)
			if err != nil {
				return nil, storeError(op, err)
			}
			out = append(out, cited)
		}
	}
	if len(out) == 0 {
		return nil, fail(op, Input, "no footnote names its claim; give a note that demarche brief wrote as Markdown or HTML")
	}
	return out, nil
}

// verifier holds notes against the record.
type verifier struct {
	desk   *Desk
	clocks record.Clocks
	texts  *Texts
}

func (v *verifier) cited(ctx context.Context, p brief.Printed, ref brief.Reference) (Cited, error) {
	out := Cited{Note: p.Number, Ref: ref}
	claim, err := v.desk.store.Claim(ctx, record.ClaimID(ref.Claim))
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrAmbiguous) || err == nil && len(claim.Citations) == 0 {
		out.Troubles = []Trouble{ClaimUnknown}
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Claim = claim
	if err := v.stands(ctx, &out); err != nil {
		return out, err
	}
	return out, v.reads(ctx, p, &out)
}

// stands finds out what was decided of the claim.
func (v *verifier) stands(ctx context.Context, out *Cited) error {
	now, err := v.desk.ByName(ctx, []record.ClaimID{out.Claim.ID}, v.clocks)
	if err != nil {
		return err
	}
	made, err := v.desk.History(ctx, out.Claim.ID, v.clocks)
	if err != nil {
		return err
	}
	for _, m := range slices.Backward(made) {
		if m.Claim == out.Claim.ID && !m.Undone && m.Verdict != record.Undo {
			out.Decision = &m.Decision
			break
		}
	}
	switch {
	case len(now) == 0:
		out.Troubles = append(out.Troubles, ClaimRejected)
	case brief.Check(&now[0].Core) != out.Ref.Check:
		out.Troubles = append(out.Troubles, ClaimCorrected)
	}
	if len(now) > 0 {
		out.Now = now[0]
	}
	return nil
}

// reads finds out whether the sentence still stands in the newest edition.
func (v *verifier) reads(ctx context.Context, p brief.Printed, out *Cited) error {
	cite := out.Claim.Citations[0]
	doc, err := v.texts.Document(ctx, cite.Document)
	if err != nil {
		return err
	}
	out.Document = withoutText(doc)
	if !p.Quotes(doc.Text, cite) {
		out.Troubles = append(out.Troubles, Misquoted)
	}
	newest, err := v.desk.newest(ctx, doc.ID, v.clocks)
	if newest == "" {
		return err
	}
	later, err := v.texts.Document(ctx, newest)
	if err != nil {
		return err
	}
	if out.Change = touching(changes(doc, later), out.Claim.Citations); out.Change != nil {
		out.Later = withoutText(later)
		trouble := SentenceChanged
		if out.Change.Is == "" {
			trouble = SentenceRemoved
		}
		out.Troubles = append(out.Troubles, trouble)
	}
	return nil
}

func withoutText(d *record.Document) *record.Document {
	out := *d
	out.Text = ""
	return &out
}
