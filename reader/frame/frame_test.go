package frame

import (
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Of("urge")) == 0 {
		t.Error("no frame for urge")
	}
	if len(set.Of("apprehend")) > 0 || len(set.Anyone("apprehend")) == 0 {
		t.Error("apprehend is for the acts of anybody alone")
	}
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"WISH verb ask : actor=subj", "x.frames:1:1: \"WISH\" is no kind"},
		{"membership verb join : party=subj", "needs a phase"},
		{"REQUEST.begins verb ask : actor=subj", "has no phase"},
		{"REQUEST vrb ask : actor=subj", "1:9: \"vrb\" is no part of speech"},
		{"REQUEST verb ask actor=subj", "no colon"},
		{"REQUEST verb ask : actor", "is no role"},
		{"REQUEST verb ask : actor=subj:ghost", "no type"},
		{"REQUEST verb ask : tier=subj", "has no role \"tier\""},
		{"REQUEST verb ask : actor=obj[debt", "no closing bracket"},
		{"REQUEST verb ask : actor=subj conf=2", "no confidence"},
		{"REQUEST verb ask :", "has no role"},
		{"REQUEST verb ask : actor=subj anyone", "is marked loose or anyone, and has none"},
		{"REQUEST verb ask : anyone if obj[debt]|subj[", "no closing bracket"},
		{"REQUEST text : <actor> ask <recipient>", "0 words trigger the frame"},
		{"REQUEST text : <actor> ^ask ^for <recipient>", "2 words trigger the frame"},
		{"REQUEST text : <actor ^ask", "no closing >"},
		{"REQUEST text : <actor:ghost> ^ask", "no type"},
		{"REQUEST text : <> ^ask", "names no role and no type"},
		{"REQUEST text : <actor> ^ask|", "an empty word"},
		{"REQUEST text : <tier> ^ask", "has no role \"tier\""},
	} {
		_, err := Read("x.frames", strings.NewReader(c.line))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.line, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("REQUEST verb ask,urge : actor=subj recipient=obj:owner|of content?=comp if !obj[debt] conf=0.5 inner")
	f.Add("debt.holds text : <debtor> (still) ^owe|@due .. <creditor> <:money> ... << tier=\"x\" conf=0.9")
	f.Add("AID verb give : conf=0.9 anyone if obj[aid]|to[refugee] !subj")
	f.Add("membership.begins verb join : party=subj body=obj:body tier=\"member\"")
	f.Fuzz(func(t *testing.T, s string) {
		frames, err := Read("f", strings.NewReader(s))
		if err == nil {
			NewSet(frames)
		}
	})
}
