package sqlite

import (
	"sync"

	"demarche/record"
)

// mostDecoded is how many claims of each of two generations are kept decoded: a
// claim never changes, and decoding it costs more than finding it.
const mostDecoded = 32_768

// decoded keeps the claims that were decoded last, whole, by their places in the
// log. They are shared: nobody changes a claim that a store gave.
type decoded struct {
	mu         sync.Mutex
	young, old map[int64]record.Claim
}

func newDecoded() *decoded { return &decoded{young: map[int64]record.Claim{}} }

// get gives a claim as it was decoded before.
func (d *decoded) get(seq int64) (record.Claim, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, ok := d.young[seq]
	if !ok {
		if c, ok = d.old[seq]; ok {
			d.keep(seq, c)
		}
	}
	return c, ok
}

// put adds those of the claims that were decoded anew.
func (d *decoded) put(list []placed) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range list {
		if list[i].fresh {
			d.keep(list[i].seq, list[i].Claim)
		}
	}
}

// keep adds a claim; where the young generation is full it becomes the old one.
func (d *decoded) keep(seq int64, c record.Claim) {
	if len(d.young) >= mostDecoded {
		d.young, d.old = make(map[int64]record.Claim, mostDecoded), d.young
	}
	d.young[seq] = c
}
