package main

import (
	"cmp"
	"errors"
	"io/fs"
	"log/slog"
	"time"

	"demarche"
	"demarche/brief"
	"demarche/intake/watch"
	"demarche/meter"
)

// watchCmd follows a list of sources.
type watchCmd struct {
	File  string `arg:"" help:"The list: feeds, pages and folders, each with its publisher, language and trust."`
	Once  bool   `help:"Ask every source once, whether it is due or not, and end."`
	State string `placeholder:"FILE" help:"What is known of the sources from the last round (default the list's name with .state)."`
	webFlags
	meterFlags
}

// Run goes round until it is interrupted, which is its ordinary end.
func (c *watchCmd) Run(a *app) error {
	config, err := watch.Load(c.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &demarche.Error{Op: "watch", Kind: demarche.Unknown, Err: err}
	case err != nil:
		return &demarche.Error{Op: "watch", Kind: demarche.Usage, Err: err}
	}
	c.Agent = cmp.Or(config.Agent, c.Agent)
	w := c.watcher(a, config)
	c.State = cmp.Or(c.State, c.File+".state")
	if w.State, err = watch.LoadState(c.State); err != nil {
		return &demarche.Error{Op: "watch", Kind: demarche.Usage, Err: err}
	}
	d, err := a.readingDesk()
	if err != nil {
		return err
	}
	m, stop, err := c.meter(a, d)
	if err != nil {
		return err
	}
	defer stop()
	r := rounds{Watcher: w, app: a, desk: d, state: c.State, log: a.logger(), meter: m}
	w.Asked = r.asked
	w.Options.Warn = func(path, message string) {
		r.log.Warn("mended to be read", "source", brief.Plain(path), "what", brief.Plain(message))
	}
	if c.Once {
		return r.once()
	}
	return r.run()
}

// logger writes structured logs to standard error, as JSON with --json. No text
// of a document goes there.
func (a *app) logger() *slog.Logger {
	if a.json {
		return slog.New(slog.NewJSONHandler(a.warn, nil))
	}
	return slog.New(slog.NewTextHandler(a.warn, nil))
}

// rounds are the rounds of a watcher, recorded.
type rounds struct {
	*watch.Watcher
	app   *app
	desk  *demarche.Desk
	state string // the file
	log   *slog.Logger
	meter *meter.Meter
}

// once goes round all sources. That some could not be read is an error.
func (r *rounds) once() error {
	sum, err := r.round(r.Config.Sources)
	if err == nil && sum.Failed > 0 {
		err = &demarche.Error{Op: "watch", Kind: demarche.Input, Err: errorf("%s could not be read; the others were", count(sum.Failed, "source or document"))}
	}
	return err
}

// afterFailure is how long the rounds rest when the record could not take one.
const afterFailure = time.Minute

// run goes round the sources as they are due. A record that is busy or full is
// tried again, what was not recorded comes again; one that is damaged ends it.
func (r *rounds) run() error {
	r.log.Info("watching", "sources", len(r.Config.Sources))
	for {
		err := r.next()
		if r.app.ctx.Err() != nil {
			r.log.Info("stopped")
			return ended(err)
		}
		if err != nil {
			return err
		}
	}
}

// next goes round what is due and waits until something is again.
func (r *rounds) next() error {
	_, err := r.round(r.Due())
	switch {
	case err == nil:
		return r.Wait(r.app.ctx)
	case retried(err) && r.app.ctx.Err() == nil:
		r.log.Error("the round could not be recorded and comes again", "error", brief.Plain(err.Error()))
		return r.Clock.Sleep(r.app.ctx, afterFailure)
	}
	return err
}

// ended is the error of a watch that was asked to stop: only one of the record.
func ended(err error) error {
	if demarche.KindOf(err) == demarche.Interrupted {
		return nil
	}
	return err
}

func retried(err error) bool {
	kind := demarche.KindOf(err)
	return kind == demarche.Busy || kind == demarche.Output
}

// round goes round sources and notes what it brought once that is recorded; of a
// round that was interrupted, the sources that were done.
func (r *rounds) round(sources []*watch.Source) (demarche.ReadSummary, error) {
	began := r.Clock.Now()
	sum, err := r.desk.Read(r.app.ctx, r.Round(r.app.ctx, sources), demarche.ReadOptions{Workers: 1, Trust: r.Trust, Each: r.each})
	r.meter.Round(began, r.Clock.Now(), sum.Added, ended(err))
	if ended(err) != nil {
		return sum, err
	}
	r.Keep()
	if failed := r.State.Save(r.state); failed != nil {
		return sum, &demarche.Error{Op: "watch", Kind: demarche.Output, Err: errorf("the state of the sources: %w", failed)}
	}
	r.log.Info("round", "sources", len(sources), "documents", sum.Documents, "claims", sum.Claims, "failed", sum.Failed,
		"new_documents", sum.Added.Documents, "new_editions", sum.Added.Editions, "new_claims", sum.Added.Claims, "took", r.Clock.Now().Sub(began).Round(time.Millisecond).String())
	return sum, err
}

func (r *rounds) asked(s *watch.Source, documents, failed int) {
	r.meter.Source(string(s.Kind), documents, failed)
	if documents+failed > 0 {
		r.log.Info("source", "kind", s.Kind, "address", brief.Plain(s.Address), "documents", documents, "failed", failed)
	}
}

// each tells what could not be read.
func (r *rounds) each(reading demarche.Reading) error {
	if reading.Err != nil {
		r.log.Warn("not read", "error", brief.Plain(reading.Err.Error()))
	}
	return nil
}
