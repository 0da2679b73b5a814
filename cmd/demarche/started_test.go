package main

import (
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

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
	sig := map[string]os.Signal{"TERM": syscall.SIGTERM, "INT": os.Interrupt}[args[0]]
	started(ts, args[1], args[2:], sig, func(string) {})
}

// measured FILE PROGRAM ARGS...: starts the program and, once the file is there,
// puts the metrics that it serves into measured.txt.
func measured(ts *testscript.TestScript, neg bool, args []string) {
	started(ts, args[0], args[1:], os.Interrupt, func(said string) {
		m := regexp.MustCompile(`http://\S+/metrics`).FindString(said)
		for _, path := range []string{"/healthz", "/readyz", "/metrics"} {
			resp, err := http.Get(strings.TrimSuffix(m, "/metrics") + path)
			ts.Check(err)
			body, err := io.ReadAll(resp.Body)
			ts.Check(errors.Join(err, resp.Body.Close(), os.WriteFile(ts.MkAbs("measured.txt"), body, 0o644)))
			if resp.StatusCode != http.StatusOK {
				ts.Fatalf("%s: %s", path, resp.Status)
			}
		}
	})
}

// started starts a program, waits for a file, looks, and ends the program.
func started(ts *testscript.TestScript, file string, args []string, sig os.Signal, look func(said string)) {
	path, err := exec.LookPath(args[0])
	ts.Check(err)
	cmd := exec.Command(path, args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("HOME"), "XDG_DATA_HOME="+ts.Getenv("XDG_DATA_HOME"))
	said, err := os.Create(ts.MkAbs("signalled.log"))
	ts.Check(err)
	defer said.Close()
	cmd.Stderr = said
	ts.Check(cmd.Start())
	defer cmd.Process.Kill() // where something below fails
	for range 600 {
		if _, err := os.Stat(ts.MkAbs(file)); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	look(ts.ReadFile("signalled.log"))
	ts.Check(cmd.Process.Signal(sig))
	ts.Check(cmd.Wait())
}
