package api_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"demarche/account"
)

// A client that a generator makes of the served description compiles with all
// types checked, and works: DEMARCHE_OPENAPI_TS names a node_modules folder with
// @hey-api/openapi-ts, typescript and @types/node.
func TestGeneratedClient(t *testing.T) {
	modules := os.Getenv("DEMARCHE_OPENAPI_TS")
	if modules == "" {
		t.Skip("DEMARCHE_OPENAPI_TS names no folder with a generator of clients; .ci/run installs one")
	}
	c := newClient(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.handler.ServeHTTP(w, r.WithContext(account.With(r.Context(), *c.who)))
	}))
	defer server.Close()
	dir := t.TempDir()
	for _, name := range []string{"use.ts", "tsconfig.json"} {
		b, err := os.ReadFile(filepath.Join("testdata/client", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "openapi.json"), c.do("GET", "/v1/openapi.json", "", "").Body.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	run := func(name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
		return string(out)
	}
	run("node_modules/.bin/openapi-ts", "-i", "openapi.json", "-o", "client", "-c", "@hey-api/client-fetch")
	run("node_modules/.bin/tsc", "-p", ".")
	said := run("node", "out/use.js", server.URL)
	for _, want := range []string{
		"member Cambodia as dialogue partner of SCO yes took Cambodia in as a dialogue partner on 10 July 2015", "history 6 in 3",
		"problem 404 application/problem+json", "document 201 1", "decision accept vera", "changes document document document true",
	} {
		if !strings.Contains(said, want+"\n") {
			t.Errorf("%q is missing in:\n%s", want, said)
		}
	}
}
