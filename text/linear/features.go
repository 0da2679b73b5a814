package linear

import (
	"unicode"
	"unicode/utf8"
)

// Scorer is a Model, or a Trainer that becomes one.
type Scorer interface {
	Add(features []uint32, scores []int32)
	Bits() uint
}

// Features collects the slots of hashed features. Each call of One, Two or Three
// is a template of its own, so a pass must make the same calls every time, or
// set Template.
type Features struct {
	Slots    []uint32
	Size     uint   // binary logarithm of the number of slots
	Template uint64 // number of the last template
}

// One adds a feature of one part.
func (f *Features) One(x uint64) {
	f.Template++
	f.Slots = append(f.Slots, Slot(Mix(f.Template, x), f.Size))
}

// Two adds a feature of two parts.
func (f *Features) Two(x, y uint64) { f.One(Mix(x, y)) }

// Three adds a feature of three parts.
func (f *Features) Three(x, y, z uint64) { f.One(Mix(Mix(x, y), z)) }

// Slot maps a hashed feature to one of 1<<size slots.
func Slot(hash uint64, size uint) uint32 {
	return uint32((hash * 0x9e3779b97f4a7c15) >> (64 - size))
}

// Mix adds a part to the hash of a feature.
func Mix(hash, part uint64) uint64 {
	hash = (hash*0x9e3779b97f4a7c15 + part) * 0xff51afd7ed558ccd
	return hash ^ hash>>32
}

// HashFold hashes a form after Fold.
func HashFold(form string) uint64 {
	h := uint64(0)
	for _, r := range form {
		h = Mix(h, uint64(Fold(r)))
	}
	return h
}

// HashString hashes a string byte by byte.
func HashString(s string) uint64 {
	h := uint64(0)
	for i := range len(s) {
		h = Mix(h, uint64(s[i]))
	}
	return h
}

// Fold maps letters to lower case, digits to one digit and typographic quotes
// to plain ones: what features take to be the same word.
func Fold(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return r
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r >= '0' && r <= '9':
		return '0'
	case r < utf8.RuneSelf:
		return r
	case r == '‘' || r == '’':
		return '\''
	case r == '“' || r == '”':
		return '"'
	}
	return unicode.ToLower(r)
}
