package feed

import (
	"encoding/xml"
	"time"

	"demarche/brief"
)

// The elements of RFC 4287 that feeds have.
type atom struct {
	XMLName   xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	ID        string    `xml:"id"`
	Title     string    `xml:"title"`
	Updated   string    `xml:"updated"`
	Author    person    `xml:"author"`
	Generator generator `xml:"generator"`
	Links     []link    `xml:"link"`
	Entries   []entry   `xml:"entry"`
}

type entry struct {
	ID         string     `xml:"id"`
	Title      string     `xml:"title"`
	Updated    string     `xml:"updated"`
	Published  string     `xml:"published"`
	Links      []link     `xml:"link"`
	Categories []category `xml:"category"`
	Content    content    `xml:"content"`

	time time.Time // of Updated
}

func (e *entry) at(t time.Time) { e.time, e.Updated = t, stamp(t) }

type person struct {
	Name string `xml:"name"`
}

type generator struct {
	Version string `xml:"version,attr,omitempty"`
	Name    string `xml:",chardata"`
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type category struct {
	Term string `xml:"term,attr"`
}

type content struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// longest is the most characters of a text from a document in one place.
const longest = 600

// short makes a text of a document one line that deceives nobody, not too long.
func short(s string) string {
	r := []rune(brief.Plain(s[:min(len(s), 16*longest)]))
	if len(r) > longest {
		return string(r[:longest]) + " […]"
	}
	return string(r)
}
