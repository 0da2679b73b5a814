package web_test

import (
	"net/http"
	"strings"
	"testing"

	"demarche/web"
)

// A reader of feeds finds the feed of a page in its head, where feeds are served.
func TestPagesNameTheirFeeds(t *testing.T) {
	with := serveExamples(t, func(o *web.Options) {
		o.Mounts = []web.Mount{{Prefix: "/feeds/", Handler: http.NotFoundHandler()}}
	})
	without := serveExamples(t)
	for _, page := range []string{"/pairs/KHM/RUS", "/polities/KHM", "/bodies/SCO", "/people/Hun%20Sen", "/requests"} {
		link := `<link rel="alternate" type="application/atom+xml" title="`
		if _, body := with.get(t, page); !strings.Contains(body, link) || !strings.Contains(body, `href="/feeds`+page+`"`) {
			t.Errorf("%s names no feed", page)
		}
		if _, body := without.get(t, page); strings.Contains(body, link) {
			t.Errorf("%s names a feed that is not served", page)
		}
	}
}
