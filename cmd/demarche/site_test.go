package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// site DIR: serves the files of a folder on loopback, whose address is in $SITE
// from there on. A file of the name PATH.type holds the media type of PATH; what
// begins with /away leads there.
func site(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[0])
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to, ok := strings.CutPrefix(r.URL.Path, "/away/"); ok {
			http.Redirect(w, r, "http://"+to, http.StatusFound)
			return
		}
		path := filepath.Join(dir, filepath.Clean(r.URL.Path))
		if kind, err := os.ReadFile(path + ".type"); err == nil {
			w.Header().Set("Content-Type", strings.TrimSpace(string(kind)))
		}
		http.ServeFile(w, r, path)
	}))
	ts.Defer(s.Close)
	ts.Setenv("SITE", s.URL)
}

// fill FILE...: puts the values of variables into files.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		text := os.Expand(ts.ReadFile(file), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text), 0o644))
	}
}

// capture NAME REGEXP: sets a variable to what the first group matches in the last
// standard output.
func capture(ts *testscript.TestScript, neg bool, args []string) {
	m := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if m == nil {
		ts.Fatalf("no %s in the output", args[1])
	}
	ts.Setenv(args[0], m[1])
}

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

// signalled TERM|INT FILE PROGRAM ARGS...: starts the program, sends it the signal
// once the file is there, and waits for its end, which must be a good one. What it
// said on standard error is in signalled.log.
func signalled(ts *testscript.TestScript, neg bool, args []string) {
	sig := map[string]os.Signal{"TERM": syscall.SIGTERM, "INT": os.Interrupt}[args[0]]
	started(ts, args[1], args[2:], sig, func(string) {})
}

// measured FILE PROGRAM ARGS...: starts the program and, once the file is there,
// puts the metrics that it serves into measured.txt.
func measured(ts *testscript.TestScript, neg bool, args []string) {
	started(ts, args[0], args[1:], os.Interrupt, func(said string) {
		m := regexp.MustCompile(`http://\S+/metrics`).FindString(said)
		for _, path := range []string{"/healthz", "/readyz", "/metrics"} {
			resp, err := http.Get(strings.TrimSuffix(m, "/metrics") + path)
			ts.Check(err)
			body, err := io.ReadAll(resp.Body)
			ts.Check(errors.Join(err, resp.Body.Close(), os.WriteFile(ts.MkAbs("measured.txt"), body, 0o644)))
			if resp.StatusCode != http.StatusOK {
				ts.Fatalf("%s: %s", path, resp.Status)
			}
		}
	})
}

// started starts a program, waits for a file, looks, and ends the program.
func started(ts *testscript.TestScript, file string, args []string, sig os.Signal, look func(said string)) {
	path, err := exec.LookPath(args[0])
	ts.Check(err)
	cmd := exec.Command(path, args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("HOME"), "XDG_DATA_HOME="+ts.Getenv("XDG_DATA_HOME"))
	said, err := os.Create(ts.MkAbs("signalled.log"))
	ts.Check(err)
	defer said.Close()
	cmd.Stderr = said
	ts.Check(cmd.Start())
	defer cmd.Process.Kill() // where something below fails
	for range 600 {
		if _, err := os.Stat(ts.MkAbs(file)); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	look(ts.ReadFile("signalled.log"))
	ts.Check(cmd.Process.Signal(sig))
	ts.Check(cmd.Wait())
}
