package main

import (
	"errors"
	"io/fs"

	"demarche"
	"demarche/score"
)

// scoreCmd compares two folders of claims.
type scoreCmd struct {
	Gold string `arg:"" help:"The folder of labelled documents."`
	Pred string `arg:"" help:"The folder of what was read."`
}

// Run compares and prints.
func (c *scoreCmd) Run(a *app) error {
	f, err := score.Dirs(c.Gold, c.Pred)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &demarche.Error{Op: "score", Kind: demarche.Unknown, Err: err}
	case err != nil:
		return &demarche.Error{Op: "score", Kind: demarche.Input, Err: err}
	}
	if a.json {
		return printJSON(a.out, f)
	}
	return f.Write(a.out)
}
