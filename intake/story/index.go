// Package story tells which documents print one story and how two editions of
// one article differ.
//
// Two documents of different publishers print one story where most of the
// shorter stands word for word in the longer and both are of the same days. A
// document is compared by its shingles, its runs of five words (Broder, On the
// resemblance and containment of documents, 1997); a fixed quarter of all
// shingles is indexed to find what may be the same (MinHash by modulus), and
// those found are compared by all.
package story

import (
	"cmp"
	"slices"

	"demarche/record"
)

// What makes one story of two documents. Official texts of one publisher repeat
// each other in great part from month to month, so neither those of one
// publisher nor those of different weeks are compared.
const (
	minShared    = 20  // shingles in both
	minContained = 0.5 // of the shorter in the longer
	minUndated   = 0.8 // the same, where the day of one is not known
	minLength    = 0.2 // of the shorter to the longer
	maxApart     = 4   // days between their publication
)

// Index knows documents by their shingles. It is for one goroutine.
type Index struct {
	entries  []entry
	postings map[uint32]posting // by sampled shingle
	links    []link             // of the postings
	byURL    map[string]int32
	byID     map[record.DocumentID]int32
}

// posting is the entries with a shingle, as a list of links; the first is the
// newest.
type posting struct{ first, length int32 }

// link is an entry of a posting and where the next stands.
type link struct{ entry, next int32 }

type entry struct {
	id, story record.DocumentID
	publisher string
	published record.When
	shingles  []uint32 // sorted
}

// NewIndex makes an empty index.
func NewIndex() *Index {
	return &Index{postings: map[uint32]posting{}, byURL: map[string]int32{}, byID: map[record.DocumentID]int32{}}
}

// Len is the number of documents in the index.
func (x *Index) Len() int { return len(x.entries) }

func (x *Index) has(id record.DocumentID) bool {
	_, ok := x.byID[id]
	return ok
}

// Place gives the document whose story d prints, "" where d is the first seen
// of it, and adds d to the index. A later edition is of the story of the former.
// Where d has a Story already, that is kept.
func (x *Index) Place(d *record.Document) record.DocumentID {
	if at, ok := x.byID[d.ID]; ok {
		return x.entries[at].story
	}
	e := entryOf(d)
	if e.story == "" {
		e.story = x.find(d.URL, &e)
	}
	x.add(d.URL, e)
	return e.story
}

// Add adds a document whose Story is known, "" where it is the first of it.
func (x *Index) Add(d *record.Document) { x.add(d.URL, entryOf(d)) }

func entryOf(d *record.Document) entry {
	return entry{id: d.ID, story: d.Story, publisher: d.Publisher, published: d.Published, shingles: shingles(d.Text)}
}

func (x *Index) find(url string, e *entry) record.DocumentID {
	if at, ok := x.byURL[url]; ok && url != "" {
		return x.entries[at].root()
	}
	best, most := int32(-1), 0.0
	for _, at := range x.candidates(e) {
		if c := e.same(&x.entries[at]); c > most {
			best, most = at, c
		}
	}
	if best < 0 {
		return ""
	}
	return x.entries[best].root()
}

// root is the first document of the entry's story.
func (e *entry) root() record.DocumentID { return cmp.Or(e.story, e.id) }

// sampled reports whether a shingle is indexed.
func sampled(shingle uint32) bool { return shingle%4 == 0 }

// maxPosting is in how many documents a shingle may stand: one in more is a
// phrase of the trade.
const maxPosting = 200

// candidates are the entries that share a sampled shingle, in order.
func (x *Index) candidates(e *entry) []int32 {
	var out []int32
	for _, s := range e.shingles {
		list := x.postings[s]
		if !sampled(s) || list.length >= maxPosting {
			continue
		}
		for at := list.first; list.length > 0; list.length-- {
			out = append(out, x.links[at].entry)
			at = x.links[at].next
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (x *Index) add(url string, e entry) {
	if _, ok := x.byID[e.id]; ok {
		return
	}
	at := int32(len(x.entries))
	x.byID[e.id] = at
	x.entries = append(x.entries, e)
	if _, ok := x.byURL[url]; !ok && url != "" {
		x.byURL[url] = at
	}
	for _, s := range e.shingles {
		if list := x.postings[s]; sampled(s) && list.length < maxPosting {
			x.links = append(x.links, link{at, list.first})
			x.postings[s] = posting{int32(len(x.links) - 1), list.length + 1}
		}
	}
}

// forget takes out documents, by their place and day, and gives them.
func (x *Index) forget(drop func(at int, day record.Day) bool) (dropped []entry) {
	y := NewIndex()
	urls := make(map[int32]string, len(x.byURL))
	for url, at := range x.byURL {
		urls[at] = url
	}
	for at, e := range x.entries {
		if drop(at, e.published.Earliest) {
			dropped = append(dropped, e)
			continue
		}
		y.add(urls[int32(at)], e)
	}
	*x = *y
	return dropped
}

// same is how much of the shorter of two entries stands in the longer, 0 where
// they do not print one story.
func (e *entry) same(f *entry) float64 {
	if e.publisher != "" && e.publisher == f.publisher {
		return 0
	}
	least := minContained
	switch dated := e.published.Precise() && f.published.Precise(); {
	case !dated:
		least = minUndated
	case max(e.published.Earliest, f.published.Earliest)-min(e.published.Earliest, f.published.Earliest) > maxApart:
		return 0
	}
	short, long := len(e.shingles), len(f.shingles)
	if short > long {
		short, long = long, short
	}
	shared := common(e.shingles, f.shingles)
	contained := float64(shared) / float64(max(short, 1))
	if shared < minShared || contained < least || float64(short) < minLength*float64(long) {
		return 0
	}
	return contained
}

// common counts what stands in both of two sorted lists.
func common(a, b []uint32) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			a, b, n = a[1:], b[1:], n+1
		}
	}
	return n
}
