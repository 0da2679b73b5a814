// Package reader turns a text into claims: names linked, dates resolved, trees
// parsed over joined names, frames matched, and what they say told apart by
// who says it and whether it is fact, promise, request or hope. It is the only
// bridge between text and record.
package reader

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"

	"demarche/almanac"
	"demarche/reader/frame"
	"demarche/reader/name"
	"demarche/reader/when"
	"demarche/record"
	"demarche/text"
)

// Version names the reader in every claim that it reads.
const Version = "1"

// Reader reads documents. It is safe for use by several goroutines.
type Reader struct {
	almanac *almanac.Almanac
	frames  *frame.Set
	syntax  *syntax
	periods []when.Period
}

// Result is what a document says.
type Result struct {
	Claims []record.Claim
}

// document is a text on its way to claims.
type document struct {
	rec       record.Document
	text      *text.Doc
	names     *name.Names
	dates     []when.Expr
	dateAt    map[int]int // token -> index into dates + 1
	published record.When
}

// New makes a reader over an almanac, with the frames and models that come with
// it.
func New(a *almanac.Almanac) (*Reader, error) {
	frames, err := frame.Load()
	if err != nil {
		return nil, err
	}
	s, err := newSyntax()
	if err != nil {
		return nil, err
	}
	return &Reader{almanac: a, frames: frames, syntax: s, periods: periods(a)}, nil
}

// Read returns the claims of a document, in the order of the text. The same
// document gives the same claims.
func (r *Reader) Read(rec record.Document) Result {
	d := r.open(rec)
	var cs []candidate
	cs = append(cs, d.offices()...)
	for i := range d.text.Sents {
		if g := r.graph(d, i); g != nil {
			cs = append(cs, r.candidates(g)...)
		}
	}
	return Result{Claims: d.claims(cs)}
}

// candidate is a claim on its way: what is said, where, by whom and how surely.
type candidate struct {
	core   record.Core
	source string
	start  int // byte range of the citation
	end    int
	frame  string
	conf   float64
}

// claims merges candidates that say the same and names them.
func (d *document) claims(cs []candidate) []record.Claim {
	sort.SliceStable(cs, func(i, j int) bool { return cs[i].start < cs[j].start })
	index := map[string][]int{}
	var out []record.Claim
	for _, c := range cs {
		key := mergeKey(c.core)
		cite := record.Citation{Document: d.rec.ID, Start: c.start, End: c.end}
		if i := compatible(out, index[key], c.core.When); i >= 0 {
			out[i].Citations = append(out[i].Citations, cite)
			better(&out[i], c)
			continue
		}
		index[key] = append(index[key], len(out))
		out = append(out, record.Claim{Core: c.core, Source: c.source, Citations: []record.Citation{cite}, Frame: c.frame,
			Confidence: c.conf, Reader: Version, Chain: d.chain(c.source)})
	}
	for i := range out {
		out[i].ID = claimID(d.rec.ID, out[i])
	}
	return out
}

// compatible returns the claim among those at is whose date may be the same, or
// -1.
func compatible(out []record.Claim, is []int, w record.When) int {
	for _, i := range is {
		o := out[i].When
		if o.IsZero() || w.IsZero() || o.Earliest <= w.Latest && w.Earliest <= o.Latest || out[i].Kind == record.Office {
			return i
		}
	}
	return -1
}

// better takes over from a second telling what the first left open.
func better(to *record.Claim, c candidate) {
	if to.When.IsZero() || !c.core.When.IsZero() && c.core.When.Latest-c.core.When.Earliest < to.When.Latest-to.When.Earliest &&
		c.core.When.Earliest >= to.When.Earliest && c.core.When.Latest <= to.When.Latest {
		to.When = c.core.When
	}
	if to.Content == nil {
		to.Content = c.core.Content
	}
	to.Confidence = max(to.Confidence, c.conf)
}

func (d *document) chain(source string) []string {
	var out []string
	for _, s := range []string{source, d.rec.Publisher} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// mergeKey is equal for candidates that tell the same fact.
func mergeKey(c record.Core) string {
	var b strings.Builder
	b.WriteString(string(c.Kind) + "|" + string(c.Phase) + "|")
	if c.Negated {
		b.WriteString("not|")
	}
	var keys []string
	for k := range c.Roles {
		switch k {
		case record.RoleActorPersons, record.RoleRecipientPersons, record.RolePlace, record.RoleLevel:
			continue
		}
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		v := append([]string(nil), c.Roles[k]...)
		sort.Strings(v)
		b.WriteString(k + "=" + strings.Join(v, ",") + "|")
	}
	if c.Kind.IsAct() || c.Phase != record.Holds {
		if c.Content != nil {
			b.WriteString(c.Content.Topic + mergeKey(c.Content.Core))
		}
	}
	return b.String()
}

func claimID(doc record.DocumentID, c record.Claim) record.ClaimID {
	h := sha256.New()
	h.Write([]byte(string(doc) + "|" + Version + "|" + mergeKey(c.Core) + "|" + c.When.Earliest.String() + "/" + c.When.Latest.String()))
	return record.ClaimID(hex.EncodeToString(h.Sum(nil))[:16])
}
