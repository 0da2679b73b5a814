package main

import (
	"io"
	"runtime"

	"demarche"
	"demarche/brief"
	"demarche/intake"
)

// briefCmd writes the note on two states.
type briefCmd struct {
	A      string   `arg:"" optional:"" help:"One side, in any form: Cambodia, KHM, \"Phnom Penh\"."`
	B      string   `arg:"" optional:"" help:"The other side."`
	Verify string   `placeholder:"FILE" help:"Instead of writing a note, check one written before (Markdown or HTML): exit code 8 where a sentence that it cites was edited since, or a claim rejected or corrected."`
	Read   []string `placeholder:"PATH" help:"Read these first; without --record into a record that is thrown away."`
	Format string   `enum:"markdown,html" default:"markdown" help:"markdown or html."`
	Out    string   `short:"o" placeholder:"FILE" help:"Write to a file instead of standard output."`
	clockFlags
}

// Run reads what is to be read, composes and writes.
func (c *briefCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	if (c.Verify == "") == (c.B == "") {
		return usage("a brief needs two sides, such as brief Cambodia Russia, or the note to check, as brief --verify FILE")
	}
	d, err := c.desk(a)
	if err != nil {
		return err
	}
	if err := c.read(a, d); err != nil {
		return err
	}
	if c.Verify != "" {
		return a.verify(d, c.Verify, clocks)
	}
	note, err := d.Brief(a.ctx, c.A, c.B, clocks)
	if err != nil {
		return err
	}
	w, closeFile, err := a.create(c.Out)
	if err != nil {
		return err
	}
	if err := c.write(a, w, note); err != nil {
		return err
	}
	return closeFile()
}

// desk is the record; with --read and no record named, one of its own.
func (c *briefCmd) desk(a *app) (*demarche.Desk, error) {
	switch {
	case len(c.Read) == 0:
		return a.desk()
	case a.record == "":
		return a.passingDesk()
	}
	return a.readingDesk()
}

func (c *briefCmd) read(a *app, d *demarche.Desk) error {
	if len(c.Read) == 0 {
		return nil
	}
	none := sourceFlags{}
	opt, err := none.options(a)
	if err != nil {
		return err
	}
	bar := a.bar(c.Read)
	opt.Read = bar.add
	sum, err := d.Read(a.ctx, intake.Documents(a.ctx, c.Read, opt), demarche.ReadOptions{Workers: runtime.GOMAXPROCS(0), Each: func(r demarche.Reading) error {
		if r.Err != nil {
			a.note("%s", brief.Plain(r.Err.Error()))
		}
		return nil
	}})
	bar.done()
	if err == nil && sum.Documents == 0 {
		return &demarche.Error{Op: "brief", Kind: demarche.Input, Err: errorf("no document could be read in the paths of --read")}
	}
	return err
}

func (c *briefCmd) write(a *app, w io.Writer, note *brief.Note) error {
	switch {
	case a.json:
		return printJSON(w, note)
	case c.Format == "html":
		return note.WriteHTML(w)
	}
	return note.WriteMarkdown(w)
}
