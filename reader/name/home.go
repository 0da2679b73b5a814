package name

import (
	_ "embed"
	"strings"
)

//go:embed data/homes.tsv
var homeData string

//go:embed data/leaders.tsv
var leaderData string

// readHomes reads homes.tsv: a word of a publisher's name, tab, the polity
// whose government publishes under it.
func readHomes(data string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(data) {
		word, id, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && line[0] != '#' {
			out[word] = strings.Fields(id)[0]
		}
	}
	return out
}

// known2 is the polity that a person leads by general knowledge, "" where the
// list has none of that name for the day.
func (r *reader) known2(p *Person) string { return "" }
