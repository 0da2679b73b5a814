package name

import (
	"strings"

	"demarche/almanac"
)

// Finder finds names; it is built once, never changed, and safe for use by
// many goroutines.
type Finder struct {
	alm     *almanac.Almanac
	cues    cues
	only    map[string]string // post -> the only polity that has it
	leaders map[string][]*leader
	home    map[string]homePolity // folded word of a publisher -> who publishes
}

// NewFinder returns a finder over an almanac.
func NewFinder(alm *almanac.Almanac) *Finder {
	c := readCues(listData)
	return &Finder{alm: alm, cues: c, home: readHomes(homeData), leaders: readLeaders(leaderData, c), only: readOnly(onlyData)}
}

// reader is the state of one document's reading.
type reader struct {
	finder *Finder
	*scanner
	home    string // polity that publishes ("USA" for the White House), "" for a paper
	phrases []*phrase
	bearers []*bearer
	names   *Names
	all     []*Human
	foundIn int
	absent  []string
	counts  map[string]int // how often each polity is named, nil before it is asked
	before  *reader        // the headline's reading, nil without one
	turns   []turn         // of a transcript
	heard   bool           // turns are found
}

// Find returns the names of a document.
func (f *Finder) Find(in Input) *Names {
	home := f.publisher(in.Publisher)
	day := in.Published.Latest
	var head *reader
	if in.Headline != nil {
		head = f.read(headlineScanner(f.alm, f.cues, in.Headline, in.Doc, day), nil, home)
	}
	r := f.read(newScanner(f.alm, f.cues, in.Doc, day), head, home)
	r.persons()
	r.settle()
	r.mention()
	r.collectives()
	r.finish()
	return r.names
}

// read cuts a text into parts and finds the posts and the bearers in it.
func (f *Finder) read(s *scanner, before *reader, home homePolity) *reader {
	r := &reader{finder: f, scanner: s, home: home.id, absent: home.absent, before: before}
	r.names = &Names{doc: s.doc, at: make([]int32, len(s.doc.Tokens))}
	r.alias = r.aliases(before)
	r.scan()
	r.findPhrases()
	r.tenures()
	r.attach()
	return r
}

// publisher returns the polity whose government publishes, "" for others.
func (f *Finder) publisher(name string) homePolity {
	low := fold(strings.ToLower(name))
	for word, home := range f.home {
		if strings.Contains(low, word) {
			return home
		}
	}
	return homePolity{}
}

// link returns the polity or body that a part stands for, how the almanac has
// it there, and whether there is no doubt.
func (r *reader) link(p *part) (id, typ string, sure bool) {
	if len(p.senses) == 0 {
		return "", "", false
	}
	best := -1
	for i := range p.senses {
		x := &p.senses[i]
		if x.Kind != p.senses[0].Kind || rankSense(x) > rankSense(&p.senses[0])+1 {
			continue
		}
		if best < 0 || x.On(r.day) && !p.senses[best].On(r.day) {
			best = i
		}
	}
	x := &p.senses[best]
	return x.ID, x.Type, !r.rival(p, x)
}

// rival reports whether another polity or body is meant by the same form on
// the same day and in the same way.
func (r *reader) rival(p *part, x *almanac.Sense) bool {
	for i := range p.senses {
		y := &p.senses[i]
		if y.ID != x.ID && y.Kind == x.Kind && y.On(r.day) && rankSense(y) == rankSense(x) {
			return true
		}
	}
	return false
}

// Home is the polity whose government publishes the text, "" for others.
func (n *Names) Home() string { return n.reader.home }
