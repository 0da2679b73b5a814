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
	for _, t := range d.titles(r, false) {
		c := t.best()
		fmt.Fprintf(out, "\n# title  %.2f  %s\n", c.conf, describe(&c))
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

// printFrames prints what each word may tell, the surest answers with their
// probabilities, and the frames that nearly matched.
func (g *graph) printFrames(w io.Writer, r *Reader) {
	for _, q := range g.questions(r, false) {
		best, chance := q.best()
		mark := "-"
		if chance >= r.judge.Threshold(Group(g.doc.wording, best.form.kind)) {
			mark = "+"
		}
		fmt.Fprintf(w, "  %s %d %s: %s  %.2f\n", mark, q.trigger+1, g.nodes[q.trigger].lemma, best.describe(), chance)
		if st := best.form.status; st.doubt != "" || st.content > 0 || st.negated || st.future {
			fmt.Fprintf(w, "      doubt=%q content=%v negated=%v future=%v\n", st.doubt, st.content > 0, st.negated, st.future)
		}
		for _, c := range q.claims(r, best, chance) {
			fmt.Fprintf(w, "      %s\n", describe(&c))
		}
	}
	_, misses := g.matchAll(r.frames)
	for _, m := range misses {
		fmt.Fprintf(w, "  . %s at %d (%s:%d): %s\n", m.frame.Name, m.trigger+1, m.frame.File, m.frame.Line, m.why)
	}
}

// describe names the parties of an option and how each is named.
func (o *option) describe() string {
	out := o.form.label()
	for _, p := range []*part{o.first, o.second} {
		if p == nil {
			continue
		}
		out += " " + p.how + ":"
		for i, f := range p.fillers {
			if i > 0 {
				out += ","
			}
			out += f.id
		}
	}
	for _, m := range []*match{o.form.match, o.form.line} {
		if m != nil {
			out += fmt.Sprintf(" (%s:%d)", m.frame.File, m.frame.Line)
		}
	}
	return out
}

// describe writes a candidate on one line.
func describe(c *candidate) string {
	s := fmt.Sprintf("%s %s %v when=%s source=%q", c.core.Kind, c.core.Phase, c.core.Roles, whenString(c.core.When), c.source)
	if c.core.Negated {
		s = "not " + s
	}
	if x := c.core.Content; x != nil {
		s += fmt.Sprintf(" content={%s %s %v %q}", x.Kind, x.Phase, x.Roles, x.Topic)
	}
	return s
}

func whenString(w record.When) string {
	if w.IsZero() {
		return "?"
	}
	if w.Earliest == w.Latest {
		return w.Earliest.String()
	}
	return w.Earliest.String() + "/" + w.Latest.String()
}
