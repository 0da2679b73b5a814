package brief

import (
	"strings"
	"testing"

	"demarche/record"
)

// What a rendering says of its footnotes is read back, whatever the texts try.
func TestReadPrinted(t *testing.T) {
	n := hostile()
	evil := "He said “no”\\ `aaaaaaaaaaaa-bbbbbb` </q></li> & [^9]: so."
	n.Notes[0].Sentence, n.Notes[0].Title = evil, "A “title”"
	n.Notes[0].Refs = []Reference{{"0123456789ab", "cdef01"}, {"ba9876543210", "10fedc"}}
	n.Notes = append(n.Notes, Footnote{Number: 2, Publisher: "Mail", Sentence: "Nothing named."})
	var md, page strings.Builder
	if err := n.WriteMarkdown(&md); err != nil {
		t.Fatal(err)
	}
	if err := n.WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"markdown": md.String(), "html": page.String(), "markdown of Windows": strings.ReplaceAll(md.String(), "\n", "\r\n")} {
		got := ReadPrinted(text)
		if len(got) != 2 || got[0].Number != 1 || got[1].Number != 2 || len(got[1].Refs) != 0 {
			t.Fatalf("%s: %+v", name, got)
		}
		if !strings.HasSuffix(got[0].Sentence, Plain(evil)) {
			t.Errorf("%s: quotes %q", name, got[0].Sentence)
		}
		if f := (Footnote{Refs: got[0].Refs}); f.References() != "0123456789ab-cdef01 ba9876543210-10fedc" {
			t.Errorf("%s: refers to %s", name, f.References())
		}
		if !got[0].Quotes(evil, record.Citation{Start: 3, End: 5}) || got[0].Quotes("He said yes.", record.Citation{Start: 3, End: 5}) {
			t.Errorf("%s: what is quoted is not told", name)
		}
	}
	if got := ReadPrinted("[^1]: x `0123456789AB-cdef01`\n<li id=\"n1\">"); len(got) != 1 || len(got[0].Refs) > 0 {
		t.Errorf("%+v", got)
	}
}

// A name that is no hash is not written into a note.
func TestReferenceTo(t *testing.T) {
	for id, want := range map[record.ClaimID]bool{"0123456789abcdef": true, "c1": false, "": false, "0123456789\"><b>": false} {
		if _, ok := referenceTo(&record.Stated{Claim: record.Claim{ID: id}}); ok != want {
			t.Errorf("%q: %v", id, ok)
		}
	}
	a, b := record.Core{Kind: record.Request}, record.Core{Kind: record.Request, Negated: true}
	if Check(&a) == Check(&b) {
		t.Error("a denial has the same check")
	}
}

func FuzzReadPrinted(f *testing.F) {
	f.Add("[^1]: Mail: “So.” `0123456789ab-cdef01`\n")
	f.Add(`<li id="n1" value="1" data-claims="0123456789ab-cdef01">x: <q>So.</q></li>`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range ReadPrinted(text) {
			p.Quotes(text, record.Citation{End: len(text)})
			if p.Number < 0 {
				t.Errorf("%+v", p)
			}
		}
	})
}
