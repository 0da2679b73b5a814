package intake

import (
	"fmt"
	"strconv"
	"strings"

	"demarche/record"
)

// Front matter is a block before the text, between two lines of three hyphens:
//
//	---
//	title: What the article is called
//	publisher: Who printed it
//	published: 2020-10-14
//	url: https://example.org/article
//	---
//
// Each line is a key, a colon and a value, which may stand in single or double
// quotes. Lines that begin with # are comments; keys that are not known, and
// lists and blocks under them, are passed over. It is no YAML: there are no
// anchors, no types and nothing is expanded. A block without its closing line
// within the first maxFront lines is text.
const (
	maxFront      = 100      // lines
	maxFrontBytes = 32 << 10 // bytes of the block
)

// badLine is a line of the front matter that cannot be meant.
type badLine struct {
	line int // from 1
	err  error
}

// frontMatter takes the front matter off a text; a text without any comes back
// as it is.
func frontMatter(s string) (facts, string, *badLine) {
	block, body, ok := frontBlock(s)
	if !ok {
		return facts{}, s, nil
	}
	var f facts
	for i, line := range block {
		if err := f.declare(line); err != nil {
			return facts{}, s, &badLine{i + 2, err}
		}
	}
	return f, strings.TrimLeft(body, "\n"), nil
}

// frontBlock parts the lines of the block from the text after it.
func frontBlock(s string) (block []string, body string, ok bool) {
	rest, ok := strings.CutPrefix(s, "---\n")
	for size := 0; ok && len(block) < maxFront && size < maxFrontBytes; {
		line, after, more := strings.Cut(rest, "\n")
		if strings.TrimRight(line, " \t") == "---" || line == "..." {
			return block, after, keyed(block)
		}
		if !more {
			break
		}
		block, rest, size = append(block, line), after, size+len(line)
	}
	return nil, s, false
}

// keyed reports whether a block has at least one key, so that a text between
// two rules is not taken for front matter.
func keyed(block []string) bool {
	for _, line := range block {
		if key, _, ok := strings.Cut(line, ":"); ok && plainKey(key) {
			return true
		}
	}
	return false
}

func plainKey(key string) bool {
	return key != "" && !strings.ContainsFunc(key, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	})
}

// declare takes in one line of the block.
func (f *facts) declare(line string) error {
	key, value, ok := strings.Cut(line, ":")
	if !ok || !plainKey(key) {
		return nil
	}
	value = unquote(strings.TrimSpace(value))
	switch strings.ToLower(key) {
	case "title":
		f.title = value
	case "publisher", "site", "source":
		f.publisher = value
	case "author", "by":
		f.author = value
	case "url", "link", "address":
		f.url = value
	case "language", "lang":
		f.language = value
	case "origin", "agency":
		f.origin = value
	case "published", "date":
		return dateOf(key, value, &f.published)
	case "modified", "updated":
		return dateOf(key, value, &f.modified)
	}
	return nil
}

// dateOf reads the date of a key.
func dateOf(key, value string, to *record.When) error {
	if value == "" || value == "null" || value == "~" {
		return nil
	}
	w, ok := parseDate(value)
	if !ok {
		return fmt.Errorf("%s: %q is no date; write YYYY-MM-DD, YYYY-MM or YYYY", key, clip(value))
	}
	*to = w
	return nil
}

// unquote takes the quotes off a value and, without any, a comment behind it.
func unquote(v string) string {
	if len(v) >= 2 && v[0] == '"' && v[len(v)-1] == '"' {
		if s, err := strconv.Unquote(v); err == nil {
			return s
		}
		return v[1 : len(v)-1]
	}
	if len(v) >= 2 && v[0] == '\'' && v[len(v)-1] == '\'' {
		return strings.ReplaceAll(v[1:len(v)-1], "''", "'")
	}
	if at := strings.Index(v, " #"); at >= 0 {
		v = strings.TrimSpace(v[:at])
	}
	return v
}

// clip shortens what a message quotes.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// parseDate reads a date as machines write it (EDTF, with a time or without) or
// as people do ("October 14, 2020 1:28 PM").
func parseDate(s string) (record.When, bool) {
	s = strings.TrimSpace(s)
	if w, err := record.ParseEDTF(s); err == nil && !w.IsZero() {
		return w, true
	}
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') {
		if d, err := record.ParseDay(s[:10]); err == nil {
			return record.On(d), true
		}
	}
	return writtenDate(s)
}
