// Package text is a document as sentences, tokens and trees: offsets into the
// source text, tags and heads by index. Its subpackages are the passes: token
// splits, tag gives parts of speech and lemmas, parse gives dependency trees.
package text

// Span is a half-open range [Start, End); of bytes or of tokens as its holder
// says.
type Span struct{ Start, End int }

// Doc is a source text split into sentences and tokens.
type Doc struct {
	Source string
	Tokens []Span // byte ranges in Source, in order, not overlapping
	Sents  []Span // token ranges, in order, covering all tokens
}

// Form returns the token's text as the source has it.
func (d *Doc) Form(i int) string { return d.Source[d.Tokens[i].Start:d.Tokens[i].End] }

// SentenceText returns the bytes of sentence i in the source.
func (d *Doc) SentenceText(i int) string {
	s := d.Sents[i]
	if s.Start == s.End {
		return ""
	}
	return d.Source[d.Tokens[s.Start].Start:d.Tokens[s.End-1].End]
}
