package web

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"demarche/brief"
	"demarche/record"
)

// documentPage is a document as published, with its claims marked in it.
type documentPage struct {
	Title, Publisher, Published, Author, Language, Recorded string
	URL                                                     string // "" unless it is plain http or https
	Address                                                 string // as the document says, where it is no link
	ID                                                      string
	Former, Story                                           string // addresses
	Rows                                                    []documentRow
	Count                                                   int
	Rejected                                                int
	Parts                                                   []part
}

// documentRow is a paragraph with the claims that are cited from it beside it.
type documentRow struct {
	Segments []segment
	Claims   []noted
}

// noted is a claim beside its paragraph, with its number in the document.
type noted struct {
	Number int
	statement
	Chosen bool
}

// part is a piece of a long document, with its page.
type part struct {
	Number  int
	Href    string
	Current bool
}

// longestPart is how many bytes of a document one page shows.
const longestPart = 48 << 10

func (s *Server) document(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	told, err := s.Desk.Tells(r.Context(), record.DocumentID(r.PathValue("id")), clocks)
	if err != nil {
		return err
	}
	d := &told.Document
	l := s.links(bar)
	body := documentPage{Title: cmp.Or(d.Title, d.Name, "Untitled document"), Publisher: cmp.Or(d.Publisher, "publisher not known"),
		Published: cmp.Or(brief.Date(d.Published), "date not known"), Author: d.Author, Language: languageTag(d.Language), Recorded: instant(d.Recorded),
		URL: brief.Address(d.URL), Address: d.URL, ID: string(d.ID), Count: len(told.Claims)}
	if d.Former != "" {
		body.Former = l.to([]string{"documents", string(d.Former)})
	}
	if d.Story != "" {
		body.Story = l.to([]string{"documents", string(d.Story)})
	}
	marks, chosen := documentMarks(told.Claims, d.ID, r)
	parts := divided(d.Text, longestPart)
	at := chosenPart(parts, marks, r)
	for i, p := range parts {
		if len(parts) > 1 && (i < 3 || i >= len(parts)-3 || i >= at-3 && i <= at+3) {
			body.Parts = append(body.Parts, part{i + 1, l.to([]string{"documents", string(d.ID)}, "part", strconv.Itoa(i+1)), i == at})
		}
		if i == at {
			body.Rows = documentRows(d.Text, p, marks, told.Claims, l, chosen)
		}
	}
	return s.render(w, r, "document.html", page{Title: body.Title, Here: "Documents", Clocks: bar, Body: body})
}

// tag is what a tag of a language looks like (BCP 47).
var tag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

// languageTag is the language of a document as a browser knows it, "" for what
// is none.
func languageTag(s string) string {
	if !tag.MatchString(s) {
		return ""
	}
	return s
}

// documentMarks are the runs of the document to be marked: the citations of its
// claims, and the run that the address asks for; with the claim that it asks
// for.
func documentMarks(claims []*record.Stated, doc record.DocumentID, r *http.Request) (marks []mark, chosen string) {
	for i, c := range claims {
		for k, cite := range c.Citations {
			if cite.Document != doc {
				continue
			}
			m := mark{start: cite.Start, end: cite.End, number: i + 1, claim: string(c.ID)}
			if k == 0 {
				m.anchor = "claim-" + string(c.ID)
			}
			marks = append(marks, m)
		}
	}
	q := r.URL.Query()
	if start, end, ok := parseRange(q.Get("at")); ok {
		marks = append(marks, mark{start: start, end: end, anchor: "at-" + byteRange(start, end), asked: true})
	}
	chosen = q.Get("claim")
	for i := range marks {
		if marks[i].claim != "" && marks[i].claim == chosen {
			marks[i].asked = true
		}
	}
	return marks, chosen
}

func byteRange(start, end int) string { return fmt.Sprintf("%d-%d", start, end) }

// parseRange reads "120-180".
func parseRange(s string) (start, end int, ok bool) {
	a, b, found := strings.Cut(s, "-")
	start, err := strconv.Atoi(a)
	end, err2 := strconv.Atoi(b)
	return start, end, found && err == nil && err2 == nil && 0 <= start && start < end
}

// chosenPart is the part that the address asks for: that of the mark, or by its
// number.
func chosenPart(parts []run, marks []mark, r *http.Request) int {
	for _, m := range marks {
		if !m.asked {
			continue
		}
		for i, p := range parts {
			if m.start < p.end {
				return i
			}
		}
	}
	n, err := strconv.Atoi(r.URL.Query().Get("part"))
	if err != nil || n < 1 || n > len(parts) {
		return 0
	}
	return n - 1
}

// documentRows are the paragraphs of a part.
func documentRows(text string, p run, marks []mark, claims []*record.Stated, l links, chosen string) []documentRow {
	var rows []documentRow
	seen := map[string]bool{} // a mark over two paragraphs has one anchor
	for _, paragraph := range paragraphs(text, p) {
		row := documentRow{Segments: segments(text, paragraph, marks)}
		for i := range row.Segments {
			row.Segments[i].Anchors = slices.DeleteFunc(row.Segments[i].Anchors, func(a string) bool {
				again := seen[a]
				seen[a] = true
				return again
			})
		}
		for i, c := range claims {
			if cite := c.Citations[0]; cite.Start >= paragraph.start && cite.Start < paragraph.end {
				row.Claims = append(row.Claims, noted{Number: i + 1, statement: l.statement(c), Chosen: string(c.ID) == chosen})
			}
		}
		slices.SortStableFunc(row.Claims, func(a, b noted) int { return a.Number - b.Number })
		rows = append(rows, row)
	}
	return rows
}
