package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"demarche"
	"demarche/brief"
	"demarche/queue"
	"demarche/record"
	"demarche/store/postgres"
)

// workerCmd reads documents that wait in the queue of a record in PostgreSQL.
type workerCmd struct {
	Jobs    int           `placeholder:"N" help:"Documents read at the same time (default one a core)."`
	Drain   bool          `help:"Stop once nothing is left to read."`
	Timeout time.Duration `default:"10m" help:"How long one document may take; after so long the work of a worker that is gone is done by another."`
}

// Run works until it is interrupted.
func (c *workerCmd) Run(a *app) error {
	if c.Jobs < 0 || c.Timeout < time.Second {
		return usage("--jobs is at least 1 and --timeout at least 1s")
	}
	if c.Jobs == 0 {
		c.Jobs = runtime.GOMAXPROCS(0)
	}
	d, err := a.readingDesk()
	if err != nil {
		return err
	}
	q, err := a.queue("worker")
	if err != nil {
		return err
	}
	read := func(ctx context.Context, id record.DocumentID) error {
		r, err := d.ReadRecorded(ctx, id)
		return errors.Join(err, r.Err)
	}
	return queueError("worker", q.Work(a.ctx, queue.Options{Jobs: c.Jobs, Timeout: c.Timeout, Drain: c.Drain, Read: read}))
}

// queue opens the queue of the record that is open.
func (a *app) queue(op string) (*queue.Queue, error) {
	s, ok := a.store.(*postgres.Store)
	if !ok {
		return nil, usage("%s needs a record in PostgreSQL (--record postgres://...); a record in a file is read by demarche read", op)
	}
	q, err := queue.Open(a.ctx, s, slog.New(slog.NewTextHandler(a.warn, &slog.HandlerOptions{Level: slog.LevelError})))
	return q, queueError(op, err)
}

func queueError(op string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, queue.ErrNoJob):
		return &demarche.Error{Op: op, Kind: demarche.Unknown, Err: err}
	}
	return &demarche.Error{Op: op, Kind: demarche.Internal, Err: err}
}

// later has the documents that are recorded from now on read by workers.
func (a *app) later(d *demarche.Desk) error {
	q, err := a.queue("read --later")
	if err != nil {
		return err
	}
	a.store.(*postgres.Store).OnAppend(q.Enqueue(d.ReaderVersion()))
	return nil
}

// jobsCmd shows what waits to be read, and releases what failed too often.
type jobsCmd struct {
	Release []int64 `placeholder:"ID" help:"Have these dead jobs tried again."`
	All     bool    `help:"Release all that are listed."`
	Limit   int     `default:"100" help:"List so many dead jobs."`
}

// Run counts, lists and releases.
func (c *jobsCmd) Run(a *app) error {
	if _, err := a.desk(); err != nil {
		return err
	}
	q, err := a.queue("jobs")
	if err != nil {
		return err
	}
	dead, err := q.Dead(a.ctx, c.Limit)
	if err != nil {
		return queueError("jobs", err)
	}
	if c.All {
		for _, j := range dead {
			c.Release = append(c.Release, j.ID)
		}
	}
	for _, id := range c.Release {
		if err := q.Release(a.ctx, id); err != nil {
			return queueError("jobs", err)
		}
		a.note("job %d will be tried again", id)
	}
	if len(c.Release) > 0 {
		return nil
	}
	counts, err := q.Counts(a.ctx)
	if err != nil {
		return queueError("jobs", err)
	}
	return a.tellJobs(counts, dead)
}

type jobsJSON struct {
	Waiting int       `json:"waiting"`
	Reading int       `json:"reading"`
	Read    int       `json:"read"`
	Dead    int       `json:"dead"`
	Jobs    []jobJSON `json:"jobs"`
}

type jobJSON struct {
	ID       int64     `json:"id"`
	Document string    `json:"document"`
	Reader   string    `json:"reader"`
	Tries    int       `json:"tries"`
	Last     time.Time `json:"last"`
	Why      string    `json:"why"`
}

func (a *app) tellJobs(c queue.Counts, dead []queue.Dead) error {
	if a.json {
		return printJSON(a.out, jobsJSON{c.Waiting, c.Reading, c.Read, c.Dead, list(dead, func(j queue.Dead) jobJSON {
			return jobJSON{j.ID, string(j.Document), j.Reader, j.Tries, j.Last.UTC(), j.Why}
		})})
	}
	fmt.Fprintf(a.out, "waiting %d, being read %d, read in the last day %d, dead %d\n", c.Waiting, c.Reading, c.Read, c.Dead)
	var tab table
	for _, j := range dead {
		tab.row(fmt.Sprint(j.ID), string(j.Document[:min(12, len(j.Document))]), fmt.Sprint(j.Tries, " tries"), j.Last.UTC().Format(time.DateTime), brief.Plain(j.Why))
	}
	return tab.write(a.out, "  ")
}
