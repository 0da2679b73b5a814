package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"demarche"
	"demarche/exchange"
	"demarche/record"
)

// Selection are the parameters that select claims.
type Selection struct {
	Paged
	Kind   []string `query:"kind,explode" nullable:"false" maxItems:"30" doc:"Any of these kinds: membership, REQUEST, ..."`
	Name   []string `query:"name,explode" nullable:"false" maxItems:"10" doc:"Claims that name all of these parties, in any form."`
	During string   `query:"during" doc:"What was so in that time (EDTF); undated claims are left out."`
	Format string   `query:"format" enum:"json,csv,jsonl,parquet,jsonld,events" default:"json" doc:"All but json have all claims in one file, without pages."`
}

// mostListed is how many claims one question may find: each takes some five
// kilobytes while it is answered.
const mostListed = 100_000

func (q *Selection) filter() (f demarche.Filter, err error) {
	f = demarche.Filter{Kinds: q.Kind, Names: q.Name, Most: mostListed}
	if q.During == "" {
		return f, nil
	}
	f.During, err = record.ParseEDTF(q.During)
	if err != nil {
		return f, &demarche.Error{Op: "claims", Kind: demarche.Usage, Err: err}
	}
	return f, nil
}

func (s *server) claimsAPI(api huma.API) {
	op := operation{method: http.MethodGet, path: "/claims", id: "claims", tag: "claims", summary: "Claims, filtered, in order of date.",
		description: "Each item is the id of a claim under claims. In a table a cell that a spreadsheet would take for a formula has an apostrophe before it.",
		produces: map[string]reflect.Type{jsonType: reflect.TypeFor[Answer[string]](), "text/csv": nil, "application/x-ndjson": nil,
			"application/vnd.apache.parquet": nil, "application/ld+json": nil, "text/tab-separated-values": nil}}
	add(s, api, op, func(ctx context.Context, in *Selection) (*huma.StreamResponse, error) {
		if in.Format != "json" {
			return s.whole(ctx, in)
		}
		out, err := s.listed(ctx, in)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := encode(&b, out.Body); err != nil {
			return nil, err
		}
		return sent(jsonType, map[string]string{"Link": out.Link}, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err }), nil
	})
	op = operation{method: http.MethodGet, path: "/claims/{id}", id: "claim", tag: "claims", summary: "One claim with its sentence in its context."}
	add(s, api, op, func(ctx context.Context, in *struct {
		Question
		ID string `path:"id" maxLength:"64" doc:"Its name, or the beginning of it."`
	}) (*struct{ Body Shown }, error) {
		c, err := in.clocks()
		if err != nil {
			return nil, err
		}
		shown, err := s.desk.Show(ctx, in.ID, c)
		if err != nil {
			return nil, err
		}
		w := s.writer(ctx)
		out := Shown{w.claim(shown.Claim), each(shown.Passages, passageOf)}
		return &struct{ Body Shown }{out}, w.err
	})
}

func passageOf(p demarche.Passage) Passage {
	return Passage{p.Before, p.Cited, p.After, p.Citation.Start, p.Citation.End}
}

// sent is an answer that is written as it is made. An error in the middle breaks
// the connection off, so that what was sent is not taken for the whole.
func sent(kind string, headers map[string]string, write func(io.Writer) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", kind)
		for name, value := range headers {
			if value != "" {
				ctx.SetHeader(name, value)
			}
		}
		ctx.SetStatus(http.StatusOK)
		if err := write(ctx.BodyWriter()); err != nil {
			panic(http.ErrAbortHandler)
		}
	}}
}

// listed is one page of claims.
func (s *server) listed(ctx context.Context, in *Selection) (*page[string], error) {
	c, after, err := in.begin()
	if err != nil {
		return nil, err
	}
	if after > 0 {
		if ids, ok := s.listings.get(in.listing(c)); ok {
			return s.further(ctx, in, c, after, ids)
		}
	}
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	ans, err := s.desk.Claims(ctx, f, c)
	if err != nil {
		return nil, err
	}
	out, err := pageOf(ctx, s, &in.Paged, after, ans, func(w *writer) func(*record.Stated) string { return w.id })
	if err != nil || out.Body.Next == "" {
		return out, err
	}
	return out, s.keep(in, out.Body.Next, ans.Found)
}

// listing is the key of what was found for a question with its clocks pinned.
func (q *Selection) listing(c record.Clocks) string {
	return opaque(place{Question: q.name(), On: record.FormatEDTF(c.On), PublishedBy: c.PublishedBy.String(), KnownBy: instant(c.KnownBy)})
}

// keep keeps the names of what was found for the pages to come.
func (s *server) keep(in *Selection, next string, found []*record.Stated) error {
	rest := in.Paged
	rest.Cursor = next
	c, _, err := rest.begin()
	if err != nil {
		return err
	}
	s.listings.put(in.listing(c), each(found, func(st *record.Stated) record.ClaimID { return st.ID }))
	return nil
}

// further is a page out of a listing.
func (s *server) further(ctx context.Context, in *Selection, c record.Clocks, after int, ids []record.ClaimID) (*page[string], error) {
	from := min(after, len(ids))
	to := min(from+in.Limit, len(ids))
	found, err := s.desk.ByName(ctx, ids[from:to], c)
	if err != nil {
		return nil, err
	}
	names, err := s.desk.Names(ctx, c, in.Name...)
	if err != nil {
		return nil, err
	}
	w := s.writer(ctx)
	items := fill(w, found, w.id)
	to -= len(found) - len(items)
	out := &page[string]{Body: Answer[string]{Names: each(names, nameOf), Clocks: clocksOf(c), Items: items, Claims: w.claims}}
	if to < len(ids) && w.err == nil {
		if out.Body.Next, err = s.next(ctx, &in.Paged, c, to); err != nil {
			return nil, err
		}
		out.Link = link(in.address, out.Body.Next)
	}
	return out, w.err
}

// whole sends all claims that are selected as one file.
func (s *server) whole(ctx context.Context, in *Selection) (*huma.StreamResponse, error) {
	c, _, err := in.begin()
	if err != nil {
		return nil, err
	}
	filter, err := in.filter()
	if err != nil {
		return nil, err
	}
	ans, err := s.desk.Claims(ctx, filter, c)
	if err != nil {
		return nil, err
	}
	texts := s.desk.Texts()
	claims := exchange.Quoted(ans.Found, func(c *record.Stated) (string, error) { return texts.Quote(ctx, c) })
	f := exchange.Format(in.Format)
	return sent(f.MediaType(), map[string]string{"Content-Disposition": `attachment; filename="claims.` + string(f) + `"`},
		func(w io.Writer) error { return exchange.Write(w, f, claims) }), nil
}
