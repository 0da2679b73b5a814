package story

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"demarche/record"
)

// Record is what is recorded already, in a store.
type Record interface {
	// Next gives documents that were recorded since it was last asked, without
	// text, in order of recording; none when there are no more.
	Next(ctx context.Context) ([]record.Document, error)
	// Document gives a document with its text, if it is there.
	Document(ctx context.Context, id record.DocumentID) (d record.Document, ok bool, err error)
}

// Marker sets the Story of documents on their way to a record: of those that
// print what is recorded or what came before them, and of later editions. A
// document whose day of publication is not known is compared with none, so that
// what is found does not depend on which came first. It is for one goroutine.
type Marker struct {
	rec   Record
	index *Index
	byDay map[record.Day][]record.DocumentID // those not in the index
	byURL map[string]edition                 // the newest
	days  map[record.Day]*use                // of the index
	tick  int
}

// use is how many documents of a day are in the index, and when it was last
// looked at.
type use struct{ documents, last int }

// edition is a document as far as it tells of its later editions.
type edition struct{ id, story record.DocumentID }

// NewMarker makes a marker that knows nothing; Follow tells it of the record. The
// texts of a day are asked for when a document of about that day comes.
func NewMarker(rec Record) *Marker {
	return &Marker{rec: rec, index: NewIndex(), byDay: map[record.Day][]record.DocumentID{}, byURL: map[string]edition{}, days: map[record.Day]*use{}}
}

// Mark sets the Story of a document that has none, and remembers the document.
// An error is one of the record.
func (m *Marker) Mark(ctx context.Context, d *record.Document) error {
	if d.ID == "" {
		d.ID = d.Hash()
	}
	former, known := m.byURL[d.URL]
	if story := cmp.Or(former.story, former.id); known && d.Story == "" && story != d.ID {
		d.Story = story
	}
	if err := m.place(ctx, d, known); err != nil {
		return err
	}
	if d.URL != "" {
		m.byURL[d.URL] = edition{d.ID, d.Story}
	}
	return nil
}

// place puts a document with a day into the index, and finds its story there
// unless that is known.
func (m *Marker) place(ctx context.Context, d *record.Document, known bool) error {
	if !d.Published.Precise() {
		return nil
	}
	if err := m.load(ctx, d.Published.Earliest); err != nil {
		return err
	}
	n := m.index.Len()
	if known {
		m.index.Add(d)
	} else {
		d.Story = m.index.Place(d)
	}
	m.day(d.Published.Earliest).documents += m.index.Len() - n
	m.forget()
	return nil
}

// Follow takes in what was recorded since the last time.
func (m *Marker) Follow(ctx context.Context) error {
	for {
		more, err := m.rec.Next(ctx)
		if err != nil || len(more) == 0 {
			return err
		}
		for i := range more {
			d := &more[i]
			if d.Published.Precise() && !m.index.has(d.ID) {
				m.byDay[d.Published.Earliest] = append(m.byDay[d.Published.Earliest], d.ID)
			}
			if d.URL != "" {
				m.byURL[d.URL] = edition{d.ID, d.Story}
			}
		}
	}
}

// load puts the documents of the days around a day into the index.
func (m *Marker) load(ctx context.Context, around record.Day) error {
	m.tick++
	for day := around - maxApart; day <= around+maxApart; day++ {
		u := m.day(day)
		u.last = m.tick
		for _, id := range m.byDay[day] {
			d, ok, err := m.rec.Document(ctx, id)
			if err != nil {
				return err
			}
			if !ok {
				continue // was on its way and could not be read
			}
			n := m.index.Len()
			m.index.Add(&d)
			u.documents += m.index.Len() - n
		}
		delete(m.byDay, day)
	}
	return nil
}

func (m *Marker) day(day record.Day) *use {
	u := m.days[day]
	if u == nil {
		u = &use{}
		m.days[day] = u
	}
	return u
}

// The index holds up to so many documents; of those beyond it the newest stay,
// which may be on their way to the record still.
const (
	maxIndexed = 50_000
	onTheirWay = 2_000
)

// forget takes half of the documents out of an index that is full: of the days
// that were looked at longest ago. They are asked for again when a document of
// about their day comes.
func (m *Marker) forget() {
	if m.index.Len() <= maxIndexed {
		return
	}
	days := slices.SortedFunc(maps.Keys(m.days), func(a, b record.Day) int {
		return cmp.Or(cmp.Compare(m.days[a].last, m.days[b].last), cmp.Compare(a, b))
	})
	old := map[record.Day]bool{}
	for left := m.index.Len(); left > maxIndexed/2 && len(days) > 2*maxApart+1; days = days[1:] {
		old[days[0]] = true
		left -= m.days[days[0]].documents
	}
	newest := m.index.Len() - onTheirWay
	for _, e := range m.index.forget(func(at int, day record.Day) bool { return at < newest && old[day] }) {
		day := e.published.Earliest
		m.byDay[day] = append(m.byDay[day], e.id)
		m.days[day].documents--
	}
	for day := range old {
		if m.days[day].documents == 0 {
			delete(m.days, day)
		}
	}
}
