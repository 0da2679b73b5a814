package record

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Stated is a claim as it stands after the decisions on it: with the corrected
// core and the merged names, where so decided.
type Stated struct {
	Claim
	// Document is the document of the first citation. Its text may be left out.
	Document *Document
	// Accepted, Preferred and Corrected say what a reviewer decided of it.
	Accepted, Preferred, Corrected bool
	// Decisions are those on this claim, in order.
	Decisions []Decision
	// Read is the core as it was read, nil where that is what stands.
	Read *Core
	// origin is the key that the view gave to the document, "" outside of views.
	origin string
}

// Origin is the key of the independent origin of the claim: the agency or the
// story that its document prints, else the publisher, else the document itself.
func (s *Stated) Origin() string {
	return cmp.Or(s.origin, s.Document.Origin, s.Document.Publisher, string(s.Document.ID))
}

// Time is when the claim says it was so; an undated one was so, began or ended
// at some time up to its publication or, where that is not known, its
// recording.
func (s *Stated) Time() When {
	if !s.When.IsZero() {
		return s.When
	}
	latest := s.Document.Published.Latest
	if latest == 0 && !s.Recorded.IsZero() {
		latest = DayOf(s.Recorded.Time().Date())
	}
	if s.Negated && !s.Kind.IsAct() { // "has never been": not so when it was published
		return When{cmp.Or(s.Document.Published.Earliest, latest), latest}
	}
	return When{0, latest}
}

// View is the log as the clocks show it, with the decisions applied. It is
// made by Log.View and only read after that.
type View struct {
	Clocks    Clocks
	polities  Polities
	claims    []*Stated // in order of date, each once
	heirs     []*Stated // those of them that may tell of a succession
	decisions []Decision
}

// View shows the log by the clocks. The order of the log does not matter, and
// what stands in it twice counts once. A nil polities knows no lifetimes and no
// successions but those that claims tell.
func (l Log) View(c Clocks, p Polities) *View {
	if p == nil {
		p = noPolities{}
	}
	v := &View{Clocks: c, polities: p, decisions: l.decided(c)}
	docs := l.shown(c)
	origins := originsOf(docs)
	editor := newEditor(v.decisions)
	ruled := editor.ruled(l.Claims)
	for i := range l.Claims {
		claim := &l.Claims[i]
		doc := docs[claim.document()]
		if doc == nil || !c.Known(claim.Recorded) || ruled.covers(claim, editor) {
			continue
		}
		if s := editor.edit(claim, doc); s != nil {
			s.origin = origins[doc.ID]
			v.claims = append(v.claims, s)
		}
	}
	v.claims = once(v.claims)
	for _, s := range v.claims {
		if s.Kind == Succession || s.Kind == Recognition {
			v.heirs = append(v.heirs, s)
		}
	}
	return v
}

// document is the document of the first citation, "" with none.
func (c *Claim) document() DocumentID {
	if len(c.Citations) == 0 {
		return ""
	}
	return c.Citations[0].Document
}

// shown are the documents that had been published and were known.
func (l Log) shown(c Clocks) map[DocumentID]*Document {
	docs := make(map[DocumentID]*Document, len(l.Documents))
	for i := range l.Documents {
		d := &l.Documents[i]
		if former := docs[d.ID]; former != nil && !d.Recorded.Time().Before(former.Recorded.Time()) {
			continue
		}
		if c.Known(d.Recorded) && c.Published(d.Published) {
			docs[d.ID] = d
		}
	}
	return docs
}

// decided are the decisions known by then that stand, in order, each once.
func (l Log) decided(c Clocks) []Decision { return standing(l.made(c)) }

// Standing are the decisions known by then that were not taken back, in order.
func (l Log) Standing(c Clocks) []Decision { return l.decided(c) }

// standing leaves out the decisions that were taken back, and those that take
// them back. Only a later decision takes one back.
func standing(ds []Decision) []Decision {
	undone := map[DecisionID]bool{}
	for i := range slices.Backward(ds) {
		if d := &ds[i]; d.Verdict == Undo && !undone[d.ID] {
			undone[d.Undoes] = true
		}
	}
	return slices.DeleteFunc(ds, func(d Decision) bool { return d.Verdict == Undo || undone[d.ID] })
}

// made are the decisions known by then, in order, each once.
func (l Log) made(c Clocks) []Decision {
	var out []Decision
	for _, d := range l.Decisions {
		if c.Known(d.Recorded) {
			if d.ID == "" {
				d.ID = d.Identity()
			}
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b Decision) int {
		return cmp.Or(a.Made().Time().Compare(b.Made().Time()), strings.Compare(string(a.ID), string(b.ID)))
	})
	return slices.CompactFunc(out, func(a, b Decision) bool { return a.ID == b.ID })
}

// once sorts the claims by date and keeps one of those that say the same of the
// same document with the same source: the accepted, else the newest reading.
func once(claims []*Stated) []*Stated {
	at := make(map[ClaimID]int, len(claims))
	out := claims[:0]
	for _, s := range claims {
		i, again := at[s.ID]
		switch {
		case !again:
			at[s.ID] = len(out)
			out = append(out, s)
		case s.Recorded.Time().After(out[i].Recorded.Time()):
			out[i] = s
		}
	}
	out = oneOfEach(out)
	sortByTime(out)
	return out
}

// telling is what two claims that say the same have in common at least.
type telling struct {
	document DocumentID
	source   string
	kind     Kind
	phase    Phase
	when     When
}

func (s *Stated) telling() telling {
	return telling{s.Document.ID, s.Source, s.Kind, s.Phase, s.When}
}

// oneOfEach keeps one of those that say the same. Whole keys are written only
// where two may.
func oneOfEach(claims []*Stated) []*Stated {
	many := make(map[telling]int, len(claims))
	for _, s := range claims {
		many[s.telling()]++
	}
	type key struct {
		telling
		core string
	}
	best := map[key]*Stated{}
	out := claims[:0]
	for _, s := range claims {
		if many[s.telling()] == 1 {
			out = append(out, s)
			continue
		}
		k := key{s.telling(), s.Core.Key()}
		if other := best[k]; other == nil || better(s, other) {
			best[k] = s
		}
	}
	return append(out, slices.Collect(maps.Values(best))...)
}

func better(a, b *Stated) bool {
	if len(a.Decisions) != len(b.Decisions) {
		return len(a.Decisions) > len(b.Decisions)
	}
	if d := a.Recorded.Time().Compare(b.Recorded.Time()); d != 0 {
		return d > 0
	}
	return a.ID < b.ID
}

// dated is a claim with what it is ordered by.
type dated struct {
	hi, lo, published Day
	*Stated
}

func (s *Stated) dated() dated {
	w := s.Time()
	return dated{w.hi(), w.lo(), s.Document.Published.hi(), s}
}

// compare orders claims by the time of what they say, then by publication, then
// by name.
func (a dated) compare(b dated) int {
	switch {
	case a.hi != b.hi:
		return cmp.Compare(a.hi, b.hi)
	case a.lo != b.lo:
		return cmp.Compare(a.lo, b.lo)
	case a.published != b.published:
		return cmp.Compare(a.published, b.published)
	}
	return strings.Compare(string(a.ID), string(b.ID))
}

func byTime(a, b *Stated) int { return a.dated().compare(b.dated()) }

func sortByTime(claims []*Stated) {
	all := make([]dated, len(claims))
	for i, s := range claims {
		all[i] = s.dated()
	}
	slices.SortFunc(all, dated.compare)
	for i := range all {
		claims[i] = all[i].Stated
	}
}

// Claims are all claims shown, in order of date.
func (v *View) Claims() []*Stated { return slices.Clone(v.claims) }

// Chronicle is everything that is told of one of a, or of one of a and one of b
// where there are any, in order of date.
func (v *View) Chronicle(a, b []string) []*Stated {
	var out []*Stated
	for _, s := range v.claims {
		if s.Core.has(a) && (len(b) == 0 || s.Core.has(b)) {
			out = append(out, s)
		}
	}
	return out
}

type noPolities struct{}

func (noPolities) Lifetime(string) When         { return When{} }
func (noPolities) Predecessors(string) []string { return nil }
func (noPolities) Successors(string) []string   { return nil }
