package account

import (
	"strings"
	"sync"
	"time"
)

// Of one name or one address so many attempts may fail in that time, then none
// is taken until it has passed.
const (
	mostTries = 8
	triesTime = 15 * time.Minute
	// mostKeys bounds what is remembered; beyond it the oldest are forgotten.
	mostKeys = 10_000
)

// tries counts failed attempts by name and by address.
type tries struct {
	now  func() time.Time
	mu   sync.Mutex
	fail map[string][]time.Time
}

func newTries(now func() time.Time) *tries { return &tries{now: now, fail: map[string][]time.Time{}} }

func keysOf(name, from string) []string {
	return []string{"name " + strings.ToLower(name), "from " + from}
}

func (t *tries) may(name, from string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, key := range keysOf(name, from) {
		if len(t.recent(key)) >= mostTries {
			return false
		}
	}
	return true
}

func (t *tries) failed(name, from string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.fail) > mostKeys {
		for key := range t.fail {
			t.recent(key)
		}
		if len(t.fail) > mostKeys {
			clear(t.fail)
		}
	}
	for _, key := range keysOf(name, from) {
		t.fail[key] = append(t.recent(key), t.now())
	}
}

// recent are the failures that still count; what does not is forgotten.
func (t *tries) recent(key string) []time.Time {
	since := t.now().Add(-triesTime)
	all := t.fail[key]
	for len(all) > 0 && all[0].Before(since) {
		all = all[1:]
	}
	if len(all) == 0 {
		delete(t.fail, key)
	}
	return all
}
