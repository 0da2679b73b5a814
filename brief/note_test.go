package brief

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/record"
)

var update = flag.Bool("update", false, "write the golden files")

func TestPlain(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"two  words\n\tand more ", "two words and more"},
		{"\x1b[31mred\x07", "[31mred"},
		{"Kiev\u202Eterces\u202C", "Kievterces"},
		{"zero\u200Bwidth\uFEFF", "zerowidth"},
		{"bad \xff\xfe bytes", "bad bytes"},
		{"می\u200Cخواهد", "می\u200Cخواهد"},
		{"line\u2028sep", "line sep"},
		{"tag\U000E0041ged", "tagged"},
	} {
		if got := Plain(c.in); got != c.want {
			t.Errorf("Plain(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<script>alert(1)</script>", `\<script\>alert(1)\</script\>`},
		{"[x](javascript:alert(1))", `\[x\](javascript:alert(1))`},
		{"![x](http://e.example/p.png)", `!\[x\](http\://e.example/p.png)`},
		{"**bold** _it_ `code`", "\\*\\*bold\\*\\* \\_it\\_ \\`code\\`"},
		{"a\n\n# heading", "a # heading"},
		{"&lt;b&gt;", `\&lt;b\&gt;`},
		{"see www.x.example or a@b.example", `see www\.x.example or a\@b.example`},
		{"$1.5 billion", "$1.5 billion"},
	} {
		if got := Markdown(c.in); got != c.want {
			t.Errorf("Markdown(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestWebAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://news.example/a?b=1":    "https://news.example/a?b=1",
		"javascript:alert(1)":           "",
		"http://x.example/> <script>":   "http://x.example/%3E%20%3Cscript%3E",
		"file:///etc/passwd":            "",
		"data:text/html,<b>":            "",
		"https://x.example/\u202Egnp.a": "https://x.example/gnp.a",
	} {
		if got := Address(in); got != want {
			t.Errorf("Address(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	d := func(s string) record.When {
		w, err := record.ParseEDTF(s)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	for in, want := range map[string]string{
		"2020-10-13":            "13 October 2020",
		"2019-11":               "November 2019",
		"1956":                  "1956",
		"1975-04-17/1979-01-07": "17 April 1975 to 7 January 1979",
		"1990/1999":             "1990 to 1999",
		"../1991-12-31":         "by 31 December 1991",
		"1991/..":               "from 1 January 1991 on",
	} {
		if got := Date(d(in)); got != want {
			t.Errorf("Date(%s) = %q, want %q", in, got, want)
		}
	}
}

func TestAge(t *testing.T) {
	on := record.DayOf(2020, 10, 14)
	for days, want := range map[int]string{0: "today", 1: "1 day", 20: "20 days", 21: "3 weeks", 100: "3 months", 366: "12 months", 731: "2 years", 3653: "10 years"} {
		if got := Age(on-record.Day(days), on); got != want {
			t.Errorf("Age of %d days = %q, want %q", days, got, want)
		}
	}
}

// hostile is a note whose every text tries to break out of its rendering.
func hostile() *Note {
	evil := "</style><script>alert(1)</script> ![p](http://e.example/p.png) \u202E [x](javascript:alert(1)) \x1b[2J"
	return &Note{
		Title: "Ruritania and Graustark " + evil, AsOf: "As of 1 May 2021" + evil, Clocks: "all that is on record" + evil,
		Sections: []Section{
			{Heading: "Relations" + evil, Lines: []Line{{Date: "1956" + evil, Text: "established" + evil, Mark: "disputed" + evil,
				Notes: []int{1, 1}, Sub: []Line{{Text: "sub" + evil, Notes: []int{1}}}}}},
			{Heading: "Debts", Empty: "No debt is on record." + evil},
			{Heading: "Left out"},
		},
		Notes: []Footnote{{Number: 1, Publisher: "The Strelsau Times" + evil, Date: "1 May 2021", Title: "Ties" + evil,
			URL: "javascript:alert(1)", Speaker: "Rupert" + evil, Sentence: "It was so." + evil}},
	}
}

func TestHostileTextStaysText(t *testing.T) {
	var md, page strings.Builder
	if err := hostile().WriteMarkdown(&md); err != nil {
		t.Fatal(err)
	}
	if err := hostile().WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "\u202E", "\x1b", `href="javascript`, "<img", "Left out"} {
		if strings.Contains(page.String(), bad) {
			t.Errorf("HTML holds %q", bad)
		}
	}
	for _, bad := range []string{"\u202E", "\x1b", "Left out"} {
		if strings.Contains(md.String(), bad) {
			t.Errorf("Markdown holds %q", bad)
		}
	}
	if m := regexp.MustCompile(`(^|[^\\])(<script|!\[|\]\(|[^\\]://)`).FindString(strings.ReplaceAll(md.String(), `!\[`, "")); m != "" {
		t.Errorf("Markdown holds live markup %q", m)
	}
	if n := strings.Count(page.String(), `id="r1"`); n != 1 {
		t.Errorf("HTML has %d anchors r1, want 1", n)
	}
}

// golden compares a rendering with its golden file, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with go test ./brief -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, diff)
	}
}

func TestRenderings(t *testing.T) {
	var md, page strings.Builder
	if err := hostile().WriteMarkdown(&md); err != nil {
		t.Fatal(err)
	}
	if err := hostile().WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	golden(t, "hostile.md", md.String())
	golden(t, "hostile.html", page.String())
}

func TestFootnotesAreNumberedByTheirFirstUse(t *testing.T) {
	n := &Note{Sections: []Section{{Lines: []Line{{Notes: []int{4, 2}, Sub: []Line{{Notes: []int{4}}}}}}, {Lines: []Line{{Notes: []int{1, 2}}}}},
		Notes: []Footnote{{Number: 1, Title: "a"}, {Number: 2, Title: "b"}, {Number: 3, Title: "cut"}, {Number: 4, Title: "d"}}}
	n.number()
	got := ""
	for _, f := range n.Notes {
		got += f.Title
	}
	first, second := n.Sections[0].Lines[0], n.Sections[1].Lines[0]
	if got != "dba" || n.Notes[2].Number != 3 || first.Notes[0] != 1 || first.Notes[1] != 2 || first.Sub[0].Notes[0] != 1 || second.Notes[0] != 3 || second.Notes[1] != 2 {
		t.Errorf("notes %q, lines %+v", got, n.Sections)
	}
}
