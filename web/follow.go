package web

import (
	"context"
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
