// Package token splits a text into sentences and tokens after the conventions
// of UD_English-EWT: "n't" and "'s" are tokens, words with hyphens are split but
// for those with a prefix, and abbreviations keep their period. Nothing in the
// text is changed; a token is a range of its bytes.
package token

import (
	"demarche/text"
)

// longestSentence in tokens: what is longer is a table or hostile, and is cut.
const longestSentence = 400

// Split splits a text into sentences and tokens, in time linear in its length. A
// blank line ends a sentence, and so does the end of a line that has room for
// the next word, as after a heading or in a list; in wrapped text the lines of a
// paragraph are joined. Bytes that are not UTF-8 are tokens like any symbol.
func Split(src string) *text.Doc {
	s := splitter{src: src, words: lexicon(), doc: &text.Doc{Source: src}}
	for _, b := range blocks(src) {
		s.block(b)
	}
	return s.doc
}

// splitter is a text half split.
type splitter struct {
	src   string
	words *words
	doc   *text.Doc
	first int // token at which the sentence begins
}

// block splits a run of lines that is one paragraph or heading.
func (s *splitter) block(b text.Span) {
	start := len(s.doc.Tokens)
	for i := b.Start; i < b.End; {
		if n := spaceAt(s.src[i:b.End]); n > 0 {
			i += n
			continue
		}
		n := s.scan(b, i)
		s.doc.Tokens = append(s.doc.Tokens, text.Span{Start: i, End: i + n})
		i += n
	}
	s.first = start
	s.sentences(start, len(s.doc.Tokens))
}

// end closes the sentence before token i.
func (s *splitter) end(i int) {
	for s.first < i {
		n := min(i, s.first+longestSentence)
		s.doc.Sents = append(s.doc.Sents, text.Span{Start: s.first, End: n})
		s.first = n
	}
}
