package api_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/legacy"

	"demarche"
	"demarche/account"
	"demarche/api"
	"demarche/desktest"
	"demarche/exchange"
	"demarche/proposal"
	"demarche/record"
	"demarche/store"
	"demarche/store/storetest"
)

// client asks an API over the sample record, as an account or as nobody.
type client struct {
	t       *testing.T
	handler http.Handler
	desk    desktest.Desk
	who     *account.Account
}

func newClient(t *testing.T) client {
	t.Helper()
	desk := desktest.New(t)
	proposals, err := proposal.Open(filepath.Join(t.TempDir(), "p.db"), desk, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { proposals.Close() })
	return client{t, api.New(api.Options{Desk: desk.Desk, Version: "test", Proposals: proposals, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}), desk,
		&account.Account{Name: "vera", Role: account.Reviewer}}
}

func (c client) do(method, path, kind string, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if c.who != nil {
		r = r.WithContext(account.With(r.Context(), *c.who))
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	return w
}

// get asks and gives the answer as decoded JSON.
func (c client) get(path string) map[string]any {
	c.t.Helper()
	w := c.do("GET", path, "", "")
	return c.object(w, http.StatusOK)
}

func (c client) object(w *httptest.ResponseRecorder, status int) map[string]any {
	c.t.Helper()
	var out map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != status {
		c.t.Fatalf("%d: %s (%v)", w.Code, w.Body, err)
	}
	return out
}

// items are the items of an answer.
func items(t *testing.T, answer map[string]any) []any {
	t.Helper()
	list, ok := answer["items"].([]any)
	if !ok {
		t.Fatalf("no items in %v", answer)
	}
	return list
}

// addresses ask every operation that reads for something that there is.
func addresses(c client) []string {
	doc := desktest.Batches(c.t)[3]
	return []string{
		"/v1/members/SCO?on=2020-10-14", "/v1/chairs/SCO", "/v1/memberships/Cambodia", "/v1/offices/KHM", "/v1/relations?a=KHM&b=USSR", "/v1/relations?a=KHM&b=RUS&on=2000",
		"/v1/debts?a=Cambodia", "/v1/debts", "/v1/conflicts", "/v1/conflicts?a=SCO", "/v1/timelines/membership?a=KHM", "/v1/timelines/succession",
		"/v1/history/Cambodia?with=Russia", "/v1/requests?from=Cambodia&open=true", "/v1/requests", "/v1/anniversaries?a=KHM&b=SUN&year=2016",
		"/v1/search?q=dialogue+partner&name=SCO&name=KHM", "/v1/brief/Cambodia/Russia?on=2020-10-14", "/v1/claims", "/v1/claims?kind=membership&kind=REQUEST&name=KHM&during=2015",
		"/v1/claims/" + string(doc.Claims[0].ID)[:10], "/v1/documents", "/v1/documents/" + string(doc.Document.ID), "/v1/decisions", "/v1/changes", "/v1/stats", "/v1/proposals",
	}
}

func document(t *testing.T, c client) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(c.do("GET", "/v1/openapi.json", "", "").Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// The description is valid OpenAPI 3.1, and every answer is as it says.
func TestAnswersAreAsDescribed(t *testing.T) {
	c := newClient(t)
	doc := document(t, c)
	if doc.OpenAPI != "3.1.0" {
		t.Errorf("OpenAPI %s", doc.OpenAPI)
	}
	if err := doc.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	claim := desktest.Batches(t)[0].Claims[0].ID
	if _, err := c.desk.Decide(context.Background(), demarche.Ruling{Claim: string(claim), Verdict: "correct", Set: map[string]string{"when": "1956"}, Who: "r", Why: "w"}); err != nil {
		t.Fatal(err)
	}
	for _, path := range addresses(c) {
		w := c.do("GET", path, "", "")
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
			continue
		}
		r := httptest.NewRequest("GET", path, nil)
		route, params, err := router.FindRoute(r)
		if err != nil {
			t.Errorf("%s is not described: %v", path, err)
			continue
		}
		asked := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route,
			Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}}
		if err := openapi3filter.ValidateRequest(context.Background(), asked); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: asked, Status: w.Code, Header: w.Header(), Body: io.NopCloser(w.Body)}
		if err := openapi3filter.ValidateResponse(context.Background(), answer); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// Every operation that reads is in the table of addresses.
func TestEveryReadingOperationIsAsked(t *testing.T) {
	c := newClient(t)
	for path, item := range document(t, c).Paths.Map() {
		stem, _, _ := strings.Cut(path, "{")
		if item.Get != nil && !slices.ContainsFunc(addresses(c), func(a string) bool { return strings.HasPrefix(a, stem) }) {
			t.Errorf("%s is not asked", path)
		}
	}
}

func TestAnswersQuoteAndCite(t *testing.T) {
	c := newClient(t)
	a := c.get("/v1/members/SCO?on=2020-10-14")
	first := items(t, a)[0].(map[string]any)
	if first["truth"] != "yes" || first["value"] != "dialogue partner" {
		t.Errorf("member: %v", first)
	}
	claim := a["claims"].(map[string]any)[first["evidence"].([]any)[0].(string)].(map[string]any)
	cite := claim["citations"].([]any)[0].(map[string]any)
	text := c.do("GET", "/v1/documents/"+cite["document"].(string)+"?format=text", "", "")
	if got := text.Body.String()[int(cite["start"].(float64)):int(cite["end"].(float64))]; got != claim["quote"] || got == "" {
		t.Errorf("quote %q, cited %q", claim["quote"], got)
	}
	if ct := text.Header().Get("Content-Type"); !strings.HasPrefix(ct, "text/plain") {
		t.Errorf("text as %s", ct)
	}
	r := items(t, c.get("/v1/requests?from=Cambodia&to=Moscow&on=2020-10-20"))[0].(map[string]any)
	if r["status"] != "open" || r["age_days"] != 7.0 {
		t.Errorf("request: %v", r)
	}
}

// Each clock is used and told.
func TestClocks(t *testing.T) {
	c := newClient(t)
	for path, want := range map[string]int{
		"/v1/memberships/KHM?published_by=2015-12-31":        1,
		"/v1/memberships/KHM?published_by=2014":              0,
		"/v1/memberships/KHM?known_by=2020":                  0,
		"/v1/memberships/KHM?known_by=2021-01-01T00:00:02Z":  1,
		"/v1/memberships/KHM?published_by=any&on=2015-07-20": 1,
	} {
		if got := len(items(t, c.get(path))); got != want {
			t.Errorf("%s: %d items, want %d", path, got, want)
		}
	}
	clocks := c.get("/v1/memberships/KHM?on=2016&published_by=2018&known_by=2022")["clocks"].(map[string]any)
	if clocks["on"] != "2016" || clocks["published_by"] != "2018-12-31" || !strings.HasPrefix(clocks["known_by"].(string), "2022-12-31") {
		t.Errorf("clocks: %v", clocks)
	}
}

// What goes wrong is a problem (RFC 9457) with the status of its kind.
func TestProblems(t *testing.T) {
	c := newClient(t)
	for _, p := range []struct {
		method, path, kind, body string
		status                   int
		detail                   string
	}{
		{"GET", "/v1/members/Atlantis", "", "", 404, "nothing is known"},
		{"GET", "/v1/members/SCO?on=2020-02-31", "", "", 400, "on:"},
		{"GET", "/v1/members/SCO?on=x&published_by=2020", "", "", 400, "on:"},
		{"GET", "/v1/members/SCO?published-by=2020", "", "", 422, "validation"},
		{"GET", "/v1/members/SCO?limit=0", "", "", 422, "validation"},
		{"GET", "/v1/members/SCO?cursor=zzz", "", "", 400, "cursor"},
		{"GET", "/v1/timelines/weather", "", "", 422, "validation"},
		{"GET", "/v1/claims?kind=weather", "", "", 400, "no kind"},
		{"GET", "/v1/claims?during=x", "", "", 400, ""},
		{"GET", "/v1/claims/ffffffffffff", "", "", 404, "not found"},
		{"GET", "/v1/documents/ffffffffffff?format=text", "", "", 404, "not found"},
		{"GET", "/v1/brief/KHM/Cambodia", "", "", 400, "the same"},
		{"GET", "/v1/search", "", "", 422, "validation"},
		{"GET", "/v1/changes?since=!!", "", "", 400, "cursor"},
		{"GET", "/v1/nothing", "", "", 404, "openapi.json"},
		{"GET", "/v1/", "", "", 404, "openapi.json"},
		{"DELETE", "/v1/claims", "", "", 405, "GET"},
		{"GET", "/v1/documents/bulk", "", "", 404, ""},
		{"POST", "/v1/documents", "application/json", `{"text":`, 400, ""},
		{"POST", "/v1/documents", "application/json", `{"title":"no text"}`, 422, "validation"},
		{"POST", "/v1/documents", "application/json", `{"text":"x","published":"Tuesday"}`, 422, "Tuesday"},
		{"POST", "/v1/documents", "text/plain", "x", 415, ""},
		{"POST", "/v1/documents", "application/json", `{"text":"` + strings.Repeat("x", 9<<20) + `"}`, 413, ""},
		{"POST", "/v1/documents/bulk", "application/x-ndjson", "hello", 400, "neither"},
		{"POST", "/v1/documents/bulk", "application/x-ndjson", "[]", 400, "no document"},
		{"POST", "/v1/documents/bulk", "application/x-ndjson", strings.Repeat("x", api.MostBody+1), 413, ""},
		{"POST", "/v1/decisions", "application/json", `{"verdict":"accept","claim":"ffffffffffffffff","why":"w"}`, 404, "not found"},
		{"POST", "/v1/decisions", "application/json", `{"verdict":"maybe","claim":"a","why":"w"}`, 422, "validation"},
		{"POST", "/v1/decisions", "application/json", `{"verdict":"accept","claim":"a"}`, 422, "validation"},
		{"POST", "/v1/decisions", "application/json", `{"verdict":"undo","undoes":"ffff","why":"w"}`, 404, ""},
	} {
		w := c.do(p.method, p.path, p.kind, p.body)
		var problem struct {
			Title, Detail string
			Status        int
		}
		err := json.Unmarshal(w.Body.Bytes(), &problem)
		name := fmt.Sprintf("%s %s %.40s", p.method, p.path, p.body)
		if w.Code != p.status || problem.Status != p.status || err != nil || problem.Title == "" || !strings.Contains(problem.Detail, p.detail) {
			t.Errorf("%s: %d, want %d: %.300s", name, w.Code, p.status, w.Body)
		}
		if ct := w.Header().Get("Content-Type"); ct != "application/problem+json" {
			t.Errorf("%s: sent as %q", name, ct)
		}
		if w.Header().Get("ETag") != "" {
			t.Errorf("%s: a problem has an ETag", name)
		}
	}
	if allow := c.do("DELETE", "/v1/claims", "", "").Header().Get("Allow"); allow != "GET" {
		t.Errorf("Allow: %q", allow)
	}
}

// Nobody writes without the role.
func TestWritingNeedsTheRole(t *testing.T) {
	for status, who := range map[int]*account.Account{401: nil, 403: {Name: "rita", Role: account.Reader}} {
		c := newClient(t)
		c.who = who
		for path, body := range map[string]string{"/v1/documents": `{"text":"x"}`, "/v1/documents/bulk": `{"text":"x"}`, "/v1/decisions": `{"verdict":"accept","claim":"a","why":"w"}`} {
			kind := "application/json"
			if strings.HasSuffix(path, "bulk") {
				kind = "application/x-ndjson"
			}
			if w := c.do("POST", path, kind, body); w.Code != status {
				t.Errorf("%s as %v: %d %s", path, who, w.Code, w.Body)
			}
		}
		if st, _ := c.desk.Stats(context.Background()); st.Documents != 6 || st.Decisions != 0 {
			t.Errorf("something was written: %+v", st)
		}
	}
}

func TestETag(t *testing.T) {
	c := newClient(t)
	for _, path := range append(addresses(c), "/v1/claims?format=csv", "/v1/openapi.json") {
		if path == "/v1/proposals" {
			continue
		}
		tag := c.do("GET", path, "", "").Header().Get("ETag")
		if tag == "" {
			t.Errorf("%s: no ETag", path)
			continue
		}
		for _, header := range []string{tag, `"other", ` + tag, "*"} {
			if w := c.do("GET", path, "", "", "If-None-Match", header); w.Code != http.StatusNotModified || w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
				t.Errorf("%s with %s: %d %s", path, header, w.Code, w.Body)
			}
		}
		if w := c.do("GET", path, "", "", "If-None-Match", `W/"other"`); w.Code != http.StatusOK {
			t.Errorf("%s with another tag: %d", path, w.Code)
		}
	}
	before := c.do("GET", "/v1/stats", "", "").Header().Get("ETag")
	claim := desktest.Batches(t)[0].Claims[0].ID
	c.object(c.do("POST", "/v1/decisions", "application/json", `{"verdict":"accept","claim":"`+string(claim)+`","why":"seen"}`), http.StatusCreated)
	if w := c.do("GET", "/v1/stats", "", "", "If-None-Match", before); w.Code != http.StatusOK {
		t.Errorf("after a decision: %d", w.Code)
	}
}

// all follows the pages of a list by their Link headers.
func (c client) all(path string, list string) (out []string) {
	c.t.Helper()
	for pages := 0; path != ""; pages++ {
		if pages > 100 {
			c.t.Fatalf("%s: no end", path)
		}
		w := c.do("GET", path, "", "")
		for _, item := range c.object(w, http.StatusOK)[list].([]any) {
			b, _ := json.Marshal(item)
			out = append(out, string(b))
		}
		path, _, _ = strings.Cut(strings.TrimPrefix(w.Header().Get("Link"), "<"), ">")
	}
	return out
}

// Pages of any size together are the whole answer, also where the record grows
// between them.
func TestCursorsLoseNothing(t *testing.T) {
	c := newClient(t)
	grown := func(i int) {
		c.object(c.do("POST", "/v1/documents", "application/json", fmt.Sprintf(`{"title":"t%d","published":"2019-05-0%d","text":"New text %d."}`, i, i%9+1, i)), http.StatusCreated)
	}
	for _, list := range []struct{ path, items string }{
		{"/v1/claims?name=Russia", "items"}, {"/v1/documents?published_by=2018", "documents"}, {"/v1/history/Russia?with=", "items"},
		{"/v1/search?q=Cambodia", "items"},
	} {
		path := list.path + "&limit="
		whole := c.all(path+"1000", list.items)
		if len(whole) < 2 {
			t.Fatalf("%s: %v", path, whole)
		}
		for limit := 1; limit <= 3; limit++ {
			if got := c.all(path+fmt.Sprint(limit), list.items); !slices.Equal(got, whole) {
				t.Errorf("%s%d: %v, want %v", path, limit, got, whole)
			}
		}
	}
	whole := c.all("/v1/claims?name=Russia", "items")
	w := c.do("GET", "/v1/claims?name=Russia&limit=1", "", "")
	got := items(t, c.object(w, http.StatusOK))
	for i := 1; w.Header().Get("Link") != ""; i++ {
		grown(i)
		next, _, _ := strings.Cut(strings.TrimPrefix(w.Header().Get("Link"), "<"), ">")
		w = c.do("GET", next, "", "")
		got = append(got, items(t, c.object(w, http.StatusOK))...)
	}
	if b := asJSON(got); b != asJSON(raw(whole)) {
		t.Errorf("while the record grows: %s, want %v", b, whole)
	}
	other := c.get("/v1/claims?name=Russia&limit=1")["next"].(string)
	if w := c.do("GET", "/v1/claims?name=India&limit=1&cursor="+other, "", ""); w.Code != http.StatusBadRequest {
		t.Errorf("a cursor of another question: %d", w.Code)
	}
}

// An answer that rests on many claims has pages of at most 200 kB, however many
// items are asked for, and they lose nothing.
func TestPagesAreBounded(t *testing.T) {
	c := newClient(t)
	const members, tellings = 60, 8
	for i := range members {
		d := storetest.Document(fmt.Sprint("list ", i), 1, fmt.Sprintf("State %d has joined. ", i)+strings.Repeat("So it is told by those who were there at the time. ", 4))
		b := store.Batch{Document: d}
		for k := range tellings {
			claim := storetest.Claim(&d, storetest.Member(fmt.Sprint("State ", i), "SCO", "member", record.Begins, record.Year(1990+k)))
			b.Claims = append(b.Claims, claim)
		}
		if _, err := c.desk.Store.Append(context.Background(), b); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"/v1/members/SCO", "/v1/claims?name=SCO&kind=membership", "/v1/history/SCO", "/v1/conflicts?a=SCO"} {
		path += map[bool]string{false: "?", true: "&"}[strings.Contains(path, "?")] + "limit=1000"
		pages, seen := 0, map[string]bool{}
		for at := path; at != ""; pages++ {
			w := c.do("GET", at, "", "")
			if w.Code != http.StatusOK || w.Body.Len() > 200_000 {
				t.Fatalf("%s: status %d, %d bytes", at, w.Code, w.Body.Len())
			}
			for _, item := range items(t, c.object(w, http.StatusOK)) {
				if key := asJSON(item); seen[key] {
					t.Errorf("%s: %.80s stands on two pages", path, key)
				} else {
					seen[key] = true
				}
			}
			at, _, _ = strings.Cut(strings.TrimPrefix(w.Header().Get("Link"), "<"), ">")
		}
		if pages < 2 || len(seen) < members {
			t.Errorf("%s: %d items on %d pages", path, len(seen), pages)
		}
	}
}

func asJSON(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

func raw(list []string) (out []json.RawMessage) {
	for _, s := range list {
		out = append(out, json.RawMessage(s))
	}
	return out
}

func TestChanges(t *testing.T) {
	c := newClient(t)
	seen := map[string]bool{}
	since, grew := "", false
	for {
		page := c.get("/v1/changes?limit=4&since=" + url.QueryEscape(since))
		for _, item := range page["changes"].([]any) {
			change := item.(map[string]any)
			kind := change["type"].(string)
			id := change[kind].(map[string]any)["id"].(string)
			if seen[id] {
				t.Errorf("%s %s comes twice", kind, id)
			}
			seen[id] = true
			if kind == "claim" && !seen[change["claim"].(map[string]any)["citations"].([]any)[0].(map[string]any)["document"].(string)] {
				t.Errorf("claim %s before its document", id)
			}
		}
		since = page["next"].(string)
		if page["more"] == false && grew {
			break
		}
		if page["more"] == false {
			c.object(c.do("POST", "/v1/documents", "application/json", `{"title":"late","text":"A late text."}`), http.StatusCreated)
			grew = true
		}
	}
	st, err := c.desk.Stats(context.Background())
	if err != nil || len(seen) != st.Documents+st.Claims+st.Decisions {
		t.Errorf("%d changes of %+v (%v)", len(seen), st, err)
	}
}

func TestDocumentsIn(t *testing.T) {
	c := newClient(t)
	w := c.do("POST", "/v1/documents", "application/json", `{"title":"Talks","publisher":"P","published":"2020-12-01","url":"https://p.example/1","text":"Ministers met. \u0000 End."}`)
	one := c.object(w, http.StatusCreated)
	if got := c.get(w.Header().Get("Location")); got["title"] != "Talks" || got["id"] != one["id"] || len(got["claims"].([]any)) != 1 {
		t.Errorf("document: %v", got)
	}
	bulk := `{"id":"a","title":"A","text":"Alpha met Beta."}` + "\n{\"id\":\n\n" + `{"id":"c","title":"C","text":"Gamma met Delta."}` + "\n"
	all := c.object(c.do("POST", "/v1/documents/bulk", "application/x-ndjson", bulk), http.StatusOK)
	if all["documents"] != 2.0 || all["failed"] != 1.0 || all["new_documents"] != 2.0 || all["results"].([]any)[1].(map[string]any)["error"] == nil {
		t.Errorf("bulk: %v", all)
	}
	array := `[{"title":"A","text":"Alpha met Beta."}, {"title":"D","text":"New."}]`
	all = c.object(c.do("POST", "/v1/documents/bulk", "application/json", array), http.StatusOK)
	if all["documents"] != 2.0 || all["new_documents"] != 1.0 {
		t.Errorf("array: %v", all)
	}
}

func TestDecisions(t *testing.T) {
	c := newClient(t)
	claim := string(desktest.Batches(t)[1].Claims[0].ID)
	decide := func(body string) map[string]any {
		return c.object(c.do("POST", "/v1/decisions", "application/json", body), http.StatusCreated)
	}
	dec := decide(`{"verdict":"correct","claim":"` + claim + `","set":{"tier":"observer"},"why":"misread"}`)
	if dec["who"] != "vera" {
		t.Errorf("decision: %v", dec)
	}
	shown := c.get("/v1/claims/" + claim)["claim"].(map[string]any)
	if shown["corrected"] != true || shown["roles"].(map[string]any)["tier"].([]any)[0] != "observer" || shown["read"] == nil {
		t.Errorf("claim: %v", shown)
	}
	decide(`{"verdict":"undo","undoes":"` + dec["id"].(string) + `","why":"was right"}`)
	history := items(t, c.get("/v1/decisions?claim="+claim))
	if len(history) != 2 || history[0].(map[string]any)["undone"] != true {
		t.Errorf("history: %v", history)
	}
}

// A reader proposes, a reviewer adopts or declines.
func TestProposals(t *testing.T) {
	c := newClient(t)
	rita := c
	rita.who = &account.Account{Name: "rita", Role: account.Reader}
	claim := string(desktest.Batches(t)[1].Claims[0].ID)
	body := `{"claim":"` + claim + `","verdict":"correct","set":{"tier":"observer"},"why":"says observer"}`
	one := c.object(rita.do("POST", "/v1/proposals", "application/json", body), http.StatusCreated)
	two := c.object(rita.do("POST", "/v1/proposals", "application/json", body), http.StatusCreated)
	if w := rita.do("POST", "/v1/proposals/"+one["id"].(string)+"/adopt", "", ""); w.Code != http.StatusForbidden {
		t.Errorf("a reader adopts: %d", w.Code)
	}
	if got := c.get("/v1/proposals?state=waiting")["proposals"].([]any); len(got) != 2 {
		t.Errorf("%v", got)
	}
	if shown := c.get("/v1/claims/" + claim)["claim"].(map[string]any); shown["corrected"] != nil {
		t.Error("a proposal corrected the claim")
	}
	dec := c.object(c.do("POST", "/v1/proposals/"+one["id"].(string)+"/adopt", "", ""), http.StatusCreated)
	if dec["who"] != "vera" || !strings.Contains(dec["why"].(string), "rita") {
		t.Errorf("%v", dec)
	}
	c.object(c.do("POST", "/v1/proposals/"+two["id"].(string)+"/decline", "", ""), http.StatusOK)
	if got := c.get("/v1/proposals?state=waiting")["proposals"].([]any); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if shown := c.get("/v1/claims/" + claim)["claim"].(map[string]any); shown["corrected"] != true {
		t.Error("the adopted proposal did not correct the claim")
	}
}

// A table is read by a plain CSV reader, and no cell is a formula.
func TestCSV(t *testing.T) {
	c := newClient(t)
	w := c.do("GET", "/v1/claims?format=csv", "", "")
	if ct := w.Header().Get("Content-Type"); !strings.HasPrefix(ct, "text/csv") {
		t.Errorf("sent as %s", ct)
	}
	rows, err := csv.NewReader(bytes.NewReader(w.Body.Bytes())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if st, _ := c.desk.Stats(context.Background()); len(rows) != st.Claims+1 {
		t.Errorf("%d rows for %d claims", len(rows), st.Claims)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	hostile := 0
	for _, row := range rows[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a formula: %q", cell)
			}
		}
		if strings.HasPrefix(row[column["publisher"]], `'=HYPERLINK("http`) && strings.HasPrefix(row[column["source"]], "'+cmd|") {
			hostile++
		}
		if row[column["kind"]] == "debt" && row[column["amount"]] != "1500000000" {
			t.Errorf("amount %q", row[column["amount"]])
		}
	}
	if hostile != 1 {
		t.Errorf("%d hostile rows, want 1", hostile)
	}
}

// Every other format is a whole file of its kind.
func TestFormats(t *testing.T) {
	c := newClient(t)
	for _, f := range exchange.Formats() {
		w := c.do("GET", "/v1/claims?format="+string(f), "", "")
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != f.MediaType() || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d %v", f, w.Code, w.Header())
		}
		if f == exchange.Parquet {
			if b := w.Body.Bytes(); !bytes.HasPrefix(b, []byte("PAR1")) || !bytes.HasSuffix(b, []byte("PAR1")) {
				t.Errorf("no Parquet file: %q", b[:4])
			}
		} else if !strings.Contains(w.Body.String(), "RUS") {
			t.Errorf("%s: %s", f, w.Body)
		}
	}
}

// What a hostile document says is text in every format.
func TestHostileDocumentStaysText(t *testing.T) {
	c := newClient(t)
	a := c.get("/v1/history/Russia?with=India")
	for _, claim := range maps.All(a["claims"].(map[string]any)) {
		if q := claim.(map[string]any)["quote"].(string); !strings.HasPrefix(q, "<img src=x onerror=alert(1)>") {
			t.Errorf("quote %q", q)
		}
	}
	for format, bad := range map[string][]string{
		"html": {"<script", "<img", `href="javascript:`, "\u202e"}, "markdown": {"\n<script", "\u202e", "\u0007"},
	} {
		w := c.do("GET", "/v1/brief/Russia/India?format="+format, "", "")
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "onerror=alert(1)") {
			t.Errorf("%s: %d, the document's words are missing: %s", format, w.Code, w.Body)
		}
		for _, s := range bad {
			if strings.Contains(w.Body.String(), s) {
				t.Errorf("%s has %q", format, s)
			}
		}
	}
	long := `{"title":"long","text":"` + strings.Repeat("a", 5<<20) + `"}`
	if w := c.do("POST", "/v1/documents", "application/json", long); w.Code != http.StatusCreated {
		t.Errorf("a line of 5 MB: %d %.200s", w.Code, w.Body)
	}
}
