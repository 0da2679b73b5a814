package almanac

import "strings"

// Post is a post that a person may hold for a polity or body.
type Post struct {
	Name   string // plain lower-case words: "foreign minister"
	Class  string // "head of state", "minister", ..., or "excluded": recognised, gives no office
	Scope  string // polity, body, both
	Plural bool   // named in the plural: "foreign ministers"
	Source string
}

// Excluded reports whether the title gives no office.
func (p *Post) Excluded() bool { return p.Class == "excluded" }

// MatchPost returns the longest run of tokens from forms[i] that is a post,
// without regard to case, and the post; 0 and nil where there is none. It does
// not allocate. The posts of one name are two values, singular and plural:
// compare names.
func (a *Almanac) MatchPost(forms []string, i int) (n int, p *Post) {
	n, hits := a.titles.match(forms, i)
	if n == 0 {
		return 0, nil
	}
	return n, hits[0]
}

// Post returns the post of a canonical name or wording, nil where there is none.
func (a *Almanac) Post(wording string) *Post {
	if hits := a.titles.find(wording); len(hits) > 0 {
		return hits[0]
	}
	return nil
}

// headEnds are the words before which the head noun of a title stands.
var headEnds = []string{" of ", " for ", " to ", " in ", " at ", " on ", " without ", " responsible ", ", ", " ad interim", "-in-", "-at-", " d'affaires", " d’affaires", " extraordinary"}

// pluralTitle is the plural of a title: "ministers of defence", "consuls
// general", "foreign secretaries".
func pluralTitle(title string) string {
	cut := len(title)
	for _, e := range headEnds {
		if i := strings.Index(title, e); i > 0 {
			cut = min(cut, i)
		}
	}
	head, rest := title[:cut], title[cut:]
	for _, g := range []string{" general", "-general"} {
		if stem, ok := strings.CutSuffix(head, g); ok && stem != "" {
			return plural(stem) + g + rest
		}
	}
	return plural(head) + rest
}

func plural(noun string) string {
	n := len(noun)
	switch {
	case strings.HasSuffix(noun, "man") && n > 3:
		return noun[:n-2] + "en"
	case strings.HasSuffix(noun, "s"), strings.HasSuffix(noun, "sh"), strings.HasSuffix(noun, "ch"):
		return noun + "es"
	case n > 1 && noun[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(noun[n-2])):
		return noun[:n-1] + "ies"
	}
	return noun + "s"
}
