package tag

import (
	"unicode"

	"demarche/text/linear"
)

// word is what the features know of a form.
type word struct {
	lower    uint64    // hash of the form in lower case, digits as one
	class    uint64    // of package class
	suffixes [5]uint64 // of the last 1 to 5 letters of that
	prefixes [4]uint64 // of its first 1 to 4 letters
	shape    uint64
	length   int
}

// longest is how many letters of a form are looked at; longer ones are addresses
// or hostile.
const longest = 48

func (w *word) read(form string) {
	var letters [longest]rune
	n, shape := 0, shaper{}
	hash := uint64(0)
	for _, r := range form {
		shape.add(r)
		r = linear.Fold(r)
		hash = linear.Mix(hash, uint64(r))
		if n < longest {
			letters[n] = r
			n++
		} else {
			copy(letters[longest-5:], letters[longest-4:])
			letters[longest-1] = r
		}
	}
	*w = word{lower: hash, shape: shape.sum(), length: n}
	h := uint64(1)
	for i := range min(n, len(w.suffixes)) {
		h = linear.Mix(h, uint64(letters[n-1-i]))
		w.suffixes[i] = h
	}
	h = 2
	for i := range min(n, len(w.prefixes)) {
		h = linear.Mix(h, uint64(letters[i]))
		w.prefixes[i] = h
	}
}

// shaper sums up a form's letters as classes, runs of one class as one.
type shaper struct {
	hash uint64
	last uint64
	runs int
}

func (s *shaper) add(r rune) {
	class := uint64(1)
	switch {
	case r >= 'a' && r <= 'z':
		class = 2
	case r >= 'A' && r <= 'Z':
		class = 3
	case r >= '0' && r <= '9':
		class = 4
	case r == '-' || r == '.' || r == ',' || r == '\'':
		class = uint64(r)
	case unicode.IsUpper(r):
		class = 3
	case unicode.IsLetter(r):
		class = 2
	}
	if class != s.last && s.runs < 6 {
		s.hash = linear.Mix(s.hash, class)
		s.runs++
	}
	s.last = class
}

func (s *shaper) sum() uint64 { return s.hash }
