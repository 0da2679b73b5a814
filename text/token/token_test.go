package token_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"demarche/text"
	"demarche/text/conllu"
	"demarche/text/token"
)

// show writes a text's tokens with spaces and its sentences with bars between.
func show(src string) string {
	doc := token.Split(src)
	var sents []string
	for _, s := range doc.Sents {
		var forms []string
		for i := s.Start; i < s.End; i++ {
			forms = append(forms, doc.Form(i))
		}
		sents = append(sents, strings.Join(forms, " "))
	}
	return strings.Join(sents, " | ")
}

var tokenCases = []struct{ name, src, want string }{
	{"clitics", "It's the ministers' view; they don't, can't and cannot wait. We'll see Laos’s reply, he’d said.",
		"It 's the ministers ' view ; they do n't , ca n't and can not wait . | We 'll see Laos ’s reply , he ’d said ."},
	{"clitics apart", "Peru 's king said 'so' and Chile\\'s port 's shut . A 'sad' tale.", "Peru 's king said ' so ' and Chile \\ 's port 's shut . | A ' sad ' tale ."},
	{"curly negation", "They didn’t go, and WON'T.", "They did n’t go , and WO N'T ."},
	{"hyphens", "A long-term, anti-terrorist US-led plan of al-Najafi for mid-March: the 2006-07 re-election.",
		"A long - term , anti-terrorist US - led plan of al - Najafi for mid-March : the 2006 - 07 re-election ."},
	{"kept hyphens", "An F-16 and a Su-27 on 2020-10-14; call 555-0199.", "An F-16 and a Su-27 on 2020-10-14 ; call 555-0199 ."},
	{"money", "It owes $1.5 billion, US$2bn, €3,000.50 and 4.5% more.", "It owes $ 1.5 billion , US$ 2 bn , € 3,000.50 and 4.5 % more ."},
	{"titles", "Lt. Gen. Ok Sarun met Dr. J. R. Harlan and Mr. Vann. They spoke.",
		"Lt. Gen. Ok Sarun met Dr. J. R. Harlan and Mr. Vann . | They spoke ."},
	{"states", "The U.S. Senate met U.S. officials. He left the U.S. The talks go on at 10:30 a.m. Friday.",
		"The U.S. Senate met U.S. officials . | He left the U.S. | The talks go on at 10:30 a.m. Friday ."},
	{"months", "On Oct. 13 and Tue. Nov. 3 they met, under No. 7. No. It was so.", "On Oct. 13 and Tue. Nov. 3 they met , under No. 7 . | No . | It was so ."},
	{"quotes", `"We agree." He left. "Is it so?" she asked. "Yes!" (He nodded.) Then all went.`,
		`" We agree . " | He left . | " Is it so ? " she asked . | " Yes ! " | ( He nodded . ) | Then all went .`},
	{"curly quotes", "“We agree,” he said. “It is late.” All went.", "“ We agree , ” he said . | “ It is late . ” | All went ."},
	{"dateline", "PHNOM PENH--Deputy Prime Minister Sok left.", "PHNOM PENH -- | Deputy Prime Minister Sok left ."},
	{"dateline of an agency", "VIENTIANE, Oct 19 (Wire) - The king left - at last.", "VIENTIANE , Oct 19 ( Wire ) - | The king left - at last ."},
	{"no dateline", "Laos – a country in Asia – joined. NATO – the alliance – did not.", "Laos – a country in Asia – joined . | NATO – the alliance – did not ."},
	{"headings", "Joint Statement\nThe ministers of both countries have met in the capital to talk about trade.\n\nBackground\nThey had met before.",
		"Joint Statement | The ministers of both countries have met in the capital to talk about trade . | Background | They had met before ."},
	{"wrapped", "The ministers of both countries met on Tuesday in\nVientiane to talk about the debt that the former\ngovernment had left behind.\nIt was the second meeting.",
		"The ministers of both countries met on Tuesday in Vientiane to talk about the debt that the former government had left behind . | It was the second meeting ."},
	{"indented", "The king is expected to accept what the cabinet has\nproposed to the house, the radio said.\n    The king could ask another to lead the\ncabinet.",
		"The king is expected to accept what the cabinet has proposed to the house , the radio said . | The king could ask another to lead the cabinet ."},
	{"bullets", "They agreed to:\n• open an embassy\n• sign a treaty\n- meet again", "They agreed to : | • open an embassy | • sign a treaty | - meet again"},
	{"numbers", "1. Trade\n2. Debt of 3.5 million. 20 people came.", "1 . Trade | 2 . Debt of 3.5 million . | 20 people came ."},
	{"dashes", "The treaty—signed in 1956—ended... He left… It did not.", "The treaty — signed in 1956 — ended ... | He left … | It did not ."},
	{"addresses", "See www.example.org/a-b.html, or mail desk@example.org. Both work.", "See www.example.org/a-b.html , or mail desk@example.org . | Both work ."},
	{"slashes", "On 9/11 and/or 10/12/2020, w/o AT&T.", "On 9/11 and / or 10/12/2020 , w/o AT&T ."},
	{"units", "10km at 5pm in the 1990s, the 20th, the ’90s.", "10 km at 5 pm in the 1990s , the 20th , the ’90s ."},
	{"missing space", "They met.Then they left.", "They met . | Then they left ."},
	{"invalid", "a\xff\xfe b\x00c. D", "a \xff \xfe b c . | D"},
	{"empty", " \n\t\n", ""},
}

func TestSplit(t *testing.T) {
	for _, c := range tokenCases {
		if got := show(c.src); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// whole checks what holds of every text: all that is not white space is in a
// token, tokens are in order, sentences cover them.
func whole(t *testing.T, doc *text.Doc) {
	t.Helper()
	end := 0
	for i, tok := range doc.Tokens {
		if tok.Start < end || tok.End <= tok.Start || tok.End > len(doc.Source) {
			t.Fatalf("token %d is %v after %d in %q", i, tok, end, doc.Source)
		}
		if gap := doc.Source[end:tok.Start]; token.Split(gap) == nil || len(token.Split(gap).Tokens) > 0 {
			t.Fatalf("%q before token %d of %q is in no token", gap, i, doc.Source)
		}
		end = tok.End
	}
	next := 0
	for _, s := range doc.Sents {
		if s.Start != next || s.End <= s.Start {
			t.Fatalf("sentence %v after token %d of %q", s, next, doc.Source)
		}
		next = s.End
	}
	if next != len(doc.Tokens) {
		t.Fatalf("sentences end at token %d of %d in %q", next, len(doc.Tokens), doc.Source)
	}
}

func FuzzSplit(f *testing.F) {
	for _, c := range tokenCases {
		f.Add(c.src)
	}
	f.Fuzz(func(t *testing.T, src string) { whole(t, token.Split(src)) })
}

func TestSplitLongSentence(t *testing.T) {
	doc := token.Split(strings.Repeat("word ", 100000))
	whole(t, doc)
	for _, s := range doc.Sents {
		if s.End-s.Start > 400 {
			t.Fatalf("a sentence of %d tokens", s.End-s.Start)
		}
	}
}

// spans are what tells whether a token or sentence is right: where it stands
// among the characters that are not white space.
type spans map[text.Span]bool

func (s spans) f1(gold spans) float64 {
	n := 0
	for x := range s {
		if gold[x] {
			n++
		}
	}
	return 100 * 2 * float64(n) / float64(len(s)+len(gold))
}

// The treebank's own texts come out as the treebank has them, as far as rules go.
func TestSplitTreebank(t *testing.T) {
	for name, floor := range map[string][2]float64{
		"en_ewt-ud-dev.conllu":     {97, 70},
		"en_pud-ud-test.conllu":    {98.5, 90},
		"en_gum-free-train.conllu": {98, 80},
	} {
		f, err := os.Open("../../../shared/treebanks/" + name)
		if err != nil {
			t.Skip("no treebanks beside the repository")
		}
		sents, err := conllu.ReadAll(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		tokens, sentences := compare(sents)
		t.Logf("%s: tokens F1 %.2f, sentences F1 %.2f", name, tokens, sentences)
		if tokens < floor[0] || sentences < floor[1] {
			t.Errorf("%s: tokens F1 %.2f, sentences F1 %.2f; at least %v", name, tokens, sentences, floor)
		}
	}
}

func compare(sents []*conllu.Sentence) (tokens, sentences float64) {
	var src strings.Builder
	goldTokens, goldSents := spans{}, spans{}
	at := 0
	for _, s := range sents {
		if slices.ContainsFunc(s.Comments, func(c string) bool { return strings.HasPrefix(c, "# newpar") || strings.HasPrefix(c, "# newdoc") }) {
			src.WriteString("\n\n")
		}
		start := at
		for _, l := range s.Lines {
			if l.Word() {
				goldTokens[text.Span{Start: at, End: at + len(l.Form)}] = true
				at += len(l.Form)
			}
		}
		goldSents[text.Span{Start: start, End: at}] = true
		src.WriteString(s.Text() + " ")
	}
	return compareSpans(token.Split(src.String()), goldTokens, goldSents)
}

func compareSpans(doc *text.Doc, goldTokens, goldSents spans) (tokens, sentences float64) {
	gotTokens, gotSents := spans{}, spans{}
	starts := []int{0}
	for _, tok := range doc.Tokens {
		at := starts[len(starts)-1]
		gotTokens[text.Span{Start: at, End: at + tok.End - tok.Start}] = true
		starts = append(starts, at+tok.End-tok.Start)
	}
	for _, s := range doc.Sents {
		gotSents[text.Span{Start: starts[s.Start], End: starts[s.End]}] = true
	}
	return gotTokens.f1(goldTokens), gotSents.f1(goldSents)
}

func BenchmarkSplit(b *testing.B) {
	src := strings.Repeat(tokenCases[12].src+"\n\n"+tokenCases[7].src+"\n\n", 500)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		token.Split(src)
	}
}
