package intake

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"demarche/record"
)

// archived writes one record of a web archive.
func archived(url, answer string, more int) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2020-06-01T08:00:00Z\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", url, len(answer)+more, answer)
}

const found = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"

const letter = "From: Press <press@mfa.example>\r\nDate: Tue, 7 May 2019 10:00:00 +0000\r\nSubject: Envoys meet\r\nMessage-ID: <1@mfa.example>\r\n"

// told writes documents as a line each: name, title, author, date, address, text.
func told(docs []record.Document) string {
	var out []string
	for _, d := range docs {
		out = append(out, strings.Join([]string{d.Name, d.Title, d.Author, record.FormatEDTF(d.Published), d.URL, d.Text}, " | "))
	}
	return strings.Join(out, "\n")
}

func TestMailAndArchives(t *testing.T) {
	zipped := letter + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nGhana met Togo.\r\n--b\r\nContent-Type: application/zip; name=inner.zip\r\n\r\nPK\r\n--b--\r\n"
	only := letter + "Content-Type: application/x-tar; name=mail.tar.gz\r\n\r\nxx\r\n"
	tests := []struct {
		name, file, content, want string
		problems                  []string
	}{
		{"mail", "m.eml", letter + "\r\nGhana met Togo.\r\n", "m | Envoys meet | Press | 2019-05-07 | mid:1@mfa.example | Ghana met Togo.\n", nil},
		{"mail archived on the web", "m.eml", "Archived-At: <https://mfa.example/1>\r\n" + letter + "\r\nGhana.", "m | Envoys meet | Press | 2019-05-07 | https://mfa.example/1 | Ghana.", nil},
		{"page in a mail", "m.eml", letter + "Content-Type: text/html\r\n\r\n<p>Ghana met <b>Togo</b>.<script>bad()</script>", "m | Envoys meet | Press | 2019-05-07 | mid:1@mfa.example | Ghana met Togo.", nil},
		{"mailbox with archives in archives", "b.mbox", "From a Tue May  7 10:00:00 2019\r\n" + zipped + "\r\nFrom b Tue May  7 10:00:00 2019\r\n" + only + "\r\nFrom c Tue May  7 10:00:00 2019\r\n" + letter + "\r\nTogo.\r\n",
			"b-000001 | Envoys meet | Press | 2019-05-07 | mid:1@mfa.example | Ghana met Togo.\nb-000003 | Envoys meet | Press | 2019-05-07 | mid:1@mfa.example | Togo.\n",
			[]string{`warning: attached and not read: "inner.zip" (application/zip)`, `warning: attached and not read: "mail.tar.gz"`, "b.mbox: byte 291: the message has no text"}},
		{"no mailbox", "b.mbox", "Ghana met Togo.\n", "", []string{"is no mailbox"}},
		{"empty mailbox", "b.mbox", "", "", []string{"is empty"}},
		{"archive", "w.warc.gz", squeeze(archived("https://news.example/a.html", found+"<title>Envoys</title><p>Ghana met Togo.", 0)) +
			squeeze(archived("https://news.example/b.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx", 0)) +
			squeeze(archived("https://news.example/c", "HTTP/1.1 404 Not Found\r\n\r\nno", 0)) +
			squeeze(archived("https://news.example/d.html", found+`<meta property="article:published_time" content="2021-01-01"><p>Togo.`, 0)),
			"a | Envoys |  |  | https://news.example/a.html | Ghana met Togo.\nd |  |  |  | https://news.example/d.html | Togo.",
			[]string{"warning: the page declares 2021-01-01 as its date, which lies in the future"}},
		{"archive with a length that lies", "w.warc", archived("https://news.example/a.html", found+"<p>Ghana met Togo.", 0) + archived("https://news.example/b.html", found+"<p>Togo.", 7) + archived("https://news.example/c.html", found+"<p>Benin.", 0),
			"a |  |  |  | https://news.example/a.html | Ghana met Togo.", []string{"does not end where its Content-Length says"}},
		{"bad page between good ones", "w.warc", archived("https://news.example/a.html", found, 0) + archived("https://news.example/b.html", found+strings.Repeat("<b>", 1000), 0) + archived("https://news.example/c.html", found+"<p>Benin.", 0),
			"c |  |  |  | https://news.example/c.html | Benin.", []string{"w.warc: byte 244: the page cannot be read"}},
		{"no archive", "w.warc", "Ghana", "", []string{"is no record of a WARC archive"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			docs, problems := readAll(Options{}, lay(t, map[string]string{tt.file: tt.content}))
			if got := told(docs); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if len(problems) != len(tt.problems) {
				t.Fatalf("problems %q", problems)
			}
			for i, want := range tt.problems {
				if !strings.Contains(problems[i], want) || strings.Contains(problems[i], "\n") {
					t.Errorf("problem %q, want %q", problems[i], want)
				}
			}
		})
	}
}

// Formats of standard input are found out.
func TestSniffedFormats(t *testing.T) {
	for start, want := range map[string]Format{
		"%PDF-1.4\n": PDF, "WARC/1.0\r\n": Archive, "From a@b.example Tue May  7 10:00:00 2019\n": Mailbox,
		"From Accra to Lome, the envoys met.\n": Text, "From here at 10:00 they went.\n": Text,
	} {
		if got := sniff([]byte(start)); got != want {
			t.Errorf("%q: %q, want %q", start, got, want)
		}
	}
}

// minimalPDF is a PDF of one page with a line of text.
func minimalPDF(line string) []byte {
	content := "BT /F1 12 Tf 72 700 Td (" + line + ") Tj ET"
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

func TestPDF(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	docs, problems := readAll(Options{}, lay(t, map[string]string{"a.pdf": string(minimalPDF("Ghana met Togo.")), "b.pdf": "%PDF-1.4\nnothing", "c.txt": "Togo."}))
	if got := told(docs); got != "a |  |  |  |  | Ghana met Togo.\nc |  |  |  |  | Togo." {
		t.Errorf("got %q", got)
	}
	if len(problems) != 1 || !strings.Contains(problems[0], "b.pdf: pdftotext cannot read it") {
		t.Errorf("problems %q", problems)
	}
}

func TestPDFWithoutItsProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, problems := readAll(Options{}, lay(t, map[string]string{"a.pdf": "%PDF-1.4\n"}))
	if len(problems) != 1 || !strings.Contains(problems[0], "install poppler") {
		t.Errorf("problems %q", problems)
	}
}

// What is received is refused in one line where it is no document.
func TestReceivedThatIsNone(t *testing.T) {
	deep := strings.Repeat("<div>", 100_000) + "Ghana met Togo." + strings.Repeat("</div>", 100_000)
	wide := "<p>" + strings.Repeat("<i>x</i>", maxElements+1)
	var multiplied strings.Builder
	for i := range 400 {
		fmt.Fprintf(&multiplied, "<b id=%d>", i)
	}
	multiplied.WriteString(strings.Repeat("<p>x", 500_000))
	tests := []struct{ name, kind, body, says string }{
		{"a hundred thousand elements deep", "text/html", deep, "the page cannot be read"},
		{"more elements than are read", "text/html", wide, "more elements than are read"},
		{"elements that the parser multiplies", "text/html", multiplied.String(), "more elements than are read"},
		{"a picture", "image/png", "x", `is "image/png"`},
		{"data", "", `{"text": "Ghana met Togo."}`, "holds data"},
		{"an archive", "application/octet-stream", "WARC/1.0\r\n", "holds data"},
		{"a page without text", "text/html", "<script>x</script>", "no article text"},
		{"binary", "text/plain", "x\x00", "is binary"},
		{"too large", "text/plain", strings.Repeat("word ", 2<<20), "too large"},
	}
	for _, tt := range tests {
		r := Received{URL: "https://news.example/a", ContentType: tt.kind, Bytes: []byte(tt.body)}
		_, err := r.Document(context.Background(), Options{MaxBytes: 4 << 20})
		if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.HasPrefix(err.Error(), r.URL+": ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want %q in one line", tt.name, err, tt.says)
		}
	}
}

func FuzzPageDates(f *testing.F) {
	f.Add("/2020/10/14/x", "07/05/2019", "2031-01-01", "2019-05-07")
	f.Fuzz(func(t *testing.T, path, published, modified, unmarked string) {
		doc := facts{url: "https://news.example" + path}
		in := &input{Source: Source{Path: "f"}, opt: &Options{}, day: record.DayOf(2020, 6, 1)}
		in.settle(&doc, pageDates{[]string{published}, []string{modified}, []string{unmarked, published}}, record.When{})
		for _, w := range []record.When{doc.published, doc.modified} {
			if w.Earliest > in.day+1 || w.Latest != 0 && w.Latest < w.Earliest {
				t.Errorf("date %v", w)
			}
		}
	})
}

// Texts in other encodings are read by what the page or its server says; where
// neither tells, and the bytes are not those of a western language, they are
// refused in one line.
func TestReceivedInOtherEncodings(t *testing.T) {
	const text = "Министр иностранных дел России встретился с послом Ганы. "
	cyrillic, err := charmap.Windows1251.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	koi, err := charmap.KOI8R.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	page := func(meta, text string) string {
		return "<!doctype html><html><head>" + meta + "<title>A</title></head><body><article><p>" + text + "</p></article></body></html>"
	}
	tests := []struct{ name, kind, body, want string }{
		{"told by the server", "text/html; charset=windows-1251", page("", cyrillic), text},
		{"told by the page", "text/html", page(`<meta charset="koi8-r">`, koi), text},
		{"a text, told by the server", "text/plain; charset=koi8-r", koi, text},
		{"the page errs", "text/html", page(`<meta charset="utf-8">`, cyrillic), ""},
		{"a text of which nothing is told", "text/plain", cyrillic, ""},
		{"a western text", "text/plain", "Le ministre a rencontr\xe9 son homologue \xe0 Lom\xe9; la d\xe9l\xe9gation a \xe9t\xe9 re\xe7ue. ", "Le ministre a rencontré son homologue à Lomé; la délégation a été reçue. "},
		{"a server that errs", "text/plain; charset=windows-1251", text, text},
		{"a server that tells nonsense", "text/plain; charset=none", "Togo met Ghana.", "Togo met Ghana."},
	}
	for _, tt := range tests {
		d, err := Received{URL: "https://news.example/a", ContentType: tt.kind, Bytes: []byte(tt.body)}.Document(context.Background(), Options{})
		if got := strings.TrimSpace(d.Text); got != strings.TrimSpace(tt.want) || (err != nil) != (tt.want == "") {
			t.Errorf("%s: got %q, %v", tt.name, got, err)
		}
		if err != nil && (strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "save it as UTF-8")) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
