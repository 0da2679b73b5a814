package intake

import (
	"strings"

	"demarche/record"
)

// facts are what a text says of itself.
type facts struct {
	title, publisher, url, language, origin string
	published                               record.When
}

// fill puts the options into what a document does not say.
func (o *Options) fill(d *record.Document) {
	d.Title = first(d.Title, o.Title)
	d.Publisher = first(d.Publisher, o.Publisher)
	d.URL = first(d.URL, o.URL)
	if d.Published.IsZero() {
		d.Published = o.Published
	}
}

// make puts a document together: the options come before what the text
// declares, and that before what its first lines let one see.
func (in *input) make(text string, declared, seen facts) record.Document {
	d := record.Document{
		Name: in.name(), Text: text, Language: declared.language,
		Title: in.opt.Title, Publisher: in.opt.Publisher, URL: in.opt.URL, Published: in.opt.Published,
	}
	for _, f := range []facts{declared, seen} {
		d.Title = first(d.Title, f.title)
		d.Publisher = first(d.Publisher, f.publisher)
		d.URL = first(d.URL, f.url)
		d.Origin = first(d.Origin, f.origin)
		if d.Published.IsZero() {
			d.Published = f.published
		}
	}
	d.Origin = first(d.Origin, agency(text))
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

// text reads plain text: front matter, if any, and the text after it as it stands.
func (in *input) text(b []byte) (record.Document, error) {
	s, err := in.decode(b)
	if err != nil {
		return record.Document{}, err
	}
	declared, body, err := in.front(s)
	if err != nil {
		return record.Document{}, err
	}
	return in.make(body, declared, firstLines(body)), nil
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
