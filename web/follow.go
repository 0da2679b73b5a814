package web

import (
	"context"
	"time"

	"demarche/record"
)

// followEvery is how often the overview looks for what other processes
// recorded; pages that need it look themselves.
const followEvery = 10 * time.Second

// Follow keeps the overview of the record and its conflicts up to date until the
// context ends.
func (s *Server) Follow(ctx context.Context) {
	for {
		if err := s.overview.Follow(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("following the record", "error", err)
		}
		if _, err := s.findConflicts(ctx, record.Clocks{}); err != nil && ctx.Err() == nil {
			s.Log.Error("looking for conflicts", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(followEvery):
		}
	}
}
