package storetest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"demarche/record"
	"demarche/store"
)

// Large makes the documents of a large record, for benchmarks and load tests;
// the same seed makes the same documents. Its spread is that of the labelled
// texts of this project, so that questions meet what they would meet in use:
//
//   - Twelve claims a document, told in 1.5 kB of text. (Labelled: 178 texts,
//     11.9 claims and 1.5 kB each.)
//   - Six claims in ten are acts, four are states of affairs, by kind in the
//     shares that these have in the labelled texts: one act in eight is a
//     request, six states in ten are an office, one in seven a membership, one
//     in thirteen relations.
//   - 200 polities, the k-th named 1/k times as often as the first (labelled: the
//     first has 16 % of all mentions, the second 11 %, the twentieth 1 %; Zipf's
//     law gives 17 %, 9 % and 1 %), and 100 bodies alike. A document is about two
//     to four polities, drawn so.
//   - Of a million claims a pair that questions are asked of, drawn as claims
//     draw it, has some tens of claims on relations and some hundreds of acts;
//     the densest pair, of the first two, fifty times that.
//   - What is told of a state of affairs mostly agrees: its beginning is told
//     again and again, once in ten with another year, and some end and resume.
//     Requests ask for a membership, a relief of debt or a matter in a few words,
//     and one act in ten of the asked one answers in like words.
type Large struct {
	seed             uint64
	polities, bodies []float64 // cumulative shares
	acts, states     []float64 // cumulative shares of the kinds
}

// ClaimsPerDocument is how many claims each document of Large has.
const ClaimsPerDocument = 12

const (
	largePolities = 200
	largeBodies   = 100
)

// NewLarge makes a maker.
func NewLarge(seed uint64) *Large {
	return &Large{seed: seed, polities: zipf(largePolities), bodies: zipf(largeBodies),
		acts: cumulative(actShares), states: cumulative(stateShares)}
}

// The shares of kinds among the labelled claims, in per mille of all, in the
// order of record.Acts and record.States.
var (
	actShares   = []float64{117, 85, 71, 2, 14, 10, 7, 57, 35, 20, 6, 1, 21, 4, 9, 13}
	stateShares = []float64{77, 19, 42, 40, 3, 26, 247, 28, 32, 14}
)

func zipf(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1 / float64(i+1)
	}
	return cumulative(w)
}

func cumulative(weights []float64) []float64 {
	out, sum := make([]float64, len(weights)), 0.0
	for i, w := range weights {
		sum += w
		out[i] = sum
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// draw is the place in cumulative shares that a random number falls to.
func draw(r *rand.Rand, shares []float64) int {
	i, _ := slices.BinarySearch(shares, r.Float64())
	return min(i, len(shares)-1)
}

func polity(i int) string { return fmt.Sprintf("P%02d", i) }

// Body is the name of the i-th body, the most told of first.
func (l *Large) Body(i int) string { return fmt.Sprintf("B%02d", i%largeBodies) }

// pair draws two different polities.
func (l *Large) pair(r *rand.Rand) (int, int) {
	a := draw(r, l.polities)
	for {
		if b := draw(r, l.polities); b != a {
			return a, b
		}
	}
}

// Question is the pair and the body that the i-th question is about, drawn as
// claims draw them: most is asked of those that most is told of.
func (l *Large) Question(i int) (a, b, body string) {
	r := rand.New(rand.NewPCG(l.seed+1, uint64(i)))
	x, y := l.pair(r)
	return polity(x), polity(y), l.Body(draw(r, l.bodies))
}

// AnyPair is the pair of the i-th question where every pair is asked of alike.
func (l *Large) AnyPair(i int) (a, b string) {
	r := rand.New(rand.NewPCG(l.seed+2, uint64(i)))
	x := r.IntN(largePolities)
	return polity(x), polity((x + 1 + r.IntN(largePolities-1)) % largePolities)
}

// Densest is the pair of which most is told.
func (l *Large) Densest() (a, b string) { return polity(0), polity(1) }

// Batch is the i-th document with its claims.
func (l *Large) Batch(i int) store.Batch {
	m := maker{Large: l, Rand: rand.New(rand.NewPCG(l.seed, uint64(i)))}
	m.parties = []int{0, 0}
	m.parties[0], m.parties[1] = m.pair(m.Rand)
	for range m.IntN(3) {
		if p := draw(m.Rand, l.polities); !slices.Contains(m.parties, p) {
			m.parties = append(m.parties, p)
		}
	}
	m.day = record.DayOf(2000, 1, 1+m.IntN(7600))
	m.doc = record.Document{Title: fmt.Sprint("Item ", i), Publisher: fmt.Sprint("Paper ", m.IntN(60)), URL: fmt.Sprint("https://papers.example/", l.seed, "/", i),
		Published: record.On(m.day), Language: "en", Text: m.text()}
	m.doc.ID = m.doc.Hash()
	b := store.Batch{Document: m.doc}
	for k := range ClaimsPerDocument {
		b.Claims = append(b.Claims, m.claim(k))
	}
	return b
}

// maker makes one document.
type maker struct {
	*Large
	*rand.Rand
	parties []int
	day     record.Day
	doc     record.Document
	cites   []record.Citation
}

var largeWords = strings.Fields(`talks harbour border fishing rights pipeline transit visa airport bridge railway grain loan credit
	embargo tariff patrol river water power station training exercise students scholarship pavilion summit protocol charter customs
	quota mission envoy delegation committee framework roadmap ceasefire prisoners remains archives lease base overflight cable satellite`)

func (m *maker) topic() string {
	w := func() string { return largeWords[m.IntN(len(largeWords))] }
	return w() + " of the " + w() + " " + w()
}

// text makes twelve sentences in four paragraphs, some 1.5 kB.
func (m *maker) text() string {
	var b strings.Builder
	for k := range ClaimsPerDocument {
		start := b.Len()
		fmt.Fprintf(&b, "The delegations of %s and %s met on the %s and then took up the %s", polity(m.parties[0]), polity(m.parties[1]), m.topic(), m.topic())
		fmt.Fprintf(&b, ", after which item %d was put down for another day.", k)
		m.cites = append(m.cites, record.Citation{Start: start, End: b.Len()})
		b.WriteString([]string{" ", " ", "\n\n"}[k%3])
	}
	return b.String()
}

func (m *maker) claim(k int) record.Claim {
	core := m.state()
	if m.Float64() < 0.6 {
		core = m.act()
	}
	cite := m.cites[k]
	cite.Document = m.doc.ID
	c := record.Claim{Core: core, Citations: []record.Citation{cite}, Chain: []string{m.doc.Publisher}, Frame: "large", Reader: "1",
		Confidence: math.Round(100*(0.6+0.4*m.Float64())) / 100}
	if m.IntN(3) == 0 {
		c.Source = polity(m.parties[0])
		c.Chain = []string{c.Source, m.doc.Publisher}
	}
	c.ID = c.Identity()
	return c
}

// two are two of the document's polities.
func (m *maker) two() (string, string) {
	i := m.IntN(len(m.parties))
	j := (i + 1 + m.IntN(len(m.parties)-1)) % len(m.parties)
	return polity(m.parties[i]), polity(m.parties[j])
}

func (m *maker) act() record.Core {
	a, b := m.two()
	core := record.Core{Kind: record.Acts()[draw(m.Rand, m.acts)], Phase: record.Occurs, When: record.On(m.day - record.Day(m.IntN(4))),
		Roles: record.Roles{record.RoleActor: {a}, record.RoleRecipient: {b}}}
	switch x := m.Float64(); {
	case x < 0.05:
		core.Content = &record.Content{Core: Member(a, m.Body(draw(m.Rand, m.bodies)), []string{"observer", "member"}[m.IntN(2)], record.Begins, record.When{})}
	case x < 0.07:
		core.Content = &record.Content{Core: record.Core{Kind: record.Debt, Phase: record.Ends, Roles: record.Roles{record.RoleDebtor: {a}, record.RoleCreditor: {b}}}}
	case x < 0.7 || core.Kind == record.Request:
		core.Content = &record.Content{Topic: m.topic()}
	}
	return core
}

// since is the year in which a state of affairs is told to have begun, once in
// ten another one.
func (m *maker) since(key int) int {
	year := 1920 + key*2654435761%75
	if m.IntN(10) == 0 {
		year += 1 + m.IntN(2)
	}
	return year
}

// begun is a state of affairs told to begin or, one time in four, to hold.
func (m *maker) begun(core record.Core, key int) record.Core {
	year := m.since(key)
	core.Phase, core.When = record.Begins, record.Year(year)
	if key%2 == 0 {
		core.When = record.On(record.DayOf(year, 1, 1+key%365))
	}
	if m.IntN(4) == 0 {
		core.Phase, core.When = record.Holds, record.On(m.day)
	}
	return core
}

func (m *maker) state() record.Core {
	a, b := m.two()
	x, y := m.parties[0], m.parties[1]
	body := draw(m.Rand, m.bodies)
	kind := record.States()[draw(m.Rand, m.states)]
	core := record.Core{Kind: kind, Roles: record.Roles{}}
	put := func(role string, values ...string) { core.Roles[role] = values }
	switch kind {
	case record.Membership:
		put(record.RoleParty, polity(x))
		put(record.RoleBody, m.Body(body))
		put(record.RoleTier, "member")
		return m.begun(core, x*largeBodies+body)
	case record.Chair:
		put(record.RoleBody, m.Body(body))
		put(record.RoleHolder, a)
		core.Phase, core.When = record.Holds, record.On(m.day)
		return core
	case record.Relations:
		return m.relations(x, y)
	case record.Recognition:
		put(record.RoleBy, a)
		put(record.RoleOf, b)
	case record.Succession:
		put(record.RoleSuccessor, polity(largePolities+m.IntN(20)))
		put(record.RolePredecessor, polity(largePolities+20+m.IntN(20)))
	case record.Existence:
		put(record.RoleOf, a)
	case record.Office:
		put(record.RoleOf, a)
		put(record.RolePost, []string{"president", "foreign minister", "ambassador", "envoy"}[m.IntN(4)])
		put(record.RoleHolder, fmt.Sprint("Person ", x, "-", m.IntN(40)))
		core.Phase, core.When = record.Holds, record.On(m.day)
		return core
	case record.Mission:
		put(record.RoleOf, a)
		put(record.RoleIn, b)
		put(record.RoleType, "embassy")
	case record.Treaty:
		put(record.RoleName, "Treaty on the "+m.topic())
		put(record.RoleParties, a, b)
		put(record.RoleStatus, "in force")
	case record.Debt:
		put(record.RoleDebtor, a)
		put(record.RoleCreditor, b)
		put(record.RoleAmount, fmt.Sprint(1000000*(1+m.IntN(900))))
		put(record.RoleCurrency, "USD")
		core.Phase, core.When = record.Holds, record.On(m.day)
		return core
	}
	return m.begun(core, x*largePolities+y)
}

// relations of one pair in five were cut and resumed.
func (m *maker) relations(x, y int) record.Core {
	x, y = min(x, y), max(x, y)
	key := x*largePolities + y
	core := record.Core{Kind: record.Relations, Roles: record.Roles{record.RoleParties: {polity(x), polity(y)}, record.RoleLevel: {"diplomatic"}}}
	if key%5 != 0 || m.IntN(3) > 0 {
		return m.begun(core, key)
	}
	core.Phase, core.When = record.Ends, record.Year(1995+key%3)
	if m.IntN(2) == 0 {
		core.Phase, core.When = record.Begins, record.Year(1999)
	}
	return core
}
