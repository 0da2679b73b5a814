// Package api is the record for programs over HTTP: version 1, under /v1/. It is
// described by the OpenAPI document that it serves at /v1/openapi.json; failures
// are problem details (RFC 9457); lists are paged by opaque cursors that pin the
// answer in time, so that nothing is lost between two pages; an answer has an
// ETag that changes when the record does. A handler decodes, calls the desk and
// encodes.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"demarche"
	"demarche/account"
	"demarche/brief"
	"demarche/etag"
	"demarche/problem"
	"demarche/proposal"
)

// Options are what the API is made of.
type Options struct {
	Desk *demarche.Desk
	// Version is that of the program.
	Version string
	// Proposals take what readers propose; with nil there are none.
	Proposals *proposal.Proposals
	Log       *slog.Logger // nil is slog.Default
}

// MostBody is the largest body of a request, in bytes: that of documents handed
// in together.
const MostBody = 32 << 20

// server answers the requests of one API.
type server struct {
	Options
	desk     *demarche.Desk
	words    brief.Words
	head     *demarche.Head
	listings listings
	mux      *http.ServeMux
}

// New makes the handler of /v1/ and what lies below. Who asks is in the context
// of a request (see account.From); without that, nothing can be written.
func New(o Options) http.Handler {
	s := &server{Options: o, desk: o.Desk, words: brief.Words{Name: o.Desk.Label}, head: o.Desk.Head(), mux: http.NewServeMux()}
	if s.Log == nil {
		s.Log = slog.Default()
	}
	api := humago.New(s.mux, config(o.Version))
	s.questions(api)
	s.claimsAPI(api)
	s.documentsAPI(api)
	s.decisionsAPI(api)
	s.logAPI(api)
	if o.Proposals != nil {
		s.proposalsAPI(api)
	}
	s.mux.HandleFunc(prefix+"/", s.none)
	tagged := etag.Handler(o.Desk, o.Version, s.mux, func(w http.ResponseWriter, r *http.Request, err error) {
		problem.Of(s.fail(r.Context(), "etag", err)).Write(w)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, prefix+"/proposals") { // no part of the record, by which a tag is made
			s.mux.ServeHTTP(w, r)
			return
		}
		tagged.ServeHTTP(w, r)
	})
}

const prefix = "/v1"

// config describes the API. The description is served; a page that would load
// scripts from elsewhere to show it is not.
func config(version string) huma.Config {
	c := huma.DefaultConfig("demarche", version)
	c.Info.Description = "The diplomatic record: who asked whom for what and what came of it, who belongs to which body, who has relations with whom, who owes whom, who holds which office; on any day, as published and as known by any day, every line cited to its sentence."
	c.Info.License = &huma.License{Name: "Apache License 2.0", Identifier: "Apache-2.0"}
	c.OpenAPIPath, c.SchemasPath, c.DocsPath = prefix+"/openapi", prefix+"/schemas", ""
	c.CreateHooks, c.RejectUnknownQueryParameters, c.NoFormatFallback = nil, true, false
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "A token of demarche user token; needed where the record has accounts."}}
	c.Security = []map[string][]string{{}, {"token": {}}}
	c.Tags = []*huma.Tag{
		{Name: "questions", Description: "What the record tells, on any day."}, {Name: "claims", Description: "The claims themselves."},
		{Name: "documents", Description: "Texts as published, in and out."}, {Name: "review", Description: "What reviewers decide."},
		{Name: "log", Description: "The record's log, in order."}}
	return c
}

// operation is what a handler's description has beside its types.
type operation struct {
	method, path string
	id, tag      string
	summary      string
	description  string
	status       int                     // of success; 0 is 200
	body         int64                   // most bytes of the request; 0 is 1 MiB
	produces     map[string]reflect.Type // by media type, where it is not one JSON type; nil is a string
}

// add adds an operation. Failures become problem details here.
func add[I, O any](s *server, api huma.API, op operation, do func(context.Context, *I) (*O, error)) {
	d := huma.Operation{Method: op.method, Path: prefix + op.path, OperationID: op.id, Tags: []string{op.tag}, Summary: op.summary, Description: op.description,
		DefaultStatus: op.status, MaxBodyBytes: op.body, BodyReadTimeout: time.Minute,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable}}
	if op.method != http.MethodGet {
		d.Errors = append(d.Errors, http.StatusUnauthorized, http.StatusForbidden, http.StatusRequestEntityTooLarge)
	}
	if len(op.produces) > 0 {
		d.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: contents(api, op.produces)}}
	}
	huma.Register(api, d, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, in)
		if err != nil {
			return nil, s.fail(ctx, op.id, err)
		}
		return out, nil
	})
}

// contents describes an answer that comes in several media types.
func contents(api huma.API, produces map[string]reflect.Type) map[string]*huma.MediaType {
	out := map[string]*huma.MediaType{}
	for kind, of := range produces {
		out[kind] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		if of != nil {
			out[kind].Schema = api.OpenAPI().Components.Schemas.Schema(of, true, "")
		}
	}
	return out
}

// fail makes problem details of a failure, and a line in the log of a fault.
func (s *server) fail(ctx context.Context, op string, err error) error {
	p := problem.Of(err)
	if p.Status == http.StatusInternalServerError && ctx.Err() == nil {
		s.Log.ErrorContext(ctx, "api", "operation", op, "error", err)
	}
	return p
}

// reviewer is who asks, where they may decide and hand in.
func reviewer(ctx context.Context) (account.Account, error) {
	who, ok := account.From(ctx)
	switch {
	case !ok:
		return who, problem.New(http.StatusUnauthorized, "send a token as Authorization: Bearer; demarche user token makes one")
	case !who.Role.May(account.Reviewer):
		return who, problem.New(http.StatusForbidden, "this needs the role reviewer, and "+who.Name+" is a "+string(who.Role))
	}
	return who, nil
}

// none answers what no operation does: 405 where another method would do.
func (s *server) none(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := s.mux.Handler(other); pattern != prefix+"/" && pattern != "" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) > 0 && !slices.Contains(allowed, r.Method) {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		problem.New(http.StatusMethodNotAllowed, r.Method+" is not done here; use "+strings.Join(allowed, " or ")).Write(w)
		return
	}
	problem.New(http.StatusNotFound, "there is nothing at this address; "+prefix+"/openapi.json describes all there is").Write(w)
}
