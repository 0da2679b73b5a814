package demarche_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// layers say which packages of this module a package may import: the first
// layer whose pattern fits it holds. Patterns are those of path.Match, and
// "a/..." is a with all below it; "." is the root package. A ground imports
// nothing but the standard library and what is listed.
var layers = []layer{
	{of: "text", ground: true},
	{of: "text/...", may: []string{"text/..."}, ground: true},
	{of: "record", ground: true},
	{of: "almanac", may: []string{"record"}},
	{of: "wire", may: []string{"record"}},
	{of: "intake", may: []string{"intake/warc", "intake/mail", "record", "wire"}},
	{of: "intake/fetch", ground: true},
	{of: "intake/warc", ground: true},
	{of: "intake/mail", may: []string{}},
	{of: "intake/story", may: []string{"record"}},
	{of: "intake/watch", may: []string{"intake", "intake/fetch", "intake/story", "record"}},
	{of: "exchange/...", may: []string{"exchange/...", "record", "wire", "almanac"}},
	{of: "score", may: []string{"record", "wire"}},
	{of: "store", may: []string{"record", "wire"}},
	{of: "store/pgtest", may: []string{}},
	{of: "store/...", may: []string{"store", "store/packed", "store/storetest", "record", "wire"}},
	{of: "queue", may: []string{"store/postgres", "record"}},
	{of: "brief", may: []string{"record", "almanac", "store"}},
	{of: "reader", may: []string{"reader/...", "text/...", "almanac", "record"}},
	{of: "reader/...", may: []string{"reader/...", "text/...", "almanac", "record"}},
	{of: ".", may: []string{"brief", "exchange/...", "intake", "intake/...", "reader", "score", "store", "wire", "almanac", "record", "text"}},
	{of: "bench/...", may: []string{"almanac", "reader", "record"}},
	{of: "cmd/train", may: []string{"text/...", "reader", "reader/...", "almanac", "record", "score", "wire"}},
	{of: "cmd/...", may: []string{".", "store/sqlite", "store/postgres", "store", "queue", "brief", "intake", "intake/...", "exchange/...", "reader", "reader/...", "score", "wire", "account", "meter", "web", "api", "mcp", "feed", "hook", "proposal", "almanac", "record", "text/..."}},
	{of: "desktest", may: []string{".", "store", "store/sqlite", "almanac", "record", "wire"}},
	{of: "meter", may: []string{"store"}},
	{of: "account", may: []string{}},
	{of: "web", may: []string{".", "account", "proposal", "web/...", "brief", "problem", "record", "almanac"}},
	{of: "web/...", may: []string{"brief", "record"}},
	{of: "problem", may: []string{".", "brief"}},
	{of: "hook", may: []string{".", "brief", "intake/fetch"}},
	{of: "etag", may: []string{"."}},
	{of: "feed", may: []string{".", "brief", "etag", "problem", "record"}},
	{of: "api", may: []string{".", "account", "brief", "etag", "exchange", "intake", "problem", "proposal", "record"}},
	{of: "proposal", may: []string{".", "record"}},
	{of: "mcp", may: []string{".", "account", "brief", "proposal", "record"}},
}

type layer struct {
	of     string
	may    []string
	ground bool
}

// listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Error      *struct{ Err string }
}

// Imports run one way, downwards. Tests of a package may import what they like.
func TestImportsRunDownwards(t *testing.T) {
	for _, p := range list(t, "./...") {
		own, ok := within(p.ImportPath)
		if !ok {
			continue
		}
		at := slices.IndexFunc(layers, func(l layer) bool { return fits(l.of, own) })
		if at < 0 {
			t.Errorf("package %s has no layer; give it one here and a paragraph in ARCHITECTURE.md", own)
			continue
		}
		for _, imported := range p.Imports {
			checkImport(t, own, imported, layers[at].may, layers[at].ground)
		}
	}
}

func checkImport(t *testing.T, own, imported string, may []string, ground bool) {
	t.Helper()
	below, ours := within(imported)
	switch {
	case ours && !slices.ContainsFunc(may, func(pattern string) bool { return fits(pattern, below) }):
		t.Errorf("%s imports %s; it may import %s", own, below, strings.Join(may, ", "))
	case !ours && ground && strings.Contains(strings.Split(imported, "/")[0], "."):
		t.Errorf("%s imports %s; it may import the standard library alone", own, imported)
	}
}

// The two grounds do not know each other, by whatever way round.
func TestGroundsAreApart(t *testing.T) {
	for ground, other := range map[string]string{"./text/...": "record", "./record": "text"} {
		for _, p := range list(t, "-deps", ground) {
			if own, ok := within(p.ImportPath); ok && strings.Split(own, "/")[0] == other {
				t.Errorf("%s depends on %s", ground, own)
			}
		}
	}
}

// within gives the path of a package of this module within it.
func within(importPath string) (string, bool) {
	if importPath == "demarche" {
		return ".", true
	}
	return strings.CutPrefix(importPath, "demarche/")
}

func fits(pattern, pkg string) bool {
	if root, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == root || strings.HasPrefix(pkg, root+"/")
	}
	ok, err := path.Match(pattern, pkg)
	return ok && err == nil
}

// list asks the go command for packages of this module.
func list(t *testing.T, args ...string) []listed {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list", "-e", "-json=ImportPath,Standard,Imports,Error"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		packages = append(packages, p)
	}
	if len(packages) == 0 {
		t.Fatalf("go list %v names no package", args)
	}
	return packages
}
