package main

import (
	"demarche/reader"
)

// explainCmd tells why each sentence gave the claims that it gave.
type explainCmd struct {
	Paths []string `arg:"" name:"file" help:"Texts in any form that read takes."`
	sourceFlags
}

// Run reads and explains.
func (c *explainCmd) Run(a *app) error {
	opt, err := c.options(a)
	if err != nil {
		return err
	}
	alm, err := a.loadAlmanac()
	if err != nil {
		return err
	}
	r, err := reader.New(alm)
	if err != nil {
		return err
	}
	docs, failed := a.documents(a.ctx, c.Paths, opt)
	for doc := range docs {
		if err := r.Explain(a.out, doc); err != nil {
			return err
		}
	}
	return failed()
}
