package web

import (
	"strings"
	"testing"

	"demarche/record"
	"demarche/web/picture"
)

// A mark of several tellings leads closer, and once it is as close as it gets to
// a sentence.
func TestSeveralLeadsToASentence(t *testing.T) {
	v := pictureView{from: "1955-10-02", to: "1957-04-01", here: []string{"pairs", "KHM", "RUS"}}
	m := picture.Mark{Item: picture.Item{Href: "/documents/a#claim-b"}, Count: 2, Days: record.Year(1956)}
	if got := v.Several(m); got != m.Href {
		t.Errorf("closest view leads to %q", got)
	}
	v.from = ""
	if got := v.Several(m); !strings.Contains(got, "from=1955-10-02") {
		t.Errorf("wide view leads to %q", got)
	}
}
