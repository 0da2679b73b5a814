package web

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// run is a run of bytes of a text.
type run struct{ start, end int }

// mark is a run of a text that is to be marked.
type mark struct {
	start, end int
	number     int // of the claim in the document, 0 for none
	claim      string
	anchor     string // "" where another run of the same claim has it
	asked      bool   // the address asks for it
}

// segment is a piece of text over which the same marks lie.
type segment struct {
	Text    string
	Depth   int      // how many marks lie over it; 0 is plain text
	Asked   bool     // the address asks for one of them
	Anchors []string // of the marks that begin here
	Refs    []int    // the numbers of the claims whose marks end here
}

// Class is the style of a segment: overlapping marks are drawn in lines below
// each other.
func (s segment) Class() string {
	class := []string{"m1", "m2", "m3"}[min(s.Depth, 3)-1]
	if s.Asked {
		class += " asked"
	}
	return class
}

// divided cuts a text into parts of at most so many bytes, at the ends of
// paragraphs, else of lines, else of words, else of characters. A text without
// anything has one empty part.
func divided(text string, most int) []run {
	var out []run
	start := 0
	for len(text)-start > most {
		end := start + cutAt(text[start:start+most])
		for end > start && !utf8.RuneStart(text[end]) {
			end--
		}
		if end == start {
			end = start + most
		}
		out = append(out, run{start, end})
		start = end
	}
	return append(out, run{start, len(text)})
}

func cutAt(s string) int {
	for _, between := range []string{"\n\n", "\n", " "} {
		if i := strings.LastIndex(s, between); i > len(s)/2 {
			return i + len(between)
		}
	}
	return len(s)
}

// paragraphs are the runs of a part between blank lines or, in texts without
// them, its lines; white space around them is left out.
func paragraphs(text string, part run) []run {
	between := "\n\n"
	if !strings.Contains(strings.TrimSpace(text[part.start:part.end]), between) {
		between = "\n"
	}
	var out []run
	for start := part.start; start < part.end; {
		end, next := part.end, part.end
		if i := strings.Index(text[start:part.end], between); i >= 0 {
			end, next = start+i, start+i+len(between)
		}
		if strings.TrimSpace(text[start:end]) != "" {
			out = append(out, run{start, end})
		}
		start = next
	}
	return out
}

// segments cuts a paragraph where marks begin and end.
func segments(text string, p run, marks []mark) []segment {
	var over []mark
	cuts := []int{p.start, p.end}
	for _, m := range marks {
		m.start, m.end = max(m.start, p.start), min(m.end, p.end)
		if m.start >= m.end {
			continue
		}
		over = append(over, m)
		cuts = append(cuts, onRune(text, m.start), onRune(text, m.end))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []segment
	for i := range len(cuts) - 1 {
		out = append(out, segmentOf(text, run{cuts[i], cuts[i+1]}, over))
	}
	return out
}

func segmentOf(text string, r run, over []mark) segment {
	s := segment{Text: visible(text[r.start:r.end])}
	for _, m := range over {
		if m.start < r.end && r.start < m.end {
			if m.number > 0 || m.asked {
				s.Depth++
			}
			s.Asked = s.Asked || m.asked
			if onRune(text, m.start) == r.start && m.anchor != "" {
				s.Anchors = append(s.Anchors, m.anchor)
			}
			if onRune(text, m.end) == r.end && m.number > 0 {
				s.Refs = append(s.Refs, m.number)
			}
		}
	}
	return s
}

// onRune is a place in a text, moved to the beginning of its character.
func onRune(text string, at int) int {
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// visible writes a text so that all that is in it is seen and nothing acts:
// control characters, direction overrides and other characters without ink are
// named by their number. Line ends and tabs stay.
func visible(s string) string {
	if !strings.ContainsFunc(s, inkless) && utf8.ValidString(s) {
		return strings.ReplaceAll(s, "\r\n", "\n")
	}
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		if inkless(r) {
			b.WriteString("[U+" + strings.ToUpper(hex4(r)) + "]")
			continue
		}
		b.WriteRune(r) // a byte that is no UTF-8 becomes U+FFFD
	}
	return b.String()
}

func inkless(r rune) bool {
	switch r {
	case '\n', '\t', '\u200C', '\u200D', '\u00AD', '\uFEFF':
		return false
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r)
}

func hex4(r rune) string {
	const digits = "0123456789abcdef"
	out := ""
	for r > 0 || len(out) < 4 {
		out = string(digits[r&15]) + out
		r >>= 4
	}
	return out
}
