package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"demarche/brief"
)

// Note is a briefing note as data: plain texts.
type Note struct {
	Title    string     `json:"title"`
	AsOf     string     `json:"as_of"`
	Clocks   string     `json:"clocks" doc:"In words."`
	Sections []Section  `json:"sections" nullable:"false"`
	Notes    []Footnote `json:"notes" nullable:"false"`
}

// Section is one heading of a note.
type Section struct {
	Heading string `json:"heading"`
	Lines   []Line `json:"lines" nullable:"false"`
	Empty   string `json:"empty,omitempty" doc:"Said in place of lines."`
}

// Line is one fact of a note.
type Line struct {
	Date  string `json:"date,omitempty"`
	Text  string `json:"text"`
	Mark  string `json:"mark,omitempty" doc:"A caution: disputed, inherited, possibly."`
	Notes []int  `json:"notes" nullable:"false"`
	Sub   []Line `json:"sub,omitempty" nullable:"false"`
}

// Footnote is where a line is from.
type Footnote struct {
	Number    int      `json:"number"`
	Publisher string   `json:"publisher"`
	Date      string   `json:"date"`
	Title     string   `json:"title"`
	URL       string   `json:"url,omitempty"`
	Speaker   string   `json:"speaker,omitempty"`
	Sentence  string   `json:"sentence"`
	Claim     string   `json:"claim"`
	Citation  Citation `json:"citation"`
}

func noteOf(n *brief.Note) Note {
	return Note{n.Title, n.AsOf, n.Clocks, each(n.Shown(), func(s brief.Section) Section { return Section{s.Heading, each(s.Lines, lineOf), s.Empty} }),
		each(n.Notes, footnoteOf)}
}

func lineOf(l brief.Line) Line {
	return Line{l.Date, l.Text, l.Mark, each(l.Notes, func(n int) int { return n }), each(l.Sub, lineOf)}
}

func footnoteOf(f brief.Footnote) Footnote {
	return Footnote{f.Number, f.Publisher, f.Date, f.Title, f.URL, f.Speaker, f.Sentence, string(f.Claim), citationOf(f.Citation)}
}

// file is an answer in one of several formats, as bytes.
type file struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

const (
	jsonType     = "application/json"
	markdownType = "text/markdown; charset=utf-8"
	htmlType     = "text/html; charset=utf-8"
	docxType     = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

func (s *server) briefAPI(api huma.API) {
	op := operation{method: http.MethodGet, path: "/brief/{a}/{b}", id: "brief", tag: "questions", summary: "A briefing note on two parties, every line footnoted.",
		produces: map[string]reflect.Type{jsonType: reflect.TypeFor[Note](), "text/markdown": nil, "text/html": nil, docxType: nil}}
	add(s, api, op, func(ctx context.Context, in *struct {
		Question
		A      string `path:"a" maxLength:"200"`
		B      string `path:"b" maxLength:"200"`
		Format string `query:"format" enum:"json,markdown,html,docx" default:"json"`
	}) (*file, error) {
		c, err := in.clocks()
		if err != nil {
			return nil, err
		}
		note, err := s.desk.Brief(ctx, in.A, in.B, c)
		if err != nil {
			return nil, err
		}
		return render(note, in.Format)
	})
}

func render(note *brief.Note, format string) (*file, error) {
	var b bytes.Buffer
	out := &file{ContentType: jsonType}
	var err error
	switch format {
	case "markdown":
		out.ContentType, err = markdownType, note.WriteMarkdown(&b)
	case "html":
		out.ContentType, err = htmlType, note.WriteHTML(&b)
	case "docx":
		out.ContentType, out.Disposition, err = docxType, `attachment; filename="brief.docx"`, note.WriteDOCX(&b)
	default:
		err = encode(&b, noteOf(note))
	}
	out.Body = b.Bytes()
	return out, err
}

// encode writes JSON without escaping <, > and &: it is served as JSON and
// never sniffed.
func encode(b *bytes.Buffer, v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
