package mcp_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"demarche/account"
	"demarche/desktest"
	"demarche/mcp"
	"demarche/proposal"
)

// connect is a client of a server over the sample record, in memory.
func connect(t *testing.T) (*sdk.ClientSession, desktest.Desk) {
	t.Helper()
	desk := desktest.New(t)
	server := newServer(t, desk)
	here, there := sdk.NewInMemoryTransports()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx, there) }()
	t.Cleanup(func() { stop(); <-done })
	return client(t, here), desk
}

func newServer(t *testing.T, desk desktest.Desk) *mcp.Server {
	t.Helper()
	proposals, err := proposal.Open(filepath.Join(t.TempDir(), "proposals.db"), desk, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { proposals.Close() })
	return mcp.New(mcp.Options{Desk: desk.Desk, Version: "test", Proposals: proposals, Who: "vera", Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
}

// as authenticates every request as one account.
func as(name string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(account.With(r.Context(), account.Account{Name: name, Role: account.Reader})))
	})
}

func client(t *testing.T, over sdk.Transport) *sdk.ClientSession {
	t.Helper()
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(context.Background(), over, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

// call calls a tool and gives its structured answer.
func call(t *testing.T, s *sdk.ClientSession, tool string, args map[string]any) map[string]any {
	t.Helper()
	res, err := s.CallTool(context.Background(), &sdk.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	if res.IsError {
		t.Fatalf("%s: %s", tool, text(res))
	}
	var structured, asText map[string]any
	b, err := json.Marshal(res.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &structured); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text(res)), &asText); err != nil || len(asText) != len(structured) {
		t.Fatalf("%s: the text is not the structured answer (%v): %s", tool, err, text(res))
	}
	return structured
}

func text(res *sdk.CallToolResult) string {
	var out string
	for _, c := range res.Content {
		if t, ok := c.(*sdk.TextContent); ok {
			out += t.Text
		}
	}
	return out
}

// at follows keys and indices into an answer.
func at(t *testing.T, v any, path ...any) any {
	t.Helper()
	for i, p := range path {
		switch p := p.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok || m[p] == nil {
				t.Fatalf("no %v in %v", path[:i+1], v)
			}
			v = m[p]
		case int:
			l, ok := v.([]any)
			if !ok || p >= len(l) {
				t.Fatalf("no %v in %v", path[:i+1], v)
			}
			v = l[p]
		}
	}
	return v
}

func TestToolsReadOnly(t *testing.T) {
	s, _ := connect(t)
	var names []string
	for tool, err := range s.Tools(context.Background(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, tool.Name)
		if tool.Annotations == nil || tool.Annotations.ReadOnlyHint != (tool.Name != "propose") || *tool.Annotations.DestructiveHint || tool.OutputSchema == nil || tool.Description == "" {
			t.Errorf("%s is not described as a typed tool that reads", tool.Name)
		}
	}
	if got := strings.Join(names, " "); got != "ask brief conflicts evidence propose requests search" {
		t.Errorf("tools: %s", got)
	}
	if !strings.Contains(s.InitializeResult().Instructions, "never instructions") {
		t.Error("the client is not told what documents are")
	}
}

// Every question has an answer with a quote that stands in the document at the
// bytes that it cites.
func TestAsk(t *testing.T) {
	s, desk := connect(t)
	for _, c := range []struct {
		question, a, b, on string
		answer             string
		says, quote        string
	}{
		{"members", "SCO", "", "2020-10-14", "yes", "Cambodia", "dialogue partner"},
		{"memberships", "Phnom Penh", "", "2014-01-01", "no", "SCO", "dialogue partner"},
		{"relations", "Cambodia", "USSR", "1960", "yes", "relations", "established diplomatic relations"},
		{"relations", "Cambodia", "Russia", "2000", "possibly", "Russia", "established diplomatic relations"},
		{"offices", "Hor Namhong", "", "2020-10-14", "yes", "deputy prime minister", "Hor Namhong"},
		{"debts", "Cambodia", "Russia", "2018-01-01", "yes", "debt", "1.5 billion"},
		{"history", "Cambodia", "Russia", "2021-01-01", "", "observer", "observer of the SCO"},
		{"anniversaries", "Cambodia", "USSR", "2016", "", "relations", "13 May 1956"},
	} {
		args := map[string]any{"question": c.question, "a": c.a, "on": c.on}
		if c.b != "" {
			args["b"] = c.b
		}
		out := call(t, s, "ask", args)
		if at(t, out, "clocks", "on") != c.on {
			t.Errorf("%s %s: clocks %v", c.question, c.a, out["clocks"])
		}
		var all []string
		ok := false
		for _, f := range at(t, out, "findings").([]any) {
			e := at(t, f, "evidence", 0).(map[string]any)
			quote, says := e["quote"].(string), at(t, f, "says").(string)
			all = append(all, says+": "+quote)
			answer, _ := f.(map[string]any)["answer"].(string)
			ok = ok || strings.Contains(says, c.says) && strings.Contains(quote, c.quote) && (c.answer == "" || answer == c.answer)
			cited(t, desk, e)
		}
		if !ok {
			t.Errorf("%s %s %s on %s: %q", c.question, c.a, c.b, c.on, all)
		}
	}
}

// cited holds the quote of an evidence against the bytes that it names.
func cited(t *testing.T, desk desktest.Desk, e map[string]any) {
	t.Helper()
	id := at(t, e, "document", "id").(string)
	for _, b := range desktest.Batches(t) {
		if string(b.Document.ID) != id {
			continue
		}
		start, end := int(e["start"].(float64)), int(e["end"].(float64))
		if got := b.Document.Text[start:end]; got != e["quote"] && !strings.ContainsRune(got, '\u202e') {
			t.Errorf("quote %q, at its bytes stands %q", e["quote"], got)
		}
		if at(t, e, "document", "publisher") == "" || at(t, e, "document", "published") == "" || at(t, e, "document", "title") == "" {
			t.Errorf("citation lacks its document: %v", e["document"])
		}
		return
	}
	t.Errorf("no document %s", id)
}

func TestClocksOfPublication(t *testing.T) {
	s, _ := connect(t)
	out := call(t, s, "ask", map[string]any{"question": "memberships", "a": "KHM", "on": "2020", "published_by": "2015-01-01"})
	if n := len(at(t, out, "findings").([]any)); n != 0 {
		t.Errorf("%d findings from documents that had not been published", n)
	}
}

func TestRequests(t *testing.T) {
	s, desk := connect(t)
	out := call(t, s, "requests", map[string]any{"from": "Cambodia", "to": "Moscow", "open": true, "on": "2020-10-20"})
	r := at(t, out, "requests", 0)
	if at(t, r, "status") != "open" || at(t, r, "age_days") != 7.0 || at(t, r, "asked") != "2020-10-13" {
		t.Errorf("request: %v", r)
	}
	cited(t, desk, at(t, r, "evidence", 0).(map[string]any))
}

func TestBriefEvidenceConflictsSearch(t *testing.T) {
	s, desk := connect(t)
	note := call(t, s, "brief", map[string]any{"a": "KHM", "b": "RUS", "on": "2020-10-14"})
	if md := at(t, note, "markdown").(string); !strings.Contains(md, "[^1]") || !strings.Contains(at(t, note, "sources", 0, "sentence").(string), "1956") {
		t.Errorf("brief: %s", md)
	}
	clash := at(t, call(t, s, "conflicts", map[string]any{"a": "SCO", "on": "2020"}), "conflicts", 0)
	if len(at(t, clash, "sides").([]any)) != 2 {
		t.Errorf("conflict: %v", clash)
	}
	id := at(t, clash, "sides", 0, "evidence", 0, "claim").(string)
	shown := call(t, s, "evidence", map[string]any{"claim": id[:8]})
	if at(t, shown, "claim") != id || at(t, shown, "passages", 0, "cited") != at(t, shown, "quote") {
		t.Errorf("evidence: %v", shown)
	}
	cited(t, desk, shown)
	found := call(t, s, "search", map[string]any{"query": `"forward the request"`})
	if p := at(t, found, "hits", 0, "passage").(string); !strings.Contains(p, "forward the request") {
		t.Errorf("search: %v", found)
	}
}

// What a document says reaches a client as text in its field, in one line.
func TestHostileText(t *testing.T) {
	s, _ := connect(t)
	out := call(t, s, "ask", map[string]any{"question": "history", "a": "Russia", "b": "India"})
	e := at(t, out, "findings", 0, "evidence", 0)
	b, _ := json.Marshal(out)
	if strings.ContainsAny(string(b), "\u202e\u0007\n") || strings.Contains(string(b), `\u0007`) {
		t.Errorf("characters that deceive: %s", b)
	}
	if q := at(t, e, "quote").(string); !strings.HasPrefix(q, "<img src=x") {
		t.Errorf("quote %q", q)
	}
	if url, ok := at(t, e, "document").(map[string]any)["url"]; ok {
		t.Errorf("address %v", url)
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	s, _ := connect(t)
	for _, c := range []struct {
		tool string
		args map[string]any
		want string
	}{
		{"ask", map[string]any{"question": "members", "a": "Atlantis"}, "nothing is known by the name"},
		{"ask", map[string]any{"question": "weather", "a": "SCO"}, "is no question"},
		{"ask", map[string]any{"question": "members", "a": "SCO", "on": "2020-13-45"}, "on:"},
		{"ask", map[string]any{"question": "members"}, "a"},
		{"evidence", map[string]any{"claim": "ffffffffffffffff"}, "not found"},
		{"brief", map[string]any{"a": "KHM", "b": "Cambodia"}, "the same"},
	} {
		res, err := s.CallTool(context.Background(), &sdk.CallToolParams{Name: c.tool, Arguments: c.args})
		if err != nil {
			t.Errorf("%s %v: %v", c.tool, c.args, err)
			continue
		}
		if !res.IsError || !strings.Contains(text(res), c.want) {
			t.Errorf("%s %v: error %v: %s", c.tool, c.args, res.IsError, text(res))
		}
	}
}

func TestOverHTTP(t *testing.T) {
	desk := desktest.New(t)
	server := httptest.NewServer(as("rita", newServer(t, desk).Handler()))
	defer server.Close()
	s := client(t, &sdk.StreamableClientTransport{Endpoint: server.URL, DisableStandaloneSSE: true})
	out := call(t, s, "ask", map[string]any{"question": "members", "a": "SCO", "on": "2020-10-14"})
	if at(t, out, "findings", 0, "answer") != "yes" {
		t.Errorf("members: %v", out)
	}
	made := call(t, s, "propose", map[string]any{"claim": at(t, out, "findings", 0, "evidence", 0, "claim"), "verdict": "reject", "why": "x"})
	if at(t, made, "state") != "waiting" {
		t.Errorf("proposal: %v", made)
	}
}

// A proposal waits and changes no answer; one that could not be decided is
// refused.
func TestPropose(t *testing.T) {
	s, desk := connect(t)
	ask := map[string]any{"question": "members", "a": "SCO", "on": "2020-10-14"}
	before := call(t, s, "ask", ask)
	claim := at(t, before, "findings", 0, "evidence", 0, "claim")
	made := call(t, s, "propose", map[string]any{"claim": claim, "verdict": "correct", "set": map[string]string{"tier": "observer"}, "why": "the sentence says observer"})
	if at(t, made, "state") != "waiting" || at(t, made, "claim") != claim {
		t.Errorf("proposal: %v", made)
	}
	if after := call(t, s, "ask", ask); !reflect.DeepEqual(before, after) {
		t.Errorf("a proposal changed the answer: %v", after)
	}
	if st, err := desk.Stats(context.Background()); err != nil || st.Decisions != 0 {
		t.Errorf("%+v (%v)", st, err)
	}
	for _, bad := range []map[string]any{
		{"claim": claim, "verdict": "merge", "why": "w"}, {"claim": claim, "verdict": "prefer", "why": "w"}, {"claim": claim, "verdict": "correct", "why": "w"},
		{"claim": claim, "verdict": "reject", "why": " "}, {"claim": "ffffffffffff", "verdict": "reject", "why": "w"},
	} {
		if res, err := s.CallTool(context.Background(), &sdk.CallToolParams{Name: "propose", Arguments: bad}); err != nil || !res.IsError {
			t.Errorf("%v was taken (%v)", bad, err)
		}
	}
}
