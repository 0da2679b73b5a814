package reader

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"demarche/record"
)

// Explain prints each sentence of a document with its names, dates and tree,
// the frames that matched, those that nearly did, and why: the tool to improve
// frames with.
func (r *Reader) Explain(w io.Writer, rec record.Document) error {
	out := bufio.NewWriter(w)
	d := r.open(rec)
	if d.principals[0] != "" {
		fmt.Fprintf(out, "# between %s and %s\n", d.principals[0], d.principals[1])
	}
	for i := range d.text.Sents {
		fmt.Fprintf(out, "\n# %d  %s\n", i+1, strings.Join(strings.Fields(d.text.SentenceText(i)), " "))
		g := r.graph(d, i)
		if g == nil {
			fmt.Fprintln(out, "  no party or no trigger: not parsed")
			continue
		}
		g.printTree(out)
		g.printFrames(out, r)
	}
	for _, c := range d.offices() {
		fmt.Fprintf(out, "\n# office  %s  %v %s  (%s, %.2f)\n", c.core.Phase, c.core.Roles, whenString(c.core.When), c.frame, c.conf)
	}
	return out.Flush()
}

func (g *graph) printTree(w io.Writer) {
	for n := range g.nodes {
		x := &g.nodes[n]
		note := ""
		switch {
		case x.name != nil:
			note = fmt.Sprintf("  <%v %s>", x.name.Kind, strings.Join(x.name.IDs, ","))
			if x.name.Person != nil {
				note += " " + x.name.Person.Name
			}
		case x.date > 0:
			note = "  <date " + whenString(g.doc.dates[x.date-1].When) + ">"
		case x.money != nil:
			note = "  <money " + x.money.amount + " " + x.money.currency + ">"
		default:
			if m := g.pronoun(n); m != nil {
				note = "  -> " + strings.Join(m.IDs, ",")
			}
		}
		fmt.Fprintf(w, "  %3d %-28s %-14s %-5s %-5s %3d %s%s\n", n+1, g.words(x.tokens), x.lemma, x.upos, x.xpos, x.gov+1, x.rel, note)
	}
}

func (g *graph) printFrames(w io.Writer, r *Reader) {
	ms, misses := g.matchAll(r.frames)
	for i := range ms {
		m := &ms[i]
		st := g.statusOf(m.trigger, ms)
		verdict := "claim"
		if why := g.withhold(m, st); why != "" {
			verdict = "withheld, " + why
		}
		fmt.Fprintf(w, "  + %s at %d (%s): %s\n", m.frame.Name, m.trigger+1, place(m), verdict)
		for _, c := range g.propose(m, ms, r.frames) {
			fmt.Fprintf(w, "      %s %s %v", c.core.Kind, c.core.Phase, c.core.Roles)
			if c.core.Negated {
				fmt.Fprint(w, " NOT")
			}
			fmt.Fprintf(w, " when=%s source=%q conf=%.2f", whenString(c.core.When), c.source, c.conf)
			if c.core.Content != nil {
				fmt.Fprintf(w, " content={%s %s %v %q}", c.core.Content.Kind, c.core.Content.Phase, c.core.Content.Roles, c.core.Content.Topic)
			}
			fmt.Fprintln(w)
		}
	}
	for _, m := range misses {
		fmt.Fprintf(w, "  - %s at %d (%s:%d): %s\n", m.frame.Name, m.trigger+1, m.frame.File, m.frame.Line, m.why)
	}
}

func place(m *match) string { return fmt.Sprintf("%s:%d", m.frame.File, m.frame.Line) }

func whenString(w record.When) string {
	if w.IsZero() {
		return "?"
	}
	if w.Earliest == w.Latest {
		return w.Earliest.String()
	}
	return w.Earliest.String() + "/" + w.Latest.String()
}
