// Package name finds who and what a text speaks of: polities, bodies, people
// with their titles, posts without a name, treaties, groups and collectives
// ("both sides"), each as one unit of tokens. It links them to the almanac,
// learns people and their posts from the document, resolves pronouns and
// descriptions, and reads the claims of office and chair that stand in titles.
package name

import (
	"sort"

	"demarche/almanac"
	"demarche/record"
	"demarche/text"
)

// Kind is what sort of thing a mention names.
type Kind uint8

// The kinds of mention.
const (
	Polity     Kind = iota + 1 // a state, its government, capital or metonym acting for it
	Body                       // an organisation of states or one of its organs
	Person                     // a named person, with or without titles
	Office                     // a post without a name: "the Russian president", "the Cambodian side"
	Place                      // a place that acts for nobody: a city that is no capital, a province
	Group                      // a rebel group, company, party or other named group
	Treaty                     // a named treaty, accord, protocol
	Collective                 // "the two countries", "both sides", "the leaders"
	Pronoun                    // he, she, it, they, we, I and their possessives
)

var kindNames = [...]string{"", "polity", "body", "person", "office", "place", "group", "treaty", "collective", "pronoun"}

// String returns the kind in one lower-case word.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "?"
}

// Held is a post as a title tells it.
type Held struct {
	Post  string // in plain lower-case words as claims give it: "foreign minister", "ambassador to KHM"
	Class string // the almanac's class of the post: "head of state", "minister", ...; "chair" for the chair of a body
	Of    string // polity or body that the post is of; "" where the text does not let tell
	// Former ... Designate are what the words beside the title say of it.
	Former, Then, Late, Elect, Acting, Designate bool
	// Begins is set where the words tell that the post is taken ("was appointed",
	// "presented his credentials as"), Past where they tell that it was held.
	Begins, Past bool
	Organ        bool // of an organ of the body: "of the AU Commission"
	From, Until  int  // years of "from 1999 to 2013", 0 where not told
	// Span are the tokens that show it: the shortest run with title and name,
	// or with the title alone where the name stands elsewhere.
	Span text.Span
	// Sure is false where Of was inferred from context and not told.
	Sure bool
	bare bool // Of is not told by the words at the name
	// How names the way to a post that no title at the name tells: "group", "epithet",
	// "colleague"; "" for a title.
	How string
}

// Human is a person of the document, all mentions together.
type Human struct {
	Name    string // the fullest name in the text, without titles
	Posts   []Held // every post told of the person, in order of the text
	For     string // polity or body that the person acts for; "" where not known
	Female  bool   // told by Mrs, Ms, Madame, Queen, her, ...
	Male    bool   // told by Mr, King, ...
	titled  bool   // a title or honorific stands by one of its names
	guessed bool   // For is inferred from what stands around a title
	known   bool   // a leader by general knowledge
	first   int    // token of the first naming, negative in the headline
	seen    []int
	parts   []string // folded words of the name
}

// Mention is one naming of something in the text: one unit for the parser.
type Mention struct {
	Tokens text.Span // token range in the document, titles and an inner post included
	Head   int       // token that stands for it in a tree
	Kind   Kind
	// Adjective is set for "Russian" in "Russian troops": the polity used
	// adjectivally and not absorbed in a bigger mention.
	Adjective bool
	// Name is the plain name of a group or treaty, "" for others.
	Name string
	// In is the polity that a place lies in, "" where not known.
	In string
	// IDs are the polity codes and body ids that it stands for when it acts;
	// a person gives the polity or body acted for; empty where not known.
	IDs []string
	// Person is the person named, or the one that an office ("the Russian
	// president") or a pronoun refers to; nil where none is known.
	Person *Human
	// Persons are the people of a collective ("the two presidents").
	Persons []*Human
	// Posts are the posts that this mention's own words tell.
	Posts []Held
	// Post is the post that an office without a name tells, as Held has it; "" for others
	// and where no claim can be made of it.
	Post string
	// Open are posts that its words tell and do not tell what they are of, nor
	// does the context.
	Open []Held
	// Form is the linked form as the almanac knows it, "" where learned from
	// the text; At resolves it for another date.
	Form string
	// Type is how the almanac has the form: name, adjective, capital, metonym,
	// acronym, ...; "government" where a noun of government is joined to it.
	Type string
	// Confidence is how sure the linking is, 0 to 1; Loose is set below 0.5,
	// where a reader should not rest a claim on it alone.
	Confidence float64
	Loose      bool
	// Genitive is set where "'s" or "'" follows, which is not in Tokens.
	Genitive bool

	almanac *almanac.Almanac
	phrase  *phrase
}

// At returns the ids of the mention's form on another date: "Russia" in 1956
// is SUN. Where the form has none on that date the ids are followed through
// successions.
func (m *Mention) At(when record.When) []string {
	day := when.Latest
	if day == 0 || m.almanac == nil {
		return m.IDs
	}
	out := make([]string, len(m.IDs))
	for i, id := range m.IDs {
		out[i] = m.almanac.At(id, day)
	}
	return out
}

// Names are the mentions of a document.
type Names struct {
	Mentions []*Mention // by token, not overlapping
	People   []*Human   // in order of first mention

	doc    *text.Doc
	reader *reader
	at     []int32 // token -> index in Mentions + 1
}

// At returns the mention that covers a token, or nil.
func (n *Names) At(token int) *Mention {
	if token < 0 || token >= len(n.at) || n.at[token] == 0 {
		return nil
	}
	return n.Mentions[n.at[token]-1]
}

// In returns the mentions that lie in a token range.
func (n *Names) In(span text.Span) []*Mention {
	i := sort.Search(len(n.Mentions), func(i int) bool { return n.Mentions[i].Tokens.Start >= span.Start })
	j := i
	for j < len(n.Mentions) && n.Mentions[j].Tokens.End <= span.End {
		j++
	}
	return n.Mentions[i:j]
}

// around returns the mentions about a token, the last thousand before it and a
// few hundred after: what a description there can mean, however long the text.
func (n *Names) around(token int) []*Mention {
	i := sort.Search(len(n.Mentions), func(i int) bool { return n.Mentions[i].Tokens.Start >= token })
	return n.Mentions[max(0, i-1000):min(len(n.Mentions), i+300)]
}

// Input is what names are found in.
type Input struct {
	Doc       *text.Doc
	Published record.When
	Publisher string
	// Headline is the title of the document, tokenised; may be nil. People and
	// polities named in it count as known, and give no claim.
	Headline *text.Doc
}
