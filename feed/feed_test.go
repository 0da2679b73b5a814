package feed_test

import (
	"context"
	"encoding/xml"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed/atom"

	"demarche"
	"demarche/desktest"
	"demarche/feed"
)

func get(t *testing.T, h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("GET", "http://desk.example"+path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func handler(desk desktest.Desk) http.Handler {
	return feed.New(feed.Options{Desk: desk.Desk, Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
}

// read reads a feed by a reader's library and holds it against the rules of RFC
// 4287.
func read(t *testing.T, h http.Handler, path string) *atom.Feed {
	t.Helper()
	w := get(t, h, path)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Fatalf("%s: %d %s %s", path, w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	f, err := (&atom.Parser{}).Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		t.Fatalf("%s: %v\n%s", path, err, w.Body)
	}
	if !strings.HasPrefix(f.ID, "urn:uuid:") || f.Title == "" || f.UpdatedParsed == nil || len(f.Authors) != 1 || f.Authors[0].Name == "" {
		t.Errorf("%s: the feed lacks what 4.1.1 asks for: %+v", path, f)
	}
	rels := map[string]int{}
	for _, l := range f.Links {
		rels[l.Rel]++
		if !strings.HasPrefix(l.Href, "http://desk.example/") {
			t.Errorf("%s: link %q", path, l.Href)
		}
	}
	if rels["self"] != 1 || rels["alternate"] != 1 {
		t.Errorf("%s: links %v", path, rels)
	}
	checkEntries(t, path, f)
	return f
}

func checkEntries(t *testing.T, path string, f *atom.Feed) {
	t.Helper()
	seen := map[string]bool{}
	last := *f.UpdatedParsed
	for _, e := range f.Entries {
		if seen[e.ID] || !strings.HasPrefix(e.ID, "urn:uuid:") || e.Title == "" || e.UpdatedParsed == nil || e.PublishedParsed == nil || len(e.Links) == 0 || e.Content.Value == "" || e.Content.Type != "text" {
			t.Errorf("%s: the entry lacks what 4.1.2 asks for: %+v", path, e)
			continue
		}
		seen[e.ID] = true
		if e.UpdatedParsed.After(last) || e.UpdatedParsed.Before(*e.PublishedParsed) {
			t.Errorf("%s: %s is out of order", path, e.Updated)
		}
		last = *e.UpdatedParsed
	}
}

func TestFeeds(t *testing.T) {
	h := handler(desktest.New(t))
	for path, c := range map[string]struct {
		title   string
		entries int
		says    string
	}{
		"/feeds/pairs/Cambodia/Moscow":       {"Cambodia and Russia", 3, "1.5 billion"},
		"/feeds/polities/KHM":                {"Cambodia", 6, "dialogue partner"},
		"/feeds/bodies/SCO":                  {"SCO", 2, "dialogue partner"},
		"/feeds/people/Hor%20Namhong":        {"Hor Namhong", 2, "observer"},
		"/feeds/requests":                    {"Requests", 1, "open: "},
		"/feeds/requests?from=KHM&open=true": {"Requests", 1, "open: "},
		"/feeds/requests?from=IND&limit=3":   {"Requests", 0, ""},
		"/feeds/polities/Cambodia?limit=2":   {"Cambodia", 2, ""},
		"/feeds/bodies/ASEAN":                {"ASEAN", 0, ""},
	} {
		f := read(t, h, path)
		var all string
		for _, e := range f.Entries {
			all += e.Title + "\n" + e.Content.Value + "\n"
		}
		if f.Title != c.title || len(f.Entries) != c.entries || !strings.Contains(all, c.says) {
			t.Errorf("%s: %q with %d entries: %s", path, f.Title, len(f.Entries), all)
		}
	}
}

// A name in any form is one feed, and ids stay what they are while dates follow
// the record.
func TestIdsAreForGood(t *testing.T) {
	desk := desktest.New(t)
	h := handler(desk)
	before := read(t, h, "/feeds/pairs/Cambodia/Russia")
	if again := read(t, h, "/feeds/pairs/KHM/RUS"); again.ID != before.ID {
		t.Errorf("one feed has the ids %s and %s", before.ID, again.ID)
	}
	claim := desktest.Batches(t)[4].Claims[0].ID
	dec, err := desk.Decide(context.Background(), demarche.Ruling{Claim: string(claim), Verdict: "accept", Who: "r", Why: "seen"})
	if err != nil {
		t.Fatal(err)
	}
	after := read(t, h, "/feeds/pairs/KHM/RUS")
	if got := after.Entries[0]; !got.UpdatedParsed.Equal(dec.Recorded.Time()) || !strings.Contains(got.Content.Value, "1.5 billion") {
		t.Errorf("what was decided on is not first: %+v", got)
	}
	ids := map[string]bool{}
	for _, e := range before.Entries {
		ids[e.ID] = true
	}
	for _, e := range after.Entries {
		if !ids[e.ID] {
			t.Errorf("%s has another id", e.Title)
		}
	}
	if y := after.Entries[0].PublishedParsed.Year(); y != 2021 {
		t.Errorf("published in %d, recorded in 2021", y)
	}
	if fresh := read(t, handler(desktest.New(t)), "/feeds/pairs/KHM/RUS"); fresh.ID != before.ID || fresh.Entries[0].ID == "" {
		t.Errorf("another run has another id")
	}
}

// A hostile document is text: well-formed XML with nothing in it but text.
func TestHostileDocumentStaysText(t *testing.T) {
	h := handler(desktest.New(t))
	f := read(t, h, "/feeds/pairs/RUS/IND")
	e := f.Entries[0]
	if !strings.Contains(e.Content.Value, "<img src=x onerror=alert(1)>") || !strings.Contains(e.Content.Value, "<script>") {
		t.Errorf("content %q", e.Content.Value)
	}
	for _, l := range e.Links {
		if strings.Contains(l.Href, "javascript") {
			t.Errorf("link %s", l.Href)
		}
	}
	body := get(t, h, "/feeds/pairs/RUS/IND").Body.String()
	for _, bad := range []string{"<script", "<img", "\u202e", "\a", "CDATA"} {
		if strings.Contains(body, bad) {
			t.Errorf("the feed has %q", bad)
		}
	}
	d := xml.NewDecoder(strings.NewReader(body))
	d.Strict = true
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestFailuresAndETag(t *testing.T) {
	h := handler(desktest.New(t))
	for path, status := range map[string]int{"/feeds/bodies/Atlantis": 404, "/feeds/": 404, "/feeds/requests?limit=x": 400, "/feeds/pairs/KHM/RUS?limit=0": 400} {
		if w := get(t, h, path); w.Code != status || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	tag := get(t, h, "/feeds/requests").Header().Get("ETag")
	if w := get(t, h, "/feeds/requests", "If-None-Match", tag); w.Code != http.StatusNotModified || tag == "" {
		t.Errorf("%d with ETag %q", w.Code, tag)
	}
}
