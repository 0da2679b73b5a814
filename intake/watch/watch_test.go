package watch

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"demarche/intake/fetch"
	"demarche/record"
)

// clock is a clock that sleeps in no time.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

// site is a web site on loopback.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string
	asked []string
	more  map[string]http.HandlerFunc
}

func newSite(t *testing.T) *site {
	s := &site{pages: map[string]string{}, more: map[string]http.HandlerFunc{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	page, ok := s.pages[r.URL.Path]
	h := s.more[r.URL.Path]
	if r.URL.Path != "/robots.txt" {
		s.asked = append(s.asked, r.URL.Path)
	}
	s.mu.Unlock()
	tag := fmt.Sprintf("%q", short(page))
	switch {
	case h != nil:
		h(w, r)
	case !ok:
		http.NotFound(w, r)
	case r.Header.Get("If-None-Match") == tag:
		w.WriteHeader(http.StatusNotModified)
	default:
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, page)
	}
}

func (s *site) set(path, page string) { s.mu.Lock(); defer s.mu.Unlock(); s.pages[path] = page }

// takeAsked gives the paths asked for since the last call.
func (s *site) takeAsked() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := strings.Join(s.asked, " ")
	s.asked = nil
	return asked
}

func article(title, text string) string {
	return "<!doctype html><html><head><title>" + title + "</title></head><body><article><p>" + text + "</p></article></body></html>"
}

func channel(items ...string) string {
	return `<rss version="2.0"><channel><title>Lagos Mail</title>` + strings.Join(items, "") + "</channel></rss>"
}

func item(id, link, title, text string) string {
	return fmt.Sprintf("<item><guid>%s</guid><link>%s</link><title>%s</title><description>%s</description><pubDate>Tue, 07 May 2019 10:00:00 +0000</pubDate></item>", id, link, title, text)
}

func newWatcher(t *testing.T, config string) *Watcher {
	t.Helper()
	c, err := Parse(filepath.Join(t.TempDir(), "sources"), config)
	if err != nil {
		t.Fatal(err)
	}
	k := &clock{now: time.Date(2019, 6, 1, 12, 0, 0, 0, time.UTC)}
	getter := fetch.New(fetch.Options{Clock: k, MaxBytes: 1 << 20, Timeout: 500 * time.Millisecond, Attempts: 1})
	return &Watcher{Config: c, Clock: k, State: NewState(), Getter: getter}
}

// round goes round all sources: the documents as "publisher|title|date|text",
// and the messages of errors.
func round(w *Watcher, sources []*Source) (docs, problems []string) {
	for d, err := range w.Round(context.Background(), sources) {
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		docs = append(docs, strings.Join([]string{d.Publisher, d.Title, record.FormatEDTF(d.Published), strings.TrimSpace(d.Text)}, "|"))
	}
	return docs, problems
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s: got\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestRoundsBringWhatIsNew(t *testing.T) {
	s := newSite(t)
	s.set("/rss", channel(item("1", "/a", "Envoys meet", "In short."), item("2", "/b", "Fish", "In short.")))
	s.set("/a", article("Envoys meet", "Ghana met Togo."))
	s.set("/b", article("Fish", "They ate fish."))
	s.set("/page", article("Statement", "Benin regrets."))
	inbox := t.TempDir()
	file := filepath.Join(inbox, "x.txt")
	if err := os.WriteFile(file, []byte("Mali wrote."), 0o644); err != nil {
		t.Fatal(err)
	}
	w := newWatcher(t, "feed "+s.URL+"/rss\n publisher Lagos Mail\n private\n trust 0.5\npage "+s.URL+"/page\n private\nfolder "+inbox+"\n publisher Desk\n")

	docs, problems := round(w, w.Due())
	same(t, "problems", problems)
	same(t, "first round", docs, "Lagos Mail|Envoys meet|2019-05-07|Ghana met Togo.", "Lagos Mail|Fish|2019-05-07|They ate fish.", "|Statement||Benin regrets.", "Desk|||Mali wrote.")
	s.takeAsked()

	// What was not kept comes again.
	if docs, _ = round(w, w.Due()); len(docs) != 4 {
		t.Errorf("without Keep: %q", docs)
	}
	w.Keep()
	if due := w.Due(); len(due) > 0 {
		t.Errorf("due at once: %+v", due[0])
	}
	if err := w.Wait(context.Background()); err != nil || len(w.Due()) != 1 || w.Clock.Now().Minute() != 30 {
		t.Errorf("waited until %v: %v", w.Clock.Now(), err)
	}
	if err := w.Clock.Sleep(context.Background(), time.Minute); err != nil || len(w.Due()) != 3 {
		t.Errorf("%d sources are due, %v", len(w.Due()), err)
	}
	s.takeAsked()
	docs, problems = round(w, w.Due())
	same(t, "second round", append(docs, problems...))
	if asked := s.takeAsked(); asked != "/rss /page" {
		t.Errorf("asked for %s", asked)
	}
	w.Keep()

	// Edited: an entry, the page and a file.
	s.set("/a", article("Envoys meet", "Ghana met Togo and Benin."))
	s.set("/rss", channel(item("3", "/c", "Gone", ""), item("1", "/a", "Envoys meet", "In short, again."), item("2", "/b", "Fish", "In short.")))
	s.set("/page", article("Statement", "Benin regrets nothing."))
	if err := os.WriteFile(file, []byte("Mali wrote again."), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, problems = round(w, w.Config.Sources)
	same(t, "third round", docs, "Lagos Mail|Envoys meet|2019-05-07|Ghana met Togo and Benin.", "|Statement||Benin regrets nothing.", "Desk|||Mali wrote again.")
	same(t, "its problems", problems, s.URL+"/c: the server answers 404 Not Found")
	w.Keep()

	// An entry that cannot be got is tried again, and in the end given up.
	for n := 2; n <= 10; n++ {
		docs, problems = round(w, w.Config.Sources)
		if want := n <= maxFailed; len(docs) > 0 || (len(problems) == 1) != want {
			t.Errorf("attempt %d: %q, %q", n, docs, problems)
		}
		w.Keep()
	}
}

func TestTrustAndEntriesOfFeeds(t *testing.T) {
	s := newSite(t)
	s.set("/rss", channel(item("1", "/a", "Envoys meet", "&lt;p>Ghana met &lt;b>Togo&lt;/b>."), item("2", "", "Fish", "They ate fish.")))
	w := newWatcher(t, "feed "+s.URL+"/rss\n publisher Lagos Mail\n private\n trust 0.5\n text entry\n")
	for d, err := range w.Round(context.Background(), w.Due()) {
		if err != nil || w.Trust(d.ID) != 0.5 || d.Published.IsZero() {
			t.Errorf("%+v, trust %v, %v", d, w.Trust(d.ID), err)
		}
	}
	if asked := s.takeAsked(); asked != "/rss" {
		t.Errorf("asked for %s", asked)
	}
	if w.Trust("another") != 1 {
		t.Error("an unknown document has no full trust")
	}
}

// Hostile sources among good ones: each is refused with one line, and the good
// ones bring what they have.
func TestHostileSources(t *testing.T) {
	s := newSite(t)
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	z.Write(make([]byte, 32<<20))
	z.Close()
	s.more["/bomb"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(bomb.Bytes())
	}
	s.more["/large"] = func(w http.ResponseWriter, r *http.Request) {
		for part := make([]byte, 1<<16); r.Context().Err() == nil; {
			if _, err := w.Write(part); err != nil {
				return
			}
		}
	}
	s.more["/endless"] = func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			io.WriteString(w, "word ")
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	}
	s.more["/circle"] = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/circle", http.StatusFound) }
	s.more["/inside"] = func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://localhost:1/", http.StatusFound)
	}
	s.set("/entities", `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"/>`)
	s.set("/deep", strings.Repeat("<div>", 100_000))
	s.set("/nested", `<rss version="2.0"><channel>`+strings.Repeat("<a:b>", 100_000))
	inbox := t.TempDir()
	lay := map[string]string{
		"a.warc": "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 99999\r\n\r\nshort\r\n\r\n",
		"b.mbox": "From a\r\nSubject: x\r\nContent-Type: application/zip\r\n\r\nPK\r\n",
	}
	for name, content := range lay {
		if err := os.WriteFile(filepath.Join(inbox, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s.set("/good", article("Good", "Ghana met Togo."))
	var config strings.Builder
	wants := []struct{ kind, path, says string }{
		{"page", "/bomb", "too large"}, {"page", "/large", "too large"}, {"page", "/endless", "sends without end"}, {"page", "/circle", "in a circle"},
		{"page", "/inside", "private network"}, {"feed", "/entities", "declares entities"}, {"page", "/deep", "cannot be read"}, {"feed", "/nested", "nests its elements"},
		{"feed", "/good", "the feed cannot be read"},
	}
	for i, tt := range wants {
		s.set(fmt.Sprintf("/good%d", i), article("Good", fmt.Sprintf("Ghana met Togo %d times.", i)))
		fmt.Fprintf(&config, "%s %s%s\n private\npage %s/good%d\n private\n", tt.kind, s.URL, tt.path, s.URL, i)
	}
	fmt.Fprintf(&config, "folder %s\npage https://127.0.0.1:1/\npage %s/good\n private\n", inbox, s.URL)
	w := newWatcher(t, config.String())
	docs, problems := round(w, w.Due())
	if len(docs) != len(wants)+1 {
		t.Errorf("%d good documents, want %d: %q", len(docs), len(wants)+1, docs)
	}
	says := []string{}
	for _, tt := range wants {
		says = append(says, tt.says)
	}
	says = append(says, "does not end where its Content-Length says", "the message has no text", `write "private" under the source`)
	if len(problems) != len(says) {
		t.Fatalf("%d problems, want %d: %q", len(problems), len(says), problems)
	}
	for i, want := range says {
		if !strings.Contains(problems[i], want) || strings.Contains(problems[i], "\n") {
			t.Errorf("got %q, want %q in one line", problems[i], want)
		}
	}
}

func TestManyEntriesComeInSeveralRounds(t *testing.T) {
	s := newSite(t)
	var items []string
	for i := range maxNew + 20 {
		items = append(items, item(fmt.Sprint(i), "", fmt.Sprint("T", i), fmt.Sprint("Text ", i)))
	}
	s.set("/rss", channel(items...))
	w := newWatcher(t, "feed "+s.URL+"/rss\n private\n")
	for _, want := range []int{maxNew, 20, 0} {
		docs, problems := round(w, w.Config.Sources)
		if len(docs) != want || len(problems) > 0 {
			t.Errorf("%d documents, want %d; %q", len(docs), want, problems)
		}
		w.Keep()
	}
}

func TestStateIsKept(t *testing.T) {
	s := newSite(t)
	s.set("/page", article("Statement", "Benin regrets."))
	w := newWatcher(t, "page "+s.URL+"/page\n private\n")
	round(w, w.Due())
	w.Keep()
	file := filepath.Join(t.TempDir(), "state")
	if err := w.State.Save(file); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.State, err = LoadState(file); err != nil {
		t.Fatal(err)
	}
	if docs, problems := round(w, w.Config.Sources); len(docs)+len(problems) > 0 {
		t.Errorf("%q, %q after the state was loaded", docs, problems)
	}
	if err := os.WriteFile(file, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadState(file); err == nil || !strings.Contains(err.Error(), "is no state") {
		t.Errorf("damaged state: %v", err)
	}
	if st, err := LoadState(filepath.Join(t.TempDir(), "none")); err != nil || len(st.Sources) > 0 {
		t.Errorf("no state: %+v, %v", st, err)
	}
}

func TestRoundEndsWithItsContext(t *testing.T) {
	s := newSite(t)
	s.set("/page", article("Statement", "Benin regrets."))
	w := newWatcher(t, "page "+s.URL+"/page\n private\npage "+s.URL+"/page?2\n private\n")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for range w.Round(ctx, w.Due()) {
		n++
		cancel()
	}
	w.Keep()
	if n != 1 || len(w.State.Sources) != 0 {
		t.Errorf("%d documents, %d sources kept after the end of the context", n, len(w.State.Sources))
	}
}
