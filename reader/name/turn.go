package name

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/text"
)

// turn is what one speaker says in a transcript, up to the next.
type turn struct {
	start   int      // the first token
	speaker *Mention // nil where the text does not let tell whom the speaker is with
}

// longestLabel is the number of bytes before the colon of a speaker's label.
const longestLabel = 140

// transcript finds the turns of a text in which lines begin with who speaks and a
// colon; nil where no label names a person who acts for somebody.
func (r *reader) transcript() []turn {
	var out []turn
	known := false
	src := r.doc.Source
	for at := 0; at < len(src); {
		line := src[at:]
		if i := strings.IndexByte(line, '\n'); i >= 0 {
			line = line[:i]
		}
		if label, ok := labelled(line); ok {
			t := turn{start: sort.Search(len(r.doc.Tokens), func(i int) bool { return r.doc.Tokens[i].Start >= at })}
			end := sort.Search(len(r.doc.Tokens), func(i int) bool { return r.doc.Tokens[i].Start >= at+len(label) })
			t.speaker = r.labels(text.Span{Start: t.start, End: end})
			known = known || t.speaker != nil
			out = append(out, t)
		}
		at += len(line) + 1
	}
	if !known {
		return nil
	}
	return out
}

// labelled reports whether a line begins with a speaker's label: words with capital
// letters and small words between them, then a colon.
func labelled(line string) (label string, ok bool) {
	i := strings.IndexByte(line, ':')
	if i < 2 || i > longestLabel || i+1 < len(line) && line[i+1] != ' ' {
		return "", false
	}
	label = line[:i]
	first, _ := utf8.DecodeRuneInString(label)
	if !unicode.IsUpper(first) || strings.ContainsAny(label, ";!?\"“”") {
		return "", false
	}
	capitals, small := 0, 0
	for _, w := range strings.Fields(label) {
		if c, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(c) {
			capitals++
		} else {
			small++
		}
	}
	return label, capitals > small
}

// labels is the person whom a label names, nil where it names none who acts for
// somebody.
func (r *reader) labels(s text.Span) *Mention {
	for _, m := range r.names.In(s) {
		if m.Person != nil && len(m.IDs) == 1 {
			return m
		}
	}
	return nil
}

// turnAt is the turn in which a token stands, nil outside of a transcript.
func (r *reader) turnAt(token int) *turn {
	if !r.heard {
		r.turns, r.heard = r.transcript(), true
	}
	i := sort.Search(len(r.turns), func(i int) bool { return r.turns[i].start > token })
	if i == 0 {
		return nil
	}
	return &r.turns[i-1]
}
