package when

import (
	"unicode"
	"unicode/utf8"

	"demarche/text"
)

// split is a plain splitter for tests: words with the signs inside them, signs
// alone, a sentence to each full stop after a word of some length.
func split(src string) *text.Doc {
	d := &text.Doc{Source: src}
	first := 0
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRuneInString(src[i:])
		if unicode.IsSpace(r) {
			if r == '\n' {
				first = endSentence(d, first)
			}
			i += size
			continue
		}
		j := i + size
		for inWord(r) && j < len(src) {
			q, n := utf8.DecodeRuneInString(src[j:])
			if !inWord(q) {
				break
			}
			j += n
		}
		d.Tokens = append(d.Tokens, text.Span{Start: i, End: j})
		if n := len(d.Tokens); src[i:j] == "." && n > 1 && (len(d.Form(n-2)) > 4 || len(d.Form(n-2)) == 4 && digit(d.Form(n - 2)[0])) {
			first = endSentence(d, first)
		}
		i = j
	}
	endSentence(d, first)
	return d
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '\'' }

func endSentence(d *text.Doc, first int) int {
	if n := len(d.Tokens); n > first {
		d.Sents = append(d.Sents, text.Span{Start: first, End: n})
	}
	return len(d.Tokens)
}
