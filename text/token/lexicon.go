package token

import (
	"embed"
	"strings"
	"sync"
)

//go:embed data/*.tsv
var files embed.FS

// words are the words that are split or end a sentence otherwise than their
// letters tell.
type words struct {
	abbreviations map[string]class // without the last period
	contractions  map[string]int   // to the length of the first token
	prefixes      map[string]bool  // that keep their hyphen
	units         map[string]bool  // that are cut off a number
	slashed       map[string]bool  // words with a slash inside
	starters      map[string]bool  // words that begin sentences and no names
}

// class says how an abbreviation meets the end of a sentence.
type class uint8

const (
	notAbbreviated class = iota
	alwaysBefore         // before a name, never at the end: "Lt."
	beforeNumber         // "No."
	month                // before a day or year: "Oct."
	either               // "U.S.", "Inc."
	initial              // a letter: "J."
)

var classes = map[string]class{"title": alwaysBefore, "number": beforeNumber, "month": month, "other": either}

// lexicon reads the data files once.
var lexicon = sync.OnceValue(func() *words {
	w := &words{abbreviations: map[string]class{}, contractions: map[string]int{}}
	for _, row := range rows("abbreviations") {
		w.abbreviations[row[0]] = classes[row[1]]
	}
	for _, row := range rows("contractions") {
		w.contractions[row[0]+row[1]] = len(row[0])
	}
	sets := map[string]*map[string]bool{"prefix": &w.prefixes, "unit": &w.units, "slash": &w.slashed, "starter": &w.starters}
	for _, set := range sets {
		*set = map[string]bool{}
	}
	for _, row := range rows("words") {
		(*sets[row[1]])[row[0]] = true
	}
	return w
})

// rows are the lines of a file but for comments, split at tabs.
func rows(name string) [][]string {
	b, err := files.ReadFile("data/" + name + ".tsv")
	if err != nil {
		panic(err) // embedded
	}
	var all [][]string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		if line != "" && line[0] != '#' {
			all = append(all, strings.Split(line, "\t"))
		}
	}
	return all
}

// abbreviation classifies a word that a period follows.
func (w *words) abbreviation(word string) class {
	if c, ok := w.abbreviations[word]; ok {
		return c
	}
	if c, ok := w.abbreviations[strings.ToLower(word)]; ok && strings.ToLower(word) == word {
		return c
	}
	last := lastPart(word)
	if letterRun(last) != len(last) || runes(last) != 1 {
		return notAbbreviated
	}
	if last != word {
		return either // "U.S", "p.m"
	}
	if startsUpper(word) {
		return initial
	}
	return notAbbreviated
}

func runes(s string) int {
	n := 0
	for range s {
		n++
	}
	return n
}
