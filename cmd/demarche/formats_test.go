package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// archive FILE: makes a web archive with a page and what is passed over.
func archive(ts *testscript.TestScript, neg bool, args []string) {
	page := `<!doctype html><html><head><title>Envoys meet</title><meta property="article:published_time" content="2019-05-07"></head>` +
		`<body><article><p>Togo asked Ghana on Monday to support its bid for observer status in the African Union.</p></article></body></html>`
	var b strings.Builder
	for _, r := range []struct{ kind, target, media, body string }{
		{"warcinfo", "", "application/warc-fields", "software: a crawler\r\n"},
		{"response", "https://mail.example/envoys", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page},
		{"response", "https://mail.example/none", "application/http; msgtype=response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + page},
		{"response", "https://mail.example/picture", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"},
	} {
		fmt.Fprintf(&b, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2019-05-08T00:00:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
			r.kind, r.target, r.media, len(r.body), r.body)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o644))
}

// gzipped FILE...: makes FILE.gz of each, of two members.
func gzipped(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		text := ts.ReadFile(file)
		var b bytes.Buffer
		for _, part := range []string{text[:len(text)/2], text[len(text)/2:]} {
			z := gzip.NewWriter(&b)
			_, err := z.Write([]byte(part))
			ts.Check(errors.Join(err, z.Close()))
		}
		ts.Check(os.WriteFile(ts.MkAbs(file+".gz"), b.Bytes(), 0o644))
	}
}

// portable FILE TEXT: makes a PDF of one line.
func portable(ts *testscript.TestScript, neg bool, args []string) {
	content := "BT /F1 12 Tf 72 700 Td (" + args[1] + ") Tj ET"
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, object := range []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}
