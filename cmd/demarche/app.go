package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"demarche"
	"demarche/almanac"
	"demarche/reader"
	"demarche/record"
	"demarche/store"
	"demarche/store/postgres"
	"demarche/store/sqlite"
)

// errShown is the error of a verb that has told its user what was wrong; what
// wraps it gives the exit code.
var errShown = errors.New("shown")

// app is one run of the command: its streams and settings, and the desk once a
// verb has asked for it.
type app struct {
	ctx    context.Context
	in     io.Reader
	out    *output
	warn   io.Writer
	getenv func(string) string

	record string // the record file, "" for the default
	json   bool

	everyone bool // acts of others than states and bodies are read too

	almanac *almanac.Almanac
	store   store.Store
}

// close closes the record and reports what could not be written to standard
// output.
func (a *app) close() error {
	var err error
	if a.store != nil {
		err = demarche.StoreError("", a.store.Close())
	}
	if a.out.err != nil {
		return &demarche.Error{Kind: demarche.Output, Err: fmt.Errorf("standard output: %w", a.out.err)}
	}
	return err
}

// desk opens the record for questions.
func (a *app) desk() (*demarche.Desk, error) {
	path, err := a.recordPath()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && !postgres.IsAddress(path) {
		return nil, &demarche.Error{Kind: demarche.Unknown, Err: fmt.Errorf("there is no record at %s yet; demarche read PATH makes one", path)}
	}
	return a.open(path, nil)
}

// readingDesk opens the record, making it where there is none, with a reader.
func (a *app) readingDesk() (*demarche.Desk, error) {
	path, err := a.recordPath()
	if err != nil {
		return nil, err
	}
	if postgres.IsAddress(path) {
		return a.openReading(path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, &demarche.Error{Kind: demarche.Output, Err: fmt.Errorf("the folder of the record: %w", err)}
	}
	return a.openReading(path)
}

// passingDesk has a record of its own, with a reader, that is thrown away.
func (a *app) passingDesk() (*demarche.Desk, error) { return a.openReading(":memory:") }

func (a *app) openReading(path string) (*demarche.Desk, error) {
	r, err := a.reader()
	if err != nil {
		return nil, err
	}
	return a.open(path, r)
}

func (a *app) open(path string, r demarche.Reader) (*demarche.Desk, error) {
	alm, err := a.loadAlmanac()
	if err != nil {
		return nil, err
	}
	s, err := a.openStore(path)
	if err != nil {
		return nil, err
	}
	a.store = s
	return demarche.New(s, r, alm, demarche.SystemClock), nil
}

// openStore opens the record: one place chooses the store, by the record's name.
func (a *app) openStore(path string) (store.Store, error) {
	if postgres.IsAddress(path) {
		s, err := postgres.Open(a.ctx, path, demarche.SystemClock)
		if err != nil {
			return nil, demarche.StoreError("record", err)
		}
		return s, nil
	}
	s, err := sqlite.Open(path, demarche.SystemClock)
	if err != nil {
		return nil, demarche.StoreError("record "+path, err)
	}
	return s, nil
}

// besideRecord is the path that the files beside the record are named after: its
// own or, for a record in a database, one in the user's data folder.
func (a *app) besideRecord() (string, error) {
	path, err := a.recordPath()
	if err != nil || !postgres.IsAddress(path) {
		return path, err
	}
	own, err := defaultRecord(a.getenv)
	if err != nil {
		return "", &demarche.Error{Kind: demarche.Usage, Err: err}
	}
	return filepath.Join(filepath.Dir(own), fmt.Sprintf("postgres-%.8x.db", sha256.Sum256([]byte(path)))), nil
}

func (a *app) recordPath() (string, error) {
	if a.record != "" {
		return a.record, nil
	}
	path, err := defaultRecord(a.getenv)
	if err != nil {
		return "", &demarche.Error{Kind: demarche.Usage, Err: err}
	}
	return path, nil
}

func (a *app) loadAlmanac() (*almanac.Almanac, error) {
	if a.almanac != nil {
		return a.almanac, nil
	}
	alm, err := almanac.Load()
	a.almanac = alm
	return alm, err
}

// reader makes the reader that the program has.
func (a *app) reader() (demarche.Reader, error) {
	alm, err := a.loadAlmanac()
	if err != nil {
		return nil, err
	}
	r, err := reader.New(alm)
	if err != nil {
		return nil, err
	}
	if a.everyone {
		r = r.Everyone()
	}
	return claimReader{r}, nil
}

// claimReader is a reader as a desk takes it.
type claimReader struct{ *reader.Reader }

// Read gives the claims of a document.
func (r claimReader) Read(d record.Document) []record.Claim { return r.Reader.Read(d).Claims }

// Version names the reader.
func (claimReader) Version() string { return reader.Version }

// note writes a line of warning or progress for people.
func (a *app) note(format string, args ...any) {
	fmt.Fprintf(a.warn, "demarche: "+format+"\n", args...)
}
