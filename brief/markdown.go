package brief

import (
	"bufio"
	"fmt"
	"io"
)

// WriteMarkdown renders the note as Markdown with GitHub's footnotes.
func (n *Note) WriteMarkdown(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n\n%s  \n%s\n", Markdown(n.Title), Markdown(n.AsOf), Markdown(n.Clocks))
	for _, s := range n.Shown() {
		fmt.Fprintf(b, "\n## %s\n\n", Markdown(s.Heading))
		if len(s.Lines) == 0 {
			fmt.Fprintf(b, "%s\n", Markdown(s.Empty))
		}
		markdownLines(b, "", s.Lines)
	}
	if len(n.Notes) > 0 {
		fmt.Fprint(b, "\n## Sources\n\n")
	}
	for _, f := range n.Notes {
		fmt.Fprintf(b, "[^%d]: %s\n", f.Number, markdownNote(f))
	}
	return b.Flush()
}

func markdownLines(w io.Writer, indent string, lines []Line) {
	for _, l := range lines {
		fmt.Fprintf(w, "%s- ", indent)
		if l.Date != "" {
			fmt.Fprintf(w, "**%s** ", Markdown(l.Date))
		}
		fmt.Fprint(w, Markdown(l.Text))
		if l.Mark != "" {
			fmt.Fprintf(w, " *(%s)*", Markdown(l.Mark))
		}
		for _, n := range l.Notes {
			fmt.Fprintf(w, "[^%d]", n)
		}
		fmt.Fprintln(w)
		markdownLines(w, indent+"  ", l.Sub)
	}
}

func markdownNote(f Footnote) string {
	s := Markdown(f.Publisher)
	if f.Date != "" {
		s += ", " + Markdown(f.Date)
	}
	if f.Title != "" {
		s += ", *" + Markdown(f.Title) + "*"
	}
	if f.Speaker != "" {
		s += ", citing " + Markdown(f.Speaker)
	}
	s += ": “" + Markdown(f.Sentence) + "”"
	if u := Address(f.URL); u != "" {
		s += " <" + u + ">"
	}
	for _, r := range f.Refs {
		s += " `" + r.String() + "`"
	}
	return s
}
