package web_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/user"
	"strings"
	"sync"
	"testing"
	"time"

	"demarche"
	"demarche/account"
	"demarche/almanac"
	"demarche/intake"
	"demarche/reader"
	"demarche/record"
	"demarche/store/sqlite"
	"demarche/web"
)

// site is a served record of a test.
type site struct {
	*httptest.Server
	desk   *demarche.Desk
	client *http.Client // nil is the server's own
}

// browser is the client that asks.
func (s *site) browser() *http.Client {
	if s.client != nil {
		return s.client
	}
	return s.Client()
}

type claimReader struct{ *reader.Reader }

func (r claimReader) Read(d record.Document) []record.Claim { return r.Reader.Read(d).Claims }
func (claimReader) Version() string                         { return reader.Version }

// tools are what every desk of the tests has: they take long to load and never
// change.
var tools = sync.OnceValues(func() (*reader.Reader, error) {
	alm, err := theAlmanac()
	if err != nil {
		return nil, err
	}
	return reader.New(alm)
})

var theAlmanac = sync.OnceValues(almanac.Load)

// newDesk makes a desk with a record of its own and a reader.
func newDesk(t testing.TB) (*demarche.Desk, *almanac.Almanac, *sqlite.Store) {
	t.Helper()
	return deskAt(t, t.TempDir()+"/record.db")
}

func deskAt(t testing.TB, path string) (*demarche.Desk, *almanac.Almanac, *sqlite.Store) {
	t.Helper()
	alm, err := theAlmanac()
	if err != nil {
		t.Fatal(err)
	}
	r, err := tools()
	if err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(path, demarche.SystemClock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return demarche.New(store, claimReader{r}, alm, demarche.SystemClock), alm, store
}

// serve serves a desk to this machine, or to accounts where there are any.
func serve(t testing.TB, desk *demarche.Desk, alm *almanac.Almanac, change ...func(*web.Options)) *site {
	t.Helper()
	o := web.Options{Desk: desk, Almanac: alm, Local: account.Account{Name: localName(), Role: account.Administrator}, Log: slog.New(slog.DiscardHandler), Now: time.Now}
	for _, c := range change {
		c(&o)
	}
	server, err := web.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); server.Follow(ctx) }()
	s := httptest.NewServer(server)
	t.Cleanup(func() { s.Close(); stop(); <-done })
	return &site{Server: s, desk: desk}
}

func localName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "local"
}

// examples is the file of a record of the examples, read once for all tests.
var examples = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "demarche-web")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	r, err := tools()
	if err != nil {
		return nil, err
	}
	store, err := sqlite.Open(dir+"/record.db", demarche.SystemClock)
	if err != nil {
		return nil, err
	}
	desk := demarche.New(store, claimReader{r}, nil, demarche.SystemClock)
	ctx := context.Background()
	_, err = desk.Read(ctx, intake.Documents(ctx, []string{"../examples"}, intake.Options{Today: desk.Today(), Warn: func(string, string) {}}), demarche.ReadOptions{Workers: 2})
	if err = errors.Join(err, store.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(dir + "/record.db")
})

// serveExamples serves a record of the examples.
func serveExamples(t testing.TB, change ...func(*web.Options)) *site {
	t.Helper()
	data, err := examples()
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/record.db"
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	desk, alm, _ := deskAt(t, path)
	return serve(t, desk, alm, change...)
}

func readInto(t testing.TB, desk *demarche.Desk, paths ...string) {
	t.Helper()
	ctx := context.Background()
	sum, err := desk.Read(ctx, intake.Documents(ctx, paths, intake.Options{Today: desk.Today(), Warn: func(string, string) {}}), demarche.ReadOptions{Workers: 2})
	if err != nil || sum.Documents == 0 || sum.Failed > 0 {
		t.Fatalf("reading %v: %+v, %v", paths, sum, err)
	}
}

// shot is a page with a name for its picture.
type shot struct{ name, path string }

// pages are all pages of the site, each with its question.
func (s *site) pages(t testing.TB) []shot {
	t.Helper()
	claim := s.anyClaim(t)
	return []shot{
		{"document", "/documents/" + string(claim.Citations[0].Document) + "?claim=" + string(claim.ID)},
		{"claim", "/claims/" + string(claim.ID)},
		{"today", "/"},
		{"states", "/polities"},
		{"polity", "/polities/KHM?on=2020-10-14"},
		{"bodies", "/bodies"},
		{"body", "/bodies/SCO?on=2020-10-14"},
		{"person", "/people/Hor%20Namhong"},
		{"requests", "/requests?on=2020-10-14"},
		{"documents", "/documents"},
		{"search", "/search?q=observer"},
		{"search-name", "/search?name=Cambodia&kind=membership"},
		{"conflicts", "/conflicts"},
		{"review", "/review"},
		{"merge", "/review/merge?name=Hun%20Sen"},
		{"decisions", "/decisions"},
		{"pair", "/pairs/KHM/RUS?on=2020-10-14"},
		{"pair-now", "/pairs/KHM/RUS"},
		{"compare", "/pairs/KHM/RUS/compare?meeting=2020-10-13&on=2020-10-14"},
		{"error", "/nowhere"},
	}
}

// anyClaim is a claim of the examples that has a content: the request.
func (s *site) anyClaim(t testing.TB) *record.Stated {
	t.Helper()
	got, err := s.desk.Claims(context.Background(), demarche.Filter{Kinds: []string{"REQUEST"}}, record.Clocks{})
	if err != nil || len(got.Found) == 0 {
		t.Fatalf("no claim to look at: %v", err)
	}
	for _, c := range got.Found {
		if c.Content != nil && c.Content.Kind == record.Membership {
			return c
		}
	}
	return got.Found[0]
}

// get fetches a page as a browser does.
func (s *site) get(t testing.TB, path string) (int, string) {
	t.Helper()
	return s.fetch(t, http.MethodGet, path, nil)
}

func (s *site) fetch(t testing.TB, method, path string, form url.Values) (int, string) {
	t.Helper()
	r, err := http.NewRequest(method, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return do(t, s.browser(), r)
}

func do(t testing.TB, client *http.Client, r *http.Request) (int, string) {
	t.Helper()
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// write puts a text into a file of the test's own.
func write(t testing.TB, name, text string) string {
	t.Helper()
	path := t.TempDir() + "/" + name
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
