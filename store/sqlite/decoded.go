package sqlite

import (
	"sync"

	"demarche/record"
)

// mostDecoded is how many claims of each of two generations are kept decoded: a
// claim never changes, and decoding it costs more than finding it.
const mostDecoded = 32_768

// decoded keeps the claims that were decoded last. They are shared: nobody
// changes a claim that a store gave.
type decoded struct {
	mu         sync.Mutex
	young, old map[record.ClaimID]record.Claim
}

func newDecoded() *decoded { return &decoded{young: map[record.ClaimID]record.Claim{}} }

// claim decodes a claim, or gives it as it was decoded before.
func (d *decoded) claim(id string, recorded int64, body []byte) (record.Claim, error) {
	d.mu.Lock()
	c, ok := d.young[record.ClaimID(id)]
	if !ok {
		if c, ok = d.old[record.ClaimID(id)]; ok {
			d.put(c)
		}
	}
	d.mu.Unlock()
	if ok {
		return c, nil
	}
	c, err := decodeClaim(id, recorded, body)
	if err == nil {
		d.mu.Lock()
		d.put(c)
		d.mu.Unlock()
	}
	return c, err
}

// put adds a claim; where the young generation is full it becomes the old one.
func (d *decoded) put(c record.Claim) {
	if len(d.young) >= mostDecoded {
		d.young, d.old = make(map[record.ClaimID]record.Claim, mostDecoded), d.young
	}
	d.young[c.ID] = c
}
