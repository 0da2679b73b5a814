package name

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
)

//go:embed data/homes.tsv
var homeData string

//go:embed data/only.tsv
var onlyData string

//go:embed data/leaders.tsv
var leaderData string

// homePolity is who publishes, and what posts it does not have.
type homePolity struct {
	id     string
	absent []string // words of posts that are foreign to it
}

// readHomes reads homes.tsv: a word of a publisher's name, the polity whose
// government publishes under it, and words of posts that it does not have.
func readHomes(data string) map[string]homePolity {
	out := map[string]homePolity{}
	for line := range strings.Lines(data) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) == 3 && line[0] != '#' {
			out[f[0]] = homePolity{f[1], strings.FieldsFunc(f[2], func(c rune) bool { return c == '|' })}
		}
	}
	return out
}

// foreign reports whether the publishing polity has no post of that name.
func (r *reader) foreign(post string) bool {
	return slices.ContainsFunc(r.absent, func(w string) bool { return strings.Contains(post, w) })
}

// ForeignAtHome reports whether the polity that publishes has no post of that name:
// a chancellor of whom the Kremlin speaks is not Russia's.
func (n *Names) ForeignAtHome(post string) bool { return n.reader.home != "" && n.reader.foreign(post) }

// leader is a line of leaders.tsv.
type leader struct {
	parts     []string
	of, class string
	from, to  int // years
}

// readLeaders reads leaders.tsv and indexes each leader under every word of
// the name.
func readLeaders(data string, c cues) map[string][]*leader {
	out := map[string][]*leader{}
	for line := range strings.Lines(data) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		from, err := strconv.Atoi(f[max(0, len(f)-2)])
		if len(f) != 5 || err != nil {
			continue // head or note
		}
		l := &leader{parts: nameParts(f[0], c), of: f[1], class: f[2], from: from}
		l.to, _ = strconv.Atoi(f[4])
		for _, w := range l.parts {
			if len(w) > 1 && c[w]&particle == 0 {
				out[w] = append(out[w], l)
			}
		}
	}
	return out
}

// leads is the polity or body that a person leads, or led, by general
// knowledge: one in office in the year of the text before one of the past.
// class is that of the title at the name, "" where there is none. It is ""
// where the list has no one of that name or more than one.
func (r *reader) leads(parts []string, class string) string {
	of, _ := r.ledBy(parts, class)
	return of
}

// ledBy is leads, and whether the person is in office in the year of the text.
func (r *reader) ledBy(parts []string, class string) (of string, now bool) {
	year, _, _ := r.day.Date()
	best, rank := "", 0
	for _, w := range parts {
		for _, l := range r.finder.leaders[w] {
			k := l.fits(parts, class, year)
			if k > 0 {
				k = k*16 + min(len(l.parts), len(parts)) // "Ali Abdullah Saleh" is no Abdullah
			}
			switch {
			case k > rank:
				best, rank = l.of, k
			case k == rank && k > 0 && l.of != best:
				best = ""
			}
		}
	}
	return best, rank >= 3*16
}

// fits is how well a leader fits a name with a title of a class in a text of a
// year, 0 for not at all.
func (l *leader) fits(parts []string, class string, year int) int {
	full := len(parts) > 1 && l.named(parts)
	if !full && (len(parts) > 1 || l.parts[len(l.parts)-1] != parts[0] && l.parts[0] != parts[0]) {
		return 0
	}
	lead := l.class
	switch {
	case lead == "monarch" && class == "head of state":
		lead = class
	case class == "monarch" && lead != class:
		return 0
	}
	now := year == 0 || l.from <= year && year <= l.to+1
	same := class == lead || rules(class) && rules(lead)
	switch {
	case now && full && class == lead:
		return 6
	case now && full:
		return 5
	case now && same:
		return 4
	case now && class == "":
		return 3
	case full && l.from-12 <= year && (year == 0 || same || class == "" && year-l.to < 15 || class != "" && l.from > year):
		return 2
	case same && class == lead && l.from <= year:
		return 1
	}
	return 0
}

// named reports whether a name of several words agrees with the leader's, the family
// name in full.
func (l *leader) named(parts []string) bool {
	return slices.Contains(parts, l.parts[len(l.parts)-1]) && (agree(l.parts, parts) || agree(parts, l.parts))
}

// leadersOf are the leaders that share the first or last word of a name.
func (f *Finder) leadersOf(parts []string) []*leader {
	last := f.leaders[parts[len(parts)-1]]
	if len(parts) == 1 {
		return last
	}
	return slices.Concat(last, f.leaders[parts[0]])
}

// rules reports whether posts of a class are at the head of a state or its
// government, which loose words take for one another.
func rules(class string) bool { return class == "head of state" || class == "head of government" }

// ruled reports whether the leaders of a polity in a year are known.
func (f *Finder) ruled(of string, year int) bool {
	for _, ls := range f.leaders {
		if slices.ContainsFunc(ls, func(l *leader) bool {
			return l.of == of && (rules(l.class) || l.class == "monarch") && l.from <= year && year <= l.to
		}) {
			return true
		}
	}
	return false
}

// inOffice reports whether by general knowledge a person holds a post of that
// very class in the year of the text.
func (r *reader) inOffice(p *Human, class string) bool {
	year, _, _ := r.day.Date()
	for _, l := range r.finder.leadersOf(p.parts) {
		if (l.class == class || l.class == "monarch" && class == "head of state") && l.from <= year && year <= l.to && l.fits(p.parts, class, year) >= 4 {
			return true
		}
	}
	return false
}

// leftBefore reports whether by general knowledge a person held a post as the leader
// of a polity or body and left it well before the text.
func (r *reader) leftBefore(p *Human, h Held) bool {
	year, _, _ := r.day.Date()
	return year > 0 && r.ledIn(p, h, 0) && !r.ledIn(p, h, year) && !r.ledIn(p, h, year-1) && !slices.ContainsFunc(r.finder.leadersOf(p.parts), func(l *leader) bool {
		return l.of == h.Of && l.from > year-2 && l.named(p.parts) // in office again, or under another title
	})
}

// ledIn reports whether by general knowledge a person held a post of that class, for
// the same polity or body, in a year, or in any where that is 0.
func (r *reader) ledIn(p *Human, h Held, year int) bool {
	if len(p.parts) < 2 {
		return false
	}
	return slices.ContainsFunc(r.finder.leadersOf(p.parts), func(l *leader) bool {
		same := l.class == h.Class || l.class == "monarch" && h.Class == "head of state" || rules(l.class) && rules(h.Class)
		return l.of == h.Of && same && l.named(p.parts) && (year == 0 || l.from <= year && year <= l.to)
	})
}

// readOnly reads only.tsv: a post that only one polity has, tab, the polity.
func readOnly(data string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(data) {
		post, id, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if ok && line[0] != '#' {
			out[post] = id
		}
	}
	return out
}

// only is the one polity that has a post of that name, "" where several may.
func (r *reader) only(post string) string {
	id := r.finder.only[post]
	if id == "" || id == r.home || r.alm.Polity(id) == nil {
		return id
	}
	if r.counts == nil {
		r.counts = r.countPolities()
	}
	if other := r.mainPolity(); other != "" && r.counts[id] == 0 && !strings.Contains(post, " of ") {
		return "" // a text on another, which may have such a post too
	}
	return id
}
