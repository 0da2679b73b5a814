package record

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is the run of whole sentences that a citation stands in, in bytes of
// the text, white space at its ends left out. A blank line ends a sentence; so
// does a full stop before a capital, but not the one of an abbreviation. A
// citation that does not lie in the text is given back cut to it. No sentence is
// sought further than longestSentence away.
func Sentence(text string, c Citation) Citation {
	c.Start = min(max(c.Start, 0), len(text))
	c.End = min(max(c.End, c.Start), len(text))
	start, first := c.Start, max(c.Start-longestSentence, 0)
	for start > first && !startsSentence(text, start) {
		start--
	}
	for start > 0 && start < c.Start && !utf8.RuneStart(text[start]) {
		start++
	}
	end, last := c.End, min(c.End+longestSentence, len(text))
	for end < last && !startsSentence(text, end) {
		end++
	}
	for end < len(text) && end > c.End && !utf8.RuneStart(text[end]) {
		end--
	}
	cited := text[start:end]
	c.Start = start + len(cited) - len(strings.TrimLeftFunc(cited, unicode.IsSpace))
	c.End = c.Start + len(strings.TrimSpace(cited))
	return c
}

// longestSentence is how far a sentence reaches on either side of a citation, in
// bytes; look is how much before a place tells whether a sentence ends there.
const (
	longestSentence = 4096
	look            = 96
)

// startsSentence reports whether a sentence may begin at a byte of the text.
func startsSentence(text string, at int) bool {
	before := text[max(at-look, 0):at]
	trimmed := strings.TrimRight(before, " \t\r\u00a0")
	if strings.HasSuffix(trimmed, "\n\n") || strings.HasSuffix(strings.ReplaceAll(trimmed, "\r", ""), "\n\n") {
		return true
	}
	gap := before[len(strings.TrimRightFunc(before, unicode.IsSpace)):]
	if gap == "" {
		return false
	}
	if strings.Count(gap, "\n") > 1 {
		return true
	}
	next, _ := utf8.DecodeRuneInString(text[at:])
	if !unicode.IsUpper(next) && !unicode.IsDigit(next) && !strings.ContainsRune("“\"'‘(—-•", next) {
		return false
	}
	word := strings.TrimRight(strings.TrimSpace(before), "\"”’')")
	return strings.HasSuffix(word, "!") || strings.HasSuffix(word, "?") || strings.HasSuffix(word, ".") && !abbreviated(word)
}

// abbreviated reports whether the full stop at the end of a text is that of an
// abbreviation: of a title, a month or an initial.
func abbreviated(s string) bool {
	word := s[strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '(' })+1:]
	word = strings.TrimSuffix(word, ".")
	if strings.Contains(word, ".") { // U.S, a.m
		return true
	}
	if utf8.RuneCountInString(word) == 1 {
		return true
	}
	switch strings.ToLower(word) {
	case "mr", "mrs", "ms", "dr", "gen", "col", "lt", "maj", "capt", "sen", "rep", "gov", "prof", "st", "jr", "sr", "no", "vs",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "messrs", "hon", "amb", "brig", "adm":
		return true
	}
	return false
}
