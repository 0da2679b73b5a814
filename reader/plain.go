package reader

import (
	_ "embed"
	"strings"

	"demarche/text"
)

// plainWords are the words that most reports on foreign affairs are written in,
// one a line; lines that begin with "#" are comments.
//
//go:embed plain.txt
var plainWords string

var plainSet = func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(plainWords) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[line] = true
		}
	}
	return m
}()

// The wordings of texts.
const (
	Plain = "plain"
	Usual = "usual"
	Rich  = "rich"
)

// fewWords are too few to tell a text's wording by.
const fewWords = 60

// Wording tells how far a text is from plain news: by the share of its words in
// small letters that few reports use. What is told in metaphors is less surely
// read.
func Wording(d *text.Doc) string {
	n, rare := 0, 0
	for i := range d.Tokens {
		w := d.Form(i)
		if !small(w) {
			continue
		}
		n++
		if !plainSet[w] {
			rare++
		}
	}
	switch {
	case n < fewWords, 100*rare >= 7*n && 100*rare < 14*n:
		return Usual
	case 100*rare < 7*n:
		return Plain
	}
	return Rich
}

// small reports whether a word is of small letters alone.
func small(w string) bool {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return w != ""
}
