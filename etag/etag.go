// Package etag answers conditional requests for what is derived from the record:
// an answer is a function of the question, the day and what is recorded, so that
// its tag is known without the answer, and an asker who has it is told so at no
// cost.
package etag

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"demarche"
)

// Handler gives every answer of next to GET an ETag, and answers 304 where the
// asker has it already. The version is that of the program; fail answers where
// the record cannot be asked.
func Handler(desk *demarche.Desk, version string, next http.Handler, fail func(http.ResponseWriter, *http.Request, error)) http.Handler {
	head := desk.Head()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		at, _, err := head.Now(r.Context())
		if err != nil {
			fail(w, r, err)
			return
		}
		tag := tagOf(version, at, desk.Today(), r.URL.RequestURI())
		w.Header().Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		next.ServeHTTP(&untagged{ResponseWriter: w}, r)
	})
}

func tagOf(parts ...any) string {
	sum := sha256.Sum256(fmt.Appendln(nil, parts...))
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
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

// WriteHeader takes the tag off a failure.
func (u *untagged) WriteHeader(status int) {
	if status != http.StatusOK {
		u.Header().Del("ETag")
	}
	u.ResponseWriter.WriteHeader(status)
}

// Unwrap gives http.ResponseController the writer below.
func (u *untagged) Unwrap() http.ResponseWriter { return u.ResponseWriter }
