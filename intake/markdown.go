package intake

import (
	"bytes"
	"errors"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"demarche/record"
)

// Bounds of Markdown: its bytes, and how deep its lists and quotations nest.
const (
	maxMarkdown = 4 << 20
	maxNesting  = 64
)

// markdown reads Markdown: front matter, then the text of its blocks with an
// empty line between them, without marks, code or raw HTML.
func (in *input) markdown(b []byte) (record.Document, error) {
	if len(b) > maxMarkdown {
		return record.Document{}, tooLarge(in.Path, maxMarkdown)
	}
	s, err := in.decode(b)
	if err != nil {
		return record.Document{}, err
	}
	declared, body, err := in.front(s)
	if err != nil {
		return record.Document{}, err
	}
	if line := nested(body); line > 0 {
		return record.Document{}, &Error{Path: in.Path, Line: line, Offset: -1, Err: errNested}
	}
	text, title := blocks([]byte(body))
	if text == "" {
		return record.Document{}, wholef(in.Path, "has no text besides marks, code and HTML")
	}
	seen := firstLines(text)
	seen.title = first(title, seen.title)
	return in.make(text, declared, seen), nil
}

var errNested = errors.New("lists and quotations are nested too deep; give the text as .txt")

// nested gives the first line, from 1, that opens more than maxNesting quotations
// and lists; 0 for none. Deeper ones exhaust a parser and mean nothing.
func nested(s string) int {
	for i, line := range strings.Split(s, "\n") {
		marks := 0
		for _, c := range line {
			if strings.ContainsRune(">-*+", c) {
				marks++
			} else if c != ' ' && c != '\t' && c != '.' && c != ')' && (c < '0' || c > '9') {
				break
			}
		}
		if marks > maxNesting && strings.Trim(line, "-*_ \t") != "" {
			return i + 1
		}
	}
	return 0
}

// blocks gives the text of the blocks of a Markdown document, and its first
// heading of the first level.
func blocks(src []byte) (text, title string) {
	var out []string
	root := goldmark.DefaultParser().Parse(gmtext.NewReader(src))
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() == ast.TypeInline {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
			line := inlineText(n, src)
			if h, ok := n.(*ast.Heading); ok && h.Level == 1 && title == "" {
				title = strings.ReplaceAll(line, "\n", " ")
			}
			if line != "" {
				out = append(out, line)
			}
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(out, "\n\n"), title
}

// inlineText is the text of a block without its marks.
func inlineText(n ast.Node, src []byte) string {
	var b bytes.Buffer
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch t := n.(type) {
		case *ast.Text:
			b.Write(plain(t, src))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(t.Value)
		case *ast.AutoLink:
			b.Write(t.Label(src))
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// plain is the text of a run with its escapes and entities resolved.
func plain(t *ast.Text, src []byte) []byte {
	b := t.Value(src)
	if t.IsRaw() {
		return b
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b)))
}
