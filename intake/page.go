package intake

import (
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is what is gathered from a page to find out what it says of itself.
type page struct {
	meta      map[string]string // by lower-case name, property or itemprop; the first of each
	linked    []json.RawMessage // JSON-LD blocks
	dates     pageDates         // of marked elements
	times     []string          // datetime of other <time>, in order
	canonical string
	language  string
}

// Where a page declares the day it was published or edited, its author, title,
// publisher and address, the best first: Open Graph, schema.org microdata,
// Dublin Core and the usual names.
var (
	publishedNames = []string{
		"article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
		"dcterms.created", "dc.date", "dcterms.date", "citation_publication_date", "parsely-pub-date", "sailthru.date",
		"pubdate", "publishdate", "publish-date", "publish_date", "date",
	}
	modifiedNames = []string{
		"article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
		"lastmod", "last-modified", "revised",
	}
	authorNames    = []string{"author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "byl"}
	titleNames     = []string{"og:title", "dc.title", "dcterms.title", "twitter:title"}
	publisherNames = []string{"og:site_name", "dc.publisher", "dcterms.publisher", "application-name"}
	addressNames   = []string{"og:url"}
)

// maxLinked is how many bytes of a JSON-LD block are read.
const maxLinked = 256 << 10

// pageFacts gathers what a page declares: JSON-LD first, then its meta elements,
// then its <time> elements. Its dates are yet to be settled.
func pageFacts(root *html.Node) (facts, pageDates) {
	p := page{meta: map[string]string{}}
	p.gather(root, false)
	var f facts
	var dates pageDates
	for _, block := range p.linked {
		g, d := linkedFacts(block)
		f.merge(g)
		dates.append(d)
	}
	f.merge(facts{
		title: p.one(titleNames), publisher: p.one(publisherNames), language: p.language, author: person(p.one(authorNames)),
		url: first(address(p.canonical), address(p.one(addressNames))),
	})
	dates.append(pageDates{published: p.all(publishedNames), modified: p.all(modifiedNames)})
	dates.append(p.dates)
	dates.unmarked = p.times
	return f, dates
}

// person is the name of an author, "" for an address.
func person(name string) string {
	if strings.Contains(name, "://") {
		return ""
	}
	return name
}

// merge takes from g what f lacks.
func (f *facts) merge(g facts) {
	f.title = first(f.title, g.title)
	f.publisher = first(f.publisher, g.publisher)
	f.url = first(f.url, g.url)
	f.language = first(f.language, g.language)
	f.author = first(f.author, g.author)
}

func (p *page) one(names []string) string {
	for _, name := range names {
		if v := p.meta[name]; v != "" {
			return v
		}
	}
	return ""
}

// all gives the values of the names, in their order.
func (p *page) all(names []string) (values []string) {
	for _, name := range names {
		if v := p.meta[name]; v != "" {
			values = append(values, v)
		}
	}
	return values
}

// beside are the elements whose times and authors are not the article's.
var beside = map[atom.Atom]bool{atom.Aside: true, atom.Nav: true, atom.Footer: true}

// gather walks the tree; its depth is bounded by the parser.
func (p *page) gather(n *html.Node, aside bool) {
	aside = aside || beside[n.DataAtom]
	if n.Type == html.ElementNode {
		p.element(n, aside)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.gather(c, aside)
	}
}

func (p *page) element(n *html.Node, aside bool) {
	switch prop := attr(n, "itemprop"); {
	case aside:
	case strings.EqualFold(prop, "datePublished"), strings.EqualFold(prop, "dateModified"):
		p.keep(prop, first(attr(n, "content"), attr(n, "datetime"), inner(n)))
	case strings.EqualFold(prop, "author"):
		p.keep("author", first(attr(n, "content"), inner(n)))
	}
	switch n.DataAtom {
	case atom.Html:
		p.language = attr(n, "lang")
	case atom.Meta:
		p.keep(first(attr(n, "property"), attr(n, "name"), attr(n, "itemprop")), attr(n, "content"))
	case atom.Link:
		if strings.EqualFold(attr(n, "rel"), "canonical") {
			p.canonical = first(p.canonical, attr(n, "href"))
		}
	case atom.Time:
		if !aside {
			p.time(n)
		}
	case atom.Script:
		if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil && len(n.FirstChild.Data) <= maxLinked {
			p.linked = append(p.linked, json.RawMessage(n.FirstChild.Data))
		}
	}
}

// time takes in a <time> by what its marks say that it is.
func (p *page) time(n *html.Node) {
	value := first(attr(n, "datetime"), inner(n))
	marks := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class"))
	switch {
	case strings.Contains(marks, "modif"), strings.Contains(marks, "updat"):
		p.dates.modified = append(p.dates.modified, value)
	case strings.Contains(marks, "publi"), strings.Contains(marks, "entry-date"), strings.Contains(marks, "posted"), hasAttr(n, "pubdate"):
		p.dates.published = append(p.dates.published, value)
	case len(p.times) < 8:
		p.times = append(p.times, value)
	}
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func (p *page) keep(name, value string) {
	name, value = strings.ToLower(strings.TrimSpace(name)), strings.Join(strings.Fields(value), " ")
	if name != "" && p.meta[name] == "" {
		p.meta[name] = value
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// inner is the text right under an element.
func inner(n *html.Node) string {
	if n.FirstChild != nil && n.FirstChild.Type == html.TextNode {
		return strings.TrimSpace(n.FirstChild.Data)
	}
	return ""
}

// address keeps web addresses alone, and whole ones.
func address(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// articleTypes are the schema.org types whose fields speak of the article.
var articleTypes = []string{"Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report", "WebPage", "AnalysisNewsArticle", "PressRelease"}

// linkedFacts reads one JSON-LD block: an article, a list of things or a graph
// with an article in it.
func linkedFacts(block json.RawMessage) (f facts, dates pageDates) {
	var list []json.RawMessage
	if json.Unmarshal(block, &list) != nil {
		list = []json.RawMessage{block}
	}
	for _, raw := range list {
		g, d := linkedThing(raw, 0)
		f.merge(g)
		dates.append(d)
	}
	return f, dates
}

func linkedThing(raw json.RawMessage, depth int) (f facts, dates pageDates) {
	var thing struct {
		Type      json.RawMessage   `json:"@type"`
		Graph     []json.RawMessage `json:"@graph"`
		Headline  string            `json:"headline"`
		Published string            `json:"datePublished"`
		Modified  string            `json:"dateModified"`
		Author    json.RawMessage   `json:"author"`
		URL       string            `json:"url"`
		Publisher json.RawMessage   `json:"publisher"`
	}
	// A field of another type than expected leaves the others readable.
	_ = json.Unmarshal(raw, &thing)
	if isArticle(thing.Type) {
		f.title, f.url, f.publisher = thing.Headline, address(thing.URL), linkedName(thing.Publisher)
		f.author = person(linkedName(thing.Author))
		dates = pageDates{published: []string{thing.Published}, modified: []string{thing.Modified}}
	}
	for _, inner := range thing.Graph {
		if depth < 3 {
			g, d := linkedThing(inner, depth+1)
			f.merge(g)
			dates.append(d)
		}
	}
	return f, dates
}

func isArticle(raw json.RawMessage) bool {
	var one string
	many := []string{}
	if json.Unmarshal(raw, &one) == nil {
		many = []string{one}
	} else {
		_ = json.Unmarshal(raw, &many)
	}
	return slices.ContainsFunc(many, func(t string) bool { return slices.Contains(articleTypes, t) })
}

// linkedName is the name of a publisher or author, given as text, as a thing or
// as a list of them, of which all are named.
func linkedName(raw json.RawMessage) string {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var names []string
	for _, one := range list[:min(len(list), 20)] {
		var name string
		var thing struct{ Name string }
		if json.Unmarshal(one, &name) != nil {
			_ = json.Unmarshal(one, &thing)
			name = thing.Name
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
