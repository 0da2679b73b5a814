package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"sync"
	"time"

	"demarche"
	"demarche/record"
)

// How long a page is given again while the record grows, and how much is kept.
// Behind one that is no longer fresh the next is made, so that nobody waits for
// it. A decision is seen at once.
const (
	freshFor  = 10 * time.Second
	givenFor  = time.Minute
	keptBytes = 64 << 20
	keptPage  = 1 << 20
)

// memory keeps pages as they were made for who asked, so that a page that many
// read while documents come in is made once in a while. An unchanged record
// gives the same page for as long as the day is the same.
type memory struct {
	mu     sync.Mutex
	pages  map[string]*keptAnswer
	busy   map[string]chan struct{} // those that are being made
	behind chan struct{}            // held by the page that is made behind another
	order  []string                 // the oldest first
	bytes  int
}

type keptAnswer struct {
	header http.Header
	body   []byte
	head   demarche.Cursor
	made   time.Time
}

// remembered gives a page again where it is still what the record says.
func (s *Server) remembered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || strings.Contains(r.Header.Get("Cache-Control"), "no-cache") || len(r.URL.RawQuery) > 2000 {
			next.ServeHTTP(w, r)
			return
		}
		key := r.Host + "\x00" + s.csrf(r) + "\x00" + r.Header.Get("Authorization") + "\x00" + r.URL.RequestURI()
		if r.URL.Path == "/" || r.URL.Path == "/conflicts" { // these show what is looked for behind them
			_, found := s.conflicts.known(record.Clocks{})
			key = found + "\x00" + key
		}
		head, now := s.overview.Head(), s.Now()
		answer, done := s.memory.wait(r.Context(), key, head, now)
		if answer == nil {
			defer done()
			s.makePage(w, r, next, key, head, now)
			return
		}
		if !answer.fresh(head, now) {
			s.makeBehind(r, next, key, head, now)
		}
		for name, values := range answer.header {
			w.Header()[name] = values
		}
		if tag := answer.header.Get("ETag"); tag != "" && r.Header.Get("If-None-Match") == tag {
			w.Header().Del("Content-Length")
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(answer.body)
	})
}

// makePage makes a page and keeps it.
func (s *Server) makePage(w http.ResponseWriter, r *http.Request, next http.Handler, key string, head demarche.Cursor, now time.Time) {
	rec := &recorder{ResponseWriter: w, status: http.StatusOK}
	next.ServeHTTP(rec, r)
	if rec.status == http.StatusOK && rec.body.Len() <= keptPage && !strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
		s.memory.keep(key, &keptAnswer{w.Header().Clone(), rec.body.Bytes(), head, now})
	}
}

// longestBehind is how long a page may be made that nobody waits for.
const longestBehind = 30 * time.Second

// makeBehind makes a page anew that is given as it was meanwhile, one page at a
// time.
func (s *Server) makeBehind(r *http.Request, next http.Handler, key string, head demarche.Cursor, now time.Time) {
	select {
	case s.memory.behind <- struct{}{}:
	default:
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), longestBehind)
	again := r.Clone(ctx)
	go func() {
		defer func() {
			cancel()
			<-s.memory.behind
			if p := recover(); p != nil { // who waits for a page learns of it there
				s.Log.Error("page made behind another", "path", again.URL.Path, "panic", p)
			}
		}()
		s.makePage(nowhere{http.Header{}}, again, next, key, head, now)
	}()
}

// nowhere is where a page goes that nobody waits for.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (nowhere) WriteHeader(int)               {}

// wait gives a page that still holds or, where another request is making it, waits
// for that one. With none, the page is to be made, and done to be called then.
func (m *memory) wait(ctx context.Context, key string, head demarche.Cursor, now time.Time) (a *keptAnswer, done func()) {
	for {
		m.mu.Lock()
		if a = m.find(key, head, now); a != nil {
			m.mu.Unlock()
			return a, nil
		}
		busy := m.busy[key]
		if busy == nil {
			busy = make(chan struct{})
			m.busy[key] = busy
			m.mu.Unlock()
			return nil, func() {
				m.mu.Lock()
				defer m.mu.Unlock()
				delete(m.busy, key)
				close(busy)
			}
		}
		m.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done(): // the page itself tells that it took too long
			return nil, func() {}
		}
	}
}

// find gives a page that still holds: nothing was recorded since, or not long ago
// and nothing was decided since.
func (m *memory) find(key string, head demarche.Cursor, now time.Time) *keptAnswer {
	a := m.pages[key]
	if a == nil || a.made.UTC().YearDay() != now.UTC().YearDay() {
		return nil
	}
	if a.head == head && now.Sub(a.made) < time.Hour || a.head.Decision == head.Decision && now.Sub(a.made) < givenFor {
		return a
	}
	return nil
}

// fresh reports whether a page that still holds need not be made anew yet.
func (a *keptAnswer) fresh(head demarche.Cursor, now time.Time) bool {
	return a.head == head || now.Sub(a.made) < freshFor
}

func (m *memory) keep(key string, a *keptAnswer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if old := m.pages[key]; old != nil {
		m.bytes -= len(old.body)
	} else {
		m.order = append(m.order, key)
	}
	m.pages[key] = a
	m.bytes += len(a.body)
	for m.bytes > keptBytes && len(m.order) > 1 {
		oldest := m.order[0]
		m.order = m.order[1:]
		if oldest == key {
			m.order = append(m.order, key)
			continue
		}
		m.bytes -= len(m.pages[oldest].body)
		delete(m.pages, oldest)
	}
}

// recorder keeps what it passes on.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(p []byte) (int, error) {
	if r.body.Len()+len(p) <= keptPage+1 {
		r.body.Write(p)
	}
	return r.ResponseWriter.Write(p)
}

// Unwrap gives http.ResponseController what it controls.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// entityTag names the content of a page.
func entityTag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}
