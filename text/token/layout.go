package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/text"
)

// line is a line of the source that is not blank, without white space around it.
type line struct {
	text.Span
	indent int  // runes of white space before it
	width  int  // runes, the indent included
	fresh  bool // a blank line stands before it
}

// Text whose lines are between these widths may be wrapped; wider lines are
// whole paragraphs, narrower ones a list.
const (
	narrowest = 45
	widest    = 130
)

// blocks joins the lines of each paragraph.
func blocks(src string) []text.Span {
	all := lines(src)
	var out []text.Span
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && !all[to].fresh {
			to++
		}
		out = join(out, src, all[from:to])
		from = to
	}
	return out
}

func lines(src string) []line {
	var all []line
	fresh := true
	for at := 0; at < len(src); {
		end := at + strings.IndexAny(src[at:], "\n\r\v\f\u2028\u2029")
		if end < at {
			end = len(src)
		}
		l := newLine(src, at, end)
		if l.Start < l.End {
			l.fresh = fresh
			all = append(all, l)
		}
		fresh = l.Start == l.End
		at = end + brk(src[end:])
	}
	return all
}

// brk is the length of the line end at the start of s.
func brk(s string) int {
	if strings.HasPrefix(s, "\r\n") {
		return 2
	}
	_, n := utf8.DecodeRuneInString(s)
	return n
}

func newLine(src string, at, end int) line {
	l := line{Span: text.Span{Start: at, End: end}}
	for l.Start < end {
		n := spaceAt(src[l.Start:end])
		if n == 0 {
			break
		}
		l.Start += n
		l.indent++
	}
	for l.End > l.Start {
		r, n := utf8.DecodeLastRuneInString(src[l.Start:l.End])
		if !space(r) {
			break
		}
		l.End -= n
	}
	l.width = l.indent + utf8.RuneCountInString(src[l.Start:l.End])
	return l
}

// join appends the blocks of a run of lines with no blank line in it.
func join(out []text.Span, src string, run []line) []text.Span {
	width := 0
	for _, l := range run {
		width = max(width, l.width)
	}
	b := run[0].Span
	for i := 1; i < len(run); i++ {
		if joined(src, run[i-1], run[i], width) {
			b.End = run[i].End
			continue
		}
		out = append(out, b)
		b = run[i].Span
	}
	return append(out, b)
}

// joined reports whether the text runs on from line a to line b, in lines of at
// most so many runes.
func joined(src string, a, b line, width int) bool {
	head, tail := src[b.Start:b.End], src[a.Start:a.End]
	if bullet(head) {
		return false
	}
	if !closed(tail) && startsLower(head) {
		return true
	}
	if b.indent >= a.indent+2 {
		return false
	}
	return width >= narrowest && width <= widest && a.width+1+firstWord(head) > width
}

// closed reports whether a line ends as a sentence or an item of a list does.
func closed(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, `"'”’)]`))
	return strings.ContainsRune(".?!:;…", r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// bullet reports whether a line begins an item of a list.
func bullet(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case strings.ContainsRune("•●▪■◦‣∙·", r):
		return true
	case strings.ContainsRune("*-–", r):
		return spaceAt(s[n:]) > 0
	}
	return false
}

func firstWord(s string) int {
	n := 0
	for _, r := range s {
		if space(r) {
			break
		}
		n++
	}
	return n
}

// spaceAt is the length of the white space character at the start of s, 0 if
// there is none.
func spaceAt(s string) int {
	if s == "" {
		return 0
	}
	if r, n := utf8.DecodeRuneInString(s); space(r) {
		return n
	}
	return 0
}

// space reports whether r separates tokens: white space, controls and marks
// without width.
func space(r rune) bool {
	switch r {
	case '\u200b', '\u200e', '\u200f', '\u00ad', '\ufeff', '\u2060', '\u200d':
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r)
}
