package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/text"
)

// scan gives the length of the token at i in the block.
func (s *splitter) scan(b text.Span, i int) int {
	rest := s.src[i:b.End]
	r, n := utf8.DecodeRuneInString(rest)
	switch {
	case wordRune(r):
		if n := address(rest); n > 0 {
			return n
		}
		return s.word(rest)
	case r == '\'' || r == '’':
		return s.apostrophe(b, i, n)
	case r == '.' && len(rest) > 1 && digit(rest[1]) && !s.glued(b, i):
		return 1 + s.word(rest[1:])
	case r == '-' && len(rest) > 1 && digit(rest[1]) && !s.glued(b, i):
		return 1 + s.word(rest[1:])
	case r == '(' || r == ')' || r == '[' || r == ']' || r == '"':
		return n
	}
	return symbols(rest, r, n)
}

// symbols gives the length of a run of one symbol; question and exclamation
// marks run together.
func symbols(s string, r rune, n int) int {
	if !strings.ContainsRune(".-!?*#=_~+`", r) {
		return n
	}
	same := func(x rune) bool { return x == r || (r == '!' || r == '?') && (x == '!' || x == '?') }
	end := strings.IndexFunc(s, func(x rune) bool { return !same(x) })
	if end < 0 {
		end = len(s)
	}
	return end
}

// glued reports whether the character before i in the block is part of a word.
func (s *splitter) glued(b text.Span, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s.src[b.Start:i])
	return wordRune(r)
}

// apostrophe gives the length of a clitic, or of a quotation mark.
func (s *splitter) apostrophe(b text.Span, i, n int) int {
	rest := s.src[i:b.End]
	if strings.HasPrefix(rest, "''") {
		return 2
	}
	if m := clitic(rest[n:]); m > 0 && (s.glued(b, i) || s.detached(b, i) && strings.HasPrefix(rest[n+m:], " ")) {
		return n + m
	}
	if m := digitRun(rest[n:]); m == 2 && strings.HasPrefix(rest[n+m:], "s") && !s.glued(b, i) {
		return n + m + 1
	}
	return n
}

// detached reports whether an apostrophe at i stands apart from the word before it
// by a blank, as in a text that was split into words, or by a backslash.
func (s *splitter) detached(b text.Span, i int) bool {
	return i-1 > b.Start && (s.src[i-1] == ' ' || s.src[i-1] == '\\') && s.glued(b, i-1)
}

// clitic gives the length of the letters of a clitic after its apostrophe.
func clitic(s string) int {
	for _, c := range [...]string{"s", "m", "d", "re", "ve", "ll"} {
		if len(s) >= len(c) && strings.EqualFold(s[:len(c)], c) && !wordStarts(s[len(c):]) {
			return len(c)
		}
	}
	return 0
}

func wordStarts(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && wordRune(r)
}

// wordRune reports whether a rune is part of a word: a letter, a mark or a digit.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune("°º²³½¼¾", r))
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func digitRun(s string) int {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n
}

func letterRun(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return i
		}
	}
	return len(s)
}

// word gives the length of the word at the start of s.
func (s *splitter) word(rest string) int {
	n := 0
	for n < len(rest) {
		r, size := utf8.DecodeRuneInString(rest[n:])
		if wordRune(r) {
			n += size
			continue
		}
		more := s.inside(rest, n, r, size)
		n += more
		if more == 0 || r == '$' {
			break
		}
	}
	return s.contraction(rest, s.unit(rest, n))
}

// inside gives how many bytes from n belong to the word before n although the
// rune there is no letter; 0 if the word ends.
func (s *splitter) inside(rest string, n int, r rune, size int) int {
	after := rest[n+size:]
	before, _ := utf8.DecodeLastRuneInString(rest[:n])
	number := unicode.IsDigit(before) && after != "" && digit(after[0])
	switch r {
	case '.':
		return s.period(rest, n)
	case ',':
		if number && digitRun(after) >= 3 {
			return 1
		}
	case ':', '/':
		if number || r == '/' && s.words.slashed[strings.ToLower(rest[:n]+"/"+after[:letterRun(after)])] {
			return 1
		}
	case '\'', '’':
		if wordStarts(after) && clitic(after) == 0 && !negated(rest[:n], after) || unicode.IsDigit(before) && clitic(after) == 1 && after[0] == 's' && digitRun(rest) == n {
			return size
		}
	case '&':
		if unicode.IsUpper(before) && startsUpper(after) {
			return 1
		}
	case '_', '@':
		if wordStarts(after) {
			return 1
		}
	case '$':
		if n <= 3 && strings.ToUpper(rest[:n]) == rest[:n] && letterRun(rest[:n]) == n {
			return 1
		}
	case '-', '‑':
		return s.hyphen(rest, n, size)
	}
	return 0
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// negated reports whether the word goes on in "n't".
func negated(before, after string) bool {
	return strings.HasSuffix(strings.ToLower(before), "n") && strings.EqualFold(after[:1], "t") && !wordStarts(after[1:])
}

// period decides on a period after n bytes of a word.
func (s *splitter) period(rest string, n int) int {
	after := rest[n+1:]
	last := lastPart(rest[:n])
	if wordStarts(after) {
		// "end.Then": a space is missing.
		if len(last) > 2 && startsUpper(after) && len(after) > 1 && !startsUpper(after[1:]) && letterRun(last) == len(last) && !strings.HasPrefix(after, "Com") {
			return 0
		}
		return 1
	}
	if strings.HasPrefix(after, ".") {
		return 0
	}
	switch s.words.abbreviation(rest[:n]) {
	case notAbbreviated:
		return 0
	case beforeNumber:
		if digitRun(strings.TrimLeft(after, " \u00a0")) == 0 {
			return 0
		}
	}
	return 1
}

// lastPart is what follows the last period.
func lastPart(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }

// hyphen decides on a hyphen after n bytes of a word: it is kept after a prefix,
// in names of types such as "F-16", in telephone numbers and dates of figures.
func (s *splitter) hyphen(rest string, n, size int) int {
	after := rest[n+size:]
	if !wordStarts(after) {
		return 0
	}
	before := rest[:n]
	switch {
	case digitRun(before) == n:
		if m := digitRun(after); m > 0 && (n == 3 && m >= 3 || m < len(after) && after[m] == '-' && digitRun(after[m+1:]) > 0) {
			return size
		}
	case digit(after[0]):
		if n <= 2 && startsUpper(before) && letterRun(before) == n || dated(before) {
			return size
		}
		if s.words.prefixes[strings.ToLower(before)] {
			return size
		}
	case s.words.prefixes[strings.ToLower(before)]:
		return size
	}
	return 0
}

// dated reports whether a word is figures with hyphens between.
func dated(s string) bool {
	return digit(s[0]) && strings.Trim(s, "0123456789-") == "" && strings.Contains(s, "-")
}

// unit cuts a unit of measurement off a number: "10km", "1.5bn".
func (s *splitter) unit(rest string, n int) int {
	if !digit(rest[0]) {
		return n
	}
	figures := strings.IndexFunc(rest[:n], func(r rune) bool { return !strings.ContainsRune("0123456789.,", r) })
	if figures > 0 && s.words.units[strings.TrimSuffix(strings.ToLower(rest[figures:n]), ".")] {
		return figures
	}
	return n
}

// contraction cuts a word of n bytes that stands for two: "cannot", "don't".
func (s *splitter) contraction(rest string, n int) int {
	word := strings.ToLower(rest[:n])
	if len(word) != n {
		return n
	}
	if cut := s.words.contractions[word]; cut > 0 {
		return cut
	}
	for _, t := range [...]string{"'t", "’t"} {
		if !strings.HasSuffix(word, "n") || len(rest) < n+len(t) || !strings.EqualFold(rest[n:n+len(t)], t) || wordStarts(rest[n+len(t):]) {
			continue
		}
		if n == 1 {
			return n + len(t)
		}
		return n - 1
	}
	return n
}

// address gives the length of a web or mail address at the start of s, 0 if
// there is none.
func address(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool { return space(r) || strings.ContainsRune(`<>"“”()[]`, r) })
	if end < 0 {
		end = len(s)
	}
	w := s[:end]
	if !strings.HasPrefix(w, "http://") && !strings.HasPrefix(w, "https://") && !strings.HasPrefix(w, "www.") && !mail(w) {
		return 0
	}
	return len(strings.TrimRight(w, ".,;:!?'’"))
}

func mail(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && strings.Contains(s[at:], ".") && wordStarts(s[at+1:])
}
