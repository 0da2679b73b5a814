// Package packed writes a claim as few bytes, for the tables of a store, and
// reads it back fast: reading claims is most of what a question costs. The name
// of a claim, its kind and its times stand in columns of their own as well.
//
// The layout, version 1. A number is a varint as encoding/binary has it,
// unsigned unless said otherwise; a string is its length and its bytes; a word is
// a number, 0 with a string after it or n for the n-th of words. There is
// nothing between the parts:
//
//	byte   1, the version
//	core
//	string source
//	number of the chain, then as many strings
//	number of the citations, then for each a string (the document, "" for the
//	       one that the claim stands in) and two signed numbers (start, end)
//	string frame
//	string reader
//	8 bytes confidence, IEEE 754, big end first
//
// A core is
//
//	word   kind
//	word   phase
//	byte   1 for negated, plus 2 for a content
//	signed number, earliest day, and one, latest day
//	number of the roles, in order of their names, then for each a word (its
//	       name), the number of its fillers and as many words
//	where there is a content: a core and a string, the topic
//
// Records of earlier versions hold claims as JSON in the layout of package wire,
// which begins with a brace.
package packed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"demarche/record"
)

const version = 1

// deepest bounds how far contents stand in contents.
const deepest = 32

// words are what most claims say, by number from 1. It is part of the layout:
// more may be added at the end, none changed.
var words = []string{
	"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
	"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
	"membership", "chair", "relations", "recognition", "succession", "existence", "office", "mission", "treaty", "debt",
	"occurs", "begins", "ends", "holds",
	"actor", "recipient", "actor_persons", "recipient_persons", "place", "party", "parties", "body", "tier", "holder", "level",
	"by", "of", "as", "in", "type", "successor", "predecessor", "post", "name", "status", "debtor", "creditor", "amount", "currency", "change",
	"diplomatic", "member", "observer", "dialogue partner", "partner", "candidate", "associate", "permanent member",
	"president", "prime minister", "foreign minister", "ambassador", "minister", "embassy", "USD", "EUR",
	"incurred", "rescheduled", "converted", "forgiven", "repaid", "signed", "ratified", "in force", "terminated", "government", "state",
}

// numbers are the words by what they say.
var numbers = func() map[string]uint64 {
	out := make(map[string]uint64, len(words))
	for i, w := range words {
		out[w] = uint64(i + 1)
	}
	return out
}()

// Claim packs what a claim that stands in a document says, with who says it and
// where; its name and its record time are left out.
func Claim(c *record.Claim, document record.DocumentID) ([]byte, error) {
	b := make([]byte, 0, 160)
	b = append(b, version)
	b, err := appendCore(b, &c.Core, 0)
	if err != nil {
		return nil, fmt.Errorf("claim %s: %w", c.ID, err)
	}
	b = appendString(b, c.Source)
	b = binary.AppendUvarint(b, uint64(len(c.Chain)))
	for _, s := range c.Chain {
		b = appendString(b, s)
	}
	b = binary.AppendUvarint(b, uint64(len(c.Citations)))
	for _, cite := range c.Citations {
		doc := cite.Document
		if doc == document {
			doc = ""
		}
		b = appendString(b, string(doc))
		b = binary.AppendVarint(b, int64(cite.Start))
		b = binary.AppendVarint(b, int64(cite.End))
	}
	b = appendString(b, c.Frame)
	b = appendString(b, c.Reader)
	return binary.BigEndian.AppendUint64(b, math.Float64bits(c.Confidence)), nil
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendWord(b []byte, s string) []byte {
	if n := numbers[s]; n != 0 {
		return binary.AppendUvarint(b, n)
	}
	return appendString(append(b, 0), s)
}

func appendCore(b []byte, c *record.Core, depth int) ([]byte, error) {
	if depth > deepest {
		return nil, fmt.Errorf("contents stand in contents more than %d deep", deepest)
	}
	b = appendWord(appendWord(b, string(c.Kind)), string(c.Phase))
	var flags byte
	if c.Negated {
		flags |= 1
	}
	if c.Content != nil {
		flags |= 2
	}
	b = append(b, flags)
	b = binary.AppendVarint(binary.AppendVarint(b, int64(c.When.Earliest)), int64(c.When.Latest))
	b = appendRoles(b, c.Roles)
	if c.Content == nil {
		return b, nil
	}
	b, err := appendCore(b, &c.Content.Core, depth+1)
	return appendString(b, c.Content.Topic), err
}

func appendRoles(b []byte, roles record.Roles) []byte {
	var few [8]string
	names := few[:0]
	for name, fillers := range roles {
		if len(fillers) > 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	b = binary.AppendUvarint(b, uint64(len(names)))
	for _, name := range names {
		b = binary.AppendUvarint(appendWord(b, name), uint64(len(roles[name])))
		for _, filler := range roles[name] {
			b = appendWord(b, filler)
		}
	}
	return b
}

// errDamaged is what is wrong with bytes that Claim did not write.
var errDamaged = errors.New("the stored claim is damaged; restore the record from a copy")

// Read unpacks a claim that stands in a document. An error says that the bytes
// are not what Claim writes.
func Read(b []byte, document record.DocumentID) (record.Claim, error) {
	r := unpacker{rest: string(b)}
	if r.byte() != version {
		return record.Claim{}, errDamaged
	}
	var c record.Claim
	r.core(&c.Core, 0)
	c.Source = r.string()
	c.Chain = r.strings((*unpacker).string)
	if n := r.count(3); n > 0 {
		c.Citations = make([]record.Citation, n)
	}
	for i := range c.Citations {
		c.Citations[i] = record.Citation{Document: record.DocumentID(r.string()), Start: int(r.signed()), End: int(r.signed())}
		if c.Citations[i].Document == "" {
			c.Citations[i].Document = document
		}
	}
	c.Frame, c.Reader = r.string(), r.string()
	if len(r.rest) != 8 {
		return record.Claim{}, errDamaged
	}
	c.Confidence = math.Float64frombits(binary.BigEndian.Uint64([]byte(r.rest)))
	return c, nil
}

// unpacker reads parts off the front of rest. After bytes that are damaged all
// parts are empty and rest is too.
type unpacker struct{ rest string }

func (r *unpacker) damaged() { r.rest = "" }

func (r *unpacker) byte() byte {
	if r.rest == "" {
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *unpacker) number() uint64 {
	var n uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		b := r.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.damaged()
	return 0
}

func (r *unpacker) signed() int64 {
	n := r.number()
	return int64(n>>1) ^ -int64(n&1)
}

// count reads how many parts of at least so many bytes follow.
func (r *unpacker) count(least int) int {
	n := r.number()
	if n > uint64(len(r.rest)/least) {
		r.damaged()
		return 0
	}
	return int(n)
}

func (r *unpacker) string() string {
	n := r.count(1)
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *unpacker) word() string {
	n := r.number()
	switch {
	case n == 0:
		return r.string()
	case n > uint64(len(words)):
		r.damaged()
		return ""
	}
	return words[n-1]
}

func (r *unpacker) strings(one func(*unpacker) string) []string {
	n := r.count(1)
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = one(r)
	}
	return out
}

func (r *unpacker) core(c *record.Core, depth int) {
	if depth > deepest {
		r.damaged()
		return
	}
	c.Kind, c.Phase = record.Kind(r.word()), record.Phase(r.word())
	flags := r.byte()
	if flags > 3 {
		r.damaged()
		return
	}
	c.Negated = flags&1 != 0
	c.When = record.When{Earliest: record.Day(r.signed()), Latest: record.Day(r.signed())}
	n := r.count(2)
	c.Roles = make(record.Roles, n)
	for range n {
		name := r.word()
		c.Roles[name] = r.strings((*unpacker).word)
	}
	if flags&2 != 0 {
		c.Content = new(record.Content)
		r.core(&c.Content.Core, depth+1)
		c.Content.Topic = r.string()
	}
}
