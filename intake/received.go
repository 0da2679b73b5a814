package intake

import (
	"context"
	"mime"
	"net/url"
	"path"
	"strings"

	"demarche/record"
)

// Received is one text that came from elsewhere than from a file: from the web,
// out of an archive.
type Received struct {
	// Name is a short name for the document; "" makes one of the address.
	Name string
	// URL is where it was got, "" where that is not known. An address that the
	// text declares for itself counts only on the same host.
	URL string
	// ContentType is its media type as the server told it; "" is found out.
	ContentType string
	Bytes       []byte
	// Day is when it was got; a later date is no date of its publication. Zero
	// is not known.
	Day record.Day
	// Title, Author, Published and Modified are what its source says of it, such
	// as the entry of a feed. They hold where the text itself does not say.
	Title, Author       string
	Published, Modified record.When
}

// received are the media types of documents.
var received = map[string]Format{
	"": Sniff, "text/html": HTML, "application/xhtml+xml": HTML, "text/plain": Text, "text/markdown": Markdown, "application/pdf": PDF,
	"application/octet-stream": Sniff,
}

// Document reads the text as a document, with its ID. Its error is an *Error
// whose Path is the address.
func (r Received) Document(ctx context.Context, opt Options) (record.Document, error) {
	where := first(r.URL, r.Name)
	kind, _, _ := mime.ParseMediaType(r.ContentType)
	format, ok := received[kind]
	if !ok {
		return record.Document{}, wholef(where, "is %.60q, which is no text that can be read", kind)
	}
	if format == Sniff {
		format = sniff(r.Bytes[:min(len(r.Bytes), sniffed)])
	}
	if format.many() || format == JSON {
		return record.Document{}, wholef(where, "holds data, not one text")
	}
	if limit := opt.limit(); int64(len(r.Bytes)) > limit {
		return record.Document{}, tooLarge(where, limit)
	}
	in := &input{Source: Source{Path: where}, opt: &opt, format: format, from: r, day: r.Day}
	doc, err := in.content(ctx, r.Bytes)
	if err != nil {
		return record.Document{}, err
	}
	doc.Name = fileName(first(r.Name, nameOf(r.URL), "document"))
	doc.ID = doc.Hash()
	return doc, nil
}

// nameOf makes a name of an address: the last part of its path, else its host.
func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	base := path.Base(u.Path)
	if base == "/" || base == "." {
		return u.Hostname()
	}
	return strings.TrimSuffix(base, path.Ext(base))
}

func (r *Received) facts() facts {
	return facts{title: r.Title, author: r.Author, url: r.URL, published: r.Published, modified: r.Modified}
}

// own is the address that a text declares for itself, "" where the text was got
// from another host: a page cannot pass for another's.
func (in *input) own(declared string) string {
	if in.from.URL == "" || sameHost(declared, in.from.URL) {
		return declared
	}
	return ""
}

// sameHost compares the hosts of two addresses, with www. or without.
func sameHost(a, b string) bool {
	u, err := url.Parse(a)
	v, err2 := url.Parse(b)
	if err != nil || err2 != nil {
		return false
	}
	bare := func(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Host), "www.") }
	return bare(u) == bare(v)
}
