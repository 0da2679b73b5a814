package main

import (
	"errors"
	"fmt"

	"demarche"
	"demarche/exchange"
	"demarche/record"
)

// claimsCmd lists claims.
type claimsCmd struct {
	Kind   []string `placeholder:"KIND" help:"Only these kinds: membership, REQUEST, ..."`
	With   []string `name:"with" placeholder:"NAME" help:"Only claims that name all of these."`
	During string   `placeholder:"DATE" help:"Only what was so in that time (EDTF)."`
	Limit  int      `help:"At most so many; 0 is all." default:"0"`
	Format string   `enum:"text,csv,parquet,jsonld,jsonl,events" default:"text" help:"text, csv, parquet, jsonld (PROV, schema.org), jsonl, or events (PLOVER)."`
	Out    string   `short:"o" placeholder:"FILE" help:"Write to a file instead of standard output."`
	clockFlags
}

// Run asks and prints one line for each claim.
func (c *claimsCmd) Run(a *app) error {
	if c.Format != "text" && a.json {
		return usage("--json and --format %s do not go together; --format jsonl has JSON, a claim a line", c.Format)
	}
	if c.Out != "" && c.Format == "text" {
		return usage("--out needs a format: csv, parquet, jsonld, jsonl or events")
	}
	if c.Limit < 0 {
		return usage("--limit: %d is less than none", c.Limit)
	}
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	f := demarche.Filter{Kinds: c.Kind, Names: c.With, Limit: c.Limit}
	if f.During, err = dateFlag("--during", c.During); err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Claims(a.ctx, f, clocks)
	if err != nil {
		return err
	}
	if c.Format != "text" {
		return c.hand(a, d, ans.Found)
	}
	return show(a, d, "claims", ans, encoder.claims, teller.claims)
}

// hand writes claims for other programs.
func (c *claimsCmd) hand(a *app, d *demarche.Desk, found []*record.Stated) error {
	w, closeFile, err := a.create(c.Out)
	if err != nil {
		return err
	}
	texts := d.Texts()
	claims := exchange.Quoted(found, func(s *record.Stated) (string, error) { return texts.Quote(a.ctx, s) })
	err = exchange.Write(w, exchange.Format(c.Format), claims)
	var known *demarche.Error
	switch {
	case errors.As(err, &known):
		return err
	case err != nil:
		return &demarche.Error{Op: "claims", Kind: demarche.Output, Err: fmt.Errorf("as %s: %w", c.Format, err)}
	}
	return closeFile()
}
