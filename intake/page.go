package intake

import (
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"demarche/record"
)

// page is what is gathered from a page to find out what it says of itself.
type page struct {
	meta      map[string]string // by lower-case name, property or itemprop; the first of each
	linked    []json.RawMessage // JSON-LD blocks
	times     []string          // datetime of <time>, in order
	canonical string
	language  string
}

// Where a page declares the day it was published, the best first: Open Graph,
// schema.org microdata, Dublin Core and the usual names.
var (
	publishedNames = []string{
		"article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
		"dcterms.created", "dc.date", "dcterms.date", "citation_publication_date", "parsely-pub-date", "sailthru.date",
		"pubdate", "publishdate", "publish-date", "publish_date", "date",
	}
	titleNames     = []string{"og:title", "dc.title", "dcterms.title", "twitter:title"}
	publisherNames = []string{"og:site_name", "dc.publisher", "dcterms.publisher", "application-name"}
	addressNames   = []string{"og:url"}
)

// maxLinked is how many bytes of a JSON-LD block are read.
const maxLinked = 256 << 10

// pageFacts gathers what a page declares: JSON-LD first, then its meta elements,
// then its first <time>.
func pageFacts(root *html.Node) facts {
	p := page{meta: map[string]string{}}
	p.gather(root)
	var f facts
	for _, block := range p.linked {
		f.merge(linkedFacts(block))
	}
	f.merge(facts{
		title: p.one(titleNames), publisher: p.one(publisherNames), language: p.language,
		url: first(address(p.canonical), address(p.one(addressNames))), published: p.published(),
	})
	return f
}

// merge takes from g what f lacks.
func (f *facts) merge(g facts) {
	f.title = first(f.title, g.title)
	f.publisher = first(f.publisher, g.publisher)
	f.url = first(f.url, g.url)
	f.language = first(f.language, g.language)
	if f.published.IsZero() {
		f.published = g.published
	}
}

func (p *page) one(names []string) string {
	for _, name := range names {
		if v := p.meta[name]; v != "" {
			return v
		}
	}
	return ""
}

func (p *page) published() record.When {
	var candidates []string
	for _, name := range publishedNames {
		candidates = append(candidates, p.meta[name])
	}
	for _, s := range append(candidates, p.times...) {
		if w, ok := parseDate(s); ok {
			return w
		}
	}
	return record.When{}
}

// gather walks the tree; its depth is bounded by the parser.
func (p *page) gather(n *html.Node) {
	if n.Type == html.ElementNode {
		p.element(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.gather(c)
	}
}

func (p *page) element(n *html.Node) {
	if strings.EqualFold(attr(n, "itemprop"), "datePublished") {
		p.keep("datePublished", first(attr(n, "content"), attr(n, "datetime"), inner(n)))
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
		if len(p.times) < 8 {
			p.times = append(p.times, first(attr(n, "datetime"), inner(n)))
		}
	case atom.Script:
		if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil && len(n.FirstChild.Data) <= maxLinked {
			p.linked = append(p.linked, json.RawMessage(n.FirstChild.Data))
		}
	}
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
func linkedFacts(block json.RawMessage) facts {
	var list []json.RawMessage
	if json.Unmarshal(block, &list) != nil {
		list = []json.RawMessage{block}
	}
	var f facts
	for _, raw := range list {
		f.merge(linkedThing(raw, 0))
	}
	return f
}

func linkedThing(raw json.RawMessage, depth int) facts {
	var thing struct {
		Type      json.RawMessage   `json:"@type"`
		Graph     []json.RawMessage `json:"@graph"`
		Headline  string            `json:"headline"`
		Published string            `json:"datePublished"`
		URL       string            `json:"url"`
		Publisher json.RawMessage   `json:"publisher"`
	}
	// A field of another type than expected leaves the others readable.
	_ = json.Unmarshal(raw, &thing)
	var f facts
	if isArticle(thing.Type) {
		f.title, f.url, f.publisher = thing.Headline, address(thing.URL), linkedName(thing.Publisher)
		f.published, _ = parseDate(thing.Published)
	}
	for _, inner := range thing.Graph {
		if depth < 3 {
			f.merge(linkedThing(inner, depth+1))
		}
	}
	return f
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

// linkedName is the name of a publisher, given as text or as a thing.
func linkedName(raw json.RawMessage) string {
	var name string
	var thing struct{ Name string }
	if json.Unmarshal(raw, &name) == nil {
		return name
	}
	_ = json.Unmarshal(raw, &thing)
	return thing.Name
}
