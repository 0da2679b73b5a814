// Package sqlite keeps a record in one SQLite file: the three logs as they came,
// and indexes that can be rebuilt from them. Readers and one writer work side by
// side (write-ahead log); every Append and Decide is one transaction, so that a
// kill at any moment leaves a record that opens and has all of it or nothing. What
// was acknowledged is on the disk.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/pressly/goose/v3"
	moderncsqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"demarche/record"
	"demarche/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks the file as a record: "dmch".
const applicationID = 0x646d6368

// wait is how long a writer waits for another before it gives up.
const wait = 10 * time.Second

// Store is a record in a SQLite file. It implements store.Store.
type Store struct {
	path      string
	clock     record.Clock
	read      *sql.DB  // several connections
	write     *sql.DB  // one
	readers   *readers // nil in memory
	names     sync.Map // the numbers of names: string to int64
	decisions store.Decisions
	filed     filedDocuments
	// writing is held over an Append or a Decide: one connection in memory is
	// shared with the readers.
	writing sync.Mutex
	decoded *decoded
}

// Open opens the record at a path, or makes one there; ":memory:" is a record of
// its own that is gone when it is closed. Record times come from the clock. An
// error is store.ErrNotRecord, store.ErrNewer, store.ErrBusy or store.ErrFull,
// or of the file system.
func Open(path string, clock record.Clock) (*Store, error) {
	s := &Store{path: path, clock: clock, decoded: newDecoded()}
	if err := s.check(); err != nil {
		return nil, err
	}
	var err error
	if s.write, err = sql.Open("sqlite", dsn(path, "immediate")); err != nil {
		return nil, err
	}
	s.write.SetMaxOpenConns(1)
	s.read = s.write
	if err := s.migrateTogether(); err != nil {
		s.write.Close()
		return nil, s.fail(err)
	}
	if path != ":memory:" {
		if s.read, err = sql.Open("sqlite", dsn(path, "deferred")); err != nil {
			return nil, err
		}
		s.read.SetMaxOpenConns(mostReaders + 2)
		s.readers = newReaders(s.read)
	}
	return s, nil
}

// dsn gives a connection its settings. Foreign texts cannot reach the file
// system through it: extensions are not loaded.
func dsn(path, lock string) string {
	q := url.Values{"_txlock": {lock}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds()), "journal_mode(wal)", "synchronous(full)", "foreign_keys(1)",
		"cache_size(-65536)", "mmap_size(2147418112)", "trusted_schema(0)",
	}}
	if path == ":memory:" {
		return "file::memory:?" + q.Encode()
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// check refuses a file that is no SQLite file before it is opened for writing.
func (s *Store) check() error {
	if s.path == ":memory:" {
		return nil
	}
	f, err := os.Open(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%w: %s is a folder; name a file", store.ErrNotRecord, s.path)
	case info.Size() == 0:
		return nil
	}
	head := make([]byte, 72)
	if n, _ := f.Read(head); n < len(head) || string(head[:16]) != "SQLite format 3\x00" {
		return s.notRecord()
	}
	if id := uint32(head[68])<<24 | uint32(head[69])<<16 | uint32(head[70])<<8 | uint32(head[71]); id != applicationID && id != 0 {
		return s.notRecord()
	}
	return nil
}

func (s *Store) notRecord() error {
	return fmt.Errorf("%w: %s is another kind of file, or is damaged; name the record with --record, or a new file", store.ErrNotRecord, s.path)
}

// migrateTogether migrates and, where another process that makes the same record
// came in between, looks again: a migration that failed has left nothing, and
// SQLite does not wait for a change of the journal mode.
func (s *Store) migrateTogether() error {
	const pause = 20 * time.Millisecond
	for end := time.Now().Add(wait); ; time.Sleep(pause) {
		err := s.migrate()
		var e *moderncsqlite.Error
		if err == nil || !errors.As(err, &e) {
			return err
		}
		switch code := e.Code() & 0xff; {
		case code != sqlite3.SQLITE_ERROR && code != sqlite3.SQLITE_BUSY:
			return err
		case time.Now().Before(end):
		case code == sqlite3.SQLITE_ERROR: // the version cannot be read, or what it says of the tables is not so
			return fmt.Errorf("%w: %s is damaged (%v); restore it from a copy", store.ErrNotRecord, s.path, e)
		default:
			return err
		}
	}
}

// migrate brings the file to the newest version that this program knows.
func (s *Store) migrate() error {
	ctx := context.Background()
	var id, tables int
	if err := s.write.QueryRow("PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if err := s.write.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if id != applicationID && tables > 0 {
		return s.notRecord()
	}
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.write, sub)
	if err != nil {
		return err
	}
	if tables > 0 {
		have, err := p.GetDBVersion(ctx)
		if err != nil {
			return err
		}
		sources := p.ListSources()
		switch newest := sources[len(sources)-1].Version; {
		case have > newest:
			return fmt.Errorf("%w: %s has version %d, this program knows up to %d; use a newer demarche", store.ErrNewer, s.path, have, newest)
		case have == newest:
			return nil
		}
	}
	// The mark comes first: a kill between the two leaves a record still to be
	// migrated, not tables that nobody owns.
	if _, err := s.write.Exec(fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// Close closes the record.
func (s *Store) Close() error {
	if s.read == s.write {
		return s.write.Close()
	}
	s.readers.close()
	return errors.Join(s.read.Close(), s.write.Close())
}

// fail gives an error of SQLite the name that a store has for it.
func (s *Store) fail(err error) error {
	var e *moderncsqlite.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%w: another process has been writing to %s for over %s; try again when it is done", store.ErrBusy, s.path, wait)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: nothing of this batch is recorded in %s; make room and run the same again", store.ErrFull, s.path)
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: %s is damaged or no record (%v); restore it from a copy", store.ErrNotRecord, s.path, e)
	case sqlite3.SQLITE_IOERR:
		if strings.Contains(e.Error(), "disk") {
			return fmt.Errorf("%w: writing %s failed (%v)", store.ErrFull, s.path, e)
		}
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("%s cannot be written or opened (%v); check the folder and its permissions", s.path, e)
	}
	return err
}

// micros is a record time as the tables have it.
func micros(t record.RecordTime) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Time().UnixMicro()
}

func recordTime(us int64) record.RecordTime {
	if us == 0 {
		return record.RecordTime{}
	}
	return record.At(time.UnixMicro(us))
}
