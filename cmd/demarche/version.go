package main

import (
	"fmt"
	"runtime/debug"

	"demarche/reader"
)

// versionCmd prints the versions.
type versionCmd struct{}

// Run prints what was built, from which commit, with which reader.
func (versionCmd) Run(a *app) error {
	v := version()
	if a.json {
		return printJSON(a.out, v)
	}
	_, err := fmt.Fprintf(a.out, "demarche %s\nreader %s\n%s\n", v.Version, v.Reader, v.Go)
	return err
}

// version tells what was built.
func version() versionJSON {
	v := versionJSON{Version: "unreleased", Reader: reader.Version}
	if info, ok := debug.ReadBuildInfo(); ok {
		v.Go = info.GoVersion
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				v.Commit = s.Value
			case "vcs.modified":
				v.Modified = s.Value == "true"
			}
		}
		if m := info.Main.Version; m != "" && m != "(devel)" {
			v.Version = m
		}
	}
	return v
}

type versionJSON struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Modified bool   `json:"modified,omitempty"`
	Reader   string `json:"reader"`
	Go       string `json:"go"`
}
