package class

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"demarche/text/linear"
)

// Settings are those of training.
type Settings struct {
	Classes int // at most 255
	Least   int // words seen less often have no class
	Words   int // at most so many of the most frequent
	Rounds  int // over all words
}

// Counter counts what training needs of texts: words, and which stands before
// which.
type Counter struct {
	counts map[uint64]int
	pairs  map[[2]uint64]int
}

// NewCounter gives an empty one.
func NewCounter() *Counter {
	return &Counter{map[uint64]int{}, map[[2]uint64]int{}}
}

// Sentence counts the words of a sentence, with its edges.
func (c *Counter) Sentence(forms []string) {
	last := uint64(edge)
	for _, f := range forms {
		h := linear.HashFold(f)
		c.counts[h]++
		c.pairs[[2]uint64{last, h}]++
		last = h
	}
	c.pairs[[2]uint64{last, edge}]++
	c.counts[edge]++
}

const edge = 0

// Train sorts the words into classes so that the class of a word tells most of
// the next one's: the exchange algorithm of Martin, Liermann and Ney (1998).
func (c *Counter) Train(set Settings) *Table {
	x := newExchange(c, set)
	for range set.Rounds {
		if x.round() == 0 {
			break
		}
	}
	t := newTable(len(x.words))
	for i, w := range x.words[1:] {
		t.put(short(w), uint8(x.class[i+1]))
	}
	return t
}

// exchange is a clustering in progress. Word 0 is the edge, in class 0 alone with
// the words that are too rare.
type exchange struct {
	words  []uint64
	counts []int
	class  []int
	next   [][]link // by word
	prev   [][]link
	k      int   // classes, with 0
	pairs  []int // counts of class pairs, k by k
	sums   []int // counts of classes
	after  []int // of one word: how often words of each class follow
	before []int // and stand before
	seen   []int // the classes of which it has any
	own    int   // how often it follows itself
	logs   []float64
}

type link struct{ word, count int }

func newExchange(c *Counter, set Settings) *exchange {
	x := &exchange{k: set.Classes + 1}
	x.choose(c, set)
	x.pairs, x.sums = make([]int, x.k*x.k), make([]int, x.k)
	x.after, x.before = make([]int, x.k), make([]int, x.k)
	x.next, x.prev = make([][]link, len(x.words)), make([][]link, len(x.words))
	number := map[uint64]int{}
	for i, w := range x.words {
		number[w] = i
		x.sums[x.class[i]] += x.counts[i]
	}
	for p, n := range c.pairs {
		x.link(number[p[0]], number[p[1]], n) // 0 for the rare
	}
	for i := range x.words {
		slices.SortFunc(x.next[i], byWord)
		slices.SortFunc(x.prev[i], byWord)
	}
	x.logs = make([]float64, 1<<16)
	for n := 2; n < len(x.logs); n++ {
		x.logs[n] = float64(n) * math.Log(float64(n))
	}
	return x
}

func (x *exchange) link(a, b, n int) {
	if a != 0 {
		x.next[a] = append(x.next[a], link{b, n})
	}
	if b != 0 {
		x.prev[b] = append(x.prev[b], link{a, n})
	}
	x.pairs[x.class[a]*x.k+x.class[b]] += n
}

func byWord(a, b link) int { return cmp.Or(a.word-b.word, a.count-b.count) }

// choose takes the most frequent words and deals them out.
func (x *exchange) choose(c *Counter, set Settings) {
	words := slices.SortedFunc(maps.Keys(c.counts), func(a, b uint64) int {
		return cmp.Or(c.counts[b]-c.counts[a], cmp.Compare(a, b))
	})
	x.words, x.counts, x.class = []uint64{edge}, []int{c.counts[edge]}, []int{0}
	for _, w := range words {
		if w == edge {
			continue
		}
		if c.counts[w] < set.Least || len(x.words) > set.Words {
			x.counts[0] += c.counts[w]
			continue
		}
		x.class = append(x.class, 1+len(x.words)%set.Classes)
		x.words, x.counts = append(x.words, w), append(x.counts, c.counts[w])
	}
}

// round offers every word every class and says how many moved.
func (x *exchange) round() int {
	moved := 0
	for w := 1; w < len(x.words); w++ {
		x.gather(w)
		from := x.class[w]
		x.shift(w, from, -1)
		best, gain := from, math.Inf(-1)
		for c := 1; c < x.k; c++ {
			if g := x.gain(w, c); g > gain {
				best, gain = c, g
			}
		}
		x.shift(w, best, 1)
		x.class[w] = best
		if best != from {
			moved++
		}
		x.clear()
	}
	return moved
}

// gather counts the classes beside a word.
func (x *exchange) gather(w int) {
	x.own = 0
	for _, l := range x.next[w] {
		if l.word == w {
			x.own = l.count
			continue
		}
		x.note(x.class[l.word])
		x.after[x.class[l.word]] += l.count
	}
	for _, l := range x.prev[w] {
		if l.word != w {
			x.note(x.class[l.word])
			x.before[x.class[l.word]] += l.count
		}
	}
}

func (x *exchange) note(c int) {
	if x.after[c] == 0 && x.before[c] == 0 {
		x.seen = append(x.seen, c)
	}
}

func (x *exchange) clear() {
	for _, c := range x.seen {
		x.after[c], x.before[c] = 0, 0
	}
	x.seen = x.seen[:0]
}

// shift adds the gathered word to a class, or takes it out.
func (x *exchange) shift(w, c, sign int) {
	x.sums[c] += sign * x.counts[w]
	for _, d := range x.seen {
		x.pairs[c*x.k+d] += sign * x.after[d]
		x.pairs[d*x.k+c] += sign * x.before[d]
	}
	x.pairs[c*x.k+c] += sign * x.own
}

// gain is what the likelihood gains by the gathered word, in no class, joining c.
func (x *exchange) gain(w, c int) float64 {
	g := 2 * (x.nlogn(x.sums[c]) - x.nlogn(x.sums[c]+x.counts[w]))
	row := x.pairs[c*x.k : (c+1)*x.k]
	for _, d := range x.seen {
		if d == c {
			continue
		}
		if n := x.after[d]; n > 0 {
			g += x.nlogn(row[d]+n) - x.nlogn(row[d])
		}
		if n := x.before[d]; n > 0 {
			old := x.pairs[d*x.k+c]
			g += x.nlogn(old+n) - x.nlogn(old)
		}
	}
	return g + x.nlogn(row[c]+x.after[c]+x.before[c]+x.own) - x.nlogn(row[c])
}

func (x *exchange) nlogn(n int) float64 {
	if n < len(x.logs) {
		return x.logs[n]
	}
	return float64(n) * math.Log(float64(n))
}

// Encode writes the model file that Decode reads.
func (t *Table) Encode() []byte { return linear.Seal(magic, version, t.payload()) }

func (t *Table) payload() []byte {
	var w linear.Writer
	w.Uint(t.words)
	classes := map[uint32]uint8{}
	for i, k := range t.keys {
		if k != 0 {
			classes[k] = t.classes[i]
		}
	}
	last := uint32(0)
	for _, k := range slices.Sorted(maps.Keys(classes)) {
		w.Uint(int(k - last))
		w.Uint(int(classes[k]))
		last = k
	}
	return w.Payload
}
