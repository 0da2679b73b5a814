package brief

import (
	"crypto/sha256"
	"encoding/hex"
	"html"
	"regexp"
	"strconv"
	"strings"

	"demarche/record"
)

// Reference is a claim as a rendered footnote names it: by the beginning of its
// name, and a check of what it said when the note was made. It is written as
// ff5ebb9f0a1b-3fa2c1, in code at the end of a footnote of Markdown and in the
// attribute data-claims of one of HTML.
type Reference struct{ Claim, Check string }

// Lengths of a reference, in hex digits.
const (
	referenceDigits = 12
	checkDigits     = 6
)

// Check is a short hash of what a claim says.
func Check(c *record.Core) string {
	h := sha256.Sum256([]byte(c.Key()))
	return hex.EncodeToString(h[:])[:checkDigits]
}

// referenceTo is the reference to a claim; a name that is no hash has none.
func referenceTo(s *record.Stated) (Reference, bool) {
	id := string(s.ID)
	if len(id) < referenceDigits || strings.Trim(id, "0123456789abcdef") != "" {
		return Reference{}, false
	}
	return Reference{id[:referenceDigits], Check(&s.Core)}, true
}

// String writes the reference.
func (r Reference) String() string { return r.Claim + "-" + r.Check }

// References writes the references of the footnote, parted by spaces.
func (f Footnote) References() string {
	var out []string
	for _, r := range f.Refs {
		out = append(out, r.String())
	}
	return strings.Join(out, " ")
}

// Printed is a footnote as it stands in a rendered note.
type Printed struct {
	Number   int
	Sentence string // as it is quoted, plain
	Refs     []Reference
}

var (
	markdownFootnote = regexp.MustCompile(`(?m)^\[\^(\d{1,6})\]: (.*?)((?: ` + "`" + `[0-9a-f]{12}-[0-9a-f]{6}` + "`" + `)*)\r?$`)
	htmlFootnote     = regexp.MustCompile(`(?s)<li id="n(\d{1,6})" value="\d{1,6}"(?: data-claims="([0-9a-f -]*)")?>(.*?)</li>`)
	htmlQuote        = regexp.MustCompile(`(?s)<q>(.*)</q>`)
	reference        = regexp.MustCompile(`([0-9a-f]{12})-([0-9a-f]{6})`)
)

// ReadPrinted finds the footnotes in a note that was rendered as Markdown or as
// HTML. None are found in any other text.
func ReadPrinted(text string) []Printed {
	var out []Printed
	for _, m := range htmlFootnote.FindAllStringSubmatch(text, -1) {
		p := printed(m[1], m[2])
		if q := htmlQuote.FindStringSubmatch(m[3]); q != nil {
			p.Sentence = html.UnescapeString(q[1])
		}
		out = append(out, p)
	}
	for _, m := range markdownFootnote.FindAllStringSubmatch(text, -1) {
		p := printed(m[1], m[3])
		from, to := strings.Index(m[2], "“"), strings.LastIndex(m[2], "”")
		if from >= 0 && to > from {
			p.Sentence = unescape(m[2][from+len("“") : to])
		}
		out = append(out, p)
	}
	return out
}

func printed(number, refs string) Printed {
	p := Printed{}
	p.Number, _ = strconv.Atoi(number)
	for _, m := range reference.FindAllStringSubmatch(refs, -1) {
		p.Refs = append(p.Refs, Reference{m[1], m[2]})
	}
	return p
}

// unescape takes back what Markdown has escaped.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// Quotes reports whether the footnote quotes the sentence of a citation, as far
// as it quotes any. Titles and speakers may hold quotation marks of their own.
func (p Printed) Quotes(text string, cite record.Citation) bool {
	return p.Sentence == "" || strings.HasSuffix(p.Sentence, Plain(Sentence(text, cite)))
}
