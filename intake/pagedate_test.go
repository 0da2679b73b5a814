package intake

import (
	"context"
	"strings"
	"testing"

	"demarche/record"
)

// A page that says wrongly, twice or doubtfully when it was published.
func TestDatesOfPages(t *testing.T) {
	meta := func(published, modified string) string {
		return `<meta property="article:published_time" content="` + published + `"><meta property="article:modified_time" content="` + modified + `">`
	}
	linked := func(published, modified string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"` + published + `","dateModified":"` + modified + `"}</script>`
	}
	tests := []struct {
		name, url, head, body string
		published, modified   string // EDTF
		says                  string // a part of the only warning, "" for none
	}{
		{"published and edited", "", meta("2019-05-07T10:00:00Z", "2019-05-09T10:00:00Z"), "", "2019-05-07", "2019-05-09", ""},
		{"linked data", "", linked("2019-05-07", "2019-05-09"), "", "2019-05-07", "2019-05-09", ""},
		{"edited alone is not published", "", `<meta property="article:modified_time" content="2019-05-09">`, "", "", "2019-05-09", ""},
		{"time of the edit is not that of publication", "", "", `<p><time class="updated" datetime="2019-05-09">9 May</time> <time class="entry-date" datetime="2019-05-07">7 May</time></p>`, "2019-05-07", "2019-05-09", ""},
		{"time of the edit alone", "", "", `<p><time itemprop="dateModified" datetime="2019-05-09">9 May</time></p>`, "", "2019-05-09", ""},
		{"a line of the text that tells of the edit", "", "", `<p>Updated: 9 May 2019</p>`, "", "", ""},
		{"the edit declared as publication, and the linked data right", "", meta("2019-05-09", "2019-05-09") + `<meta name="pubdate" content="2019-05-07">`, "", "2019-05-07", "2019-05-09", "the day of its last edit, 2019-05-09"},
		{"the edit declared as publication, and the address right", "/2019/05/07/envoys", meta("2019-05-09", "2019-05-09"), "", "2019-05-07", "2019-05-09", "the day of its last edit"},
		{"never edited, with the dateline of the day before", "", meta("2019-05-08", "2019-05-08"), "<p>ACCRA, 7 May 2019 (GNA) -- Ghana met Togo.</p>", "2019-05-08", "2019-05-08", ""},
		{"never edited, with the time of an event", "", meta("2019-05-08", "2019-05-08"), `<p>They meet on <time datetime="2019-05-07">Tuesday</time></p>`, "2019-05-08", "2019-05-08", ""},
		{"edited before it was published", "", meta("2019-05-09", "2019-05-07"), "", "2019-05-07/2019-05-09", "2019-05-07", "edited on 2019-05-07 before it was published on 2019-05-09"},
		{"in the future", "", meta("2031-05-07", ""), "", "", "", "lies in the future"},
		{"in the future, and another is not", "", meta("2031-05-07", "") + `<meta name="date" content="2019-05-07">`, "", "2019-05-07", "", "lies in the future"},
		{"tomorrow, as it is in the east", "", meta("2020-06-02", ""), "", "2020-06-02", "", ""},
		{"edited in the future", "", meta("2019-05-07", "2031-05-07"), "", "2019-05-07", "", ""},
		{"day and month swapped, by the address", "/2019/05/07/envoys", meta("2019-07-05", ""), "", "2019-05-07", "", "day and month seem swapped"},
		{"day and month swapped, by the text", "", meta("2019-07-05", ""), "<p>Published on 7 May 2019</p>", "2019-05-07", "", "day and month seem swapped"},
		{"swapped into the future, by the text", "", meta("2020-11-05", ""), "<p>Published on 11 May 2020</p>", "2020-05-11", "", "day and month seem swapped"},
		{"not swapped", "/2019/05/07/envoys", meta("2019-05-07", ""), "<p>Published on 5 July 2019</p>", "2019-05-07", "", ""},
		{"figures, one way alone", "", meta("13/05/2019", "05/14/2019 10:00"), "", "2019-05-13", "2019-05-14", ""},
		{"figures, either way", "", meta("07/05/2019", ""), "", "", "", "cannot be told apart"},
		{"figures, told apart by the address", "/2019-05-07-envoys.html", meta("07/05/2019", ""), "", "2019-05-07", "", ""},
		{"figures with points", "", meta("07.05.2019", ""), "", "2019-05-07", "", ""},
		{"no day of the calendar", "", meta("2019-02-30", "31/31/2019"), "", "", "", ""},
		{"times of several days", "", "", `<p><time datetime="2019-05-07">a</time> <time datetime="2019-05-06">b</time></p>`, "", "", ""},
		{"times of several days, one borne out", "/2019/05/06/envoys", "", `<p><time datetime="2019-05-07">a</time> <time datetime="2019-05-06">b</time></p>`, "2019-05-06", "", ""},
		{"times beside the article", "", "", `<aside><time datetime="2019-05-07">a</time></aside><footer><time datetime="2019-05-06">b</time></footer>`, "", "", ""},
		{"the address alone", "/2019/05/07/envoys", "", "", "2019-05-07", "", ""},
		{"figures of an address that are no day", "/20191307/", "", "", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var warned []string
			opt := Options{Warn: func(_, message string) { warned = append(warned, message) }}
			page := "<html><head>" + tt.head + "</head><body>" + tt.body + "<p>Ghana met Togo.</p></body></html>"
			doc, err := Received{URL: "https://news.example" + tt.url, Bytes: []byte(page), ContentType: "text/html", Day: record.DayOf(2020, 6, 1)}.Document(context.Background(), opt)
			if err != nil {
				t.Fatal(err)
			}
			if got := record.FormatEDTF(doc.Published); got != tt.published {
				t.Errorf("published %q, want %q", got, tt.published)
			}
			if got := record.FormatEDTF(doc.Modified); got != tt.modified {
				t.Errorf("modified %q, want %q", got, tt.modified)
			}
			if said := strings.Join(warned, "; "); tt.says == "" && said != "" || !strings.Contains(said, tt.says) {
				t.Errorf("warned %q, want %q", said, tt.says)
			}
		})
	}
}

func TestAuthorsAndAddresses(t *testing.T) {
	tests := []struct{ name, head, author, url string }{
		{"a name", `<meta name="author" content="Ama Mensah">`, "Ama Mensah", "https://news.example/a"},
		{"linked data, several", `<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"Ama Mensah"},"Kofi Addo",{"x":1}]}</script>`, "Ama Mensah, Kofi Addo", "https://news.example/a"},
		{"an address is no name", `<meta property="article:author" content="https://social.example/ama">`, "", "https://news.example/a"},
		{"its own address", `<link rel=canonical href="https://www.news.example/b">`, "", "https://www.news.example/b"},
		{"another's address", `<link rel=canonical href="https://other.example/b"><meta property="og:url" content="https://other.example/c">`, "", "https://news.example/a"},
	}
	for _, tt := range tests {
		doc, err := Received{URL: "https://news.example/a", Bytes: []byte("<html><head>" + tt.head + "</head><body><p>Ghana met Togo.</p>")}.Document(context.Background(), Options{})
		if err != nil || doc.Author != tt.author || doc.URL != tt.url {
			t.Errorf("%s: author %q, address %q, %v", tt.name, doc.Author, doc.URL, err)
		}
	}
}
