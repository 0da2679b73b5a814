package tag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/text/linear"
)

// edit makes a lemma of a form: in lower case unless keep, without the last cut
// bytes, with add at the end.
type edit struct {
	cut  int
	add  string
	keep bool
}

// lemmas maps endings to edits, by Penn tag. The longest ending of a form that
// is known counts; a whole form is its longest ending.
type lemmas struct {
	edits   []edit
	endings []ending
	table   []cell // open addressing, a power of two
}

// ending is a key as the file has it: whole forms begin with "^".
type ending struct {
	xpos uint8 // number of the tag, plus one
	text string
	edit uint16
}

type cell struct {
	key  uint64
	edit uint16 // plus one; 0 is free
}

// longestEnding in bytes, but for whole forms.
const longestEnding = 6

// read reads
//
//	edits     number, at least 1, and for each: bytes cut, string added, 1 if case is kept
//	endings   number, and for each: tag (a number from 1), ending, number of the edit
func (l *lemmas) read(r *linear.Reader) {
	l.edits = make([]edit, min(r.Length("edits"), 1<<16-1))
	for i := range l.edits {
		l.edits[i] = edit{r.Uint("cut", longest), r.String("added"), r.Uint("case", 1) == 1}
	}
	l.endings = make([]ending, r.Length("endings"))
	for i := range l.endings {
		l.endings[i] = ending{uint8(r.Uint("tag", 255)), r.String("ending"), uint16(r.Uint("edit", max(len(l.edits)-1, 0)))}
	}
	l.index()
}

func (l *lemmas) write(w *linear.Writer) {
	w.Uint(len(l.edits))
	for _, e := range l.edits {
		w.Uint(e.cut)
		w.String(e.add)
		w.Uint(map[bool]int{true: 1}[e.keep])
	}
	w.Uint(len(l.endings))
	for _, e := range l.endings {
		w.Uint(int(e.xpos))
		w.String(e.text)
		w.Uint(int(e.edit))
	}
}

// index fills the table.
func (l *lemmas) index() {
	size := 16
	for size < 2*len(l.endings) {
		size *= 2
	}
	l.table = make([]cell, size)
	for _, e := range l.endings {
		key := endingKey(e.xpos, e.text)
		i := key & uint64(size-1)
		for l.table[i].edit != 0 && l.table[i].key != key {
			i = (i + 1) & uint64(size-1)
		}
		l.table[i] = cell{key, e.edit + 1}
	}
}

// endingKey hashes an ending from its last byte to its first, so that longer
// endings go on from shorter ones.
func endingKey(xpos uint8, text string) uint64 {
	h := uint64(xpos) + 1
	for i := len(text) - 1; i >= 0; i-- {
		h = linear.Mix(h, uint64(text[i]))
	}
	return h
}

func (l *lemmas) get(key uint64) int {
	mask := uint64(len(l.table) - 1)
	for i := key & mask; l.table[i].edit != 0; i = (i + 1) & mask {
		if l.table[i].key == key {
			return int(l.table[i].edit) - 1
		}
	}
	return -1
}

// find gives the number of the edit for a form in lower case, or -1.
func (l *lemmas) find(xpos uint8, lower []byte) int {
	h := uint64(xpos) + 1
	got := l.get(h)
	for i := len(lower) - 1; i >= 0; i-- {
		h = linear.Mix(h, uint64(lower[i]))
		if len(lower)-i > longestEnding {
			continue
		}
		if e := l.get(h); e >= 0 {
			got = e
		}
	}
	if e := l.get(linear.Mix(h, '^')); e >= 0 {
		got = e
	}
	return got
}

// lemmatizer makes lemmas and keeps the last ones, so that common words cost no
// memory.
type lemmatizer struct {
	table *lemmas
	buf   []byte
	cache [2048]string
}

func (z *lemmatizer) lemma(form string, w *word, xpos uint8) string {
	if w.length >= longest || !utf8.ValidString(form) {
		return form
	}
	z.buf = appendLower(z.buf[:0], form)
	n := z.table.find(xpos, z.buf)
	if n < 0 {
		return z.intern(w, form, z.buf)
	}
	e := &z.table.edits[n]
	if e.keep {
		z.buf = append(z.buf[:0], form...)
	}
	stem, ok := cut(z.buf, e.cut)
	if !ok {
		return form
	}
	if z.buf = append(stem, e.add...); len(z.buf) == 0 {
		return form
	}
	return z.intern(w, form, z.buf)
}

// cut takes bytes off the end, whole letters only; a typographic apostrophe
// counts as the plain one that the edits were learned with.
func cut(b []byte, bytes int) ([]byte, bool) {
	for bytes > 0 && len(b) > 0 {
		r, size := utf8.DecodeLastRune(b)
		b = b[:len(b)-size]
		if r == '’' || r == '‘' {
			size = 1
		}
		bytes -= size
	}
	return b, bytes == 0
}

// intern gives the bytes as a string: the form itself or a part of it where it
// can.
func (z *lemmatizer) intern(w *word, form string, b []byte) string {
	if strings.HasPrefix(form, string(b)) {
		return form[:len(b)]
	}
	h := w.lower
	for _, c := range b {
		h = linear.Mix(h, uint64(c))
	}
	place := &z.cache[h&uint64(len(z.cache)-1)]
	if *place != string(b) {
		*place = string(b)
	}
	return *place
}

// appendLower appends the form in lower case with plain apostrophes.
func appendLower(b []byte, form string) []byte {
	for _, r := range form {
		switch {
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r == '’' || r == '‘':
			r = '\''
		case r >= utf8.RuneSelf:
			r = unicode.ToLower(r)
		}
		b = utf8.AppendRune(b, r)
	}
	return b
}
