package intake

import (
	"errors"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxNodes is how many nodes the tree of a page may have.
const maxNodes = 3 * maxElements

var errHeavy = errors.New("the page has more elements than are read; save its article as text")

// formatting are the elements that a parser opens anew in every block while they
// are not closed (HTML, "the list of active formatting elements").
var formatting = []atom.Atom{
	atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U,
}

// open is a formatting element that is not closed.
type open struct {
	name atom.Atom
	raw  string
}

// checkWeight refuses a page whose tree would have too many nodes, before it is
// made: a few hundred formatting elements that are never closed are made again
// in each of the paragraphs behind them.
func checkWeight(s string) error {
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(maxPage)
	var active []open
	for nodes := 0; nodes <= maxNodes; {
		switch z.Next() {
		case html.ErrorToken:
			return nil // the end, or an error that the parser finds again
		case html.TextToken, html.SelfClosingTagToken, html.CommentToken:
			nodes += 1 + len(active)
		case html.StartTagToken:
			nodes += 1 + len(active)
			active = opened(active, z)
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			for i := len(active) - 1; i >= 0; i-- {
				if active[i].name == a {
					active = slices.Delete(active, i, i+1)
					break
				}
			}
		}
	}
	return errHeavy
}

// opened adds a formatting element to those that are open; the same is kept
// three times.
func opened(active []open, z *html.Tokenizer) []open {
	raw := string(z.Raw())
	name, _ := z.TagName()
	o := open{atom.Lookup(name), raw}
	if !slices.Contains(formatting, o.name) {
		return active
	}
	same := 0
	for _, a := range active {
		if a == o {
			same++
		}
	}
	if same >= 3 {
		return active
	}
	return append(active, o)
}
