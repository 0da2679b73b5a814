package reader

import (
	"fmt"
	"strconv"
	"strings"

	"demarche/reader/judge"
	"demarche/reader/name"
	"demarche/record"
)

// isParty reports whether a node names a party or one who acts for it.
func (g *graph) isParty(n int) bool {
	m := g.nodes[n].name
	return m != nil && len(m.IDs) > 0 && m.Kind != name.Place && m.Kind != name.Treaty
}

// quotedAt reports whether an odd number of quotation marks stands before a
// node of the sentence.
func (g *graph) quotedAt(n int) bool {
	in := false
	for i := 0; i < n; i++ {
		switch g.nodes[i].form {
		case "\"":
			in = !in
		case "“", "``":
			in = true
		case "”", "''":
			in = false
		}
	}
	return in
}

func fillerKind(f filler) string {
	if f.person != "" {
		return "person"
	}
	switch f.kind {
	case name.Polity:
		return "polity"
	case name.Body:
		return "body"
	case name.Group:
		return "group"
	case name.Collective:
		return "collective"
	}
	return "other"
}

func bucket(n int) string {
	switch {
	case n <= 2:
		return fmt.Sprint(n)
	case n <= 5:
		return "5"
	case n <= 10:
		return "10"
	}
	return "far"
}

// titleFeatures describe a claim that a title tells.
func (d *document) titleFeatures(s *judge.Sheet, t *name.Told) {
	k := string(t.Kind) + "." + string(t.Phase)
	post, _, _ := strings.Cut(strings.TrimPrefix(t.Roles.One(record.RolePost), "acting "), " to ")
	of := "body"
	if id := t.Roles.One(record.RoleOf); d.almanac.Polity(id) != nil {
		of = "polity"
	}
	words := strconv.Itoa(min(len(strings.Fields(t.Roles.One(record.RoleHolder))), 3))
	sure := strconv.FormatBool(t.Sure)
	s.Add("title", k)
	s.Add("title", "genre", d.genre, k)
	s.Add("title", "sure", sure, k)
	s.Add("title", "post", post)
	s.Add("title", "post", post, string(t.Phase))
	s.Add("title", "of", of, k)
	s.Add("title", "of", of, post, sure)
	s.Add("title", "words", words)
	date := "told"
	switch {
	case t.When.IsZero():
		date = "none"
	case t.When == d.published:
		date = "published"
	}
	s.Add("title", "date", date, k)
	low := func(at int) string {
		if at < 0 || at >= len(d.text.Tokens) {
			return "edge"
		}
		if m := d.names.At(at); m != nil {
			return strings.ToUpper(m.Kind.String())
		}
		return strings.ToLower(d.text.Form(at))
	}
	s.Add("title", "before", low(t.Span.Start-1))
	s.Add("title", "after", low(t.Span.End))
}
