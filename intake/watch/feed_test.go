package watch

import (
	"fmt"
	"strings"
	"testing"

	"demarche/intake/fetch"
	"demarche/record"
)

const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Lagos Mail</title>
<item><title>Envoys  meet</title><link>/a#top</link><guid>1</guid><pubDate>Tue, 07 May 2019 23:30:00 -0500</pubDate><dc:creator>Ama Mensah</dc:creator><description>Ghana met Togo.</description></item>
<item><title>No address</title><description>Togo.</description></item>
<item><title>Bad address</title><guid>2</guid><link>javascript:alert(1)</link></item></channel></rss>`

const atomFeed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Lagos Mail</title>
<entry><id>1</id><title>Envoys meet</title><link href="https://news.example/a"/><published>2019-05-07T10:00:00Z</published><updated>2019-05-09T10:00:00Z</updated><content type="html">&lt;p>Ghana.</content></entry>
<entry><id>2</id><title>Edited</title><link href="https://news.example/b"/><updated>2019-05-09T10:00:00Z</updated></entry></feed>`

const jsonFeed = `{"version":"https://jsonfeed.org/version/1.1","title":"Lagos Mail","items":[{"id":"1","url":"https://news.example/a","title":"Envoys meet","date_published":"2019-05-07T10:00:00Z","authors":[{"name":"Ama"},{"name":"Kofi"}],"content_html":"<p>Ghana."}]}`

func TestFeeds(t *testing.T) {
	tests := []struct{ name, feed, want string }{
		{"rss", rss, "1|https://news.example/a|Envoys meet|Ama Mensah|2019-05-07||Ghana met Togo.\nNo||No address||||Togo.\n2||Bad address||||"},
		{"atom", atomFeed, "1|https://news.example/a|Envoys meet||2019-05-07|2019-05-09|<p>Ghana.\n2|https://news.example/b|Edited|||2019-05-09|"},
		{"json", jsonFeed, "1|https://news.example/a|Envoys meet|Ama, Kofi|2019-05-07||<p>Ghana."},
		{"in latin 1", "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>" + channel("<item><guid>1</guid><title>Caf\xe9\x01</title></item>"), "1||Café||||"},
		{"old rss with a document type", `<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd">` + strings.TrimPrefix(rss, `<?xml version="1.0"?>`), "1|https://news.example/a|Envoys meet|Ama Mensah|2019-05-07||Ghana met Togo.\nNo||No address||||Togo.\n2||Bad address||||"},
	}
	for _, tt := range tests {
		entries, err := parseFeed([]byte(tt.feed), "https://news.example/rss")
		var got []string
		for _, e := range entries {
			key, _, _ := strings.Cut(e.key, " ")
			got = append(got, strings.Join([]string{key, e.address, e.title, e.author, record.FormatEDTF(e.published), record.FormatEDTF(e.modified), e.text}, "|"))
		}
		if s := strings.Join(got, "\n"); err != nil || s != tt.want {
			t.Errorf("%s: %v, got\n%s\nwant\n%s", tt.name, err, s, tt.want)
		}
	}
}

// Feeds that would read files, expand without end or nest without end are
// refused in one line.
func TestHostileFeeds(t *testing.T) {
	item := func(s string) string {
		return `<rss version="2.0"><channel><item><title>` + s + `</title></item></channel></rss>`
	}
	tests := []struct{ name, feed, want string }{
		{"external entity", `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + item("&x;"), "declares entities"},
		{"entities within entities", `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>` + item("&b;"), "declares entities"},
		{"parameter entity", `<!doctype rss [<!entity % x SYSTEM "http://127.0.0.1/">%x;]>` + item("x"), "declares entities"},
		{"nested", `<rss version="2.0"><channel>` + strings.Repeat("<x:y>", 1_000_000), "nests its elements"},
		{"nested in an entry", `<rss version="2.0"><channel><item>` + strings.Repeat("<x:y>", 100_000) + strings.Repeat("</x:y>", 100_000) + "</item></channel></rss>", "nests its elements"},
		{"nested behind a control character", `<rss version="2.0"><channel><item>` + "\x01" + strings.Repeat("<x:y>", 100_000), "nests its elements"},
		{"nested in another encoding", "<?xml version=\"1.0\" encoding=\"utf-16\"?>" + `<rss version="2.0"><channel><item>` + strings.Repeat("<x:y>", 100_000), "cannot be read"},
		{"many elements", `<rss version="2.0"><channel>` + strings.Repeat("<a></a>", 300_000), "nests its elements"},
		{"page", "<!doctype html><html><body>x", "cannot be read"},
		{"empty", "", "cannot be read"},
		{"nested data", `{"version":"https://jsonfeed.org/version/1","items":` + strings.Repeat("[", 1_000_000), "cannot be read"},
		{"cut short", rss[:200], "cannot be read"},
	}
	for _, tt := range tests {
		_, err := parseFeed([]byte(tt.feed), "https://news.example/rss")
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want %q in one line", tt.name, err, tt.want)
		}
	}
}

func TestManyEntriesAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel>`)
	for i := range 3 * maxEntries {
		fmt.Fprintf(&b, "<item><guid>%d</guid></item>", i)
	}
	b.WriteString("</channel></rss>")
	if entries, err := parseFeed([]byte(b.String()), "https://news.example/"); err != nil || len(entries) != maxEntries {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

func FuzzFeed(f *testing.F) {
	for _, s := range []string{rss, atomFeed, jsonFeed} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, _ := parseFeed(b, "https://news.example/rss")
		for _, e := range entries {
			if e.key == "" || e.mark == "" || e.address != "" && webAddress(e.address) != nil {
				t.Errorf("%+v", e)
			}
		}
	})
}

// What is a feed is told by what is in it.
func TestWhatIsAFeed(t *testing.T) {
	tests := []struct {
		name, kind, body string
		want             bool
	}{
		{"rss", "text/html", rss, true},
		{"atom", "", atomFeed, true},
		{"rdf", "", `<?xml version="1.0"?><!-- old --><rdf:RDF xmlns:rdf="x">`, true},
		{"json", "application/json", jsonFeed, true},
		{"json by its type", "application/feed+json; charset=utf-8", "{}", true},
		{"other json", "application/json", `{"a":1}`, false},
		{"page", "text/html", "<!doctype html><html><head><title>x", false},
		{"page in xhtml", "application/xhtml+xml", `<?xml version="1.0"?><html xmlns="x">`, false},
		{"text", "text/plain", "The feed <rss> is here.", false},
		{"text without elements", "text/plain", "Ghana met Togo.", false},
		{"nothing", "", "", false},
	}
	for _, tt := range tests {
		if got := isFeed(&fetch.Response{ContentType: tt.kind, Body: []byte(tt.body)}); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestOnceNamesAllThatIsWrong(t *testing.T) {
	c, err := Once([]string{"https://a.example/x", "ftp://b.example", "https://a.example/x", "https://u@c.example/"}, Source{Publisher: "Mail"})
	if err == nil || !strings.Contains(err.Error(), "ftp://b.example") || !strings.Contains(err.Error(), "credentials") {
		t.Errorf("got %v", err)
	}
	if len(c.Sources) != 3 || c.Sources[0].Kind != Either || c.Sources[0].Publisher != "Mail" {
		t.Errorf("%+v", c.Sources)
	}
}
