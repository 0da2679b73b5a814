package brief

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// WriteDOCX renders the note as a document of Office Open XML (ISO/IEC 29500)
// with real footnotes: word/footnotes.xml has one for each source, and each
// later call of the same source refers back to it. Nothing in it is fetched or
// runs: there are no macros or pictures, and only plain web addresses
// become links.
func (n *Note) WriteDOCX(w io.Writer) error {
	d := &docx{note: n, byNumber: map[int]Footnote{}, called: map[int]int{}}
	for _, f := range n.Notes {
		d.byNumber[f.Number] = f
	}
	body := d.body()
	notes := d.footnotes()
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, xml string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"docProps/core.xml", d.core()},
		{"word/document.xml", body},
		{"word/styles.xml", docxStyles},
		{"word/settings.xml", docxSettings},
		{"word/footnotes.xml", notes},
		{"word/_rels/document.xml.rels", documentRels},
		{"word/_rels/footnotes.xml.rels", d.links()},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, xml.Header+part.xml); err != nil {
			return err
		}
	}
	return z.Close()
}

// docx is a note on its way into a document.
type docx struct {
	note     *Note
	byNumber map[int]Footnote
	called   map[int]int // the number that Word gives a footnote: that of its first call
	urls     []string    // targets of links, by their number in the relations
}

const (
	nsWord = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsRel  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// xmlText escapes a text for XML, as one line without controls; what XML 1.0
// cannot hold is left out.
func xmlText(s string) string {
	var b bytes.Buffer
	clean := strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r == '\uFFFE' || r == '\uFFFF' {
			return -1
		}
		return r
	}, Plain(s))
	if err := xml.EscapeText(&b, []byte(clean)); err != nil {
		return ""
	}
	return b.String()
}

// span is a run of text in a character style, "" for none.
func span(style, text string) string {
	if text == "" {
		return ""
	}
	properties := ""
	if style != "" {
		properties = `<w:rPr><w:rStyle w:val="` + style + `"/></w:rPr>`
	}
	return "<w:r>" + properties + `<w:t xml:space="preserve">` + spaced(text) + "</w:t></w:r>"
}

// spaced escapes a text and keeps a space at either end, which divides it from
// the runs beside it.
func spaced(text string) string {
	s := xmlText(text)
	if s == "" {
		return " "
	}
	if strings.HasPrefix(text, " ") {
		s = " " + s
	}
	if strings.HasSuffix(text, " ") {
		s += " "
	}
	return s
}

func paragraph(style, runs string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + runs + "</w:p>"
}

func (d *docx) body() string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="` + nsWord + `" xmlns:r="` + nsRel + `"><w:body>`)
	b.WriteString(paragraph("Title", span("", d.note.Title)))
	b.WriteString(paragraph("Subtitle", span("", d.note.AsOf+". "+d.note.Clocks)))
	for _, s := range d.note.Shown() {
		b.WriteString(paragraph("Heading1", span("", s.Heading)))
		if len(s.Lines) == 0 {
			b.WriteString(paragraph("Undated", span("Caution", s.Empty)))
		}
		d.lines(&b, s.Lines, 0)
	}
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1247" w:bottom="1134" w:left="1247" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// lines writes lines, those that follow from another set in below it.
func (d *docx) lines(b *strings.Builder, lines []Line, depth int) {
	for _, l := range lines {
		style, runs := "Line", ""
		switch {
		case depth > 0:
			style = "Sub"
		case l.Date == "":
			style = "Undated"
		}
		if l.Date != "" {
			runs = span("Date", l.Date) + "<w:r><w:tab/></w:r>"
		}
		runs += span("", l.Text)
		if l.Mark != "" {
			runs += span("Caution", " ("+l.Mark+")")
		}
		for i, n := range l.Notes {
			if i > 0 {
				runs += `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>, </w:t></w:r>`
			}
			runs += d.call(n)
		}
		b.WriteString(paragraph(style, runs))
		d.lines(b, l.Sub, depth+1)
	}
}

// call refers to a footnote: the first time by the footnote itself, which Word
// numbers, and later by a reference back to its number.
func (d *docx) call(n int) string {
	if _, ok := d.byNumber[n]; !ok {
		return ""
	}
	id := strconv.Itoa(n)
	if at := d.called[n]; at > 0 {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> NOTEREF note` + id +
			` \f \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>` + strconv.Itoa(at) +
			`</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	d.called[n] = len(d.called) + 1
	return `<w:bookmarkStart w:id="` + id + `" w:name="note` + id + `"/><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="` + id +
		`"/></w:r><w:bookmarkEnd w:id="` + id + `"/>`
}

// footnotes are the sources, after the two separators that Word wants.
func (d *docx) footnotes() string {
	var b strings.Builder
	b.WriteString(`<w:footnotes xmlns:w="` + nsWord + `" xmlns:r="` + nsRel + `">` +
		`<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`)
	for _, f := range d.note.Notes {
		runs := `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>` + span("", " "+f.Publisher+prefixed(", ", f.Date))
		if f.Title != "" {
			runs += span("", ", ") + span("Cited", f.Title)
		}
		runs += span("", prefixed(", citing ", f.Speaker)+": “"+f.Sentence+"”")
		if u := Address(f.URL); u != "" {
			d.urls = append(d.urls, u)
			runs += span("", " ") + fmt.Sprintf(`<w:hyperlink r:id="link%d">%s</w:hyperlink>`, len(d.urls), span("Hyperlink", u))
		}
		fmt.Fprintf(&b, `<w:footnote w:id="%d">%s</w:footnote>`, f.Number, paragraph("FootnoteText", runs))
	}
	b.WriteString("</w:footnotes>")
	return b.String()
}

// links are the targets of the footnotes' links.
func (d *docx) links() string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, u := range d.urls {
		fmt.Fprintf(&b, `<Relationship Id="link%d" Type="%s/hyperlink" Target="%s" TargetMode="External"/>`, i+1, nsRel, xmlText(u))
	}
	b.WriteString("</Relationships>")
	return b.String()
}

func (d *docx) core() string {
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
		xmlText(d.note.Title) + `</dc:title><dc:subject>` + xmlText(d.note.AsOf) + `</dc:subject><dc:creator>demarche</dc:creator></cp:coreProperties>`
}
