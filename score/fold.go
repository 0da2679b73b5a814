package score

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives a name in lower case without accents, titles and doubled spaces,
// as names are compared.
func Fold(s string) string {
	s = strings.ToLower(unaccented(s))
	s = strings.NewReplacer("-", " ", "’", "'").Replace(s)
	s = withoutTitles(s)
	s = strings.Map(func(r rune) rune {
		if isWord(r) || r == '\'' {
			return r
		}
		return ' '
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// unaccented decomposes by compatibility (NFKD) and drops the combining marks.
func unaccented(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if norm.NFKD.PropertiesString(string(r)).CCC() == 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isWord reports whether r is a word character: a letter, a number or "_".
func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// titles are the words that are no part of a name, in the order in which they
// are tried. "h.e." stands in them as its four spellings.
var titles = []string{
	"mr", "mrs", "ms", "dr", "sir", "dame", "lord", "king", "queen", "prince", "princess", "sheikh", "president",
	"prime minister", "minister", "ambassador", "general", "secretary", "chancellor", "h.e.", "h.e", "he.", "he",
	"excellency", "the", "late", "jr", "sr",
}

// withoutTitles puts a space in place of every title that stands as whole
// words, with a full stop after it.
func withoutTitles(s string) string {
	runes := []rune(s)
	var b strings.Builder
	for i := 0; i < len(runes); {
		n := titleAt(runes, i)
		if n == 0 {
			b.WriteRune(runes[i])
			i++
			continue
		}
		b.WriteByte(' ')
		i += n
	}
	return b.String()
}

// titleAt is the length of the title at i, with a full stop after it; 0 where
// there is none.
func titleAt(runes []rune, i int) int {
	if !boundary(runes, i) {
		return 0
	}
	for _, title := range titles {
		n := len(title) // titles are ASCII
		if i+n > len(runes) || string(runes[i:i+n]) != title || !boundary(runes, i+n) {
			continue
		}
		if i+n < len(runes) && runes[i+n] == '.' {
			n++
		}
		return n
	}
	return 0
}

// boundary reports whether a word begins or ends before runes[i].
func boundary(runes []rune, i int) bool {
	before := i > 0 && isWord(runes[i-1])
	after := i < len(runes) && isWord(runes[i])
	return before != after
}

// foldAll folds every filler, sorted, each once.
func foldAll(values []string) []string {
	var out []string
	for _, v := range values {
		if v != "" {
			out = append(out, Fold(v))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// SameName reports whether two folded names are one: equal, or the words of the
// shorter all in the longer and its last word longer than three letters.
func SameName(a, b string) bool {
	if a == b {
		return true
	}
	short, long := strings.Fields(a), strings.Fields(b)
	if len(short) == 0 || len(long) == 0 {
		return false
	}
	if len(short) > len(long) {
		short, long = long, short
	}
	if len([]rune(short[len(short)-1])) <= 3 {
		return false
	}
	for _, w := range short {
		if !slices.Contains(long, w) {
			return false
		}
	}
	return true
}

// sameSet reports whether two lists of fillers are the same set of names.
func sameSet(a, b []string) bool {
	a, b = foldAll(a), foldAll(b)
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		i := slices.IndexFunc(b, func(y string) bool { return SameName(x, y) })
		if i < 0 {
			return false
		}
		b = slices.Delete(b, i, i+1)
	}
	return true
}
