// Package frame is the language in which the reader's frames are written: data,
// not code, so that an analyst can read and extend them. A frame names the
// words that trigger it, the paths in the dependency tree to its roles, and
// what each role must be.
//
// A frame is one line:
//
//	KIND[.phase] POS word,word,... : role=PATHS role=PATHS ... [if COND ...] [conf=0.80] [inner]
//
// KIND is a kind of claim (REQUEST, membership, ...), phase one of begins,
// ends, holds (acts always occur). POS is verb, noun or adj. A word is a lemma;
// "break_off" is a lemma with a particle or preposition that must stand by it.
//
// PATHS are alternatives separated by "|"; each alternative is one or more
// paths joined by "+", whose fillers are united. A path is slots separated by
// "/", each seen from the node reached so far:
//
//	subj obj iobj     deep subject and objects: passives, relative clauses,
//	                  participles, control and coordination undone
//	attr              what a subject is said to be or become
//	xcomp ccomp advcl acl   clauses by their relation
//	poss amod compound appos nummod det case mark   modifiers of a noun
//	list              what is spelled out behind a noun ("five observers: ...")
//	comp              the content clause of a word: xcomp, ccomp or acl
//	self              the trigger itself; head its governor
//	to on with ...    a complement with that preposition (after_ for "after")
//
// A slot may demand a lemma: obj[relation,tie]. A path may demand a type:
// subj:polity. A quoted word is a literal: tier="member". A role name followed
// by "?" is optional; any other must be filled for the frame to match.
//
// A frame marked "inner" reads the content of another act alone ("agreed to
// continue"): by itself it is no claim.
//
// A frame of POS "text" is matched on the words in their order, not on the tree:
//
//	KIND[.phase] text : ELEM ELEM ... [ROLE="literal" ...] [conf=0.80]
//
// ELEM is one of
//
//	<role> <role:type>  who or what fills a role; several parties in a row count together
//	<:type>             what is of the type, and fills no role
//	word|word           one of these lemmas; a verb is active
//	@word               a verb in the passive voice, or a past participle
//	^word ^@word        the word that triggers the frame; exactly one
//	(word|word) (<role>) words, or who fills a role, that may be missing
//	..                  up to eight words, none a verb
//	...                 up to forty words of any sort
//	<<                  the beginning of the sentence
//
// Between elements articles, adjectives, adverbs, auxiliaries, numbers, dates,
// and what stands in brackets or between commas behind a name are passed over;
// negations and modal verbs are not. A word between the commas is matched with
// the name before them: in "A, which joined B," who joined is A.
//
// A frame marked "loose" has no roles: it says that the words may tell the kind,
// and leaves to the judge between whom.
//
// A frame marked "denied" is of words that tell the kind where they are denied, and
// then alone: who does not accept rejects.
//
// A frame marked "anyone" has no roles either: where its conditions hold, the words
// tell the type of an act of whoever does it. It is read only where the acts of
// those who are no state and no body are asked for.
//
// COND is a path that must be there ("obj[relation]"), or, with "!" before it,
// must not; of alternatives separated by "|" one must be there, or none. Lines that
// begin with "#" are comments.
package frame

import "demarche/record"

// POS is the part of speech of a trigger.
type POS string

// The parts of speech that trigger frames.
const (
	Verb POS = "verb"
	Noun POS = "noun"
	Adj  POS = "adj"
	Text POS = "text" // matched on the words in their order
)

// Frame is one line of a frame file.
type Frame struct {
	Name   string // KIND.phase/pos:word, unique enough to find the line
	Line   int
	File   string
	Kind   record.Kind
	Phase  record.Phase
	POS    POS
	Words  []Word
	Roles  []Role
	Conds  []Cond
	Elems  []Elem  // of a frame of POS Text
	Conf   float64 // prior confidence, 0 to 1
	Inner  bool    // of the content of another act alone
	Loose  bool    // only names words: it never matches
	Denied bool    // its words tell the kind where they are denied, and then alone
	Anyone bool    // tells the type of an act, whoever does it
}

// Word is a trigger lemma, with its particle or "".
type Word struct{ Lemma, Particle string }

// Elem is one element of a frame that is matched on words in their order: a role,
// words, or a gap.
type Elem struct {
	Role     string // "" for words
	Type     string // of the role's fillers, "" for the default of the role
	Words    []string
	Passive  bool
	Trigger  bool
	Optional bool
	Gap      int  // how many words may stand here, 0 for none
	Verbs    bool // of a gap: verbs may be among them
	Start    bool // the beginning of the sentence
}

// Role is one role and the ways to its fillers.
type Role struct {
	Name     string
	Optional bool
	Alts     [][]Path // the first alternative that yields a filler counts
}

// Path leads from the trigger to the fillers of a role.
type Path struct {
	Steps   []Step
	Type    string // "" for the default of the role
	Literal string // set where the filler is a fixed word
}

// Step is one slot of a path, with the lemmas that its filler may have.
type Step struct {
	Slot   string
	Lemmas []string
}

// Cond is alternative paths of which one must lead somewhere, or none.
type Cond struct {
	Alts []Path
	Not  bool
}

// Set is all frames, indexed by trigger lemma.
type Set struct {
	Frames  []*Frame
	byLemma map[string][]*Frame
	byWord  map[string][]*Frame // those of POS Text
	anyone  map[string][]*Frame // those marked so
}

// Of returns the frames that a lemma may trigger, in file order.
func (s *Set) Of(lemma string) []*Frame { return s.byLemma[lemma] }

// Anyone returns the frames marked so that a lemma may trigger, in file order.
func (s *Set) Anyone(lemma string) []*Frame { return s.anyone[lemma] }

// Texts returns the frames of POS Text that a lemma may trigger, in file order.
func (s *Set) Texts(lemma string) []*Frame { return s.byWord[lemma] }
