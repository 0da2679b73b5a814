package watch

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"os"
	"strconv"
	"sync"
	"time"

	"demarche/intake"
	"demarche/intake/fetch"
	"demarche/record"
)

// Getter gets addresses; a *fetch.Fetcher is one.
type Getter interface {
	Get(context.Context, fetch.Request) (*fetch.Response, error)
}

// Watcher goes round the sources.
type Watcher struct {
	Config *Config
	Getter Getter
	Clock  fetch.Clock
	State  *State
	// Options hold for all documents; Publisher, Language and Today are those of
	// the source and of the clock.
	Options intake.Options
	// Most is how many entries of one source are got in a round; 0 is 100.
	Most int
	// Asked is told of each source once it was asked, its documents have been
	// handed on and ctx has not ended. May be nil.
	Asked func(s *Source, documents, failed int)

	mu    sync.Mutex
	trust map[record.DocumentID]float64
	next  map[string]*seen // of the sources of this round
}

const (
	maxNew    = 100 // entries of one source that are got in a round
	maxFailed = 5   // rounds after which an entry that cannot be got is given up
)

// Due are the sources that are to be asked now.
func (w *Watcher) Due() (due []*Source) {
	for _, s := range w.Config.Sources {
		if !w.State.of(s).Checked.Add(s.Every).After(w.Clock.Now()) {
			due = append(due, s)
		}
	}
	return due
}

// Wait sleeps until a source is due.
func (w *Watcher) Wait(ctx context.Context) error {
	var first time.Time
	for _, s := range w.Config.Sources {
		if at := w.State.of(s).Checked.Add(s.Every); first.IsZero() || at.Before(first) {
			first = at
		}
	}
	if wait := first.Sub(w.Clock.Now()); wait > 0 {
		return w.Clock.Sleep(ctx, wait)
	}
	return ctx.Err()
}

// Round gives the documents of the sources that are new or changed since the
// last round that was kept, in the order of the sources. What cannot be got or
// read is an error between them, which says which source or document is meant.
// The sequence ends early when ctx is done.
func (w *Watcher) Round(ctx context.Context, sources []*Source) iter.Seq2[record.Document, error] {
	w.mu.Lock()
	w.trust, w.next = map[record.DocumentID]float64{}, map[string]*seen{}
	w.mu.Unlock()
	return func(yield func(record.Document, error) bool) {
		for _, s := range sources {
			known := w.State.of(s)
			now := &seen{Checked: w.Clock.Now(), ETag: known.ETag, LastModified: known.LastModified, Entries: map[string]mark{}}
			r := &visit{Watcher: w, source: s, known: known, now: now, yield: yield}
			if !r.run(ctx) || ctx.Err() != nil {
				return
			}
			w.mu.Lock()
			w.next[s.key()] = now
			w.mu.Unlock()
			if w.Asked != nil {
				w.Asked(s, r.documents, r.failed)
			}
		}
	}
}

// Keep notes what the round brought, so that it does not come again. It is to be
// called when its documents are recorded, and not where they are not.
func (w *Watcher) Keep() {
	w.mu.Lock()
	defer w.mu.Unlock()
	maps.Copy(w.State.Sources, w.next)
	w.next = nil
}

// Trust is how far the source of a document of this round is to be trusted.
func (w *Watcher) Trust(id record.DocumentID) float64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t, ok := w.trust[id]; ok {
		return t
	}
	return 1
}

// visit asks one source once.
type visit struct {
	*Watcher
	source     *Source
	known, now *seen
	yield      func(record.Document, error) bool

	documents, failed int // handed on
}

// run reports whether the round goes on.
func (v *visit) run(ctx context.Context) bool {
	switch v.source.Kind {
	case Feed:
		return v.feed(ctx)
	case Page:
		return v.page(ctx)
	case Either:
		return v.either(ctx)
	}
	return v.folder(ctx)
}

// options are those for the documents of the source.
func (v *visit) options() intake.Options {
	opt := v.Options
	opt.Publisher, opt.Language, opt.Today = v.source.Publisher, v.source.Language, v.today()
	return opt
}

func (v *visit) today() record.Day { return record.DayOf(v.Clock.Now().UTC().Date()) }

// give hands a document on.
func (v *visit) give(doc record.Document, err error) bool {
	if err != nil {
		v.failed++
		return v.yield(doc, err)
	}
	v.documents++
	v.mu.Lock()
	v.trust[doc.ID] = v.source.Trust
	v.mu.Unlock()
	return v.yield(doc, nil)
}

// get gets the source's own address, if it has changed. It reports false where
// there is nothing new.
func (v *visit) get(ctx context.Context) (*fetch.Response, bool, error) {
	resp, err := v.Getter.Get(ctx, fetch.Request{URL: v.source.Address, Private: v.source.Private, ETag: v.known.ETag, LastModified: v.known.LastModified})
	if err != nil || resp.Unchanged {
		v.now.Entries = v.known.Entries
		return nil, false, err
	}
	v.now.ETag, v.now.LastModified = resp.ETag, resp.LastModified
	return resp, true, nil
}

func (v *visit) page(ctx context.Context) bool {
	resp, fresh, err := v.get(ctx)
	if err != nil || !fresh {
		return err == nil || v.give(record.Document{}, err)
	}
	return v.once(ctx, resp)
}

// once reads the source's own page, if its bytes have changed.
func (v *visit) once(ctx context.Context, resp *fetch.Response) bool {
	m := mark{Mark: short(string(resp.Body))}
	v.now.Entries[""] = m
	if v.known.Entries[""] == m {
		return true
	}
	return v.give(v.received(ctx, resp, entry{}))
}

// either reads a feed or a page, whichever is there.
func (v *visit) either(ctx context.Context) bool {
	resp, fresh, err := v.get(ctx)
	switch {
	case err != nil:
		return v.give(record.Document{}, err)
	case !fresh:
		return true
	case isFeed(resp):
		return v.parsed(ctx, resp)
	}
	return v.once(ctx, resp)
}

// received reads what was got for an entry.
func (v *visit) received(ctx context.Context, resp *fetch.Response, e entry) (record.Document, error) {
	r := intake.Received{
		URL: resp.URL, ContentType: resp.ContentType, Bytes: resp.Body, Day: v.today(),
		Title: e.title, Author: e.author, Published: e.published, Modified: e.modified,
	}
	if r.URL == "" {
		r.Name = v.source.Address + " " + e.title
	}
	return r.Document(ctx, v.options())
}

func (v *visit) feed(ctx context.Context) bool {
	resp, fresh, err := v.get(ctx)
	if err != nil || !fresh {
		return err == nil || v.give(record.Document{}, err)
	}
	return v.parsed(ctx, resp)
}

func (v *visit) parsed(ctx context.Context, resp *fetch.Response) bool {
	entries, err := parseFeed(resp.Body, resp.URL)
	if err != nil {
		v.now.Entries = v.known.Entries
		return v.give(record.Document{}, &intake.Error{Path: v.source.Address, Offset: -1, Err: err})
	}
	return v.entries(ctx, entries)
}

// entries reads those that are new or changed. Where they are too many, or one
// cannot be got, the feed is asked for anew in the next round.
func (v *visit) entries(ctx context.Context, entries []entry) bool {
	got, left := 0, false
	for _, e := range entries {
		m := v.known.Entries[e.key]
		if m.Mark == e.mark {
			v.now.Entries[e.key] = m
			continue
		}
		if got++; got > cmp.Or(v.Most, maxNew) {
			left = true
			if m != (mark{}) {
				v.now.Entries[e.key] = m
			}
			continue
		}
		doc, err := v.entry(ctx, e)
		if ctx.Err() != nil {
			return false
		}
		m, again := outcome(m, e.mark, err)
		v.now.Entries[e.key], left = m, left || again
		if !v.give(doc, err) {
			return false
		}
	}
	if left {
		v.now.ETag, v.now.LastModified = "", ""
	}
	return true
}

// outcome is the mark of an entry after an attempt to read it, and whether it is
// to be tried again: one whose page could not be got, a few times.
func outcome(m mark, is string, err error) (mark, bool) {
	var at *fetch.Error
	if !errors.As(err, &at) || m.Failed+1 >= maxFailed {
		return mark{Mark: is}, false
	}
	return mark{Mark: m.Mark, Failed: m.Failed + 1}, true
}

// entry reads the page that an entry leads to, or the entry itself.
func (v *visit) entry(ctx context.Context, e entry) (record.Document, error) {
	if v.source.Entries || e.address == "" {
		page := &fetch.Response{URL: e.address, ContentType: "text/html", Body: []byte(e.text)}
		return v.received(ctx, page, e)
	}
	resp, err := v.Getter.Get(ctx, fetch.Request{URL: e.address, Private: v.source.Private && sameHost(e.address, v.source.Address)})
	if err != nil {
		return record.Document{}, err
	}
	return v.received(ctx, resp, e)
}

// folder reads the files that are new or changed, by size and time.
func (v *visit) folder(ctx context.Context) bool {
	for src, err := range intake.Find([]string{v.source.Address}) {
		if err != nil {
			if !v.give(record.Document{}, err) {
				return false
			}
			continue
		}
		info, err := os.Stat(src.Path)
		if err != nil {
			continue // gone since it was found
		}
		m := mark{Mark: strconv.FormatInt(info.Size(), 10) + " " + info.ModTime().UTC().Format(time.RFC3339Nano)}
		v.now.Entries[src.Path] = m
		if v.known.Entries[src.Path] == m {
			continue
		}
		for doc, err := range intake.Documents(ctx, []string{src.Path}, v.options()) {
			if !v.give(doc, err) {
				return false
			}
		}
		if ctx.Err() != nil {
			return false
		}
	}
	return true
}
