package watch

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"golang.org/x/net/html/charset"

	"demarche/intake/fetch"
	"demarche/record"
)

// Bounds of a feed.
const (
	maxDepth    = 64      // of elements within elements
	maxElements = 200_000 // in all
	maxEntries  = 500     // that are looked at
)

var (
	errEntities = errors.New("the feed declares entities, which a feed has no need of; it is not read")
	errDeep     = errors.New("the feed nests its elements too deeply, or has too many; it is not read")
)

// entry is an entry of a feed.
type entry struct {
	key                 string // what the feed calls it
	mark                string // changes when the entry does
	address             string // of its page; "" where it has none
	title, author       string
	text                string // as HTML
	published, modified record.When
}

// parseFeed reads a feed that was got from an address.
func parseFeed(b []byte, from string) (entries []entry, err error) {
	// The library that reads feeds goes into nested elements one call deep each.
	b = plain(b)
	if err := checkXML(b); err != nil {
		return nil, err
	}
	defer func() {
		if p := recover(); p != nil {
			entries, err = nil, fmt.Errorf("the feed cannot be read (%v)", p)
		}
	}()
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	feed, err := p.Parse(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("the feed cannot be read (%w)", err)
	}
	base, err := url.Parse(from)
	if err != nil {
		return nil, err
	}
	original, _ := feed.OriginalFeed().(*atom.Feed)
	for i, item := range feed.Items[:min(len(feed.Items), maxEntries)] {
		e := entryOf(item, base)
		if original != nil && i < len(original.Entries) && original.Entries[i].Published == "" {
			// The library takes the time of the last edit where none of
			// publication is told.
			e.published = record.When{}
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// plain takes out the control characters that XML does not have, as the library
// that reads feeds does, so that both see the same.
func plain(b []byte) []byte {
	return slices.DeleteFunc(slices.Clone(b), func(c byte) bool { return c < ' ' && c != '\t' && c != '\n' && c != '\r' })
}

// isJSON reports whether the library takes a feed for JSON: by the first byte
// that is no space and no part of a byte order mark.
func isJSON(b []byte) bool {
	at := slices.IndexFunc(b, func(c byte) bool { return !strings.ContainsRune(" \r\n\t\u00fe\u00ff\u00ef\u00bb\u00bf", rune(c)) })
	return at >= 0 && b[at] == '{'
}

// checkXML refuses a feed that could do harm, before it is read. It parts the
// feed into tokens by the settings of the library that reads feeds.
func checkXML(b []byte) error {
	if isJSON(b) {
		return nil // JSON, of which the standard library bounds the nesting
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict, d.CharsetReader = false, charset.NewReaderLabel
	depth, elements := 0, 0
	for {
		t, err := d.Token()
		if err != nil {
			return fmt.Errorf("the feed cannot be read (%w)", err)
		}
		switch t := t.(type) {
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(t), []byte("<!ENTITY")) {
				return errEntities
			}
		case xml.StartElement:
			depth, elements = depth+1, elements+1
		case xml.EndElement:
			if depth--; depth == 0 {
				return nil
			}
		}
		if depth > maxDepth || elements > maxElements {
			return errDeep
		}
	}
}

// isFeed reports whether an answer is a feed: by its first element, whatever the
// server calls it, or by the type of JSON feeds. The start is looked at alone.
func isFeed(resp *fetch.Response) bool {
	if kind, _, _ := mime.ParseMediaType(resp.ContentType); kind == "application/feed+json" {
		return true
	}
	start := plain(resp.Body[:min(len(resp.Body), 64<<10)])
	if isJSON(start) {
		return bytes.Contains(start, []byte("jsonfeed.org/version"))
	}
	d := xml.NewDecoder(bytes.NewReader(start))
	d.Strict, d.CharsetReader = false, charset.NewReaderLabel
	for {
		t, err := d.Token()
		if err != nil {
			return false
		}
		switch t := t.(type) {
		case xml.CharData:
			if strings.Trim(string(t), " \t\r\n\ufeff") != "" {
				return false
			}
		case xml.StartElement:
			name := strings.ToLower(t.Name.Local)
			return name == "rss" || name == "feed" || name == "rdf"
		}
	}
}

func entryOf(item *gofeed.Item, base *url.URL) entry {
	e := entry{title: oneLine(item.Title), text: item.Content, published: dayOf(item.Published, item.PublishedParsed), modified: dayOf(item.Updated, item.UpdatedParsed)}
	if e.text == "" {
		e.text = item.Description
	}
	var names []string
	for _, a := range item.Authors[:min(len(item.Authors), 20)] {
		if a != nil && a.Name != "" {
			names = append(names, oneLine(a.Name))
		}
	}
	e.author = strings.Join(names, ", ")
	if u, err := base.Parse(strings.TrimSpace(item.Link)); err == nil && item.Link != "" && webAddress(u.String()) == nil {
		u.Fragment = ""
		e.address = u.String()
	}
	e.key = cmp.Or(item.GUID, e.address, e.title, short(e.text))
	e.key = clip(e.key) + " " + short(e.key)
	e.mark = short(e.title, e.text, e.address, item.Updated, item.Published)
	return e
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// dayOf is the day of a time in the zone that it is written in; the library's
// reading of it is in UTC.
func dayOf(written string, utc *time.Time) record.When {
	if t, err := mail.ParseDate(strings.TrimSpace(written)); err == nil {
		return record.On(record.DayOf(t.Date()))
	}
	if t, err := time.Parse(time.RFC3339, strings.TrimSpace(written)); err == nil {
		return record.On(record.DayOf(t.Date()))
	}
	if utc == nil || utc.IsZero() {
		return record.When{}
	}
	return record.On(record.DayOf(utc.Date()))
}

// short is a short hash of texts.
func short(texts ...string) string {
	h := sha256.New()
	for _, s := range texts {
		fmt.Fprintf(h, "%d:", len(s))
		io.WriteString(h, s)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
