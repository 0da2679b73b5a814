package record_test

import (
	"strings"
	"testing"

	"demarche/record"
)

func TestSentence(t *testing.T) {
	text := "HEADING\n\nMr. Nord met Gen. Sud on Oct. 13. He asked for aid. “We agreed,” he said.\nIt was late in the U.S. capital then."
	for cited, want := range map[string]string{
		"HEADING":                     "HEADING",
		"Nord met":                    "Mr. Nord met Gen. Sud on Oct. 13.",
		"aid":                         "He asked for aid.",
		"met Gen. Sud on Oct. 13. He": "Mr. Nord met Gen. Sud on Oct. 13. He asked for aid.",
		"agreed":                      "“We agreed,” he said.",
		"capital":                     "It was late in the U.S. capital then.",
	} {
		at := strings.Index(text, cited)
		c := record.Sentence(text, record.Citation{Start: at, End: at + len(cited)})
		if got := text[c.Start:c.End]; got != want {
			t.Errorf("%q stands in %q, want %q", cited, got, want)
		}
	}
	for _, c := range []record.Citation{{Start: -5, End: 3}, {Start: 5, End: 1000}, {Start: 900, End: 1000}, {Start: 9, End: 3}} {
		got := record.Sentence(text, c)
		_ = text[got.Start:got.End]
	}
}
