package intake

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"demarche/record"
)

// check reads b as standard input in a format and checks what holds of every
// document and error.
func check(t *testing.T, format Format, b []byte) {
	src := Source{Path: "f", Format: format}
	opt := Options{MaxBytes: 1 << 16}
	in := &input{Source: src, opt: &opt, format: format, r: bufio.NewReader(bytes.NewReader(b))}
	if format == Lines {
		for doc, err := range in.lines() {
			checkOne(t, doc, err)
		}
		return
	}
	doc, err := in.document(context.Background())
	checkOne(t, doc, err)
}

func checkOne(t *testing.T, doc record.Document, err error) {
	t.Helper()
	var at *Error
	switch {
	case err != nil && !errors.As(err, &at):
		t.Errorf("error %v is no *Error", err)
	case err == nil && (strings.TrimSpace(doc.Text) == "" || !utf8.ValidString(doc.Text)):
		t.Errorf("text %q is empty or no UTF-8", doc.Text)
	case err == nil && doc.Published.Latest != 0 && doc.Published.Latest < doc.Published.Earliest:
		t.Errorf("published %v ends before it begins", doc.Published)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(`<html><script type="application/ld+json">{"@graph":[{"@type":["Article"],"datePublished":"2019"}]}</script><time datetime="2019-01-02">x</time><p>Ghana met Togo.`))
	f.Add([]byte("<table><tr><td>a<td>b</table><template><p>x</template><svg><a/></svg>"))
	f.Fuzz(func(t *testing.T, b []byte) { check(t, HTML, b) })
}

func FuzzMarkdown(f *testing.F) {
	f.Add([]byte("# T\n\n> - 1. *a* **b** `c` <https://e.org> &amp; \\*\n\n```\ncode\n```\n"))
	f.Fuzz(func(t *testing.T, b []byte) { check(t, Markdown, b) })
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(story))
	f.Add([]byte(`{"text":"a\u0000b","published":"2019-1X"}`))
	f.Fuzz(func(t *testing.T, b []byte) { check(t, JSON, b) })
}

func FuzzLines(f *testing.F) {
	f.Add([]byte(story + "\n\n{\n" + story))
	f.Fuzz(func(t *testing.T, b []byte) { check(t, Lines, b) })
}

func FuzzText(f *testing.F) {
	f.Add([]byte("Envoys meet\n\n  • October 14, 2020 1:28 PM\n\nACCRA, 7 May 2019 (GNA) -- x"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Fuzz(func(t *testing.T, b []byte) { check(t, Text, b) })
}

func FuzzFrontMatter(f *testing.F) {
	f.Add("---\ntitle: 'a''b'\npublished: 2019-05\n# c\nx:\n - y\n---\nBody")
	f.Fuzz(func(t *testing.T, s string) {
		_, body, bad := frontMatter(s)
		if !strings.HasSuffix(s, body) {
			t.Errorf("the body %q is not the end of the text %q", body, s)
		}
		if bad != nil && (bad.line < 2 || bad.line > maxFront+2) {
			t.Errorf("line %d is not in the front matter", bad.line)
		}
	})
}
