package exchange

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/url"
	"time"

	"demarche/record"
)

// Namespace begins the names of our own terms. It leads nowhere, and is not
// meant to: nothing is fetched to read a file.
const Namespace = "https://demarche.invalid/ns#"

// context says what the terms of a file mean: those of schema.org and PROV
// where these have them, and our own. EDTF dates are typed as the Library of
// Congress names them.
const context = `{
  "schema": "https://schema.org/",
  "prov": "http://www.w3.org/ns/prov#",
  "xsd": "http://www.w3.org/2001/XMLSchema#",
  "dm": "` + Namespace + `",
  "edtf": "http://id.loc.gov/datatypes/edtf/EDTF",
  "id": "@id",
  "type": "@type",
  "title": "schema:headline",
  "publisher": "schema:publisher",
  "published": {"@id": "schema:datePublished", "@type": "edtf"},
  "url": {"@id": "schema:url", "@type": "xsd:anyURI"},
  "appearance": {"@id": "schema:appearance", "@type": "@id"},
  "quotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
  "attributedTo": "prov:wasAttributedTo",
  "recorded": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
  "quote": "schema:text",
  "kind": "dm:kind",
  "phase": "dm:phase",
  "negated": {"@id": "dm:negated", "@type": "xsd:boolean"},
  "when": {"@id": "dm:when", "@type": "edtf"},
  "earliest": {"@id": "dm:earliest", "@type": "xsd:date"},
  "latest": {"@id": "dm:latest", "@type": "xsd:date"},
  "startByte": {"@id": "dm:startByte", "@type": "xsd:integer"},
  "endByte": {"@id": "dm:endByte", "@type": "xsd:integer"},
  "confidence": {"@id": "dm:confidence", "@type": "xsd:decimal"},
  "reviewed": "dm:reviewed",
  "topic": "dm:topic",
  "content": "dm:content",
  "role": "@nest",
  "@vocab": "` + Namespace + `"
}`

// article is a document as linked data.
type article struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Published string `json:"published,omitempty"`
	URL       string `json:"url,omitempty"`
}

// statement is a claim as linked data.
type statement struct {
	ID   string   `json:"id"`
	Type []string `json:"type"`
	said
	Quote        string      `json:"quote"`
	Appearance   string      `json:"appearance"`
	Citations    []quotation `json:"citation"`
	AttributedTo []string    `json:"attributedTo,omitempty"`
	Confidence   string      `json:"confidence"`
	Reviewed     string      `json:"reviewed,omitempty"`
	Recorded     string      `json:"recorded"`
}

// said is what a claim or a content says.
type said struct {
	Kind     string              `json:"kind,omitempty"`
	Phase    string              `json:"phase,omitempty"`
	Negated  bool                `json:"negated,omitempty"`
	Roles    map[string][]string `json:"role,omitempty"`
	When     string              `json:"when,omitempty"`
	Earliest string              `json:"earliest,omitempty"`
	Latest   string              `json:"latest,omitempty"`
	Content  *content            `json:"content,omitempty"`
}

type content struct {
	Type string `json:"type"`
	said
	Topic string `json:"topic,omitempty"`
}

type quotation struct {
	QuotedFrom string `json:"quotedFrom"`
	Start      int    `json:"startByte"`
	End        int    `json:"endByte"`
}

// WriteJSONLD writes claims and their documents as one JSON-LD document with its
// context in it, so that nothing has to be fetched to read it. A claim is a
// schema:Claim and a prov:Entity that was quoted from an article.
func WriteJSONLD(w io.Writer, claims iter.Seq2[Claim, error]) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "{\"@context\": %s,\n\"@graph\": [", context)
	g := graph{w: b, seen: map[record.DocumentID]bool{}}
	for c, err := range claims {
		if err != nil {
			return err
		}
		if err := g.claim(c); err != nil {
			return err
		}
	}
	fmt.Fprint(b, "\n]}\n")
	return b.Flush()
}

// graph writes nodes, each document once.
type graph struct {
	w    *bufio.Writer
	any  bool
	seen map[record.DocumentID]bool
}

func (g *graph) node(v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if g.any {
		_ = g.w.WriteByte(',')
	}
	g.any = true
	_ = g.w.WriteByte('\n')
	_, err = g.w.Write(body)
	return err
}

func (g *graph) claim(c Claim) error {
	if d := c.Document; !g.seen[d.ID] {
		g.seen[d.ID] = true
		if err := g.node(article{documentName(d.ID), "schema:Article", d.Title, d.Publisher, record.FormatEDTF(d.Published), address(d.URL)}); err != nil {
			return err
		}
	}
	s := statement{ID: Namespace + "claim-" + string(c.ID), Type: []string{"schema:Claim", "prov:Entity"}, said: saidOf(&c.Core), Quote: c.Quote,
		Appearance: documentName(c.Citations[0].Document), AttributedTo: c.Chain, Confidence: decimal(c.Confidence), Reviewed: reviewed(c.Stated),
		Recorded: c.Recorded.Time().Format(time.RFC3339Nano)}
	if c.Source != "" && len(c.Chain) == 0 {
		s.AttributedTo = []string{c.Source}
	}
	for _, cite := range c.Citations {
		s.Citations = append(s.Citations, quotation{documentName(cite.Document), cite.Start, cite.End})
	}
	return g.node(s)
}

func documentName(id record.DocumentID) string { return Namespace + "document-" + string(id) }

// address is a document's address where it is one of the web.
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

func saidOf(c *record.Core) said {
	out := said{Kind: string(c.Kind), Phase: string(c.Phase), Negated: c.Negated, Roles: map[string][]string{},
		When: record.FormatEDTF(c.When), Earliest: c.When.Earliest.String(), Latest: c.When.Latest.String()}
	for role, v := range c.Roles {
		if len(v) > 0 {
			out.Roles["dm:"+role] = v // its full name, since some are short names of JSON-LD: type
		}
	}
	if c.Content != nil {
		out.Content = &content{"dm:Content", saidOf(&c.Content.Core), c.Content.Topic}
	}
	return out
}
