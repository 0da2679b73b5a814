package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"reflect"
	"runtime"

	"github.com/danielgtaylor/huma/v2"

	"demarche"
	"demarche/brief"
	"demarche/intake"
	"demarche/problem"
	"demarche/record"
)

// HandedIn is a document handed in: a text with what is known of it.
type HandedIn struct {
	ID        string `json:"id,omitempty" maxLength:"100" doc:"A short name in your collection."`
	URL       string `json:"url,omitempty" maxLength:"4000"`
	Publisher string `json:"publisher,omitempty" maxLength:"1000"`
	Title     string `json:"title,omitempty" maxLength:"4000"`
	Published string `json:"published,omitempty" maxLength:"100" doc:"EDTF." example:"2020-10-14"`
	Language  string `json:"language,omitempty" maxLength:"100"`
	Author    string `json:"author,omitempty" maxLength:"1000"`
	Origin    string `json:"origin,omitempty" maxLength:"1000" doc:"The agency that it is from."`
	Modified  string `json:"modified,omitempty" maxLength:"100" doc:"EDTF."`
	Text      string `json:"text" minLength:"1"`
}

// Taken is what came of one document handed in.
type Taken struct {
	Line   int      `json:"line,omitempty" doc:"Which one of those handed in together, from 1."`
	ID     string   `json:"id,omitempty" doc:"Its name in the record."`
	Claims []string `json:"claims" nullable:"false" doc:"The claims read in it."`
	Error  string   `json:"error,omitempty" doc:"Why it could not be read; the others were."`
}

// TakenAll is what came of documents handed in together.
type TakenAll struct {
	Documents    int     `json:"documents" doc:"Read."`
	Failed       int     `json:"failed"`
	Claims       int     `json:"claims" doc:"Found."`
	NewDocuments int     `json:"new_documents" doc:"That were not on record before."`
	NewClaims    int     `json:"new_claims"`
	Results      []Taken `json:"results" nullable:"false"`
}

// mostText is the largest body of one document handed in, in bytes.
const mostText = 8 << 20

func (s *server) documentsAPI(api huma.API) {
	s.documentsIn(api)
	op := operation{method: http.MethodGet, path: "/documents", id: "documents", tag: "documents", summary: "Documents without their texts, in order of recording."}
	add(s, api, op, s.documents)
	op = operation{method: http.MethodGet, path: "/documents/{id}", id: "document-by-id", tag: "documents", summary: "A document with its text and claims.",
		description: "format=text gives the text alone, byte for byte what citations point into.",
		produces:    map[string]reflect.Type{jsonType: reflect.TypeFor[Document](), "text/plain": nil}}
	add(s, api, op, func(ctx context.Context, in *struct {
		Question
		ID     string `path:"id" maxLength:"64" doc:"Its name, or the beginning of it."`
		Format string `query:"format" enum:"json,text" default:"json"`
	}) (*file, error) {
		c, err := in.clocks()
		if err != nil {
			return nil, err
		}
		told, err := s.desk.Tells(ctx, record.DocumentID(in.ID), c)
		if err != nil {
			return nil, err
		}
		if in.Format == "text" {
			return &file{"text/plain; charset=utf-8", "", []byte(told.Document.Text)}, nil
		}
		w := s.writer(ctx)
		var b bytes.Buffer
		err = encode(&b, Document{sourceOf(&told.Document), told.Document.Text, each(told.Claims, w.claim)})
		return &file{ContentType: jsonType, Body: b.Bytes()}, errors.Join(err, w.err)
	})
}

// documents is a page of the list of documents. Its cursor is a place in their
// log, which only grows.
func (s *server) documents(ctx context.Context, in *Paged) (*struct {
	Link string `header:"Link"`
	Body Listed
}, error) {
	c, after, err := in.begin()
	if err != nil {
		return nil, err
	}
	docs, next, more, err := s.desk.DocumentsAfter(ctx, int64(after), in.Limit, c)
	if err != nil {
		return nil, err
	}
	out := &struct {
		Link string `header:"Link"`
		Body Listed
	}{}
	out.Body.Documents = each(docs, func(d record.Document) Source { return sourceOf(&d) })
	if more && next < math.MaxInt {
		if out.Body.Next, err = s.next(ctx, in, c, int(next)); err != nil {
			return nil, err
		}
		out.Link = link(in.address, out.Body.Next)
	}
	return out, nil
}

func (s *server) documentsIn(api huma.API) {
	op := operation{method: http.MethodPost, path: "/documents", id: "read-document", tag: "documents", summary: "Hand in one document to be read.",
		description: "The same document twice is recorded once.", body: mostText, status: http.StatusCreated}
	add(s, api, op, func(ctx context.Context, in *struct {
		Body    HandedIn
		RawBody []byte
	}) (*struct {
		Location string `header:"Location"`
		Body     Taken
	}, error) {
		all, err := s.take(ctx, bytes.NewReader(in.RawBody))
		if err != nil {
			return nil, err
		}
		one := all.Results[0]
		if one.Error != "" {
			return nil, problem.New(http.StatusUnprocessableEntity, one.Error)
		}
		one.Line = 0
		return &struct {
			Location string `header:"Location"`
			Body     Taken
		}{prefix + "/documents/" + one.ID, one}, nil
	})
	op = operation{method: http.MethodPost, path: "/documents/bulk", id: "read-documents", tag: "documents", summary: "Hand in many documents to be read.",
		description: "A JSON array, or JSON Lines: one document a line. One that cannot be read stops nothing and is told in results.", body: MostBody}
	add(s, api, op, func(ctx context.Context, in *struct {
		RawBody []byte `contentType:"application/x-ndjson" doc:"Documents as for one."`
	}) (*struct{ Body TakenAll }, error) {
		lines, err := jsonLines(in.RawBody)
		if err != nil {
			return nil, err
		}
		all, err := s.take(ctx, lines)
		return &struct{ Body TakenAll }{all}, err
	})
}

// jsonLines are the documents of a JSON array, or of JSON Lines, one a line.
func jsonLines(body []byte) (io.Reader, error) {
	start := bytes.TrimLeft(body, " \t\r\n\ufeff")
	switch {
	case bytes.HasPrefix(start, []byte("{")):
		return bytes.NewReader(body), nil
	case !bytes.HasPrefix(start, []byte("[")):
		return nil, problem.New(http.StatusBadRequest, "the body is neither a JSON array nor JSON Lines of documents")
	}
	var items []json.RawMessage
	if err := json.Unmarshal(start, &items); err != nil {
		return nil, problem.New(http.StatusBadRequest, "the body is no JSON array: "+err.Error())
	}
	if len(items) == 0 {
		return nil, problem.New(http.StatusBadRequest, "the body holds no document")
	}
	var b bytes.Buffer
	for _, item := range items {
		if err := json.Compact(&b, item); err != nil {
			return nil, problem.New(http.StatusBadRequest, err.Error())
		}
		b.WriteByte('\n')
	}
	return &b, nil
}

// take reads documents into the record.
func (s *server) take(ctx context.Context, body io.Reader) (TakenAll, error) {
	if _, err := reviewer(ctx); err != nil {
		return TakenAll{}, err
	}
	out := TakenAll{Results: []Taken{}}
	docs := intake.Documents(ctx, []string{intake.Stdin}, intake.Options{Stdin: body, MaxBytes: mostText, Today: s.desk.Today()})
	sum, err := s.desk.Read(ctx, docs, demarche.ReadOptions{Workers: runtime.GOMAXPROCS(0), Each: func(r demarche.Reading) error {
		out.Results = append(out.Results, takenOf(r, len(out.Results)+1))
		return nil
	}})
	out.Documents, out.Failed, out.Claims = sum.Documents, sum.Failed, sum.Claims
	out.NewDocuments, out.NewClaims = sum.Added.Documents, sum.Added.Claims
	return out, err
}

func takenOf(r demarche.Reading, line int) Taken {
	out := Taken{Line: line, Claims: []string{}}
	if r.Err != nil {
		out.Error = brief.Plain(cause(r.Err).Error())
		return out
	}
	out.ID = string(r.Document.ID)
	for _, c := range r.Claims {
		out.Claims = append(out.Claims, string(c.ID))
	}
	return out
}

// cause leaves out the place in a file that there is none of.
func cause(err error) error {
	var e *intake.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
