package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// site DIR: serves the files of a folder on loopback, whose address is in $SITE
// from there on. A file of the name PATH.type holds the media type of PATH; what
// begins with /away leads there.
func site(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[0])
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to, ok := strings.CutPrefix(r.URL.Path, "/away/"); ok {
			http.Redirect(w, r, "http://"+to, http.StatusFound)
			return
		}
		path := filepath.Join(dir, filepath.Clean(r.URL.Path))
		if kind, err := os.ReadFile(path + ".type"); err == nil {
			w.Header().Set("Content-Type", strings.TrimSpace(string(kind)))
		}
		http.ServeFile(w, r, path)
	}))
	ts.Defer(s.Close)
	ts.Setenv("SITE", s.URL)
}

// fill FILE...: puts the values of variables into files.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		text := os.Expand(ts.ReadFile(file), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text), 0o644))
	}
}
