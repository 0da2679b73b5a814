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
	line, err := d.lines(ctx, c)
	if err != nil {
		return nil, err
	}
	texts := d.Texts()
	var out []Edition
	for _, id := range line.of(doc.ID) {
		e, err := d.edition(ctx, texts, id, c)
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

// lines knows which documents are editions of one article.
type lines struct {
	order  []record.DocumentID // of recording
	former map[record.DocumentID]record.DocumentID
	later  map[record.DocumentID]bool // that have a later edition
}

// lines lists the documents on record that are editions of others.
func (d *Desk) lines(ctx context.Context, c record.Clocks) (*lines, error) {
	all, err := d.store.Documents(ctx, c, 0)
	if err != nil {
		return nil, storeError("editions", err)
	}
	l := &lines{former: map[record.DocumentID]record.DocumentID{}, later: map[record.DocumentID]bool{}}
	known := make(map[record.DocumentID]bool, len(all))
	for i := range all {
		known[all[i].ID] = true
	}
	for i := range all {
		if doc := &all[i]; doc.Former != "" && known[doc.Former] {
			l.former[doc.ID], l.later[doc.Former] = doc.Former, true
			l.order = append(l.order, doc.ID)
		}
	}
	return l, nil
}

// first is the first edition of a document's article. A circle of editions,
// which no store makes, ends where it began.
func (l *lines) first(id record.DocumentID) record.DocumentID {
	for range len(l.order) + 1 {
		former, ok := l.former[id]
		if !ok {
			break
		}
		id = former
	}
	return id
}

// of are the editions of a document's article, as they were recorded.
func (l *lines) of(id record.DocumentID) []record.DocumentID {
	first := l.first(id)
	out := []record.DocumentID{first}
	if !l.later[first] {
		return out
	}
	for _, other := range l.order {
		if l.first(other) == first {
			out = append(out, other)
		}
	}
	return out
}

// newest is the newest edition of a document's article, "" where it is the
// document itself.
func (l *lines) newest(id record.DocumentID) record.DocumentID {
	if !l.later[id] {
		return ""
	}
	all := l.of(id)
	if last := all[len(all)-1]; last != id {
		return last
	}
	return ""
}
