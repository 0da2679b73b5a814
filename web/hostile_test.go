package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"demarche"
	"demarche/record"
	"demarche/store"
)

// evil tries to break out of whatever shows it.
const evil = `</title></textarea><script>alert(1)</script><img src=x onerror=alert(2)> "'><a href="javascript:alert(3)">x</a> ` + "\u202Egnp.exe\u202C \x1b[2J\x00\x08 {{.}} ]]> --><style>*{display:none}</style>"

// hostileSite serves a record of which every text is hostile, and gives the pages
// on which it shows.
func hostileSite(t testing.TB) (*site, []string) {
	t.Helper()
	if testing.Short() {
		t.Skip("ten megabytes are not written in short tests")
	}
	desk, alm, st := newDesk(t)
	text := evil + "\n\n" + strings.Repeat("Ten megabytes in one line, "+"<b>bold</b> & so on "+"\u202E ", 200_000) + "\n\n" + evil
	if len(text) < 10_000_000 {
		t.Fatalf("a text of %d bytes", len(text))
	}
	d := record.Document{URL: "javascript:alert(4)", Publisher: "The " + evil, Title: evil, Author: evil, Language: evil, Published: record.On(record.DayOf(2020, 10, 14)), Text: text}
	d.ID = d.Hash()
	var claims []record.Claim
	say := func(start, end int, core record.Core) {
		c := record.Claim{Core: core, Source: evil, Chain: []string{evil, evil}, Frame: evil, Reader: evil, Confidence: 0.3, Citations: []record.Citation{{Document: d.ID, Start: start, End: end}}}
		c.ID = c.Identity()
		claims = append(claims, c)
	}
	when := record.On(record.DayOf(2020, 10, 13))
	roles := func(kv ...string) record.Roles {
		r := record.Roles{}
		for i := 0; i < len(kv); i += 2 {
			r[kv[i]] = append(r[kv[i]], kv[i+1])
		}
		return r
	}
	say(0, 60, record.Core{Kind: record.Request, Phase: record.Occurs, When: when, Roles: roles(record.RoleActor, "KHM", record.RoleRecipient, "RUS", record.RoleActorPersons, evil), Content: &record.Content{Topic: evil}})
	say(10, 90, record.Core{Kind: record.Office, Phase: record.Holds, When: when, Roles: roles(record.RoleHolder, evil, record.RolePost, "foreign minister", record.RoleOf, "KHM")})
	say(20, 30, record.Core{Kind: record.Office, Phase: record.Holds, When: when, Roles: roles(record.RoleHolder, "Another "+evil, record.RolePost, "foreign minister", record.RoleOf, "KHM")})
	say(5_000_000, 5_000_400, record.Core{Kind: record.Membership, Phase: record.Begins, When: when, Roles: roles(record.RoleParty, "KHM", record.RoleBody, "SCO", record.RoleTier, evil)})
	say(5_000_100, 6_000_000, record.Core{Kind: record.Membership, Phase: record.Begins, When: record.Year(2001), Roles: roles(record.RoleParty, "RUS", record.RoleBody, "SCO", record.RoleTier, "member")})
	say(40, 50, record.Core{Kind: record.Relations, Phase: record.Begins, When: record.Year(1956), Roles: roles(record.RoleParties, "KHM", record.RoleParties, "RUS", record.RoleLevel, evil)})
	say(40, 51, record.Core{Kind: record.Debt, Phase: record.Holds, When: when, Roles: roles(record.RoleDebtor, "KHM", record.RoleCreditor, "RUS", record.RoleAmount, "1500000000", record.RoleCurrency, evil)})
	say(40, 52, record.Core{Kind: record.Consult, Phase: record.Occurs, When: when, Roles: roles(record.RoleActor, "KHM", record.RoleRecipient, "RUS", record.RolePlace, evil)})
	say(-5, 1<<40, record.Core{Kind: record.Aid, Phase: record.Occurs, When: when, Roles: roles(record.RoleActor, "RUS", record.RoleRecipient, "KHM")})
	if _, err := st.Append(context.Background(), store.Batch{Document: d, Claims: claims}); err != nil {
		t.Fatal(err)
	}
	made, err := desk.Decide(context.Background(), demarche.Ruling{Claim: string(claims[1].ID), Verdict: "reject", Who: evil, Why: evil})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Undo(context.Background(), made.ID, evil, evil); err != nil {
		t.Fatal(err)
	}
	name := url.PathEscape(evil)
	pages := []string{"/", "/documents", "/polities", "/polities/KHM?on=2020-10-14", "/bodies/SCO?on=2020-10-14", "/requests?on=2020-10-14", "/requests?subject=" + url.QueryEscape(evil),
		"/search?q=megabytes", "/search?q=" + url.QueryEscape(evil), "/search?name=KHM", "/search?name=" + url.QueryEscape(evil), "/conflicts", "/conflicts?of=" + url.QueryEscape(evil), "/decisions",
		"/pairs/KHM/RUS?on=2020-10-14", "/review", "/review/merge?name=" + url.QueryEscape(evil), "/people/" + name, "/bodies/" + name, "/pairs/" + name + "/KHM",
		"/documents/" + string(d.ID), "/documents/" + string(d.ID) + "?part=7", "/documents/" + string(d.ID) + "?at=5000000-5000010", "/login?next=" + url.QueryEscape("//evil.example"),
		"/?on=" + url.QueryEscape(evil), "/" + name, "/claims/" + name, "/documents/" + name}
	for _, c := range claims {
		pages = append(pages, "/claims/"+string(c.ID), "/review?claim="+string(c.ID), "/documents/"+string(d.ID)+"?claim="+string(c.ID))
	}
	return serve(t, desk, alm), pages
}

func TestHostileTextIsTextOnEveryPage(t *testing.T) {
	s, pages := hostileSite(t)
	for _, path := range pages {
		start := time.Now()
		_, body := s.get(t, path)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%.80s took %v", path, took)
		}
		checkInert(t, path, body)
	}
}

// Hostile texts show: they are escaped, not left out.
func TestHostileTextIsShown(t *testing.T) {
	s, _ := hostileSite(t)
	got, err := s.desk.Claims(context.Background(), demarche.Filter{Kinds: []string{"REQUEST"}}, record.Clocks{})
	if err != nil || len(got.Found) == 0 {
		t.Fatal(err)
	}
	_, body := s.get(t, "/documents/"+string(got.Found[0].Document.ID))
	for _, want := range []string{"<script>alert(1)</script>", "[U+202E]", "[U+001B]", "[U+0000]", "javascript:alert(4)"} {
		if !strings.Contains(html.UnescapeString(body), want) {
			t.Errorf("the document's page does not show %q", want)
		}
	}
}

// checkInert fails where a page holds anything that acts, reaches another site,
// or hides.
func checkInert(t *testing.T, path, body string) {
	t.Helper()
	if len(path) > 60 {
		path = path[:60] + "…"
	}
	for _, r := range body {
		if unicode.Is(unicode.Cc, r) && r != '\n' && r != '\t' || r == '\u202E' || r == '\u202C' {
			t.Errorf("%s holds U+%04X", path, r)
			break
		}
	}
	if len(body) > 200_000 && !strings.HasPrefix(path, "/bodies/") {
		t.Errorf("%s has %d bytes", path, len(body))
	}
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			checkElement(t, path, n)
		}
	}
}

func checkElement(t *testing.T, path string, n *html.Node) {
	t.Helper()
	switch n.Data {
	case "style", "img", "iframe", "object", "embed", "base", "foreignobject", "animate", "set":
		t.Errorf("%s holds a %s", path, n.Data)
	case "script":
		if n.FirstChild != nil {
			t.Errorf("%s holds a script of its own", path)
		}
	}
	for _, a := range n.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
			t.Errorf("%s: <%s %s=%q>", path, n.Data, a.Key, a.Val)
		case a.Key == "src", a.Key == "href", a.Key == "action", a.Key == "formaction":
			u, err := url.Parse(a.Val)
			outside := err != nil || u.Scheme != "" || u.Host != ""
			own := n.Data == "a" && err == nil && (u.Scheme == "http" || u.Scheme == "https")
			if outside && !own {
				t.Errorf("%s: <%s %s=%.80q>", path, n.Data, a.Key, a.Val)
			}
		case a.Key == "id":
			if strings.ContainsAny(a.Val, " <>") {
				t.Errorf("%s: an id %q", path, a.Val)
			}
		}
	}
}

func TestHostileTextInDownloads(t *testing.T) {
	s, _ := hostileSite(t)
	for _, file := range []string{"note.md", "note.html", "note.docx"} {
		status, body := s.get(t, "/pairs/KHM/RUS/"+file+"?on=2020-10-14")
		if status != 200 || body == "" {
			t.Fatalf("%s: status %d", file, status)
		}
		if file != "note.docx" {
			for _, bad := range []string{"\u202E", "\x1b", "\x00", "<script>alert", `href="javascript`} {
				if strings.Contains(strings.ReplaceAll(body, `\<`, ""), bad) && !(file == "note.md" && bad[0] == 'h') {
					t.Errorf("%s holds %q", file, bad)
				}
			}
			continue
		}
		z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			part, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			for _, bad := range []string{"\u202E", "\x1b", "\x00", "<script", `Target="javascript`} {
				if strings.Contains(string(part), bad) {
					t.Errorf("%s in %s holds %q", f.Name, file, bad)
				}
			}
		}
	}
}

func TestOverlappingMarks(t *testing.T) {
	desk, alm, st := newDesk(t)
	text := "One two three four five."
	d := record.Document{Publisher: "P", Title: "Marks", Published: record.Year(2020), Text: text}
	d.ID = d.Hash()
	var claims []record.Claim
	for i, run := range [][2]int{{0, 13}, {4, 18}, {4, 7}} {
		c := record.Claim{Core: record.Core{Kind: record.Aid, Phase: record.Occurs, When: record.Year(2000 + i), Roles: record.Roles{record.RoleActor: {"RUS"}, record.RoleRecipient: {"KHM"}}},
			Citations: []record.Citation{{Document: d.ID, Start: run[0], End: run[1]}}}
		c.ID = c.Identity()
		claims = append(claims, c)
	}
	if _, err := st.Append(context.Background(), store.Batch{Document: d, Claims: claims}); err != nil {
		t.Fatal(err)
	}
	_, body := serve(t, desk, alm).get(t, "/documents/"+string(d.ID))
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var got, read string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "p" || attr(n, "class") != "text" {
			continue
		}
		for c := range n.Descendants() {
			if c.Type == html.TextNode && c.Parent.Data == "mark" {
				got += fmt.Sprintf("%s(%s) ", c.Data, attr(c.Parent, "class"))
			}
			if c.Type == html.TextNode && c.Parent.Data != "a" {
				read += c.Data
			}
		}
	}
	if read != text {
		t.Errorf("the text reads %q, want %q", read, text)
	}
	if want := "One (m1) two(m3)  three(m2)  four(m1) "; got != want {
		t.Errorf("marks %q, want %q", got, want)
	}
	for _, c := range claims {
		if n := strings.Count(body, `id="claim-`+string(c.ID)+`"`); n != 1 {
			t.Errorf("claim %s has %d anchors", c.ID, n)
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
