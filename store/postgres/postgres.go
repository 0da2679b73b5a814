// Package postgres keeps a record in PostgreSQL (15 or newer) for a team: the
// three logs as they came, and indexes that can be rebuilt from them, all in the
// schema "demarche" of the database. Every Append and Decide is one transaction;
// writers take turns, so that the places in the logs are in the order in which
// they were committed. What is recorded is told to who listens on the channel
// "demarche".
package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"demarche/record"
	"demarche/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	schema  = "demarche"
	channel = "demarche"
	// wait is how long a writer waits for another before it gives up.
	wait = 10 * time.Second
)

// Store is a record in a PostgreSQL database. It implements store.Store.
type Store struct {
	where   string // the database without its password
	clock   record.Clock
	pool    *pgxpool.Pool
	enqueue Enqueue
	// kept is replaced with every new connection: it may lead to another server,
	// which took the place of the former and lacks what that recorded last.
	kept atomic.Pointer[kept]
}

// kept is what is known of the database.
type kept struct {
	names     sync.Map // the numbers of names: string to int64
	months    sync.Map // months that have their partitions
	decisions store.Decisions
}

// Enqueue is called within the transaction of an Append, for the documents that
// it adds: what it does happens if they are recorded, and only then.
type Enqueue func(ctx context.Context, tx pgx.Tx, added []record.DocumentID) error

// IsAddress reports whether the name of a record is the address of a PostgreSQL
// database.
func IsAddress(record string) bool {
	return strings.HasPrefix(record, "postgres://") || strings.HasPrefix(record, "postgresql://")
}

// Open opens the record in the database at a postgres:// address, or makes one
// there. Record times come from the clock. An error is store.ErrNewer or
// store.ErrBusy, or says why the database cannot be reached.
func Open(ctx context.Context, address string, clock record.Clock) (*Store, error) {
	s := &Store{where: redacted(address), clock: clock}
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("%s is no address of a database (%w); write postgres://USER@HOST/DATABASE", s.where, errors.Unwrap(err))
	}
	for k, v := range map[string]string{
		"search_path": schema, "timezone": "UTC", "lock_timeout": fmt.Sprint(wait.Milliseconds()), "jit": "off",
		// Questions look up few rows in large tables.
		"enable_hashjoin": "off", "enable_mergejoin": "off", "application_name": "demarche",
	} {
		config.ConnConfig.RuntimeParams[k] = v
	}
	config.AfterConnect = func(context.Context, *pgx.Conn) error {
		s.kept.Store(new(kept))
		return nil
	}
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		s.pool.Close()
		return nil, s.fail(err)
	}
	return s, nil
}

// redacted is an address without its password, for messages.
func redacted(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the address of the record"
	}
	u.RawQuery = ""
	return u.Redacted()
}

// OnAppend has an Append enqueue work for the documents that it adds. It is called
// before the store is used.
func (s *Store) OnAppend(e Enqueue) { s.enqueue = e }

// Pool gives the connections to the database, for what stands in it beside the
// record.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Alone runs do while no other process does, of all that ask for it here: to make
// tables of its own.
func (s *Store) Alone(ctx context.Context, do func() error) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", alone); err != nil {
			return err
		}
		return do()
	})
}

// alone is the number of the lock of Alone: "dmch".
const alone = 0x646d6368

// migrate brings the schema to the newest version that this program knows. A
// replica is only looked at.
func (s *Store) migrate(ctx context.Context) error {
	var replica, there bool
	if err := s.pool.QueryRow(ctx, "SELECT pg_is_in_recovery(), to_regclass('demarche.goose_db_version') IS NOT NULL").Scan(&replica, &there); err != nil {
		return err
	}
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	if !there {
		if replica {
			return fmt.Errorf("%s is a replica and has no record; open the primary once", s.where)
		}
		if _, err := s.pool.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS demarche"); err != nil && !raced(err) {
			return err
		}
	}
	db := stdlib.OpenDBFromPool(s.pool)
	defer db.Close()
	p, err := goose.NewProvider(goose.DialectPostgres, db, sub, goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	sources := p.ListSources()
	newest := sources[len(sources)-1].Version
	if there {
		var have int64
		if err := s.pool.QueryRow(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&have); err != nil {
			return err
		}
		switch {
		case have > newest:
			return fmt.Errorf("%w: %s has version %d, this program knows up to %d; use a newer demarche", store.ErrNewer, s.where, have, newest)
		case have == newest:
			return nil
		case replica:
			return fmt.Errorf("%s is a replica of a record of version %d; open the primary once to bring it to %d", s.where, have, newest)
		}
	}
	_, err = p.Up(ctx)
	return err
}

// raced reports whether another made the schema at the same time.
func raced(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "23505" || e.Code == "42P06")
}

// Close closes the record.
func (s *Store) Close() error {
	s.pool.Close()
	return nil
}

// fail gives an error of PostgreSQL the name that a store has for it.
func (s *Store) fail(err error) error {
	var e *pgconn.PgError
	var connect *pgconn.ConnectError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &connect):
		return fmt.Errorf("%w: %s cannot be reached (%s); check the address, and that the server runs", store.ErrBusy, s.where, firstLine(errors.Unwrap(connect)))
	case lost(err):
		return fmt.Errorf("%w: %s went away (%s); try again when the server runs", store.ErrBusy, s.where, firstLine(err))
	case !errors.As(err, &e):
		return err
	}
	switch {
	case e.Code == "55P03" || e.Code == "40P01":
		return fmt.Errorf("%w: others have been writing to %s for over %s; try again when they are done", store.ErrBusy, s.where, wait)
	case e.Code == "53100":
		return fmt.Errorf("%w: nothing of this batch is recorded in %s; make room on the server and run the same again", store.ErrFull, s.where)
	case e.Code == "25006":
		return fmt.Errorf("%s is a replica and takes no writing; name the primary with --record", s.where)
	case e.Code == "42501":
		return fmt.Errorf("%s: this user may not do that (%s); ask for the rights on schema demarche", s.where, e.Message)
	}
	return err
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(fmt.Sprint(err), "\n")
	return line
}

// Await waits until something has been recorded, by whatever process, or ctx is
// done. What was recorded before it began to listen it does not tell of: look
// again each time that it returns, and once before.
func (s *Store) Await(ctx context.Context) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return s.fail(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return s.fail(err)
	}
	_, err = conn.Conn().WaitForNotification(ctx)
	if ctx.Err() == nil {
		_, _ = conn.Exec(ctx, "UNLISTEN "+channel) // an error closes the connection, which does the same
	}
	return err
}

// again runs do, which may be run twice, until it does not fail for a connection
// that died with its server, or for a server that is being started; it waits no
// longer than wait.
func (s *Store) again(ctx context.Context, do func() error) error {
	const pause = 100 * time.Millisecond
	for end := time.Now().Add(wait); ; {
		err := do()
		if err == nil || ctx.Err() != nil || !lost(err) || time.Now().After(end) {
			return err
		}
		s.pool.Reset() // the other connections died with it
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// lost reports whether an error says that a server went away, or is coming.
func lost(err error) bool {
	var e *pgconn.PgError
	var connect *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &e) {
		return e.Code == "57P01" || e.Code == "57P02" || e.Code == "57P03"
	}
	return errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err) || errors.Is(err, pgconn.ErrConnClosed) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// transaction runs do, all of it or nothing, and tells of it; do may be run again,
// also after it was done and the server died before it said so. It holds the row
// of heads, so that one writes at a time.
func (s *Store) transaction(ctx context.Context, do func(pgx.Tx, *heads) error) error {
	return s.again(ctx, func() error { return s.once(ctx, do) })
}

func (s *Store) once(ctx context.Context, do func(pgx.Tx, *heads) error) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var h heads
		var ends [3]time.Time
		err := tx.QueryRow(ctx, "SELECT documents, claims, decisions, passages, document_recorded, claim_recorded, decision_recorded FROM heads FOR UPDATE").
			Scan(&h.documents, &h.claims, &h.decisions, &h.passages, &ends[0], &ends[1], &ends[2])
		if err != nil {
			return err
		}
		h.ends = store.Ends{Document: record.At(ends[0]), Claim: record.At(ends[1]), Decision: record.At(ends[2])}
		if err := do(tx, &h); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE heads SET documents = $1, claims = $2, decisions = $3, passages = $4, document_recorded = $5, claim_recorded = $6, decision_recorded = $7",
			h.documents, h.claims, h.decisions, h.passages, stamp(h.ends.Document), stamp(h.ends.Claim), stamp(h.ends.Decision)); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "NOTIFY "+channel)
		return err
	})
}

// heads are the last places given out, and the record times of these.
type heads struct {
	documents, claims, decisions, passages int64
	ends                                   store.Ends
}
