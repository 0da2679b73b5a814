package fetch

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"time"
)

// hosts are the hosts met so far, by scheme, name and port.
type hosts struct {
	mu     sync.Mutex
	byName map[string]*host
}

// host is how one host wants to be treated.
type host struct {
	base string        // "https://example.org"
	turn chan struct{} // holds one value: the right to ask
	next time.Time     // when it may be asked again; under turn
	shut time.Time     // until when it asked to be left alone; under turn
	rule sync.Mutex    // held while robots.txt is got
	// robots is nil until it is got, and is got anew when it is stale.
	robots *robots
	stale  time.Time
}

// maxHosts is how many hosts are remembered; then all are forgotten.
const maxHosts = 10_000

func (hs *hosts) of(u *url.URL) *host {
	base := u.Scheme + "://" + dialled(u)
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if len(hs.byName) >= maxHosts {
		clear(hs.byName)
	}
	h := hs.byName[base]
	if h == nil {
		h = &host{base: base, turn: make(chan struct{}, 1)}
		h.turn <- struct{}{}
		hs.byName[base] = h
	}
	return h
}

// take waits for the turn at a host and for the time after its last request.
// The turn is to be given back.
func (f *Fetcher) take(ctx context.Context, h *host) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-h.turn:
	}
	err := f.rest(ctx, h)
	if err != nil {
		h.turn <- struct{}{}
	}
	return err
}

func (f *Fetcher) rest(ctx context.Context, h *host) error {
	now := f.opt.Clock.Now()
	if h.shut.After(now) {
		return fmt.Errorf("%w until %s", ErrWait, h.shut.UTC().Format(time.RFC3339))
	}
	if wait := h.next.Sub(now); wait > 0 {
		return f.opt.Clock.Sleep(ctx, wait)
	}
	return ctx.Err()
}

// give gives the turn back; the gap begins now.
func (f *Fetcher) give(h *host, gap time.Duration) {
	h.next = f.opt.Clock.Now().Add(max(f.opt.Gap, gap))
	h.turn <- struct{}{}
}
