package main

import (
	"errors"
	"io/fs"
	"os"

	"demarche"
	"demarche/text/annotate"
)

// parseCmd prints tags and trees as CoNLL-U.
type parseCmd struct {
	Paths  []string `arg:"" optional:"" name:"file" help:"Texts in any form that read takes."`
	CoNLLU string   `name:"conllu" placeholder:"FILE" help:"Keep the tokens of a CoNLL-U file and fill in tags, lemmas, heads and relations."`
	sourceFlags
}

// Run parses and prints.
func (c *parseCmd) Run(a *app) error {
	annotator, err := annotate.New()
	if err != nil {
		return err
	}
	if c.CoNLLU != "" {
		if len(c.Paths) > 0 {
			return usage("give texts or --conllu, not both")
		}
		return conllu(a, annotator, c.CoNLLU)
	}
	if len(c.Paths) == 0 {
		return usage("name a text to parse, - for standard input, or --conllu FILE")
	}
	opt, err := c.options(a)
	if err != nil {
		return err
	}
	docs, failed := a.documents(a.ctx, c.Paths, opt)
	for doc := range docs {
		if err := annotator.Text(a.out, doc.Text); err != nil {
			return err
		}
	}
	return failed()
}

func conllu(a *app, annotator *annotate.Annotator, path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &demarche.Error{Op: "parse", Kind: demarche.Unknown, Err: err}
	} else if err != nil {
		return &demarche.Error{Op: "parse", Kind: demarche.Input, Err: err}
	}
	defer f.Close()
	if err := annotator.CoNLLU(a.out, f); err != nil {
		return &demarche.Error{Op: "parse", Kind: demarche.Input, Err: errorf("%s: %w", path, err)}
	}
	return nil
}
