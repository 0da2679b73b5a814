package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// rec writes a record; fields stand one a line.
func rec(fields, block string) string { return recOf(fields, block, len(block)) }

func recOf(fields, block string, length int) string {
	return fmt.Sprintf("WARC/1.1\r\n%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", strings.ReplaceAll(fields, "\n", "\r\n"), length, block)
}

const answered = "WARC-Type: response\nWARC-Target-URI: <http://e.example/a>\nWARC-Date: 2020-10-14T08:00:00Z\nContent-Type: application/http; msgtype=response"

func squeezed(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

// payloads reads an archive; each record is "type target status kind body" or
// its error.
func payloads(archive string, limit int64) (out []string, err error) {
	r := NewReader(strings.NewReader(archive))
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		p, ok, err := rec.Payload(limit)
		switch {
		case errors.Is(err, ErrLength):
			return out, err
		case err != nil:
			out = append(out, "error: "+err.Error())
		case ok:
			out = append(out, strings.Join([]string{rec.Type, rec.Target, fmt.Sprint(p.Status), p.ContentType, string(p.Body)}, " "))
		}
	}
}

func TestRecords(t *testing.T) {
	tests := []struct{ name, archive, want string }{
		{"empty", "", ""},
		{"answer", rec(answered, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x"), "response http://e.example/a 200 text/html <p>x"},
		{"chunked", rec(answered, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"), "response http://e.example/a 200  abc"},
		{"compressed", rec(answered, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+squeezed("abc")), "response http://e.example/a 200  abc"},
		{"not found", rec(answered, "HTTP/1.1 404 Not Found\r\n\r\nno"), "response http://e.example/a 404  "},
		{"others are passed over", rec("WARC-Type: warcinfo", "x") + rec("WARC-Type: request\nContent-Type: application/http", "GET /") + rec("WARC-Type: resource\nContent-Type: text/plain", "y"), "resource  200 text/plain y"},
		{"folded field, other case", rec("warc-type: conversion\nwarc-target-uri: http://e.example/\n\tb\ncontent-type: text/plain", "y"), "conversion http://e.example/ b 200 text/plain y"},
		{"segments are passed over", rec("WARC-Type: resource\nWARC-Segment-Number: 1", "y"), ""},
		{"a record within a block is none", rec("WARC-Type: resource", rec("WARC-Type: resource", "z")), "resource  200  " + rec("WARC-Type: resource", "z")},
		{"no answer", rec(answered, "SSH-2.0"), `error: is said to be an HTTP answer and is none (malformed HTTP response "SSH-2.0")`},
		{"too large", rec("WARC-Type: resource", strings.Repeat("x", 2000)) + rec("WARC-Type: resource", "y"), "error: too large: has or expands to more than the 1000 bytes that may be,resource  200  y"},
		{"bomb", rec(answered, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+squeezed(strings.Repeat("x", 1<<20))), "error: too large: has or expands to more than the 1000 bytes that may be"},
		{"answer shorter than it says", rec(answered, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), "error: unexpected EOF"},
	}
	for _, tt := range tests {
		got, err := payloads(tt.archive, 1000)
		if s := strings.Join(got, ","); err != nil || s != tt.want {
			t.Errorf("%s: got %q, %v; want %q", tt.name, s, err, tt.want)
		}
	}
}

// A record whose length lies ends the archive: what stands in its block may look
// like records and is none.
func TestLyingLengths(t *testing.T) {
	good := rec("WARC-Type: resource", "good")
	tests := []struct {
		name, archive string
		read          int
		want          error
	}{
		{"too short", good + recOf("WARC-Type: resource", "abc\r\n\r\n"+good, 3), 3, ErrHeader},
		{"within a line", good + recOf("WARC-Type: resource", "abcdef", 3) + good, 1, ErrLength},
		{"too long", good + recOf("WARC-Type: resource", "abc", 5) + good, 1, ErrLength},
		{"beyond the end", good + recOf("WARC-Type: resource", "abc", 1<<40), 1, ErrLength},
		{"negative", good + recOf("WARC-Type: resource", "abc", -3), 1, ErrHeader},
		{"more than a number holds", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 99999999999999999999\r\n\r\n", 0, ErrHeader},
		{"none", "WARC/1.0\r\nWARC-Type: resource\r\n\r\nabc", 0, ErrHeader},
		{"two", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nabc", 0, ErrHeader},
		{"no archive", "From someone", 0, ErrHeader},
		{"endless header", "WARC/1.0\r\n" + strings.Repeat("x", 1<<20), 0, ErrHeader},
		{"many fields", "WARC/1.0\r\n" + strings.Repeat("x: y\r\n", 1<<10), 0, ErrHeader},
	}
	for _, tt := range tests {
		got, err := payloads(tt.archive, 1000)
		if len(got) != tt.read || !errors.Is(err, tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: read %q, %v; want %d and %v", tt.name, got, err, tt.read, tt.want)
		}
	}
}

func TestWhereAndWhen(t *testing.T) {
	r := NewReader(strings.NewReader(rec("WARC-Type: resource", "y") + rec(answered, "")))
	r.Next()
	got, err := r.Next()
	if err != nil || got.Offset != int64(len(rec("WARC-Type: resource", "y"))) || !got.Date.Equal(time.Date(2020, 10, 14, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(rec(answered, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x") + rec("WARC-Type: resource", "y"))
	f.Add(recOf("WARC-Type: resource", "abc", 5))
	f.Fuzz(func(t *testing.T, archive string) {
		const limit = 1000
		got, err := payloads(archive, limit)
		for _, p := range got {
			if len(p) > limit+len(archive)+100 {
				t.Errorf("a payload of %d bytes", len(p))
			}
		}
		if err != nil && !errors.Is(err, ErrHeader) && !errors.Is(err, ErrLength) {
			t.Errorf("error %v is of no kind", err)
		}
	})
}
