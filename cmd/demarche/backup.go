package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"demarche"
	"demarche/brief"
)

// exportCmd writes the whole record as one stream.
type exportCmd struct {
	Out string `short:"o" placeholder:"FILE" help:"Write to a file, gzipped where its name ends in .gz, instead of standard output. It is there whole or not at all."`
}

// Run writes.
func (c *exportCmd) Run(a *app) error {
	d, err := a.desk()
	if err != nil {
		return err
	}
	if c.Out == "" || c.Out == "-" {
		b := bufio.NewWriterSize(a.out, 1<<16)
		counts, err := d.Export(a.ctx, b)
		return a.exported(counts, errors.Join(err, b.Flush()))
	}
	counts, err := c.file(a, d)
	return a.exported(counts, err)
}

// file writes a file of another name and gives it its own once it is whole and
// on the disk.
func (c *exportCmd) file(a *app, d *demarche.Desk) (counts demarche.Counts, err error) {
	f, err := os.CreateTemp(filepath.Dir(c.Out), ".demarche-*")
	if err != nil {
		return counts, &demarche.Error{Op: "export", Kind: demarche.Output, Err: err}
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	var w io.Writer = f
	zip := gzip.NewWriter(f)
	if strings.HasSuffix(strings.ToLower(c.Out), ".gz") {
		w = zip
	}
	b := bufio.NewWriterSize(w, 1<<16)
	if counts, err = d.Export(a.ctx, b); err != nil {
		return counts, err
	}
	err = b.Flush()
	if w == zip {
		err = errors.Join(err, zip.Close())
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), c.Out)
	}
	if err != nil {
		err = &demarche.Error{Op: "export", Kind: demarche.Output, Err: err}
	}
	return counts, err
}

func (a *app) exported(n demarche.Counts, err error) error {
	if err == nil {
		a.note("exported %s", countsOf(n))
	}
	return err
}

func countsOf(n demarche.Counts) string {
	return fmt.Sprintf("%s, %s, %s", count(n.Documents, "document"), count(n.Claims, "claim"), count(n.Decisions, "decision"))
}

// importCmd adds an exported record to the record.
type importCmd struct {
	File string `arg:"" help:"What export wrote, gzipped or not; - for standard input."`
}

// Run checks the stream and adds what is new.
func (c *importCmd) Run(a *app) error {
	path := c.File
	if path == "-" {
		var err error
		if path, err = a.spooled(); err != nil {
			return err
		}
		defer os.Remove(path)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return &demarche.Error{Op: "import", Kind: demarche.Unknown, Err: err}
	}
	d, err := a.readingDesk()
	if err != nil {
		return err
	}
	in, err := d.Import(a.ctx, func() (io.ReadCloser, error) { return unzipped(path) })
	if err != nil {
		return err
	}
	since := ""
	if !in.Restored {
		since = "; this record had others and knows them from now on"
	}
	a.note("imported %s; new on record: %s%s", countsOf(in.Read), countsOf(in.Added), since)
	return nil
}

// spooled puts standard input into a file, since a stream is read twice.
func (a *app) spooled() (string, error) {
	f, err := os.CreateTemp("", "demarche-import-*")
	if err == nil {
		_, err = io.Copy(f, a.in)
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(f.Name())
		}
	}
	if err != nil {
		return "", &demarche.Error{Op: "import", Kind: demarche.Output, Err: errorf("standard input is kept in a file first: %w", err)}
	}
	return f.Name(), nil
}

// unzipped opens a file, gzipped or not.
func unzipped(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	b := bufio.NewReaderSize(f, 1<<16)
	if start, _ := b.Peek(2); !bytes.Equal(start, []byte{0x1f, 0x8b}) {
		return opened{b, f}, nil
	}
	z, err := gzip.NewReader(b)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return opened{z, f}, nil
}

// opened is a file that is read through another reader.
type opened struct {
	io.Reader
	io.Closer
}

// checkCmd verifies the record.
type checkCmd struct{}

// Run checks and prints what it finds, a line each, and what it looked at.
func (c *checkCmd) Run(a *app) error {
	d, err := a.desk()
	if err != nil {
		return err
	}
	flaws := []flawJSON{}
	sum, err := d.Check(a.ctx, func(f demarche.Flaw) error {
		if a.json {
			flaws = append(flaws, flawJSON(f))
			return nil
		}
		_, err := fmt.Fprintf(a.out, "%s: %s\n", brief.Plain(strings.TrimSpace(f.What+" "+f.ID)), brief.Plain(f.Why))
		return err
	})
	if err != nil {
		return err
	}
	if a.json {
		err = printJSON(a.out, checkedJSON{sum.Documents, sum.Claims, sum.Decisions, sum.Citations, sum.Spans, flaws})
	} else {
		_, err = fmt.Fprintf(a.out, "checked %s, %s, %s: %s\n", countsOf(sum.Counts), count(sum.Citations, "citation"), count(sum.Spans, "span"), count(sum.Flaws, "flaw"))
	}
	if err == nil && sum.Flaws > 0 {
		err = &demarche.Error{Op: "check", Kind: demarche.Finding, Err: errorf("the record has %s; restore it from an export that has none", count(sum.Flaws, "flaw"))}
	}
	return err
}

type flawJSON struct {
	What string `json:"what"`
	ID   string `json:"id,omitempty"`
	Why  string `json:"why"`
}

type checkedJSON struct {
	Documents int        `json:"documents"`
	Claims    int        `json:"claims"`
	Decisions int        `json:"decisions"`
	Citations int        `json:"citations"`
	Spans     int        `json:"spans"`
	Flaws     []flawJSON `json:"flaws"`
}
