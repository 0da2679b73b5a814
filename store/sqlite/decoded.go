package sqlite

import "sync"

// mostDecoded is how many claims of each of two generations are kept decoded: a
// claim never changes, and decoding it costs more than finding it.
const mostDecoded = 32_768

// decoded keeps the claims that were decoded last, whole, by their places in the
// log. They are shared: nobody changes a claim that a store gave.
type decoded struct {
	mu         sync.Mutex
	young, old map[int64]*placed
}

func newDecoded() *decoded { return &decoded{young: map[int64]*placed{}} }

// get gives the claims at places that were decoded before, and the places of the
// others.
func (d *decoded) get(places []int64) (known []*placed, missing []int64) {
	known = make([]*placed, 0, len(places))
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, seq := range places {
		p := d.young[seq]
		if p == nil {
			if p = d.old[seq]; p != nil {
				d.keep(p)
			}
		}
		if p != nil {
			known = append(known, p)
		} else {
			missing = append(missing, seq)
		}
	}
	return known, missing
}

// put adds those of the claims that were decoded anew, unless they are so many
// that nothing else would be left.
func (d *decoded) put(list []*placed) {
	if len(list) > mostDecoded {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range list {
		if p.fresh {
			p.fresh = false
			d.keep(p)
		}
	}
}

// keep adds a claim; where the young generation is full it becomes the old one.
func (d *decoded) keep(p *placed) {
	if len(d.young) >= mostDecoded {
		d.young, d.old = make(map[int64]*placed, mostDecoded), d.young
	}
	d.young[p.seq] = p
}
