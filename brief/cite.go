package brief

import (
	"cmp"
	"slices"
	"strings"

	"demarche/record"
)

// mostNotes bounds the footnotes of a line: further claims of origins that it
// has already add nothing.
const mostNotes = 3

// citeLines gives the lines of a section that are left after cutting their
// footnotes.
func (c *composer) citeLines(lines []Line) {
	for i := range lines {
		l := &lines[i]
		l.Notes, l.claims = c.cite(l.claims...), nil
		c.citeLines(l.Sub)
	}
}

// cite gives the numbers of the footnotes for claims, the best of each
// independent origin, and adds those that are new.
func (c *composer) cite(claims ...*record.Stated) []int {
	var out []int
	origins := map[string]bool{}
	for _, s := range claims {
		if s == nil || len(s.Citations) == 0 || origins[s.Origin()] || len(out) == mostNotes {
			continue
		}
		origins[s.Origin()] = true
		if n := c.footnote(s); n > 0 && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// footnote is the number of the footnote for a claim; one sentence has one
// number, whoever speaks in it.
func (c *composer) footnote(s *record.Stated) int {
	cite := s.Citations[0]
	sentence := c.sentence(cite)
	key := string(cite.Document) + "|" + s.Source + "|" + sentence
	if n, ok := c.numbers[key]; ok {
		c.note.Notes[n-1].refer(s)
		return n
	}
	d := s.Document
	n := len(c.note.Notes) + 1
	c.numbers[key] = n
	c.note.Notes = append(c.note.Notes, Footnote{Number: n, Publisher: cmp.Or(d.Publisher, "Publisher not known"), Date: Date(d.Published), Title: d.Title,
		URL: d.URL, Speaker: c.words.Name(s.Source), Sentence: sentence, Claim: s.ID, Citation: cite})
	c.note.Notes[n-1].refer(s)
	return n
}

// refer adds the reference to a claim.
func (f *Footnote) refer(s *record.Stated) {
	if r, ok := referenceTo(s); ok && !slices.Contains(f.Refs, r) {
		f.Refs = append(f.Refs, r)
	}
}

// sentence is the sentence of a citation.
func (c *composer) sentence(cite record.Citation) string {
	text, ok := c.texts[cite.Document]
	if !ok {
		doc, err := c.q.Store.Document(c.ctx, cite.Document)
		if err != nil && c.err == nil {
			c.err = err
		}
		text = doc.Text
		c.texts[cite.Document] = text
	}
	return Sentence(text, cite)
}

// Sentence is the sentence of a citation as footnotes quote it: its white space
// folded, cut in the middle where it is very long.
func Sentence(text string, cite record.Citation) string {
	at := record.Sentence(text, cite)
	s := []rune(strings.Join(strings.Fields(text[at.Start:at.End]), " "))
	if len(s) > longest {
		return string(s[:longest/2]) + " […] " + string(s[len(s)-longest/2:])
	}
	return string(s)
}

// longest is the longest sentence, in characters, that a footnote has whole.
const longest = 600
