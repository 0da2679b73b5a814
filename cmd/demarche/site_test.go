package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

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

// capture NAME REGEXP: sets a variable to what the first group matches in the last
// standard output.
func capture(ts *testscript.TestScript, neg bool, args []string) {
	m := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if m == nil {
		ts.Fatalf("no %s in the output", args[1])
	}
	ts.Setenv(args[0], m[1])
}

// signalled TERM|INT FILE PROGRAM ARGS...: starts the program, sends it the signal
// once the file is there, and waits for its end, which must be a good one. What it
// said on standard error is in signalled.log.
func signalled(ts *testscript.TestScript, neg bool, args []string) {
	path, err := exec.LookPath(args[2])
	ts.Check(err)
	cmd := exec.Command(path, args[3:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("HOME"), "XDG_DATA_HOME="+ts.Getenv("XDG_DATA_HOME"))
	var said strings.Builder
	cmd.Stderr = &said
	ts.Check(cmd.Start())
	for range 600 {
		if _, err := os.Stat(ts.MkAbs(args[1])); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	ts.Check(cmd.Process.Signal(map[string]os.Signal{"TERM": syscall.SIGTERM, "INT": os.Interrupt}[args[0]]))
	err = cmd.Wait()
	ts.Check(os.WriteFile(ts.MkAbs("signalled.log"), []byte(said.String()), 0o644))
	ts.Check(err)
}
