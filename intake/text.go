package intake

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"demarche/record"
)

// facts are what a text says of itself.
type facts struct {
	title, publisher, author, url, language, origin string
	published, modified                             record.When
}

// fill puts the options into what a document does not say.
func (o *Options) fill(d *record.Document) {
	d.Title = first(d.Title, o.Title)
	d.Publisher = first(d.Publisher, o.Publisher)
	d.URL = first(d.URL, o.URL)
	d.Language = first(d.Language, o.Language)
	if d.Published.IsZero() {
		d.Published = o.Published
	}
}

// make puts a document together: the options come before what the text
// declares, that before what its source says of it, and that before what its
// first lines let one see.
func (in *input) make(text string, declared, seen facts) record.Document {
	d := record.Document{
		Name: in.name(), Text: text,
		Title: in.opt.Title, Publisher: in.opt.Publisher, URL: in.opt.URL, Published: in.opt.Published,
	}
	declared.url = in.own(declared.url)
	for _, f := range []facts{declared, in.from.facts(), seen, {language: in.opt.Language}} {
		d.Title = first(d.Title, f.title)
		d.Publisher = first(d.Publisher, f.publisher)
		d.URL = first(d.URL, f.url)
		d.Origin = first(d.Origin, f.origin)
		d.Author = first(d.Author, f.author)
		d.Language = first(d.Language, f.language)
		if d.Published.IsZero() {
			d.Published = f.published
		}
		if d.Modified.IsZero() {
			d.Modified = f.modified
		}
	}
	d.Origin = first(d.Origin, agency(&d))
	return d
}

// first gives the first that is not empty.
func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// text reads plain text: front matter, if any, and the text after it as it
// stands. A page, and a text full of markup, are read as what they are.
func (in *input) text(b []byte) (record.Document, error) {
	if sniff(b) == HTML {
		in.opt.warn(in.Path, "is a page; read as HTML")
		return in.html(b)
	}
	s, err := in.decode(b)
	if err != nil {
		return record.Document{}, err
	}
	declared, body, err := in.front(s)
	if err != nil {
		return record.Document{}, err
	}
	if laden(body) {
		if body, err = in.unmark(body); err != nil {
			return record.Document{}, err
		}
	}
	return in.make(body, declared, firstLines(body)), nil
}

// tag is an element that texts on the web are full of.
var tag = regexp.MustCompile(`(?i)</?(?:p|div|span|br|a|b|i|em|strong|h[1-6]|ul|ol|li|table|tr|td|img|figure|blockquote)(?:\s[^<>]{0,500})?/?>`)

// laden reports whether a text is full of markup: four elements, and one in
// every thousand bytes.
func laden(s string) bool {
	least := max(4, len(s)/1000)
	return strings.Contains(s, "</") && len(tag.FindAllStringIndex(s, least)) >= least
}

// unmark takes the markup out of a text.
func (in *input) unmark(s string) (string, error) {
	if err := checkWeight(s); err != nil {
		return "", whole(in.Path, err)
	}
	page, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return "", wholef(in.Path, "has markup that cannot be read (%v); take it out", err)
	}
	in.opt.warn(in.Path, "is full of markup, which was taken out")
	if s = pageText(page); s == "" {
		return "", wholef(in.Path, "has no text besides its markup")
	}
	return s, nil
}

// front takes the front matter off a text.
func (in *input) front(s string) (facts, string, error) {
	declared, body, bad := frontMatter(s)
	if bad != nil {
		return facts{}, "", &Error{Path: in.Path, Line: bad.line, Offset: -1, Err: bad.err}
	}
	if strings.TrimSpace(body) == "" {
		return facts{}, "", wholef(in.Path, "has no text after its front matter")
	}
	return declared, body, nil
}
