package main

import (
	"fmt"

	"demarche"
	"demarche/brief"
	"demarche/record"
	"demarche/wire"
)

// rereadCmd reads the whole record again with the present reader.
type rereadCmd struct {
	DryRun bool `help:"Tell what would differ, record nothing."`
}

// Run reads and tells what is new and what is no longer found.
func (c *rereadCmd) Run(a *app) error {
	path, err := a.recordPath()
	if err != nil {
		return err
	}
	if _, err := a.desk(); err != nil { // a record that is not there is not made
		return err
	}
	if err := a.store.Close(); err != nil {
		return demarche.StoreError("reread", err)
	}
	d, err := a.openReading(path)
	if err != nil {
		return err
	}
	words := brief.Words{Name: d.Label}
	sum, err := d.Reread(a.ctx, c.DryRun, func(r demarche.Rereading) error { return a.tellRereading(words, r) })
	if err != nil {
		return err
	}
	verb := "recorded"
	if c.DryRun {
		verb = "not recorded"
	}
	a.note("%s read again by reader %s: %s new (%s), %d no longer found (they stay; %d of them decided on)", count(sum.Documents, "document"), d.ReaderVersion(),
		count(sum.New, "claim"), verb, sum.Gone, sum.Decided)
	if sum.Failed > 0 {
		return &demarche.Error{Op: "reread", Kind: demarche.Input, Err: fmt.Errorf("%s could not be read; the others were", count(sum.Failed, "document"))}
	}
	return nil
}

type rereadingJSON struct {
	Document string       `json:"document"`
	Title    string       `json:"title"`
	New      []wire.Claim `json:"new"`
	Gone     []wire.Claim `json:"gone"`
	Decided  int          `json:"decided"`
	Error    string       `json:"error,omitempty"`
}

func (a *app) tellRereading(words brief.Words, r demarche.Rereading) error {
	if a.json {
		out := rereadingJSON{Document: string(r.Document.ID), Title: r.Document.Title, Decided: r.Decided, New: list(r.New, laid), Gone: list(r.Gone, laid)}
		if r.Err != nil {
			out.Error = r.Err.Error()
		}
		return printJSON(a.out, out)
	}
	fmt.Fprintf(a.out, "%s  %s\n", r.Document.ID[:min(12, len(r.Document.ID))], brief.Plain(r.Document.Title))
	if r.Err != nil {
		a.note("%s", brief.Plain(r.Err.Error()))
	}
	var tab table
	for _, side := range []struct {
		sign   string
		claims []record.Claim
	}{{"+", r.New}, {"-", r.Gone}} {
		for _, c := range side.claims {
			tab.row(side.sign, string(c.ID), edtf(c.When), words.Claim(&c.Core))
		}
	}
	return tab.write(a.out, "  ")
}

func laid(c record.Claim) wire.Claim { return wire.FromClaim(&c, nil) }
