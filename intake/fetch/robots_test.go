package fetch

import (
	"net/url"
	"testing"
)

func TestRobots(t *testing.T) {
	tests := []struct {
		name, file, path string
		want             bool
	}{
		{"no rules", "", "/a", true},
		{"all", "User-agent: *\nDisallow: /", "/a", false},
		{"other program", "User-agent: other\nDisallow: /", "/a", true},
		{"own group before that for all", "User-agent: *\nDisallow: /\n\nUser-agent: Demarche\nDisallow: /b", "/a", true},
		{"groups with several agents", "User-agent: other\nUser-agent: demarche\nDisallow: /a", "/a", false},
		{"own groups are joined", "User-agent: demarche\nDisallow: /a\n\nUser-agent: demarche\nDisallow: /b", "/b", false},
		{"longest rule", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"allowed when as long", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		{"empty rule", "User-agent: *\nDisallow:", "/a", true},
		{"star", "User-agent: *\nDisallow: /*/print", "/a/b/print?x=1", false},
		{"end", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf", false},
		{"end, with more behind", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", true},
		{"end that stands twice", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf/b.pdf", false},
		{"whole path", "User-agent: *\nDisallow: /a$", "/ab", true},
		{"query", "User-agent: *\nDisallow: /*?", "/a?b", false},
		{"percents", "User-agent: *\nDisallow: /%7ea/%c3%a9", "/~a/é", false},
		{"bad lines are passed over", "\xef\xbb\xbfUser-agent: *\nnonsense\nfoo: bar\nDisallow: /a # b", "/a", false},
		{"rules before any group", "Disallow: /", "/a", true},
		{"robots.txt itself", "User-agent: *\nDisallow: /", "/robots.txt", true},
	}
	for _, tt := range tests {
		u, err := url.Parse("http://example.org" + tt.path)
		if err != nil {
			t.Fatal(err)
		}
		if got := parseRobots([]byte(tt.file), "demarche/1.0").allows(u); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a*b$\nAllow: /%zz\nCrawl-delay: 1e99"), "/axb")
	f.Fuzz(func(t *testing.T, file []byte, path string) {
		r := parseRobots(file, "demarche")
		if r.delay < 0 || r.delay > maxDelay {
			t.Errorf("delay %v", r.delay)
		}
		r.allows(&url.URL{Scheme: "http", Host: "example.org", Path: path})
	})
}
