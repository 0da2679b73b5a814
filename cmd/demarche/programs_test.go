package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// served starts demarche serve over a record and gives its address.
func served(t *testing.T, record string) string {
	t.Helper()
	cmd := exec.Command("demarche", "--record", record, "serve", "--listen", "127.0.0.1:0")
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	address := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(said); lines.Scan(); {
			if _, rest, ok := strings.Cut(lines.Text(), "served at "); ok {
				at, _, _ := strings.Cut(rest, ";")
				address <- at
			}
		}
	}()
	select {
	case at := <-address:
		return at
	case <-time.After(time.Minute):
		t.Fatal("the server did not start")
		return ""
	}
}

// asWhom asks as a program with a token, by one way or the other.
type asWhom func(*http.Request)

func bearer(token string) asWhom {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

func basic(token string) asWhom { return func(r *http.Request) { r.SetBasicAuth("any", token) } }

func nobody(*http.Request) {}

// Where a record has accounts, programs need a token on every way in, and what
// they may do is what their account may.
func TestProgramsNeedATokenWhereThereAreAccounts(t *testing.T) {
	record := filepath.Join(t.TempDir(), "r.db")
	demarcheOutput(t, "--record", record, "read", "../../examples/2015-07-ufa-summit.txt")
	tokens := map[string]string{}
	for _, role := range []string{"reader", "reviewer"} {
		add := exec.Command("demarche", "--record", record, "user", "add", role, "--role", role)
		add.Stdin = strings.NewReader("correct horse battery staple\n")
		if out, err := add.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		tokens[role] = strings.TrimSpace(demarcheOutput(t, "--record", record, "user", "token", role, "--label", "test"))
	}
	site := served(t, record)
	for _, c := range []struct {
		who          asWhom
		method, path string
		status       int
		kind         string
	}{
		{nobody, "GET", "/v1/members/SCO", 401, "application/problem+json"},
		{nobody, "GET", "/feeds/bodies/SCO", 401, "application/problem+json"},
		{nobody, "POST", "/mcp", 401, "application/problem+json"},
		{bearer("dmch_wrong"), "GET", "/v1/stats", 401, "application/problem+json"},
		{basic("dmch_wrong"), "GET", "/feeds/bodies/SCO", 401, "application/problem+json"},
		{bearer(tokens["reader"]), "GET", "/v1/members/SCO", 200, "application/json"},
		{basic(tokens["reader"]), "GET", "/feeds/bodies/SCO", 200, "application/atom+xml; charset=utf-8"},
		{bearer(tokens["reader"]), "POST", "/v1/documents", 403, "application/problem+json"},
		{bearer(tokens["reviewer"]), "POST", "/v1/documents", 201, "application/json"},
	} {
		req, err := http.NewRequest(c.method, site+c.path, strings.NewReader(`{"title":"T","text":"Talks were held."}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		c.who(req)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != c.status || resp.Header.Get("Content-Type") != c.kind {
			t.Errorf("%s %s: %d %s, want %d %s: %.200s", c.method, c.path, resp.StatusCode, resp.Header.Get("Content-Type"), c.status, c.kind, body)
		}
	}
	mcpWithToken(t, site, tokens["reader"])
}

// tokenTransport sends a token with every request.
type tokenTransport string

func (token tokenTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(token))
	return http.DefaultTransport.RoundTrip(r)
}

func mcpWithToken(t *testing.T, site, token string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, &sdk.StreamableClientTransport{
		Endpoint: site + "/mcp", HTTPClient: &http.Client{Transport: tokenTransport(token)}, DisableStandaloneSSE: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	res, err := session.CallTool(ctx, &sdk.CallToolParams{Name: "ask", Arguments: map[string]any{"question": "members", "a": "SCO", "on": "2016"}})
	if err != nil || res.IsError || res.StructuredContent == nil {
		t.Errorf("%v %+v", err, res)
	}
}
