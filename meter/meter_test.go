package meter_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"demarche/meter"
	"demarche/store"
)

// shelf is a record with counts, or one that cannot be asked.
type shelf struct{ err error }

func (s *shelf) Stats(context.Context) (store.Stats, error) {
	return store.Stats{Documents: 3, Claims: 5, Decisions: 2}, s.err
}

func get(t *testing.T, h http.Handler, method, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
	b, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(b)
}

func TestMetrics(t *testing.T) {
	s := &shelf{}
	m := meter.New(s, "1.2", "reader-9", time.Now)
	h := m.Count(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/none":
			http.NotFound(w, r)
		case "/mcp":
			w.(http.Flusher).Flush()
			io.WriteString(w, "x")
			w.WriteHeader(http.StatusTeapot) // too late to count
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	for _, path := range []string{"/v1/none", "/v1/none?x=secret", "/mcp", "/states/secret", "/other"} {
		get(t, h, http.MethodGet, path)
	}
	get(t, h, "BREW", "/")
	began := time.Date(2021, 3, 1, 12, 0, 0, 0, time.UTC)
	m.Source("feed", 4, 1)
	m.Round(began, began.Add(1500*time.Millisecond), store.Added{Documents: 2, Claims: 7}, nil)
	m.Round(began, began, store.Added{}, errors.New("disk full"))
	code, body := get(t, m.Handler(), http.MethodGet, "/metrics")
	for _, want := range []string{
		"demarche_record_documents 3\n", "demarche_record_claims 5\n", "demarche_record_decisions 2\n", "demarche_record_up 1\n",
		`demarche_build_info{reader="reader-9",version="1.2"} 1`,
		`demarche_http_requests_total{code="404",method="GET",surface="api"} 2`, `demarche_http_requests_total{code="200",method="GET",surface="mcp"} 1`,
		`demarche_http_requests_total{code="204",method="GET",surface="pages"} 2`, `demarche_http_requests_total{code="204",method="other",surface="pages"} 1`,
		`demarche_http_request_seconds_count{surface="api"} 2`, "demarche_http_requests_in_flight 0\n",
		`demarche_watch_documents_total{kind="feed"} 4`, `demarche_watch_failures_total{kind="feed"} 1`, "demarche_watch_new_documents_total 2\n", "demarche_watch_new_claims_total 7\n",
		`demarche_watch_rounds_total{outcome="recorded"} 1`, `demarche_watch_rounds_total{outcome="failed"} 1`, "demarche_watch_last_round_seconds 1.5\n", "go_goroutines",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if code != http.StatusOK || strings.Contains(body, "secret") {
		t.Errorf("%d:\n%s", code, body)
	}
}

func TestHealth(t *testing.T) {
	s := &shelf{}
	h := meter.New(s, "", "", time.Now).Handler()
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/metrics": 200, "/": 404} {
		if code, _ := get(t, h, http.MethodGet, path); code != want {
			t.Errorf("%s: %d", path, code)
		}
	}
	s.err = errors.New("password=hunter2 refused")
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/metrics": 200} {
		code, body := get(t, h, http.MethodGet, path)
		if code != want || strings.Contains(body, "hunter2") {
			t.Errorf("%s of a record that cannot be asked: %d %s", path, code, body)
		}
	}
	if _, body := get(t, h, http.MethodGet, "/metrics"); !strings.Contains(body, "demarche_record_up 0\n") || strings.Contains(body, "demarche_record_claims ") {
		t.Errorf("counts of a record that cannot be asked:\n%s", body)
	}
	if code, _ := get(t, h, http.MethodPost, "/metrics"); code != http.StatusMethodNotAllowed {
		t.Errorf("posted: %d", code)
	}
}
