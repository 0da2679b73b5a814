package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// asCommand in the environment has the test binary be the command itself.
const asCommand = "DEMARCHE_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(run())
	}
	testscript.Main(m, map[string]func(){"demarche": func() { os.Exit(run()) }})
}

// TestScripts runs the command as users do; each script stands in a place of its
// own with the examples of the repository under $EXAMPLES.
func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("EXAMPLES", examples)
			e.Setenv("STORIES", filepath.Join(examples, "../reader/testdata/stories"))
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("XDG_DATA_HOME", filepath.Join(e.WorkDir, "data"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "sparse": sparse, "killed": killed, "site": site, "fill": fill, "signalled": signalled, "capture": capture,
			"archive": archive, "gzipped": gzipped, "portable": portable, "measured": measured},
	})
}

// exits CODE PROGRAM ARGS...: the program ends with the exit code, saying at
// most one line of what was wrong beside progress.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		got = -1
		if i := strings.LastIndex(err.Error(), "exit status "); i >= 0 {
			got, _ = strconv.Atoi(strings.TrimSpace(err.Error()[i+len("exit status "):]))
		}
	}
	if got != want {
		ts.Fatalf("%s: exit code %d (%v), want %d", strings.Join(args[1:], " "), got, err, want)
	}
	stderr := ts.ReadFile("stderr")
	if want != 0 && strings.TrimSpace(stderr) == "" {
		ts.Fatalf("%s: nothing was said", strings.Join(args[1:], " "))
	}
	if strings.Contains(stderr, "goroutine ") {
		ts.Fatalf("%s: a panic:\n%s", strings.Join(args[1:], " "), stderr)
	}
}

// sparse FILE BYTES: makes a file of so many zero bytes that takes no room.
func sparse(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	path := ts.MkAbs(args[0])
	ts.Check(os.WriteFile(path, nil, 0o600))
	ts.Check(os.Truncate(path, n))
}
