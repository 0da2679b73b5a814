package watch

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestConfig(t *testing.T) {
	const text = `# The sources.
every 1h
agent demarche (desk@mfa.example)

feed https://news.example/rss.xml
    publisher Lagos Mail
    language en
    trust 0.5
	text entry

page https://mfa.example/statements#top
    every 5m
    private
folder inbox of the desk
  # none
`
	got, err := Parse("/etc/desk/sources", text)
	if err != nil {
		t.Fatal(err)
	}
	want := &Config{Agent: "demarche (desk@mfa.example)", Sources: []*Source{
		{Kind: Feed, Address: "https://news.example/rss.xml", Publisher: "Lagos Mail", Language: "en", Trust: 0.5, Entries: true, Every: time.Hour, Line: 5},
		{Kind: Page, Address: "https://mfa.example/statements#top", Trust: 1, Private: true, Every: 5 * time.Minute, Line: 11},
		{Kind: Folder, Address: filepath.FromSlash("/etc/desk/inbox of the desk"), Trust: 1, Every: time.Hour, Line: 14},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestConfigErrors(t *testing.T) {
	const feed = "feed https://news.example/\n"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"empty", "# nothing\n", []string{"sources: names no source"}},
		{"unknown word", "fed https://news.example/\n", []string{`sources:1: "fed" is not known; a line begins with feed, page, folder, every or agent`}},
		{"unknown word below", feed + " publsher x\n", []string{`sources:2: "publsher" is not known; below a source stand`}},
		{"no address", "feed\n", []string{"sources:1: feed needs an address"}},
		{"no web address", "page news.example\n", []string{`sources:1: "news.example" is no web address`}},
		{"file", "page file:///etc/passwd\n", []string{`sources:1: "file:///etc/passwd" is no web address`}},
		{"credentials", "page https://a:b@news.example/\n", []string{"sources:1: the address has a user's name"}},
		{"under none", " publisher x\n" + feed, []string{`sources:1: "publisher" begins with a space and stands under no source`}},
		{"under all", feed + "every 1h\n publisher x\n", []string{`sources:3: "publisher" begins with a space and stands under no source`}},
		{"not indented", feed + "publisher x\n", []string{`sources:2: "publisher" is about one source; put it below the source`}},
		{"set twice", feed + " trust 1\n trust 0.5\n", []string{`sources:3: "trust" is set twice`}},
		{"set twice for all", "every 1h\nevery 2h\n" + feed, []string{`sources:2: "every" is set twice`}},
		{"named twice", feed + feed, []string{"sources:2: this feed is named in line 1 already"}},
		{"trust", feed + " trust high\n", []string{`sources:2: trust is "high"; write a number from 0 to 1`}},
		{"trust that is no number", feed + " trust NaN\n", []string{"sources:2: trust is"}},
		{"language", feed + " language Englisch!\n", []string{`sources:2: language is "Englisch!"`}},
		{"too often", feed + " every 1s\n", []string{`sources:2: every is "1s"; write a time of a minute or more`}},
		{"private folder", "folder x\n private\n", []string{"sources:2: private stands alone, below a feed or page"}},
		{"text of a page", "page https://news.example/\n text entry\n", []string{`sources:2: text is "entry"; below a feed`}},
		{"nothing set", feed + " publisher\n", []string{"sources:2: nothing is set"}},
		{"several at once", "fed x\n" + feed + " trust 2\n", []string{"sources:1: ", "sources:3: "}},
	}
	for _, tt := range tests {
		_, err := Parse("sources", tt.text)
		if err == nil {
			t.Errorf("%s: no error", tt.name)
			continue
		}
		lines := strings.Split(err.Error(), "\n")
		if len(lines) != len(tt.want) {
			t.Errorf("%s: got %q", tt.name, lines)
			continue
		}
		for i, want := range tt.want {
			if !strings.HasPrefix(lines[i], want) {
				t.Errorf("%s: got %q, want %q", tt.name, lines[i], want)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("every 1h\nfeed https://news.example/\n trust 0.5\nfolder x\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse("sources", text)
		if err != nil {
			return
		}
		for _, s := range c.Sources {
			if s.Every < fastestRate || !(s.Trust >= 0 && s.Trust <= 1) || s.Address == "" {
				t.Errorf("%+v", s)
			}
		}
	})
}
