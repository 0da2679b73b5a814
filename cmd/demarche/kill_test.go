package main

import (
	"os"
	"os/exec"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// killed MILLISECONDS PROGRAM ARGS...: starts the program and kills it with no
// chance to tidy up after that time.
func killed(ts *testscript.TestScript, neg bool, args []string) {
	d, err := time.ParseDuration(args[0] + "ms")
	ts.Check(err)
	path, err := exec.LookPath(args[1])
	ts.Check(err)
	cmd := exec.Command(path, args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("HOME"), "XDG_DATA_HOME="+ts.Getenv("XDG_DATA_HOME"))
	ts.Check(cmd.Start())
	time.Sleep(d)
	cmd.Process.Kill()
	cmd.Wait()
}
