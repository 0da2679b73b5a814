package story

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

const (
	width    = 5     // words of a shingle
	maxWords = 8_000 // of a text that are compared
)

// shingles are the hashes of the runs of five words of a text, sorted, each
// once. Case and whatever is no letter or figure do not count; a character of a
// script that is written without spaces is a word.
func shingles(text string) []uint32 {
	words := hashes(text)
	if len(words) < width {
		return nil
	}
	out := make([]uint32, 0, len(words)-width+1)
	for i := range len(words) - width + 1 {
		h := uint64(0)
		for _, w := range words[i : i+width] {
			h = mix(h ^ w)
		}
		out = append(out, uint32(h>>32))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// hashes are the hashes of the words of a text (FNV-1a).
func hashes(text string) []uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	var out []uint64
	h := uint64(offset)
	end := func() {
		if h != offset {
			out, h = append(out, h), offset
		}
	}
	for _, r := range text {
		if len(out) >= maxWords {
			break
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			// An apostrophe within a word goes with the word.
			if r != '\'' && r != '’' {
				end()
			}
			continue
		}
		var b [utf8.UTFMax]byte
		for _, c := range b[:utf8.EncodeRune(b[:], unicode.ToLower(r))] {
			h = (h ^ uint64(c)) * prime
		}
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			end()
		}
	}
	end()
	return out
}

// mix spreads the bits of a hash (the finalizer of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
