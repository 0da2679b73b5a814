package almanac

import (
	"cmp"
	"math/bits"
	"slices"
	"unicode"
)

// index finds keys in runs of tokens: a trie over the bytes of keys (fold.go),
// laid out flat. Nodes of one parent lie side by side in the order of their
// labels.
type index[T any] struct {
	nodes []node
	root  [256]int32 // children of the root by label, 0 for none
	hits  [][]T      // by node.hit-1
	caps  [][]uint64 // beside hits: what each needs in capitals
}

// node is a node of the trie.
type node struct {
	first int32 // index of its first child
	hit   int32 // 1 + index into hits, 0 where no key ends here
	count uint8 // of children
	label byte
}

// entry is a key with what it names.
type entry[T any] struct {
	key   string
	caps  uint64
	value T
}

// capsOf is a mask of the bytes of the key that stand for capital letters, the
// first 64 of them. A text names a form only where it has capitals at least
// where the form has: "Turkey" and "TURKEY" are "Turkey", and "turkey" is not.
func capsOf(form string) uint64 {
	var mask uint64
	at := 0
	for _, r := range form {
		n := len(foldRune(r))
		if unicode.IsUpper(r) {
			mask |= (1<<n - 1) << at
		}
		at += n
	}
	return mask
}

// newIndex builds an index. Values of one key keep their order, those that ask
// for fewer capitals first.
func newIndex[T any](entries []entry[T]) index[T] {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b entry[T]) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(bits.OnesCount64(a.caps), bits.OnesCount64(b.caps)))
	})
	x := index[T]{nodes: make([]node, 1, 1+4*len(entries))}
	for len(entries) > 0 && entries[0].key == "" {
		entries = entries[1:]
	}
	x.fill(0, entries, 0)
	for i := range x.nodes[0].count {
		c := x.nodes[0].first + int32(i)
		x.root[x.nodes[c].label] = c
	}
	return x
}

// fill makes the subtree of node at, for entries that share their first depth
// bytes.
func (x *index[T]) fill(at int, entries []entry[T], depth int) {
	done := 0
	for done < len(entries) && len(entries[done].key) == depth {
		done++
	}
	if done > 0 {
		x.addHit(at, entries[:done])
	}
	groups := group(entries[done:], depth)
	x.nodes[at].first, x.nodes[at].count = int32(len(x.nodes)), uint8(len(groups))
	for _, g := range groups {
		x.nodes = append(x.nodes, node{label: g[0].key[depth]})
	}
	for i, g := range groups {
		x.fill(int(x.nodes[at].first)+i, g, depth+1)
	}
}

func (x *index[T]) addHit(at int, entries []entry[T]) {
	values, caps := make([]T, len(entries)), make([]uint64, len(entries))
	for i, e := range entries {
		values[i], caps[i] = e.value, e.caps
	}
	x.hits, x.caps = append(x.hits, values), append(x.caps, caps)
	x.nodes[at].hit = int32(len(x.hits))
}

// group splits sorted entries by their byte at depth.
func group[T any](entries []entry[T], depth int) [][]entry[T] {
	var out [][]entry[T]
	for len(entries) > 0 {
		n := 1
		for n < len(entries) && entries[n].key[depth] == entries[0].key[depth] {
			n++
		}
		out, entries = append(out, entries[:n]), entries[n:]
	}
	return out
}

// step goes from a node to the child of a label, 0 where there is none.
func (x *index[T]) step(at int32, label byte) int32 {
	if at == 0 {
		return x.root[label]
	}
	n := &x.nodes[at]
	for c := n.first; c < n.first+int32(n.count); c++ {
		if x.nodes[c].label == label {
			return c
		}
	}
	return 0
}

// walk is a place in the trie with the capitals seen on the way.
type walk struct {
	at    int32
	depth int
	caps  uint64
}

// token goes on by the bytes of one token; false where no key goes on so.
func (x *index[T]) token(w *walk, form string) bool {
	for _, r := range form {
		s := foldRune(r)
		upper := r >= 'A' && r <= 'Z' || r >= 0x80 && unicode.IsUpper(r)
		for i := range len(s) {
			if w.at = x.step(w.at, s[i]); w.at == 0 {
				return false
			}
			if upper && w.depth < 64 {
				w.caps |= 1 << w.depth
			}
			w.depth++
		}
	}
	return true
}

// accept is how many of the values at a hit the capitals of the text allow.
func (x *index[T]) accept(hit int32, caps uint64) int {
	n := 0
	for _, need := range x.caps[hit-1] {
		if need&^caps != 0 {
			break
		}
		n++
	}
	return n
}

// match is the longest run of tokens from forms[i] that is a key. It does not
// allocate.
func (x *index[T]) match(forms []string, i int) (n int, hits []T) {
	if i >= len(forms) || silent(forms[i]) {
		return 0, nil
	}
	var w walk
	for j := i; j < len(forms); j++ {
		if j > i && silent(forms[j]) {
			if !joins(forms[j]) {
				break
			}
			continue
		}
		if !x.token(&w, forms[j]) {
			break
		}
		if hit := x.nodes[w.at].hit; hit != 0 {
			if k := x.accept(hit, w.caps); k > 0 {
				n, hits = j-i+1, x.hits[hit-1][:k:k]
			}
		}
	}
	return n, hits
}

// silent reports whether a token adds nothing to a key.
func silent(form string) bool {
	for _, r := range form {
		if foldRune(r) != "" {
			return false
		}
	}
	return true
}

// joins reports whether a silent token may stand within a name.
func joins(form string) bool {
	switch form {
	case "-", "‐", "‑", "–", "'", "’", "ʻ", ".":
		return true
	}
	return false
}

// find returns the values of a whole name, whatever its capitals.
func (x *index[T]) find(name string) []T {
	var w walk
	if key(name) == "" || !x.token(&w, name) {
		return nil
	}
	if hit := x.nodes[w.at].hit; hit != 0 {
		return slices.Clone(x.hits[hit-1])
	}
	return nil
}

// Match returns the longest run of tokens from forms[i] that names something,
// and all its senses of any time (Sense.On tells of a day; Current chooses);
// 0 and nil where there is none. Tokens are as in Universal Dependencies. A
// name must have its capitals, or be in capitals throughout; acronyms must be
// in capitals; ISO codes are not matched. The senses must not be changed. It
// does not allocate.
func (a *Almanac) Match(forms []string, i int) (n int, senses []Sense) {
	return a.names.match(forms, i)
}
