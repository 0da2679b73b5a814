package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"
)

// clock is a clock that sleeps in no time.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now, c.slept = c.now.Add(d), append(c.slept, d)
	return ctx.Err()
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

// serve answers every path but robots.txt, which it has not.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		h(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// private is a request for a server on loopback, named so.
func private(url string) Request { return Request{URL: url, Private: true} }

func TestConditionalRequests(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", "Sun, 01 Mar 2026 10:00:00 GMT")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		fmt.Fprint(z, "Ghana met Togo.")
		z.Close()
	})
	f := New(Options{Clock: newClock()})
	first, err := f.Get(context.Background(), private(s.URL+"/a#part"))
	if err != nil || string(first.Body) != "Ghana met Togo." || first.ETag != `"1"` {
		t.Fatalf("%+v, %v", first, err)
	}
	again := private(s.URL + "/a")
	again.ETag, again.LastModified = first.ETag, first.LastModified
	if second, err := f.Get(context.Background(), again); err != nil || !second.Unchanged || len(second.Body) != 0 {
		t.Errorf("%+v, %v; want unchanged", second, err)
	}
}

// Every hostile answer is refused with one line, and the next address is got
// all the same.
func TestHostileAnswers(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	io.Copy(z, io.LimitReader(zeros{}, 64<<20))
	z.Close()
	mux := map[string]http.HandlerFunc{
		"/good": func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "good") },
		"/bomb": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		},
		"/two-gigabytes": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(2<<30))
			io.Copy(w, io.LimitReader(zeros{}, 2<<30))
		},
		"/two-gigabytes-untold": func(w http.ResponseWriter, r *http.Request) {
			io.Copy(w, io.LimitReader(zeros{}, 2<<30))
		},
		"/endless": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				fmt.Fprint(w, "word ")
				w.(http.Flusher).Flush()
				time.Sleep(10 * time.Millisecond)
			}
		},
		"/silent":  func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"/circle":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/circle2", http.StatusFound) },
		"/circle2": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/circle", http.StatusFound) },
		"/further": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"/further", http.StatusFound)
		},
		"/inside": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/admin", http.StatusFound)
		},
		"/file": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		},
		"/brotli": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			fmt.Fprint(w, "x")
		},
		"/twice": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip, gzip")
			w.Write(bomb.Bytes())
		},
		"/headers": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
		},
		"/short": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "x")
		},
	}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for path, h := range mux {
			if r.URL.Path == path || path == "/further" && strings.HasPrefix(r.URL.Path, path) {
				h(w, r)
				return
			}
		}
		http.NotFound(w, r)
	})
	tests := []struct {
		path string
		want error
		says string
	}{
		{"/bomb", ErrTooLarge, "expands to more than"},
		{"/two-gigabytes", ErrTooLarge, "has 2147483648 bytes"},
		{"/two-gigabytes-untold", ErrTooLarge, "more than the 1048576 bytes"},
		{"/endless", ErrEndless, "not done after 300ms"},
		{"/silent", ErrTimeout, "tried 2 times"},
		{"/circle", ErrCircle, "in a circle"},
		{"/further", ErrRedirects, "too often"},
		{"/inside", ErrPrivate, "loopback"},
		{"/file", ErrAddress, "file:///etc/passwd"},
		{"/brotli", ErrEncoding, "br"},
		{"/twice", ErrEncoding, "gzip, gzip"},
		{"/headers", nil, "header"},
		{"/short", io.ErrUnexpectedEOF, "breaks off after 1 bytes"},
		{"/nowhere", nil, "404 Not Found"},
	}
	f := New(Options{Clock: newClock(), MaxBytes: 1 << 20, Timeout: 300 * time.Millisecond, Attempts: 2})
	for _, tt := range tests {
		_, err := f.Get(context.Background(), private(s.URL+tt.path))
		var at *Error
		if err == nil || !errors.As(err, &at) || tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want %v, which says %q in one line", tt.path, err, tt.want, tt.says)
		}
		if got, err := f.Get(context.Background(), private(s.URL+"/good")); err != nil || string(got.Body) != "good" {
			t.Errorf("after %s: %v", tt.path, err)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestAddressesThatAreNone(t *testing.T) {
	f := New(Options{Clock: newClock()})
	for raw, want := range map[string]error{
		"": ErrAddress, "ftp://example.org/": ErrAddress, "http://": ErrAddress, "/a": ErrAddress, "http://a b/": ErrAddress,
		"https://user:word@example.org/": ErrUser, "http://example.org\n.evil/": ErrAddress,
	} {
		if _, err := f.Get(context.Background(), Request{URL: raw}); !errors.Is(err, want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: got %v, want %v", raw, err, want)
		}
	}
}

// names are a resolver that answers each question with the next of its answers.
type names struct {
	mu      sync.Mutex
	answers map[string][]string
}

func (n *names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	list := n.answers[host]
	if len(list) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	if len(list) > 1 {
		n.answers[host] = list[1:]
	}
	var out []netip.Addr
	for _, s := range strings.Fields(list[0]) {
		out = append(out, netip.MustParseAddr(s))
	}
	return out, nil
}

// outside makes a Fetcher whose public addresses all lead to the server, and
// tells which were dialled.
func outside(s *httptest.Server, n *names) (f *Fetcher, dialled *[]string) {
	f = New(Options{Clock: newClock(), Resolver: n})
	dialled = &[]string{}
	f.connect = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
		*dialled = append(*dialled, to.Addr().String())
		return (&net.Dialer{}).DialContext(ctx, "tcp", s.Listener.Addr().String())
	}
	f.public.DisableKeepAlives = true // so that each request asks for the name
	return f, dialled
}

func TestNamesThatLeadInside(t *testing.T) {
	for _, inside := range []string{"127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "::ffff:127.0.0.1",
		"fe80::1", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "255.255.255.255", "8.8.8.8 127.0.0.1"} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "secret") })
		f, dialled := outside(s, &names{answers: map[string][]string{"news.example": {inside}}})
		_, err := f.Get(context.Background(), Request{URL: "http://news.example/"})
		if !errors.Is(err, ErrPrivate) || len(*dialled) > 0 {
			t.Errorf("%s: %v, dialled %v", inside, err, *dialled)
		}
	}
}

// A name that answers with a public address first and with loopback when it is
// dialled does not get inside: what is dialled is what was checked.
func TestNameThatChangesItsAnswer(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "news") })
	f, dialled := outside(s, &names{answers: map[string][]string{"news.example": {"8.8.8.8", "8.8.8.8", "127.0.0.1"}}})
	if got, err := f.Get(context.Background(), Request{URL: "http://news.example/"}); err != nil || string(got.Body) != "news" {
		t.Fatal(got, err)
	}
	if _, err := f.Get(context.Background(), Request{URL: "http://news.example/"}); !errors.Is(err, ErrPrivate) {
		t.Errorf("got %v after the answer changed", err)
	}
	if got := strings.Join(*dialled, " "); got != "8.8.8.8 8.8.8.8" {
		t.Errorf("dialled %s", got)
	}
}

// What is exempt is one host and port for one request: its connection is not
// there for others, and where it redirects to is not exempt.
func TestExemptionIsOfOneRequest(t *testing.T) {
	other := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "secret") })
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, other.URL, http.StatusFound)
		}
		fmt.Fprint(w, "inside")
	})
	f := New(Options{Clock: newClock()})
	if got, err := f.Get(context.Background(), private(s.URL)); err != nil || string(got.Body) != "inside" {
		t.Fatal(got, err)
	}
	if _, err := f.Get(context.Background(), Request{URL: s.URL}); !errors.Is(err, ErrPrivate) {
		t.Errorf("without exemption: %v", err)
	}
	if _, err := f.Get(context.Background(), private(s.URL+"/away")); !errors.Is(err, ErrPrivate) {
		t.Errorf("redirect to another port: %v", err)
	}
}

func TestPolitenessAndRetries(t *testing.T) {
	var asked []string
	busyTimes := 1
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path+" "+r.UserAgent())
		switch {
		case r.URL.Path == "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nCrawl-delay: 4\n")
		case r.URL.Path == "/busy" && busyTimes > 0:
			busyTimes--
			w.Header().Set("Retry-After", "20")
			w.WriteHeader(http.StatusTooManyRequests)
		case r.URL.Path == "/away":
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			fmt.Fprint(w, "x")
		}
	}))
	defer s.Close()
	c := newClock()
	start := c.Now()
	f := New(Options{Clock: c, Agent: "desk/1"})
	for _, path := range []string{"/a", "/b", "/busy"} {
		if _, err := f.Get(context.Background(), private(s.URL+path)); err != nil {
			t.Fatal(path, err)
		}
	}
	if got := strings.Join(asked, ","); got != "/robots.txt desk/1,/a desk/1,/b desk/1,/busy desk/1,/busy desk/1" {
		t.Errorf("asked %s", got)
	}
	// A second after robots.txt, then four between requests, and twenty as asked.
	if got := c.Now().Sub(start); got != 1*time.Second+4*time.Second+4*time.Second+20*time.Second {
		t.Errorf("took %v, slept %v", got, c.slept)
	}
	if _, err := f.Get(context.Background(), private(s.URL+"/away")); !errors.Is(err, ErrWait) || !strings.Contains(err.Error(), "until 2026-03-01T14:00") {
		t.Errorf("got %v, want to be told to wait two hours", err)
	}
	n := len(asked)
	if _, err := f.Get(context.Background(), private(s.URL+"/a")); !errors.Is(err, ErrWait) || len(asked) != n {
		t.Errorf("got %v, asked %v", err, asked[n:])
	}
}

func TestRobotsThatCannotBeGot(t *testing.T) {
	for status, want := range map[int]error{404: nil, 403: nil, 500: ErrRobots, 503: ErrRobots} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(status)
			}
		}))
		_, err := New(Options{Clock: newClock()}).Get(context.Background(), private(s.URL))
		if !errors.Is(err, want) {
			t.Errorf("%d: got %v, want %v", status, err, want)
		}
		s.Close()
	}
}

func TestEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	if _, err := New(Options{Clock: newClock()}).Get(ctx, private(s.URL)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}
