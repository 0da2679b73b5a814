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
// A frame marked "loose" has no roles: it says that the words may tell the kind,
// and leaves to the judge between whom.
//
// COND is a path that must be there ("obj[relation]"), or, with "!" before it,
// must not. Lines that begin with "#" are comments.
package frame

import "demarche/record"

// POS is the part of speech of a trigger.
type POS string

// The parts of speech that trigger frames.
const (
	Verb POS = "verb"
	Noun POS = "noun"
	Adj  POS = "adj"
)

// Frame is one line of a frame file.
type Frame struct {
	Name  string // KIND.phase/pos:word, unique enough to find the line
	Line  int
	File  string
	Kind  record.Kind
	Phase record.Phase
	POS   POS
	Words []Word
	Roles []Role
	Conds []Cond
	Conf  float64 // prior confidence, 0 to 1
	Inner bool    // of the content of another act alone
	Loose bool    // only names words: it never matches
}

// Word is a trigger lemma, with its particle or "".
type Word struct{ Lemma, Particle string }

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

// Cond is a path that must lead somewhere, or must not.
type Cond struct {
	Path Path
	Not  bool
}

// Set is all frames, indexed by trigger lemma.
type Set struct {
	Frames  []*Frame
	byLemma map[string][]*Frame
}

// Of returns the frames that a lemma may trigger, in file order.
func (s *Set) Of(lemma string) []*Frame { return s.byLemma[lemma] }
