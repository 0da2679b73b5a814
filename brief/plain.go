package brief

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain makes one line of text from a document safe to print: white space is
// folded into single spaces, control characters, direction overrides, invisible
// characters and broken encoding are taken out. Joiners that scripts need stay.
func Plain(s string) string {
	var b strings.Builder
	space := false
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			continue
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case invisible(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// invisible reports whether a character has no ink and may deceive a reader or
// a terminal: controls, bidirectional formatting (UAX #9), zero-width spaces,
// tags and private use.
func invisible(r rune) bool {
	switch {
	case r == '\u200C' || r == '\u200D': // joiners of Persian, Khmer, emoji
		return false
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
		return true
	}
	return false
}

// markdownSpecial are the characters that Markdown (CommonMark and GitHub's
// extensions) may take for markup inside a line.
const markdownSpecial = "\\`*_[]<>|~&@"

// Markdown escapes a text so that Markdown shows it as it is: no emphasis, no
// links, no HTML, no entities. It is for text inside a line, not at its start.
func Markdown(s string) string {
	s = Plain(s)
	var b strings.Builder
	for i, r := range s {
		if strings.ContainsRune(markdownSpecial, r) || r == ':' && strings.HasPrefix(s[i:], "://") {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return strings.ReplaceAll(b.String(), "www.", `www\.`)
}

// Address returns a document's address where it is safe to link, "" for anything but
// plain http and https.
func Address(s string) string {
	u, err := url.Parse(Plain(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	out := u.String()
	if strings.ContainsAny(out, "<> \"'`\\|") {
		return ""
	}
	return out
}
