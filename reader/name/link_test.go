package name

import (
	"os"
	"slices"
	"strings"
	"testing"

	"demarche/record"
	"demarche/text"
)

// TestLinking prints, where $NAME_LINK is set, how often each party of a
// claim of the training texts is among what the mentions of its sentence stand
// for.
func TestLinking(t *testing.T) {
	if os.Getenv("NAME_LINK") == "" {
		t.Skip("NAME_LINK is not set")
	}
	f := finder(t)
	hit, all := 0, 0
	for file, d := range loadGold(t, "train") {
		n := find(f, d)
		for _, c := range d.Claims {
			if c.Kind == "office" {
				continue
			}
			span, ok := quoted(n, d.Text, c.Quote)
			if !ok {
				continue
			}
			have := n.stand(span)
			for _, role := range []string{"actor", "recipient", "party", "parties", "body", "by", "of", "in", "debtor", "creditor", "successor", "predecessor"} {
				for _, id := range stringsOf(c.Roles[role]) {
					all++
					if slices.Contains(have, id) {
						hit++
						continue
					}
					t.Logf("%s %s %s=%s | have %v | %s", file, c.Kind, role, id, have, n.reader.text(span))
				}
			}
		}
	}
	t.Logf("linked %d of %d", hit, all)
}

func stringsOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// quoted is the range of the sentences that a quote lies in.
func quoted(n *Names, source, quote string) (text.Span, bool) {
	at := strings.Index(source, quote)
	if at < 0 || quote == "" {
		return text.Span{}, false
	}
	var out text.Span
	for _, s := range n.doc.Sents {
		if n.doc.Tokens[s.End-1].End > at && n.doc.Tokens[s.Start].Start < at+len(quote) {
			if out.End == 0 {
				out.Start = s.Start
			}
			out.End = s.End
		}
	}
	return out, out.End > 0
}

// stand is what the tokens of a span stand for, pronouns and all.
func (n *Names) stand(span text.Span) []string {
	var out []string
	for i := span.Start; i < span.End; i++ {
		if m := n.Resolve(i); m != nil {
			out = append(out, m.IDs...)
			out = append(out, m.At(record.When{})...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
