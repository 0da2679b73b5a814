package wire

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"demarche/record"
)

// FromRecord lays out a document and its claims. Claims are taken in the order
// given; a claim's first citation in the document is its quote.
func FromRecord(doc *record.Document, claims []record.Claim) *Document {
	d := &Document{
		ID: doc.Name, URL: doc.URL, Publisher: doc.Publisher, Title: doc.Title,
		Published: record.FormatEDTF(doc.Published), Hash: string(doc.ID), Language: doc.Language,
		Former: string(doc.Former), Origin: doc.Origin, Text: doc.Text,
		Author: doc.Author, Modified: record.FormatEDTF(doc.Modified), Story: string(doc.Story), Claims: make([]Claim, 0, len(claims)),
	}
	for i := range claims {
		d.Claims = append(d.Claims, FromClaim(&claims[i], doc))
	}
	return d
}

// FromClaim lays out one claim; doc gives the text that it quotes and may be
// nil, which leaves the quote empty.
func FromClaim(c *record.Claim, doc *record.Document) Claim {
	out := Claim{
		Kind: string(c.Kind), Phase: string(c.Phase), Negated: c.Negated, Roles: layRoles(c.Kind, c.Roles),
		When: When(c.When), Content: layContent(c.Content), ID: string(c.ID), Chain: c.Chain,
		Frame: c.Frame, Confidence: c.Confidence, Reader: c.Reader,
	}
	if c.Source != "" {
		out.Source = &c.Source
	}
	if !c.Recorded.IsZero() {
		out.Recorded = c.Recorded.Time().Format(time.RFC3339Nano)
	}
	layCitations(&out, c, doc)
	return out
}

// layCitations fills in the spans in doc and the quote of the first.
func layCitations(out *Claim, c *record.Claim, doc *record.Document) {
	if doc == nil {
		return
	}
	for _, cite := range c.Citations {
		if cite.Document != "" && doc.ID != "" && cite.Document != doc.ID {
			continue
		}
		out.Spans = append(out.Spans, Span{cite.Start, cite.End})
		if out.Quote == "" && cite.Start >= 0 && cite.Start <= cite.End && cite.End <= len(doc.Text) {
			out.Quote = doc.Text[cite.Start:cite.End]
		}
	}
}

// layRoles gives the roles that the layout always has for a kind, empty where
// the claim does not fill them.
func layRoles(k record.Kind, roles record.Roles) Roles {
	out := make(Roles, len(roles)+2)
	for role, v := range roles {
		out[role] = v
	}
	var always []string
	switch {
	case k.IsAct():
		always = []string{record.RoleActor, record.RoleRecipient}
	case k == record.Debt:
		always = []string{record.RoleAmount, record.RoleCurrency}
	}
	for _, role := range always {
		if _, ok := out[role]; !ok {
			out[role] = nil
		}
	}
	return out
}

func layContent(c *record.Content) *Content {
	if c == nil {
		return nil
	}
	out := &Content{Kind: string(c.Kind), Phase: string(c.Phase), Negated: c.Negated, Topic: c.Topic, Content: layContent(c.Content)}
	if c.Kind != "" {
		out.Roles = layRoles(c.Kind, c.Roles)
	}
	if w := When(c.When); !c.When.IsZero() {
		out.When = &w
	}
	return out
}

// Record gives the document and its claims as the record has them, with their
// names (ID) made where they are missing. Claims without spans are cited where
// their quote stands in the text; a quote that does not stand there, an
// impossible date and an unknown kind are errors.
func (d *Document) Record() (record.Document, []record.Claim, error) {
	doc := record.Document{
		Name: d.ID, URL: d.URL, Publisher: d.Publisher, Title: d.Title, Language: d.Language,
		Text: d.Text, Former: record.DocumentID(d.Former), Origin: d.Origin,
		Author: d.Author, Story: record.DocumentID(d.Story),
	}
	var err error
	if doc.Published, err = d.date("published", d.Published); err != nil {
		return doc, nil, err
	}
	if doc.Modified, err = d.date("modified", d.Modified); err != nil {
		return doc, nil, err
	}
	doc.ID = doc.Hash()
	claims := make([]record.Claim, len(d.Claims))
	for i := range d.Claims {
		c, err := d.Claims[i].record(&doc)
		if err != nil {
			return doc, nil, fmt.Errorf("%s: claims[%d]: %w", d.label(), i, err)
		}
		claims[i] = c
	}
	return doc, claims, nil
}

// date reads the date of a field, which may be empty.
func (d *Document) date(field, value string) (record.When, error) {
	if value == "" {
		return record.When{}, nil
	}
	w, err := record.ParseEDTF(value)
	if err != nil {
		return w, fmt.Errorf("%s: %s: %w", d.label(), field, err)
	}
	return w, nil
}

func (d *Document) label() string {
	if d.ID != "" {
		return "document " + d.ID
	}
	return "document " + d.Title
}

// Core is what the claim says, as the record has it.
func (c *Claim) Core() record.Core {
	core := record.Core{
		Kind: record.Kind(c.Kind), Phase: record.Phase(c.Phase), Negated: c.Negated,
		Roles: c.Roles.record(), When: record.When(c.When), Content: c.Content.record(),
	}
	if core.Phase == "" {
		core.Phase = record.Occurs
	}
	return core
}

func (c *Claim) record(doc *record.Document) (record.Claim, error) {
	out := record.Claim{
		ID: record.ClaimID(c.ID), Core: c.Core(), Chain: c.Chain,
		Frame: c.Frame, Confidence: c.Confidence, Reader: c.Reader,
	}
	if c.Source != nil {
		out.Source = *c.Source
	}
	if c.Recorded != "" {
		t, err := time.Parse(time.RFC3339Nano, c.Recorded)
		if err != nil {
			return out, fmt.Errorf("recorded: %q is no RFC 3339 time", c.Recorded)
		}
		out.Recorded = record.At(t)
	}
	if !record.KnownKind(out.Kind) {
		return out, fmt.Errorf("kind %q is not known", c.Kind)
	}
	cites, err := c.citations(doc)
	out.Citations = cites
	if out.ID == "" {
		out.ID = out.Identity()
	}
	return out, err
}

// citations are the spans or, with none, the place of the quote.
func (c *Claim) citations(doc *record.Document) ([]record.Citation, error) {
	var out []record.Citation
	for _, s := range c.Spans {
		out = append(out, record.Citation{Document: doc.ID, Start: s[0], End: s[1]})
	}
	if len(out) > 0 {
		return out, nil
	}
	start, end, ok := find(doc.Text, c.Quote)
	if !ok {
		return nil, fmt.Errorf("the quote %q does not stand in the text", clip([]byte(c.Quote)))
	}
	return []record.Citation{{Document: doc.ID, Start: start, End: end}}, nil
}

// find looks for the quote in the text, first as it is, then with every run of
// white space taken as one space.
func find(text, quote string) (start, end int, ok bool) {
	words := strings.Fields(quote)
	if len(words) == 0 {
		return 0, 0, false
	}
	if at := strings.Index(text, quote); at >= 0 {
		return at, at + len(quote), true
	}
	for from := 0; ; {
		at := strings.Index(text[from:], words[0])
		if at < 0 {
			return 0, 0, false
		}
		at += from
		if end, ok := follow(text, at, words); ok {
			return at, end, true
		}
		from = at + len(words[0])
	}
}

// follow reports where the words end that stand in the text from at on,
// parted by white space alone.
func follow(text string, at int, words []string) (end int, ok bool) {
	for i, w := range words {
		rest := text[at:]
		if i > 0 {
			rest = strings.TrimLeft(rest, " \t\r\n\u00a0")
			if len(rest) == len(text)-at {
				return 0, false
			}
			at = len(text) - len(rest)
		}
		if !strings.HasPrefix(rest, w) {
			return 0, false
		}
		at += len(w)
	}
	return at, true
}

func (r Roles) record() record.Roles {
	out := make(record.Roles, len(r))
	for role, v := range r {
		if len(v) > 0 {
			out[role] = slices.Clone(v)
		}
	}
	return out
}

func (c *Content) record() *record.Content {
	if c == nil {
		return nil
	}
	out := &record.Content{Topic: c.Topic, Core: record.Core{
		Kind: record.Kind(c.Kind), Phase: record.Phase(c.Phase), Negated: c.Negated, Content: c.Content.record(),
	}}
	if len(c.Roles) > 0 {
		out.Roles = c.Roles.record()
	}
	if c.When != nil {
		out.When = record.When(*c.When)
	}
	return out
}
