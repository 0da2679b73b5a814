package brief

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

// parts unpacks a document and checks that every part is well-formed.
func parts(t *testing.T, n *Note) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := n.WriteDOCX(&b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(data)
		for d := xml.NewDecoder(bytes.NewReader(data)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return out
}

// plainText is what a part reads as.
func plainText(part string) string {
	var out strings.Builder
	d := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := d.Token()
		if err != nil {
			return out.String()
		}
		if text, ok := token.(xml.CharData); ok {
			out.Write(text)
		}
	}
}

func TestDOCXHasRealFootnotes(t *testing.T) {
	n := &Note{Title: "A and B", Sections: []Section{{Heading: "Relations", Lines: []Line{
		{Date: "1956", Text: "established", Notes: []int{2, 1}}, {Text: "still so", Mark: "unsure", Notes: []int{2}, Sub: []Line{{Text: "below", Notes: []int{3}}}}}}},
		Notes: []Footnote{{Number: 1, Publisher: "P", Sentence: "One."}, {Number: 2, Publisher: "Q", Sentence: "Two.", URL: "https://q.example/?a=1&b=2"}, {Number: 3, Publisher: "R", Sentence: "Three."}}}
	p := parts(t, n)
	body, notes := p["word/document.xml"], p["word/footnotes.xml"]
	if got := plainText(notes); !strings.Contains(got, " Q: “Two.” https://q.example/?a=1&b=2") {
		t.Errorf("footnotes read %q", got)
	}
	if got := plainText(body); !strings.Contains(got, "still so (unsure)") {
		t.Errorf("the body reads %q", got)
	}
	var called []string
	for _, m := range regexp.MustCompile(`<w:footnoteReference w:id="(\d+)"/>`).FindAllStringSubmatch(body, -1) {
		called = append(called, m[1])
		if !strings.Contains(notes, `<w:footnote w:id="`+m[1]+`">`) {
			t.Errorf("footnote %s is called and not there", m[1])
		}
	}
	if got := strings.Join(called, " "); got != "2 1 3" {
		t.Errorf("footnotes called: %s", got)
	}
	if !strings.Contains(body, `NOTEREF note2 \f \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>1</w:t>`) {
		t.Error("the second call of the first footnote does not refer back to it as 1")
	}
	if !strings.Contains(p["word/_rels/footnotes.xml.rels"], `Target="https://q.example/?a=1&amp;b=2" TargetMode="External"`) {
		t.Errorf("links: %s", p["word/_rels/footnotes.xml.rels"])
	}
}

func TestDOCXHostileTextStaysText(t *testing.T) {
	n := hostile()
	n.Title += "\x00\x0b\uFFFE</w:t><w:instrText>DDEAUTO</w:instrText>"
	for name, text := range parts(t, n) {
		for _, bad := range []string{"<script", "\u202E", "\x1b", "\x00", "\uFFFE", "<w:instrText>DDE", `Target="javascript`} {
			if strings.Contains(text, bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
	}
}
