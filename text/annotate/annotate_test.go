package annotate_test

import (
	"bytes"
	"strings"
	"testing"

	"demarche/text/annotate"
	"demarche/text/conllu"
)

func annotator(t testing.TB) *annotate.Annotator {
	t.Helper()
	a, err := annotate.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestText(t *testing.T) {
	const src = "The minister has praised\nher guest. They didn't sign."
	var b bytes.Buffer
	if err := annotator(t).Text(&b, src); err != nil {
		t.Fatal(err)
	}
	sents, err := conllu.ReadAll(&b)
	if err != nil || len(sents) != 2 {
		t.Fatalf("%d sentences, %v", len(sents), err)
	}
	if got := sents[0].Text(); got != "The minister has praised her guest." {
		t.Errorf("text %q", got)
	}
	if l := sents[0].Lines[3]; l.Lemma != "praise" || l.UPOS != "VERB" || l.XPOS != "VBN" || l.Rel != "root" || l.Misc != "start_char=17|end_char=24" {
		t.Errorf("praised is %+v", l)
	}
	if l := sents[1].Lines[2]; l.Form != "n't" || l.Lemma != "not" || l.Rel != "advmod" || l.Head != 4 {
		t.Errorf("n't is %+v", l)
	}
}

const file = `# sent_id = a
1-2	Ministers'	_	_	_	_	_	_	_	_
1	Ministers	_	_	_	_	_	_	_	_
2	'	_	_	_	_	_	_	_	_
3	talks	x	X	X	A=b	0	root	0:root	SpaceAfter=No
3.1	went	_	_	_	_	_	_	_	_
4	have	_	_	_	_	_	_	_	_
5	failed	_	_	_	_	_	_	_	_
6	.	_	_	_	_	_	_	_	_

`

func TestCoNLLU(t *testing.T) {
	var b bytes.Buffer
	if err := annotator(t).CoNLLU(&b, strings.NewReader(file)); err != nil {
		t.Fatal(err)
	}
	want := "# sent_id = a\n1-2\tMinisters'\t_\t_\t_\t_\t_\t_\t_\t_\n1\tMinisters\tminister\tNOUN\tNNS\t_\t"
	if !strings.HasPrefix(b.String(), want) || !strings.Contains(b.String(), "\n5\tfailed\tfail\tVERB\tVBN\t_\t0\troot\t_\t_\n") {
		t.Errorf("got\n%s", b.String())
	}
	if !strings.Contains(b.String(), "\t_\tSpaceAfter=No\n3.1\twent\t_") {
		t.Errorf("MISC or the empty node is lost in\n%s", b.String())
	}
}

func TestCoNLLUBad(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"1\ta\n", "line 1: 2 columns"},
		{"1\ta\t_\t_\t_\t_\tx\t_\t_\t_\n", `line 1: head "x"`},
		{"2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n", "where 1 should"},
		{"1\ta\t_\t_\t_\t_\t7\t_\t_\t_\n\n", "head 7 of 1"},
	} {
		err := annotator(t).CoNLLU(&bytes.Buffer{}, strings.NewReader(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.file, err, c.want)
		}
	}
}

func FuzzCoNLLU(f *testing.F) {
	a := annotator(f)
	f.Add(file)
	f.Fuzz(func(t *testing.T, src string) {
		var b bytes.Buffer
		if a.CoNLLU(&b, strings.NewReader(src)) != nil {
			return
		}
		if _, err := conllu.ReadAll(&b); err != nil {
			t.Errorf("%q comes out as %q: %v", src, b.String(), err)
		}
	})
}
