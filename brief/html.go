package brief

import (
	"bytes"
	"embed"
	"html/template"
	"io"
)

//go:embed templates/note.html
var templates embed.FS

// WriteHTML renders the note as one page of HTML that stands alone: no script,
// nothing fetched, light and dark, printable on A4 or letter paper.
func (n *Note) WriteHTML(w io.Writer) error {
	t, err := template.New("note.html").Funcs(template.FuncMap{
		"plain": Plain, "address": Address, "first": firstTime(),
	}).ParseFS(templates, "templates/note.html")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, page{Note: n, Shown: n.Shown()}); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

// page is what the template sees.
type page struct {
	*Note
	Shown []Section
}

// firstTime returns a function that is true the first time it sees a number:
// where a footnote is first called stands the anchor that leads back.
func firstTime() func(int) bool {
	seen := map[int]bool{}
	return func(n int) bool {
		if seen[n] {
			return false
		}
		seen[n] = true
		return true
	}
}
