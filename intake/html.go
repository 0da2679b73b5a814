package intake

import (
	"bytes"
	"fmt"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"codeberg.org/readeck/go-readability/v2/render"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"demarche/record"
)

// Bounds of a page: its bytes, and its elements. The parser refuses by itself
// what is nested deeper than 512 elements.
const (
	maxPage     = 16 << 20
	maxElements = 200_000
)

// html reads a page: the text of its article, without markup, and what the page
// declares of itself.
func (in *input) html(b []byte) (record.Document, error) {
	if len(b) > maxPage {
		return record.Document{}, tooLarge(in.Path, maxPage)
	}
	s, err := in.decodeHTML(b)
	if err != nil {
		return record.Document{}, err
	}
	if err := checkWeight(s); err != nil {
		return record.Document{}, whole(in.Path, err)
	}
	page, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return record.Document{}, wholef(in.Path, "the page cannot be read (%v); save its article as text", err)
	}
	declared, dates := pageFacts(page)
	text, title, err := article(page)
	if err != nil {
		return record.Document{}, whole(in.Path, err)
	}
	if text == "" {
		return record.Document{}, wholef(in.Path, "the page has no article text; save the article as text")
	}
	seen := firstLines(text)
	seen.title = first(title, seen.title)
	in.settle(&declared, dates, seen.published)
	return in.make(text, declared, seen), nil
}

// article gives the text and title of a page's article or, where none is made
// out, all text of the page.
func article(page *html.Node) (text, title string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the page cannot be read (%v); save its article as text", p)
		}
	}()
	whole := pageText(page)
	p := readability.NewParser()
	p.MaxElemsToParse = maxElements
	p.CharThresholds = 200
	a, err := p.ParseDocument(page, nil)
	if err != nil {
		return "", "", fmt.Errorf("the page cannot be read (%w); save its article as text", err)
	}
	var b bytes.Buffer
	if a.Node != nil && a.RenderText(&b) == nil {
		text = tidy(b.String())
	}
	if text == "" {
		text = whole
	}
	return text, a.Title(), nil
}

// pageText is all text of a page that a reader would see.
func pageText(page *html.Node) string {
	drop(page)
	for n := range page.Descendants() {
		if n.DataAtom == atom.Body {
			return tidy(render.InnerText(n))
		}
	}
	return ""
}

// hidden are the elements whose content is no text of the page, or only steers it.
var hidden = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true,
	atom.Object: true, atom.Embed: true, atom.Svg: true,
	atom.Nav: true, atom.Form: true, atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Dialog: true,
}

// drop takes the hidden elements out of a tree.
func drop(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && hidden[c.DataAtom] || c.Type == html.CommentNode {
			n.RemoveChild(c)
		} else {
			drop(c)
		}
		c = next
	}
}

// tidy makes of rendered text paragraphs with one empty line between them.
func tidy(s string) string {
	var out []string
	for _, line := range strings.Split(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n\n")
}
