package web

import (
	"context"
	"errors"
	"time"

	"demarche/record"
)

// followEvery is how often the overview looks for what other processes
// recorded; pages that need it look themselves. Looking for the conflicts of a
// large record takes long: a pause of conflictPause times as long follows, so
// that a record that grows all the time is not looked through all the time.
const (
	followEvery   = 10 * time.Second
	conflictPause = 20
)

// patience is how long a page waits for the overview to be up to date; a large
// record is looked through for longer when the server starts.
const patience = 2 * time.Second

// catchUp brings the overview up to date, as far as a page can wait for it.
func (s *Server) catchUp(ctx context.Context) error {
	short, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := s.overview.Follow(short)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil
	}
	return err
}

// Follow keeps the overview of the record and its conflicts up to date until the
// context ends.
func (s *Server) Follow(ctx context.Context) {
	var next time.Time // when conflicts are looked for again
	for {
		if err := s.overview.Follow(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("following the record", "error", err)
		}
		if start := time.Now(); start.After(next) {
			if _, err := s.findConflicts(ctx, record.Clocks{}); err != nil && ctx.Err() == nil {
				s.Log.Error("looking for conflicts", "error", err)
			}
			next = time.Now().Add(conflictPause * time.Since(start))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(followEvery):
		}
	}
}
