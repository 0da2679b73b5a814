package intake

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"demarche/record"
)

// agencies.tsv lists the news agencies: name, other forms in semicolons, and
// "prose" or "credit"; its first lines say more.
//
//go:embed data/agencies.tsv
var agencyData string

// agencies is what the list says.
type agencies struct {
	names map[string]string // by form
	// told is a sentence that has what it says from an agency, which is its
	// first or second group.
	told *regexp.Regexp
}

var knownAgencies = sync.OnceValue(func() *agencies {
	a := &agencies{names: map[string]string{}}
	var prose []string
	for line := range strings.Lines(agencyData) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(fields) < 3 {
			continue
		}
		for i, form := range append([]string{fields[0]}, strings.Split(fields[1], ";")...) {
			if form = strings.TrimSpace(form); form == "" {
				continue
			}
			a.names[form] = fields[0]
			// A form of several words is plain whatever the short one is.
			if fields[2] == "prose" || i > 0 && strings.Contains(form, " ") {
				prose = append(prose, regexp.QuoteMeta(form))
			}
		}
	}
	slices.SortFunc(prose, func(x, y string) int { return len(y) - len(x) })
	form := `\b(` + strings.Join(prose, "|") + `)\b`
	a.told = regexp.MustCompile(form + `(?: news)?(?: agency)?(?: has)? (?:reported|reports|said|says)\b|` +
		`\b(?:according to|told|reported by|reports?) (?:the )?(?:(?:state|official|state-run|state-owned) )?(?:media |news )?(?:agency )?` + form)
	return a
})

// credits are lines that name whom a text is from, and nothing else.
var credits = regexp.MustCompile(`^(?:\(?(?:Source|Via|Agency)s?\s*[:/-]\s*|[(/©–—-]+\s*|\(c\)\s*|©\s*)([^()/]{2,40}?)(?:\s+\d{4})?\s*[)/.]*$`)

const (
	leadLines   = 4   // of a text whose sentences may tell of an agency
	leadBytes   = 800 // of them
	creditLines = 3   // at the end of a text
)

// agency is the news agency that a document is from, "" for none: the origin of
// what many papers print. Its dateline tells, else its publisher or author, else
// a line of credit, else the sentence that it begins with ("..., Xinhua
// reported"). Where several are told of, none is taken.
func agency(d *record.Document) string {
	known := knownAgencies().names
	if name := datelined(d.Text); name != "" {
		return first(known[name], name)
	}
	for _, name := range []string{d.Author, d.Publisher} {
		if known[name] != "" {
			return known[name]
		}
	}
	return first(credited(d.Text), attributed(d.Text))
}

// datelined is who stands in the dateline of a text.
func datelined(text string) string {
	seen := 0
	for line, rest := next(text); seen < headLines && (line != "" || rest != ""); line, rest = next(rest) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		seen++
		if m := wired.FindStringSubmatch(strings.TrimSpace(line[:min(len(line), 200)])); m != nil {
			return first(m[1], m[2])
		}
	}
	return ""
}

// credited is the agency that a line at the end of a text names.
func credited(text string) string {
	text = strings.TrimSpace(text)
	for range creditLines {
		at := strings.LastIndexByte(text, '\n')
		if m := credits.FindStringSubmatch(strings.TrimSpace(text[at+1:])); m != nil {
			if name := knownAgencies().names[strings.TrimSpace(m[1])]; name != "" {
				return name
			}
		}
		if at < 0 {
			break
		}
		text = strings.TrimSpace(text[:at])
	}
	return ""
}

// attributed is the one agency that the first sentences of a text have what they
// say from.
func attributed(text string) string {
	found, seen := "", 0
	for line, rest := next(text[:min(len(text), leadBytes)]); seen < leadLines && (line != "" || rest != ""); line, rest = next(rest) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		seen++
		for _, m := range knownAgencies().told.FindAllStringSubmatch(line, -1) {
			name := knownAgencies().names[first(m[1], m[2])]
			if found != "" && found != name {
				return ""
			}
			found = name
		}
	}
	return found
}
