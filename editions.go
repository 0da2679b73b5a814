package demarche

import (
	"context"
	"slices"
	"strings"

	"demarche/intake/story"
	"demarche/record"
)

// Change is a run of sentences that differs between two editions of an article.
type Change struct {
	Old, New record.Citation // in the former edition and in the later; either may be empty
	// Was and Is are the sentences themselves: Is is "" where they were taken
	// out, Was where they were put in.
	Was, Is string
}

// Edition is one edition of an article.
type Edition struct {
	Document record.Document
	// Changes are those from the edition before, in order; none for the first.
	Changes []Change
	// Lost are the claims of the edition before whose sentence was changed or
	// taken out.
	Lost []Lost
}

// Lost is a claim with the change that took its sentence.
type Lost struct {
	Claim  *record.Stated
	Change Change
}

// Editions gives the editions of the article that a document is one of, in the
// order in which they were recorded, with their differences. A document that was
// never edited is alone. The document's name may be shortened.
func (d *Desk) Editions(ctx context.Context, id record.DocumentID, c record.Clocks) ([]Edition, error) {
	doc, err := d.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	line, err := d.store.Editions(ctx, doc.ID, c)
	if err != nil {
		return nil, storeError("editions", err)
	}
	if len(line) == 0 { // it is not of the clocks
		line = []record.Document{doc}
	}
	texts := d.Texts()
	var out []Edition
	for i := range line {
		e, err := d.edition(ctx, texts, line[i].ID, c)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// edition is a document with what changed from the one that it follows.
func (d *Desk) edition(ctx context.Context, texts *Texts, id record.DocumentID, c record.Clocks) (Edition, error) {
	doc, err := texts.Document(ctx, id)
	if err != nil || doc.Former == "" {
		return Edition{Document: *doc}, err
	}
	e := Edition{Document: *doc}
	former, err := d.Tells(ctx, doc.Former, c)
	if err != nil {
		return e, err
	}
	e.Changes = changes(&former.Document, doc)
	for _, s := range former.Claims {
		if ch := touching(e.Changes, s.Citations); ch != nil {
			e.Lost = append(e.Lost, Lost{s, *ch})
		}
	}
	return e, nil
}

// changes are those from one edition to another.
func changes(former, later *record.Document) []Change {
	var out []Change
	for _, ch := range story.Difference(former.Text, later.Text) {
		out = append(out, Change{
			Old: record.Citation{Document: former.ID, Start: ch.From, End: ch.To}, New: record.Citation{Document: later.ID, Start: ch.NewFrom, End: ch.NewTo},
			Was: oneLine(former.Text[ch.From:ch.To]), Is: oneLine(later.Text[ch.NewFrom:ch.NewTo]),
		})
	}
	return out
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// touching is the first change that a citation of the former edition stands in,
// nil where there is none.
func touching(changes []Change, cites []record.Citation) *Change {
	for i := range changes {
		old := changes[i].Old
		if slices.ContainsFunc(cites, func(c record.Citation) bool {
			return c.Document == old.Document && c.Start < old.End && old.Start < c.End
		}) {
			return &changes[i]
		}
	}
	return nil
}

// newest is the newest edition of a document's article as the clocks have it, ""
// where the document has no later edition.
func (d *Desk) newest(ctx context.Context, id record.DocumentID, c record.Clocks) (record.DocumentID, error) {
	line, err := d.store.Editions(ctx, id, c)
	if err != nil || !slices.ContainsFunc(line, func(e record.Document) bool { return e.Former == id }) || line[len(line)-1].ID == id {
		return "", err
	}
	return line[len(line)-1].ID, nil
}
