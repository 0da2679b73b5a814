package api

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"demarche"
	"demarche/problem"
	"demarche/record"
)

// Question are the parameters that every question has.
type Question struct {
	On          string `query:"on" doc:"When it was so (EDTF); default today." example:"2020-10-14"`
	PublishedBy string `query:"published_by" doc:"Leave out documents published later (EDTF), and those without a date; any leaves out none."`
	KnownBy     string `query:"known_by" doc:"Leave out what the record learned later (EDTF, or RFC 3339)."`
	IfNoneMatch string `header:"If-None-Match" doc:"The ETag of an answer that is held already: 304 where it is still so."`

	address url.URL
}

// Resolve keeps the address, by which a cursor knows its question.
func (q *Question) Resolve(ctx huma.Context) []error {
	q.address = ctx.URL()
	return nil
}

func (q *Question) clocks() (record.Clocks, error) {
	return demarche.ClockText{On: q.On, PublishedBy: q.PublishedBy, KnownBy: q.KnownBy}.Clocks()
}

// Paged are the parameters of a question whose answer has pages.
type Paged struct {
	Question
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"Items of a page at most. A page of more than some 100 kB ends before."`
	Cursor string `query:"cursor" maxLength:"1000" doc:"Where the page begins: next of the page before."`
}

// place is what a cursor holds: the question, the clocks that pin its answer in
// time, and how much of it was given.
type place struct {
	Question    string `json:"q"`
	On          string `json:"o"`
	PublishedBy string `json:"p"`
	KnownBy     string `json:"k"`
	After       int    `json:"n"`
}

func (p place) cursor() string { return opaque(p) }

func opaque(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "" // strings and numbers always encode
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func badCursor(why string) error {
	return problem.New(http.StatusBadRequest, "cursor: "+why+"; use one as it was given, with the same question")
}

func readOpaque(s string, v any) error {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		return badCursor("it is none")
	}
	return nil
}

// name tells one question from another: its address but for the page.
func (q *Paged) name() string {
	params := q.address.Query()
	params.Del("limit")
	params.Del("cursor")
	sum := sha256.Sum256([]byte(q.address.Path + "?" + params.Encode()))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// begin reads the clocks of the question and where its page begins.
func (q *Paged) begin() (record.Clocks, int, error) {
	if q.Cursor == "" {
		c, err := q.clocks()
		return c, 0, err
	}
	var at place
	if err := readOpaque(q.Cursor, &at); err != nil {
		return record.Clocks{}, 0, err
	}
	if at.Question != q.name() || at.After < 0 {
		return record.Clocks{}, 0, badCursor("it belongs to another question")
	}
	c, err := demarche.ClockText{On: at.On, PublishedBy: at.PublishedBy, KnownBy: at.KnownBy}.Clocks()
	return c, at.After, err
}

// next is the cursor behind so many items. It pins the clocks that the question
// left open to what they are now, so that the answer stays what it is.
func (s *server) next(ctx context.Context, q *Paged, c record.Clocks, after int) (string, error) {
	if c.KnownBy.IsZero() {
		_, latest, err := s.head.Now(ctx)
		if err != nil {
			return "", err
		}
		c.KnownBy = latest
	}
	t := s.desk.Pinned(c)
	return place{q.name(), t.On, t.PublishedBy, t.KnownBy, after}.cursor(), nil
}

// page is an answer as it is sent.
type page[T any] struct {
	Link string `header:"Link" doc:"rel=next: the next page (RFC 8288)."`
	Body Answer[T]
}

// pageOf cuts a page out of an answer and writes its items.
func pageOf[T, J any](ctx context.Context, s *server, q *Paged, after int, ans demarche.Answer[T], write func(*writer) func(T) J) (*page[J], error) {
	w := s.writer(ctx)
	from := min(after, len(ans.Found))
	items := fill(w, ans.Found[from:min(from+q.Limit, len(ans.Found))], write(w))
	out := &page[J]{Body: Answer[J]{Names: each(ans.Names, nameOf), Clocks: clocksOf(ans.Clocks), Items: items, Claims: w.claims}}
	if w.err != nil {
		return nil, w.err
	}
	to := from + len(items)
	if to == len(ans.Found) {
		return out, nil
	}
	var err error
	if out.Body.Next, err = s.next(ctx, q, ans.Clocks, to); err != nil {
		return nil, err
	}
	out.Link = link(q.address, out.Body.Next)
	return out, nil
}

// link is the header that leads to the next page.
func link(address url.URL, cursor string) string {
	params := address.Query()
	params.Set("cursor", cursor)
	address.RawQuery = params.Encode()
	return "<" + address.RequestURI() + `>; rel="next"`
}

// listings keep what was found for questions that have more pages, so that only
// the first asks the whole record. A page whose listing is gone is found anew.
type listings struct {
	mu    sync.Mutex
	by    map[string][]record.ClaimID
	order []string
}

const mostListings = 16

func (l *listings) get(key string) ([]record.ClaimID, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ids, ok := l.by[key]
	return ids, ok
}

func (l *listings) put(key string, ids []record.ClaimID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.by == nil {
		l.by = map[string][]record.ClaimID{}
	}
	if _, known := l.by[key]; known {
		return
	}
	l.by[key], l.order = ids, append(l.order, key)
	if len(l.order) > mostListings {
		delete(l.by, l.order[0])
		l.order = l.order[1:]
	}
}
