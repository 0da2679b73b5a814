package main

import (
	"context"
	"time"

	"demarche"
	"demarche/brief"
	"demarche/intake"
	"demarche/intake/fetch"
	"demarche/intake/watch"
)

// fetchCmd reads addresses of the web into the record.
type fetchCmd struct {
	URLs      []string `arg:"" name:"url" help:"Addresses of pages, or of feeds (RSS, Atom, JSON) whose entries are read."`
	Publisher string   `help:"Who published them; by default what they say."`
	Published string   `placeholder:"DATE" help:"The date of publication (EDTF); by default what they say."`
	Language  string   `placeholder:"CODE" help:"Their language, where they do not say."`
	Trust     float64  `default:"1" placeholder:"0..1" help:"How far they are to be trusted: their claims carry so much of the reader's confidence."`
	Entries   bool     `help:"Take the text of entries as the feed has it, not the pages that they lead to."`
	Private   bool     `help:"The addresses may lie in a private network."`
	webFlags
	readingFlags
}

// webFlags say how the web is asked.
type webFlags struct {
	Agent    string        `default:"demarche" help:"How the program names itself to servers; robots.txt is read for the name."`
	MaxBytes int64         `default:"16777216" placeholder:"N" help:"The largest answer, in bytes (16 MiB)."`
	Timeout  time.Duration `default:"1m" help:"How long one answer may take."`
}

// Run fetches and reads.
func (c *fetchCmd) Run(a *app) error {
	if !(c.Trust >= 0 && c.Trust <= 1) {
		return usage("--trust: %v is no number from 0 to 1", c.Trust)
	}
	published, err := dateFlag("--published", c.Published)
	if err != nil {
		return err
	}
	config, err := watch.Once(c.URLs, watch.Source{Publisher: c.Publisher, Language: c.Language, Trust: c.Trust, Entries: c.Entries, Private: c.Private})
	if err != nil {
		return usage("%w", err)
	}
	d, err := c.desk(a)
	if err != nil {
		return err
	}
	w := c.watcher(a, config)
	w.Options.Published, w.Most = published, mostFetched
	sum, err := c.read(a, d, w.Round(a.ctx, config.Sources), w.Trust)
	if err != nil {
		return err
	}
	return c.finish(a, "fetch", sum)
}

// mostFetched is how many entries of a feed are fetched at once; a feed has no
// more that are looked at.
const mostFetched = 500

// watcher goes round the sources of a list, by the machine's clock and line.
func (f *webFlags) watcher(a *app, config *watch.Config) *watch.Watcher {
	clock := wallClock{}
	return &watch.Watcher{Config: config, Clock: clock, State: watch.NewState(),
		Getter: fetch.New(fetch.Options{Agent: f.Agent, MaxBytes: f.MaxBytes, Timeout: f.Timeout, Clock: clock}),
		Options: intake.Options{Warn: func(path, message string) {
			a.note("%s: %s", brief.Plain(path), brief.Plain(message))
		}}}
}

// wallClock is the clock of the machine as fetching sees it.
type wallClock struct{}

// Now is the time of the desk's clock.
func (wallClock) Now() time.Time { return demarche.SystemClock().Time() }

// Sleep sleeps, or returns early with the context's error.
func (wallClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
