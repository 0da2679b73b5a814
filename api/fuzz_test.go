package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"testing"

	"demarche"
	"demarche/intake"
	"demarche/problem"
)

// A cursor that was not given is refused or read, and never more.
func FuzzCursor(f *testing.F) {
	f.Add(place{"q", "2020", "any", "2021-01-01T00:00:00Z", 3}.cursor())
	f.Add(opaque(demarche.Cursor{Document: 1, Claim: 2, Decision: 3}))
	f.Add("eyJuIjotMX0")
	f.Add("!!")
	f.Fuzz(func(t *testing.T, s string) {
		q := Paged{Cursor: s, Limit: 10}
		if _, after, err := q.begin(); err == nil && after < 0 {
			t.Errorf("%q begins at %d", s, after)
		} else if err != nil && problem.Status(err) >= 500 {
			t.Errorf("%q is a fault of the program: %v", s, err)
		}
		var c demarche.Cursor
		if err := readOpaque(s, &c); err != nil && problem.Status(err) != 400 {
			t.Errorf("%q: %v", s, err)
		}
	})
}

// A body is refused, or is lines each of which is a document or an error.
func FuzzDocuments(f *testing.F) {
	f.Add([]byte(`[{"title":"A","text":"Alpha met Beta."},{"text":"b"}]`))
	f.Add([]byte("{\"text\":\"a\"}\n{\"text\":\n"))
	f.Add([]byte("\ufeff [ null, 1, {\"text\": \"\\u0000\"} ]"))
	f.Fuzz(func(t *testing.T, body []byte) {
		lines, err := jsonLines(body)
		if err != nil {
			if problem.Status(err) != 400 {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		b, err := io.ReadAll(lines)
		if err != nil {
			t.Fatal(err)
		}
		var items []json.RawMessage
		if json.Unmarshal(bytes.TrimLeft(body, " \t\r\n\ufeff"), &items) == nil && bytes.Count(b, []byte("\n")) != len(items) {
			t.Errorf("%d lines of %d items", bytes.Count(b, []byte("\n")), len(items))
		}
		for doc, err := range intake.Documents(context.Background(), []string{intake.Stdin}, intake.Options{Stdin: bytes.NewReader(b), MaxBytes: 1 << 20}) {
			if err == nil && doc.Text == "" {
				t.Errorf("%q holds a document without text", body)
			}
		}
	})
}
