package api

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"demarche/problem"
)

// tagged gives every answer to GET an ETag, and answers 304 where the asker has
// it already. An answer is a function of the question, the day and what is
// recorded, so the tag is known without the answer.
func (s *server) tagged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		tag, err := s.tag(r)
		if err != nil {
			problem.Of(s.fail(r.Context(), "etag", err)).Write(w)
			return
		}
		w.Header().Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		next.ServeHTTP(&untagged{ResponseWriter: w}, r)
	})
}

func (s *server) tag(r *http.Request) (string, error) {
	head, _, err := s.head.Now(r.Context())
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%v\n%v\n%s", s.Version, head, s.desk.Today(), r.URL.RequestURI()))
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`, nil
}

// matches compares weakly (RFC 9110, 13.1.2).
func matches(header, tag string) bool {
	for _, t := range strings.Split(header, ",") {
		if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// untagged takes the tag off what is no answer.
type untagged struct{ http.ResponseWriter }

func (u *untagged) WriteHeader(status int) {
	if status != http.StatusOK {
		u.Header().Del("ETag")
	}
	u.ResponseWriter.WriteHeader(status)
}

// Unwrap gives http.ResponseController the writer below.
func (u *untagged) Unwrap() http.ResponseWriter { return u.ResponseWriter }
