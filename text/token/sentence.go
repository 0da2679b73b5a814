package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentences ends sentences within a block's tokens.
func (s *splitter) sentences(from, to int) {
	i := s.dateline(from, to)
	s.end(i)
	quoted := false // within straight quotation marks
	for ; i < to; i++ {
		if s.form(i) == `"` {
			quoted = !quoted
		}
		if !s.final(i) {
			continue
		}
		if n, q := s.closing(i+1, to, quoted); n < to && s.begins(i, n) {
			s.end(n)
			i, quoted = n-1, q
		}
	}
	s.end(to)
}

func (s *splitter) form(i int) string { return s.doc.Form(i) }

// spaced reports whether white space stands before token i.
func (s *splitter) spaced(i int) bool {
	return i == 0 || s.doc.Tokens[i-1].End < s.doc.Tokens[i].Start
}

// final reports whether a sentence may end with token i.
func (s *splitter) final(i int) bool {
	form := s.form(i)
	switch form[0] {
	case '.', '!', '?':
		return true
	}
	if form == "…" {
		return true
	}
	return form[len(form)-1] == '.' && s.words.abbreviation(form[:len(form)-1]) != alwaysBefore
}

// closing steps over the quotation marks and brackets that close the sentence,
// from token i; it gives the token after them and whether a quotation is open.
func (s *splitter) closing(i, to int, quoted bool) (int, bool) {
	for ; i < to; i++ {
		switch s.form(i) {
		case "”", "’", "''", ")", "]", "»":
		case `"`:
			if !quoted {
				return i, quoted
			}
			quoted = false
		case "'", ".", "!", "?":
			if s.spaced(i) {
				return i, quoted
			}
		default:
			return i, quoted
		}
	}
	return i, quoted
}

// begins reports whether a sentence begins at token n after an end at token i.
func (s *splitter) begins(i, n int) bool {
	next := s.opening(n)
	if next == "" || s.listNumber(i) || strings.ContainsAny(next[:1], ",;:") {
		return false
	}
	if unicode.IsLower(firstRune(next)) && !startsUpper(next[1:]) {
		return false
	}
	form := s.form(i)
	if len(form) > 1 && form[len(form)-1] == '.' && form[0] != '.' {
		return s.abbreviated(form, next)
	}
	return s.spaced(n) || n > i+1 || startsUpper(next)
}

// opening is the first word at or after token n, past what opens a sentence.
func (s *splitter) opening(n int) string {
	for ; n < len(s.doc.Tokens); n++ {
		form := s.form(n)
		switch form {
		case `"`, "“", "‘", "'", "``", "(", "[", "«", "-", "–", "—", "--", "•", "*", "…", "...":
			continue
		}
		return form
	}
	return ""
}

// abbreviated decides on an abbreviation: it ends a sentence before a word that
// is more likely to begin one than to be a name.
func (s *splitter) abbreviated(form, next string) bool {
	if s.words.abbreviation(form[:len(form)-1]) == initial && (next == "A" || next == "I") {
		return false
	}
	return s.words.starters[next]
}

// listNumber reports whether the period at token i follows a number that opens
// the sentence, as in "1. Cooperation".
func (s *splitter) listNumber(i int) bool {
	if i != s.first+1 || s.form(i) != "." {
		return false
	}
	form := s.form(s.first)
	return len(form) <= 3 && digitRun(form) == len(form) || len(form) == 1 || strings.Trim(form, "IVXivx") == ""
}

// dateline finds the end of the dateline at the head of a report: a place in
// capitals, or a place with its date or agency, and a dash. It gives the token
// after the dash, or from.
func (s *splitter) dateline(from, to int) int {
	marked := false
	for i := from; i < min(to, from+20); i++ {
		form := s.form(i)
		switch {
		case strings.ContainsRune("-–—", firstRune(form)) && i > from:
			if len(form) == 1 && !s.spaced(i) {
				continue
			}
			if (marked || s.capitals(from, i)) && startsUpper(s.opening(i+1)) {
				return i + 1
			}
			return from
		case form == "(", digitRun(form) == len(form), s.words.abbreviation(strings.TrimSuffix(form, ".")) == month:
			marked = true
		case form == "," || form == ")" || form == "." || form == "/":
		case !startsUpper(form):
			return from
		}
	}
	return from
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// capitals reports whether tokens [from, to) are words in capitals.
func (s *splitter) capitals(from, to int) bool {
	for i := from; i < to; i++ {
		if form := s.form(i); strings.ToUpper(form) != form {
			return false
		}
	}
	return len(s.form(from)) > 2
}
