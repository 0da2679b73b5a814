// Package brief puts the record's answers together into a note that a desk
// officer takes into the room: facts and dates for two states, one or two
// pages, every line footnoted. A note is a value; Markdown and HTML are two
// renderings of it.
package brief

import "demarche/record"

// Note is a briefing note on two states. Its texts are plain: whoever renders
// them escapes them.
type Note struct {
	Title    string // "Cambodia and Russia"
	AsOf     string // the day of the note, in words
	Clocks   string // the three clocks that the answers used, in words
	Sections []Section
	Notes    []Footnote // numbered from 1, in the order of their first use
}

// Section is one heading of the note with its lines. A section without lines
// has the one sentence that says so.
type Section struct {
	Heading string
	Lines   []Line
	Empty   string // said in place of lines; "" leaves an empty section out
}

// Line is one fact: its date, what was so, and the footnotes it rests on.
type Line struct {
	Date  string // "1956", "13 October 2020"; "" where the line has none
	Text  string
	Mark  string // a caution: "disputed", "inherited from the USSR", "possibly"
	Notes []int  // numbers of footnotes, at least one
	Sub   []Line // what followed: answers to a request, events of a debt

	claims []*record.Stated // what it rests on, until it is cited
}

// Footnote is where a line is from: the document and the sentence.
type Footnote struct {
	Number    int
	Publisher string
	Date      string
	Title     string
	URL       string // "" where the document has none
	Speaker   string // who the sentence has it from, "" for the publisher itself
	Sentence  string
	// Claim and Citation are what the line rests on, for those who link to it.
	Claim    record.ClaimID
	Citation record.Citation
	// Refs name all claims that lines rest on by this footnote.
	Refs []Reference
}

// Shown returns the sections that a rendering prints: those with lines or with
// a sentence that says why there are none.
func (n *Note) Shown() []Section {
	var out []Section
	for _, s := range n.Sections {
		if len(s.Lines) > 0 || s.Empty != "" {
			out = append(out, s)
		}
	}
	return out
}
