// Package queue has documents read by workers on any number of machines: the jobs
// stand in the database of the record (River) and are enqueued in the transaction
// that stores the document, so that neither is there without the other. A job is
// one document for one version of the reader. One that fails is tried again, a
// few times, later each time; then it is dead, and is kept until a person looks
// at it and releases it.
package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"demarche/record"
	"demarche/store/postgres"
)

// job asks for one document to be read by one version of the reader.
type job struct {
	Document record.DocumentID `json:"document"`
	Reader   string            `json:"reader"`
}

// Kind names the job in the database.
func (job) Kind() string { return "read" }

// InsertOpts has a job stand in the queue once.
func (job) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: attempts, UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

// attempts is how often a document is tried before its job is dead.
const attempts = 5

// Queue is the queue of a record.
type Queue struct {
	store  *postgres.Store
	client *river.Client[pgx.Tx] // only to insert and to look
	log    *slog.Logger
}

// Open opens the queue of a record and makes its tables where there are none.
func Open(ctx context.Context, s *postgres.Store, log *slog.Logger) (*Queue, error) {
	driver := riverpgxv5.New(s.Pool())
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: log})
	if err != nil {
		return nil, err
	}
	missing, err := m.Validate(ctx, nil)
	if err != nil {
		return nil, err
	}
	if !missing.OK {
		if err := s.Alone(ctx, func() error { _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); return err }); err != nil {
			return nil, err
		}
	}
	client, err := river.NewClient(driver, &river.Config{Logger: log})
	if err != nil {
		return nil, err
	}
	return &Queue{s, client, log}, nil
}

// Enqueue gives what a store calls to have added documents read by a version of
// the reader (see postgres.Store.OnAppend).
func (q *Queue) Enqueue(reader string) postgres.Enqueue {
	return func(ctx context.Context, tx pgx.Tx, added []record.DocumentID) error {
		var jobs []river.InsertManyParams
		for _, id := range added {
			jobs = append(jobs, river.InsertManyParams{Args: job{id, reader}})
		}
		_, err := q.client.InsertManyTx(ctx, tx, jobs)
		return err
	}
}

// Options say how a worker works.
type Options struct {
	Jobs int // documents read at the same time
	// Timeout is how long one document may take, and after how long a job of a
	// worker that is gone is given to another.
	Timeout time.Duration
	// Drain stops once nothing waits and nothing is being read.
	Drain bool
	// Read reads a document that is on record.
	Read func(context.Context, record.DocumentID) error
}

// reading is the worker's side of a job.
type reading struct {
	river.WorkerDefaults[job]
	read func(context.Context, record.DocumentID) error
}

// Work reads the document of a job.
func (r *reading) Work(ctx context.Context, j *river.Job[job]) error {
	return r.read(ctx, j.Args.Document)
}

// Work reads documents until ctx is done or, with Drain, nothing is left to do.
// Documents that are being read then are read to their end.
func (q *Queue) Work(ctx context.Context, opt Options) error {
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &reading{read: opt.Read}); err != nil {
		return err
	}
	const forever = -1
	client, err := river.NewClient(riverpgxv5.New(q.store.Pool()), &river.Config{
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: opt.Jobs}}, Workers: workers, Logger: q.log,
		JobTimeout: opt.Timeout, RescueStuckJobsAfter: opt.Timeout, DiscardedJobRetentionPeriod: forever,
	})
	if err != nil {
		return err
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	waited := q.wait(ctx, opt.Drain)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), opt.Timeout)
	defer cancel()
	return errors.Join(waited, client.Stop(stopping))
}

// wait returns when ctx is done or, to drain, nothing is left to do.
func (q *Queue) wait(ctx context.Context, drain bool) error {
	const look = 500 * time.Millisecond
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(look):
		}
		if !drain {
			continue
		}
		if c, err := q.Counts(ctx); err == nil && c.Waiting+c.Reading == 0 { // a database that is away for a while comes back
			return nil
		}
	}
}

// Counts are the jobs of a queue: waiting, also for another try; being read; read,
// of the last day; and dead.
type Counts struct{ Waiting, Reading, Read, Dead int }

// Counts counts.
func (q *Queue) Counts(ctx context.Context) (c Counts, err error) {
	err = q.store.Pool().QueryRow(ctx, `SELECT count(*) FILTER (WHERE state IN ('available', 'pending', 'retryable', 'scheduled')), count(*) FILTER (WHERE state = 'running'),
		count(*) FILTER (WHERE state = 'completed'), count(*) FILTER (WHERE state IN ('discarded', 'cancelled')) FROM river_job WHERE kind = $1`, job{}.Kind()).
		Scan(&c.Waiting, &c.Reading, &c.Read, &c.Dead)
	return c, err
}

// Dead is a job that was tried too often.
type Dead struct {
	ID       int64
	Document record.DocumentID
	Reader   string
	Tries    int
	Last     time.Time
	Why      string // of the last try
}

// Dead lists up to n dead jobs, the oldest first.
func (q *Queue) Dead(ctx context.Context, n int) ([]Dead, error) {
	rows, err := q.store.Pool().Query(ctx, `SELECT id, args ->> 'document', args ->> 'reader', attempt, coalesce(finalized_at, created_at), coalesce(errors[array_upper(errors, 1)] ->> 'error', '')
		FROM river_job WHERE kind = $1 AND state IN ('discarded', 'cancelled') ORDER BY id LIMIT $2`, job{}.Kind(), n)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (d Dead, err error) {
		err = row.Scan(&d.ID, &d.Document, &d.Reader, &d.Tries, &d.Last, &d.Why)
		return d, err
	})
}

// ErrNoJob: there is no dead job of that number.
var ErrNoJob = errors.New("no such dead job")

// Release has a dead job tried again.
func (q *Queue) Release(ctx context.Context, id int64) error {
	j, err := q.client.JobGet(ctx, id)
	if errors.Is(err, rivertype.ErrNotFound) || err == nil && j.State != rivertype.JobStateDiscarded && j.State != rivertype.JobStateCancelled {
		return fmt.Errorf("%w: %d", ErrNoJob, id)
	}
	if err == nil {
		_, err = q.client.JobRetry(ctx, id)
	}
	return err
}
