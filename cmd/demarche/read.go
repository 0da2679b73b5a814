package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"demarche"
	"demarche/brief"
	"demarche/intake"
	"demarche/record"
	"demarche/wire"
)

// sourceFlags say what texts do not say of themselves.
type sourceFlags struct {
	Title     string `help:"The title, for texts that do not say."`
	Published string `placeholder:"DATE" help:"The date of publication (EDTF)."`
	Publisher string `help:"Who published it."`
	URL       string `name:"url" help:"Its address."`
}

// options are the flags as intake takes them.
func (f *sourceFlags) options(a *app) (intake.Options, error) {
	published, err := dateFlag("--published", f.Published)
	return intake.Options{Title: f.Title, Publisher: f.Publisher, URL: f.URL, Published: published, Stdin: a.in,
		Today: record.DayOf(demarche.SystemClock().Time().Date()),
		Warn:  func(path, message string) { a.note("%s: %s", brief.Plain(path), brief.Plain(message)) }}, err
}

// readingFlags say what becomes of what is read.
type readingFlags struct {
	DryRun  bool   `help:"Read and print, record nothing."`
	Later   bool   `help:"Record the documents and have demarche worker read them (a record in PostgreSQL)."`
	Out     string `placeholder:"DIR" help:"Write DIR/NAME.json with the claims of each document."`
	Actors  string `enum:"states,all" default:"states" help:"Whose acts are read: those of states and bodies, or all, rebels, courts and crowds among them."`
	Workers int    `placeholder:"N" help:"Documents read at the same time (default one a core)."`

	written map[string]bool // files of this reading
}

// file is where a document is written, each in a file of its own.
func (c *readingFlags) file(name string) string {
	if c.written == nil {
		c.written = map[string]bool{}
	}
	path := filepath.Join(c.Out, name+".json")
	for n := 2; c.written[path]; n++ {
		path = filepath.Join(c.Out, fmt.Sprintf("%s-%d.json", name, n))
	}
	c.written[path] = true
	return path
}

// readCmd reads documents into the record.
type readCmd struct {
	Paths []string `arg:"" name:"path" help:"Files, folders, or - for standard input: .txt, .md, .html, .pdf, .json, .jsonl, .eml, .mbox, .warc, also gzipped."`
	readingFlags
	sourceFlags
}

// Run reads.
func (c *readCmd) Run(a *app) error {
	opt, err := c.options(a)
	if err != nil {
		return err
	}
	d, err := c.desk(a)
	if err != nil {
		return err
	}
	bar := a.bar(c.Paths)
	opt.Read = bar.add
	sum, err := c.read(a, d, intake.Documents(a.ctx, c.Paths, opt), nil)
	bar.done()
	if err != nil {
		return err
	}
	return c.finish(a, "read", sum)
}

// desk checks the flags and opens the record or, for a dry run, one that is
// thrown away.
func (c *readingFlags) desk(a *app) (*demarche.Desk, error) {
	a.everyone = c.Actors == "all"
	if c.Workers < 0 {
		return nil, usage("--workers: %d is less than one", c.Workers)
	}
	if c.Workers == 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	if c.Out != "" {
		if err := os.MkdirAll(c.Out, 0o755); err != nil {
			return nil, &demarche.Error{Op: "read", Kind: demarche.Output, Err: err}
		}
	}
	if c.DryRun {
		return a.passingDesk()
	}
	return a.readingDesk()
}

func (c *readingFlags) read(a *app, d *demarche.Desk, docs iter.Seq2[record.Document, error], trust func(record.DocumentID) float64) (demarche.ReadSummary, error) {
	if c.Later && (c.DryRun || c.Out != "") {
		return demarche.ReadSummary{}, usage("--later reads nothing yet: it goes with neither --dry-run nor --out")
	}
	if c.Later {
		if err := a.later(d); err != nil {
			return demarche.ReadSummary{}, err
		}
	}
	return d.Read(a.ctx, docs, demarche.ReadOptions{Workers: c.Workers, DryRun: c.DryRun, Later: c.Later, Trust: trust,
		Each: func(r demarche.Reading) error { return c.each(a, r) }})
}

// each reports and writes what came of one document.
func (c *readingFlags) each(a *app, r demarche.Reading) error {
	if r.Err != nil {
		a.note("%s", brief.Plain(r.Err.Error()))
		return nil
	}
	doc := wire.FromRecord(&r.Document, r.Claims)
	if c.Out != "" {
		if err := writeDocument(c.file(r.Document.Name), doc); err != nil {
			return &demarche.Error{Op: "read", Kind: demarche.Output, Err: err}
		}
	}
	switch {
	case a.json:
		return wire.EncodeLine(a.out, doc)
	case c.DryRun && c.Out == "":
		return a.tellReading(doc)
	}
	return nil
}

// writeDocument writes a document's file whole or not at all.
func writeDocument(path string, doc *wire.Document) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".demarche-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	b := bufio.NewWriter(f)
	if err := errors.Join(wire.Encode(b, doc), b.Flush(), f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// tellReading prints the claims of a document for people.
func (a *app) tellReading(doc *wire.Document) error {
	alm, err := a.loadAlmanac()
	if err != nil {
		return err
	}
	words := brief.Words{Name: demarche.New(nil, nil, alm, nil).Label}
	fmt.Fprintf(a.out, "%s\n", brief.Plain(doc.Title))
	var tab table
	for i := range doc.Claims {
		c := &doc.Claims[i]
		core := c.Core()
		source := ""
		if c.Source != nil {
			source = "says " + words.Name(*c.Source)
		}
		tab.row(edtf(core.When), words.Claim(&core), fmt.Sprintf("%.2f", c.Confidence), source)
	}
	if len(doc.Claims) == 0 {
		tab.row("no claims")
	}
	if err := tab.write(a.out, "  "); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.out)
	return err
}

// finish tells what the reading did.
func (c *readingFlags) finish(a *app, verb string, sum demarche.ReadSummary) error {
	switch {
	case c.DryRun || sum.Documents == 0:
	case c.Later:
		a.note("%s taken in, %s new on record; demarche worker reads them", count(sum.Documents, "document"), count(sum.Added.Documents, "document"))
	default:
		a.note("%s read, %s found; new on record: %s, %s", count(sum.Documents, "document"), count(sum.Claims, "claim"),
			count(sum.Added.Documents, "document"), count(sum.Added.Claims, "claim"))
	}
	switch {
	case sum.Failed > 0 && sum.Documents == 0:
		return &demarche.Error{Op: verb, Kind: demarche.Input, Err: errorf("nothing could be read")}
	case sum.Failed > 0:
		return &demarche.Error{Op: verb, Kind: demarche.Input, Err: fmt.Errorf("%s could not be read; the others were", count(sum.Failed, "document"))}
	case sum.Documents == 0:
		return &demarche.Error{Op: verb, Kind: demarche.Input, Err: errors.New("there is no document in what was named")}
	}
	return nil
}

// bar is a progress bar on a terminal, and nothing elsewhere.
type bar struct {
	progress *mpb.Progress
	bar      *mpb.Bar
}

func (a *app) bar(paths []string) *bar {
	f, ok := a.warn.(*os.File)
	if !ok || a.json {
		return &bar{}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &bar{}
	}
	var total int64
	for src, err := range intake.Find(paths) {
		if err == nil {
			total += src.Size
		}
	}
	p := mpb.NewWithContext(a.ctx, mpb.WithOutput(f))
	return &bar{progress: p, bar: p.AddBar(total, mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.CountersKibiByte("% .1f / % .1f")),
		mpb.AppendDecorators(decor.AverageETA(decor.ET_STYLE_GO)))}
}

func (b *bar) add(n int) {
	if b.bar != nil {
		b.bar.IncrBy(n)
	}
}

func (b *bar) done() {
	if b.bar != nil {
		b.bar.SetTotal(-1, true)
		b.progress.Wait()
	}
}

// documents reads documents for verbs that need no record; one that cannot be
// read is told and makes the verb fail in the end.
func (a *app) documents(ctx context.Context, paths []string, opt intake.Options) (iter.Seq[record.Document], func() error) {
	failed := 0
	seq := func(yield func(record.Document) bool) {
		for doc, err := range intake.Documents(ctx, paths, opt) {
			if err != nil {
				failed++
				a.note("%s", brief.Plain(err.Error()))
				continue
			}
			if !yield(doc) {
				return
			}
		}
	}
	return seq, func() error {
		if failed > 0 {
			return &demarche.Error{Kind: demarche.Input, Err: fmt.Errorf("%s could not be read; the others were", count(failed, "document"))}
		}
		return nil
	}
}

// create makes the file that a verb writes to, or gives standard output for "".
func (a *app) create(path string) (io.Writer, func() error, error) {
	if path == "" || path == "-" {
		return a.out, func() error { return nil }, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, nil, &demarche.Error{Kind: demarche.Output, Err: err}
	}
	return f, func() error {
		if err := f.Close(); err != nil {
			return &demarche.Error{Kind: demarche.Output, Err: err}
		}
		return nil
	}, nil
}
