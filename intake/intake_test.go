package intake

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/record"
)

// lay writes files under a new folder.
func lay(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// readAll collects documents and the messages of errors and warnings.
func readAll(opt Options, paths ...string) (docs []record.Document, problems []string) {
	opt.Warn = func(path, message string) { problems = append(problems, "warning: "+message) }
	for doc, err := range Documents(context.Background(), paths, opt) {
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		docs = append(docs, doc)
	}
	return docs, problems
}

func squeeze(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

const story = `{"id": "a", "publisher": "Lagos Mail", "title": "T", "published": "2019-05", "text": "Ghana met Togo.", "claims": [{"no": "claim"}]}`

func TestDocumentOfEachFormat(t *testing.T) {
	day := record.On(record.DayOf(2019, 5, 7))
	page := `<!doctype html><html lang="en"><head><title>x</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Envoys meet","datePublished":"2019-05-07T23:30:00-05:00","publisher":{"name":"Lagos Mail"}}</script>
<link rel=canonical href="https://example.org/e"></head><body><nav>Home</nav><article><h1>Envoys meet</h1><p>Ghana met <b>Togo</b> &amp; Benin.</p><script>bad()</script></article></body></html>`
	tests := []struct {
		name, file, content string
		want                record.Document
	}{
		{"json with claims", "a.json", story, record.Document{Name: "a", Publisher: "Lagos Mail", Title: "T", Published: record.Month(2019, 5), Text: "Ghana met Togo."}},
		{"json lines", "l.jsonl", `{"text":"One."}`, record.Document{Name: "l-000001", Text: "One."}},
		{"gzipped json lines", "l.jsonl.gz", squeeze(`{"text":"One."}`), record.Document{Name: "l-000001", Text: "One."}},
		{"text with front matter", "t.txt", "---\ntitle: \"A: B\"\npublisher: Lagos Mail # the daily\npublished: 2019-05-07\nurl: https://example.org/e\ntags:\n  - x\n---\n\nGhana met Togo.\n",
			record.Document{Name: "t", Title: "A: B", Publisher: "Lagos Mail", URL: "https://example.org/e", Published: day, Text: "Ghana met Togo.\n"}},
		{"text with its date in a line", "t.txt", "Envoys meet\n\nTuesday, May 7, 2019 9:05 PM\n\nGhana met Togo.\n",
			record.Document{Name: "t", Title: "Envoys meet", Published: day, Text: "Envoys meet\n\nTuesday, May 7, 2019 9:05 PM\n\nGhana met Togo.\n"}},
		{"text with a dateline", "t.txt", "ACCRA, 7 May 2019 (Xinhua) -- Ghana met Togo.\n",
			record.Document{Name: "t", Published: day, Origin: "Xinhua", Text: "ACCRA, 7 May 2019 (Xinhua) -- Ghana met Togo.\n"}},
		{"markdown", "m.md", "---\ndate: 2019\n---\n# Envoys *meet*\n\nGhana met\n[Togo](https://t.example).\n\n- Benin &amp; Mali\n\n<script>bad()</script>\n",
			record.Document{Name: "m", Title: "Envoys meet", Published: record.Year(2019), Text: "Envoys meet\n\nGhana met\nTogo.\n\nBenin & Mali"}},
		{"page", "p.html", page, record.Document{Name: "p", Title: "Envoys meet", Publisher: "Lagos Mail", URL: "https://example.org/e", Published: day, Language: "en", Text: "Envoys meet\n\nGhana met Togo & Benin."}},
		{"utf-16", "u.txt", "\xff\xfeA\x00\xe9\x00", record.Document{Name: "u", Text: "Aé"}},
		{"byte order mark and carriage returns", "u.txt", "\xef\xbb\xbfA.\r\nB", record.Document{Name: "u", Text: "A.\nB"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			docs, problems := readAll(Options{}, lay(t, map[string]string{tt.file: tt.content}))
			if len(docs) != 1 || len(problems) > 0 {
				t.Fatalf("%d documents, problems %q", len(docs), problems)
			}
			tt.want.ID = tt.want.Hash()
			if diff := cmp.Diff(tt.want, docs[0], cmp.AllowUnexported(record.RecordTime{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWherePagesDeclareTheirDate(t *testing.T) {
	tests := []struct{ name, head, body, want string }{
		{"open graph", `<meta property="article:published_time" content="2019-05-07T23:30:00-05:00">`, "", "2019-05-07"},
		{"dublin core, in capitals", `<meta name="DC.Date.Issued" content="2019-05-07">`, "", "2019-05-07"},
		{"graph of linked data", `<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":["NewsArticle"],"datePublished":"2019-05-07"}]}</script>`, "", "2019-05-07"},
		{"broken linked data, then a name", `<script type="application/ld+json">{"@type":</script><meta name=date content="7 May 2019">`, "", "2019-05-07"},
		{"microdata", "", `<span itemprop="datePublished">May 7, 2019</span>`, "2019-05-07"},
		{"time element", "", `<time datetime="2019-05-07 10:00">a while ago</time>`, "2019-05-07"},
		{"a line of the text", "", `<p>Published on 7 May 2019</p>`, "2019-05-07"},
		{"an event's time in linked data is none of the article's", `<script type="application/ld+json">{"@type":"Event","datePublished":"2019-05-07"}</script>`, "", ""},
		{"a date in the text is none of the article's", "", `<p>They had met on 7 May 2019 in Accra.</p>`, ""},
	}
	for _, tt := range tests {
		page := "<html><head>" + tt.head + "</head><body>" + tt.body + "<p>Ghana met Togo.</p></body></html>"
		docs, problems := readAll(Options{}, lay(t, map[string]string{"p.html": page}))
		if len(docs) != 1 || docs[0].Published.Earliest.String() != tt.want {
			t.Errorf("%s: %+v, problems %q; want published %q", tt.name, docs, problems, tt.want)
		}
	}
}

func TestBadInput(t *testing.T) {
	tests := []struct {
		name, file, content string
		docs                int
		want                []string // a part of each problem, in order
	}{
		{"empty", "e.txt", "", 0, []string{"is empty"}},
		{"empty lines", "e.jsonl", "", 0, []string{"is empty"}},
		{"binary", "b.txt", "MZ\x00\x01", 0, []string{"is binary"}},
		{"windows-1252", "w.txt", "Caf\xe9 \x93met\x94", 1, []string{"warning: is not UTF-8; read as windows-1252"}},
		{"cut in a character", "c.txt", "Zürich, Genève, Malm\xc3", 1, []string{"warning: 1 bytes are no UTF-8"}},
		{"not western", "k.txt", strings.Repeat("\xe1\xe2\xe3 ", 50), 0, []string{"no text in UTF-8"}},
		{"too large", "l.txt", strings.Repeat("word ", 1000), 0, []string{"too large: a document may have 4 KiB"}},
		{"too large when expanded", "z.txt.gz", squeeze(strings.Repeat(" ", 1<<20)), 0, []string{"too large"}},
		{"long line between good ones", "l.jsonl", `{"text":"a"}` + "\n" + strings.Repeat("x", 5000) + "\n" + `{"text":"b"}`, 2, []string{"l.jsonl:2: byte 13: too large"}},
		{"endless line", "z.jsonl.gz", squeeze(`{"text":"a"}` + "\n" + strings.Repeat("x", 1<<20)), 1, []string{"too large"}},
		{"truncated json", "t.json", `{"text": "Ghana`, 0, []string{"t.json:1: byte 15: the JSON breaks off"}},
		{"truncated lines", "t.jsonl", "{\"text\":\"a\"}\n\n{\"te", 1, []string{"t.jsonl:3: byte 18: the JSON breaks off"}},
		{"truncated gzip", "t.jsonl.gz", truncated(), 1, []string{"the compressed data breaks off"}},
		{"no gzip", "t.jsonl.gz", "{}", 0, []string{"is no gzip file"}},
		{"two documents in one", "t.json", "{\"text\":\"a\"}\n{}", 0, []string{"t.json:2: byte 14: more follows"}},
		{"wrong type", "t.json", "{\n\"text\": 5}", 0, []string{`t.json:2: byte 11: "text" is a number where a string`}},
		{"no text", "t.json", `{"title": "x"}`, 0, []string{`"text" is missing`}},
		{"impossible date in json", "t.json", `{"text": "x", "published": "2020-13-45"}`, 0, []string{"2020-13-45"}},
		{"impossible date in front matter", "t.md", "---\ntitle: x\npublished: 2020-02-30\n---\nBody\n", 0, []string{"t.md:3: published: \"2020-02-30\" is no date"}},
		{"front matter alone", "t.md", "---\ntitle: x\n---\n", 0, []string{"no text after its front matter"}},
		{"no documents", "t.exe", "x", 0, []string{"no documents in this folder"}},
		{"page without text", "t.html", "<html><script>x</script></html>", 0, []string{"no article text"}},
		{"page nested without end", "t.html", strings.Repeat("<b>", 1000) + "x", 0, []string{"the page cannot be read"}},
		{"lists nested without end", "t.md", strings.Repeat("- ", 1000) + "x", 0, []string{"t.md:1: lists and quotations"}},
		{"no lines of json", "n.jsonl", strings.Repeat("word\n", 60), 0, append(repeat("is not JSON here", maxBadLines), "given up after")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			docs, problems := readAll(Options{MaxBytes: 4 << 10}, lay(t, map[string]string{tt.file: tt.content}))
			if len(docs) != tt.docs || len(problems) != len(tt.want) {
				t.Fatalf("%d documents, problems %q", len(docs), problems)
			}
			for i, want := range tt.want {
				if !strings.Contains(problems[i], want) || strings.Contains(problems[i], "\n") {
					t.Errorf("got %q, want %q in one line", problems[i], want)
				}
			}
		})
	}
}

func repeat(s string, n int) (out []string) {
	for range n {
		out = append(out, s)
	}
	return out
}

// truncated is a gzip stream cut in its second, incompressible line.
func truncated() string {
	var noise strings.Builder
	x := uint32(1)
	for range 3000 {
		x = x*1664525 + 1013904223
		noise.WriteByte('a' + byte(x>>24)%26)
	}
	z := squeeze("{\"text\":\"a\"}\n{\"text\":\"" + noise.String() + "\"}\n")
	return z[:len(z)-100]
}

// A file that is too large is refused by its size: it is not read.
func TestLargeFileIsNotRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.txt")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(200 << 20); err != nil {
		t.Skip("no sparse files here: ", err)
	}
	f.Close()
	read := 0
	_, problems := readAll(Options{Read: func(n int) { read += n }}, path)
	if len(problems) != 1 || !strings.Contains(problems[0], "too large") || read > sniffed {
		t.Errorf("read %d bytes, problems %q", read, problems)
	}
}

func TestFolderOrderHiddenAndNames(t *testing.T) {
	dir := lay(t, map[string]string{
		"b.txt": "B", "a/z.txt": "AZ", "a/b.txt": "AB", ".hidden/x.txt": "no", ".x.txt": "no", "picture.png": "no",
		"c.jsonl": `{"id":"../up","text":"C"}` + "\n" + `{"id":"b","text":"D"}`,
	})
	docs, problems := readAll(Options{}, dir, filepath.Join(dir, "gone.txt"), filepath.Join(dir, "b.txt"))
	var got []string
	for _, d := range docs {
		got = append(got, d.Name+"="+d.Text)
	}
	want := []string{"b=AB", "z=AZ", "b-2=B", "-up=C", "b-3=D", "b-4=B"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(problems) != 1 || !strings.Contains(problems[0], "gone.txt: no such file") {
		t.Errorf("problems %q", problems)
	}
}

func TestMissingFileIsTold(t *testing.T) {
	for _, err := range Documents(context.Background(), []string{"/nowhere/at.all"}, Options{}) {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("got %v, want an error that is fs.ErrNotExist", err)
		}
	}
}

func TestOptionsAndWhatTextsSay(t *testing.T) {
	said := record.On(record.DayOf(2020, 1, 2))
	opt := Options{Title: "O", Publisher: "P", URL: "https://o.example", Published: said}
	text, _ := readAll(opt, lay(t, map[string]string{"t.txt": "---\ntitle: x\npublished: 2019\n---\nBody"}))
	if d := text[0]; d.Title != "O" || d.Published != said || d.Publisher != "P" || d.URL != "https://o.example" {
		t.Errorf("options do not come before front matter: %+v", d)
	}
	doc, _ := readAll(opt, lay(t, map[string]string{"t.json": story}))
	if d := doc[0]; d.Title != "T" || d.Published != record.Month(2019, 5) || d.URL != "https://o.example" {
		t.Errorf("options do not fill a JSON document alone where it is silent: %+v", d)
	}
}

func TestStandardInput(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"text", "Ghana met Togo.", "stdin Ghana met Togo."},
		{"json", "{\n\"id\": \"x\",\n\"text\": \"T\"}\n", "x T"},
		{"lines", "{\"text\": \"T\"}\n{\"text\": \"U\"}\n", "stdin-000001 T, stdin-000002 U"},
		{"gzipped lines", squeeze("{\"text\": \"T\"}\n"), "stdin-000001 T"},
		{"page", "<!DOCTYPE html><p>Ghana met Togo.", "stdin Ghana met Togo."},
	}
	for _, tt := range tests {
		docs, problems := readAll(Options{Stdin: strings.NewReader(tt.in)}, "-")
		var got []string
		for _, d := range docs {
			got = append(got, d.Name+" "+d.Text)
		}
		if s := strings.Join(got, ", "); s != tt.want || len(problems) > 0 {
			t.Errorf("%s: got %q, problems %q; want %q", tt.name, s, problems, tt.want)
		}
	}
}

// A text that was saved with its markup is read without it, and one that only
// writes of markup is left alone.
func TestTextFullOfMarkup(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"markup", "---\ntitle: T\n---\n<p>Ghana met <b>Togo</b>.</p><p>Benin &amp; Mali<br>came.</p>", "Ghana met Togo.\n\nBenin & Mali\n\ncame."},
		{"page", "<!DOCTYPE html><html><body><p>Ghana met Togo.</p></body></html>", "Ghana met Togo."},
		{"text", "Write <b> and </b> around what is bold.", "Write <b> and </b> around what is bold."},
	}
	for _, tt := range tests {
		docs, problems := readAll(Options{}, lay(t, map[string]string{"t.txt": tt.in}))
		if len(docs) != 1 || docs[0].Text != tt.want {
			t.Errorf("%s: got %+v, want text %q", tt.name, docs, tt.want)
		}
		if told := len(problems) == 1; told != (tt.name != "text") {
			t.Errorf("%s: problems %q", tt.name, problems)
		}
	}
}

func TestStopsWithItsContext(t *testing.T) {
	dir := lay(t, map[string]string{"a.txt": "A", "b.txt": "B"})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for range Documents(ctx, []string{dir}, Options{}) {
		n++
		cancel()
	}
	if n != 1 {
		t.Errorf("%d documents after the end of the context, want 1", n)
	}
}

// The article that the project was asked about keeps its text and gives its
// title and date.
func TestSeedArticle(t *testing.T) {
	path := filepath.Join("..", "..", "shared", "seed", "article.txt")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Skip("no shared folder here: ", err)
	}
	docs, problems := readAll(Options{}, path)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	title, _, _ := strings.Cut(string(b), "\n")
	if d := docs[0]; d.Title != title || d.Published.Earliest.String() != "2020-10-14" || d.Text != string(b) {
		t.Errorf("title %q, published %v, text kept %v", d.Title, d.Published, d.Text == string(b))
	}
	given := record.On(record.DayOf(2020, 10, 15))
	if docs, _ := readAll(Options{Published: given}, path); docs[0].Published != given {
		t.Errorf("published %v, want the date given", docs[0].Published)
	}
}
