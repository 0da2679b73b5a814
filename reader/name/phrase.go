package name

import (
	"slices"
	"strings"

	"demarche/text"
)

// phrase is a post with the words about it: "former Thai foreign minister",
// "the ambassadors of A and B to C".
type phrase struct {
	start, end  int     // parts [start, end), without article
	post        int     // part of the (first) post
	more        []joint // posts joined to it: "prime minister and foreign minister"
	of          string
	sure        bool     // of is told
	bare        bool     // no words beside it tell it
	ofAll       []string // "presidents of A, B and C"
	to          []string // accredited to
	owner       int      // part of the person or pronoun that it is of, -1
	det         string   // "the", "a", "its", "his", "" ...
	status      Held     // Former, Then, ...
	named       bool     // a name is attached
	before      *phrase  // the phrase before it in the text, and
	after       *phrase  // the one after it
	vague       bool     // "of the country"
	context     string   // "the post of", ...
	counterpart bool
	held        []Held // what it tells of its bearer
	begins      bool   // "was appointed", "presented credentials"
	apposed     bool   // it stands after the name
	past        bool   // "was", "served as"
	from, until int    // "from 1999 to 2013": years, 0 where not told
	organ       bool   // of an organ of a body: "AU Commission"
	genitive    bool   // "Peru's foreign minister"
	presented   int    // part of the title of whom credentials were presented to, 0 for none
	org         string // "Federation Council" in "Federation Council Speaker"
}

// joint is a post joined to a phrase by "and", with its own status words.
type joint struct {
	post   int // part
	status Held
}

// findPhrases reads a phrase around every post.
func (r *reader) findPhrases() {
	for k := range r.parts {
		if p := &r.parts[k]; p.kind == pPost && !r.joined(k) {
			f := r.phrase(k)
			if n := len(r.phrases); n > 0 {
				f.before, r.phrases[n-1].after = r.phrases[n-1], f
			}
			r.phrases = append(r.phrases, f)
		}
	}
}

// joined reports whether the post at k is already in the last phrase.
func (r *reader) joined(k int) bool {
	n := len(r.phrases)
	return n > 0 && (k < r.phrases[n-1].end || slices.ContainsFunc(r.phrases[n-1].more, func(j joint) bool { return j.post == k }))
}

func (r *reader) phrase(k int) *phrase {
	f := &phrase{start: k, end: k + 1, post: k, owner: -1, counterpart: r.parts[k].post == nil}
	f.status.Elect = strings.HasSuffix(r.lows[max(0, r.parts[k].span.End-1)], "elect")
	if r.parts[k].dup == 0 {
		r.premodify(f)
	}
	f.end = r.complement(f, k+1)
	if f.start == k && quoteMark(r.low(k-1)) && quoteMark(r.low(f.end)) {
		g := *f
		g.start, g.end = k-1, f.end+1
		if r.premodify(&g); g.det != "" || g.of != "" || g.owner >= 0 {
			*f = g // its "foreign minister"
		}
	}
	r.coordinate(f)
	f.status.Former = f.status.Former || r.termOver(f)
	return f
}

// premodify takes in what stands before a post: status words, adjectives,
// possessors.
func (r *reader) premodify(f *phrase) {
	for k := f.start - 1; k >= 0 && r.parts[k].sent == r.parts[f.post].sent; k-- {
		p := &r.parts[k]
		switch {
		case p.kind == pStatus && p.cue&beginVerb != 0 && k > 0 && r.parts[k-1].cue&verbal != 0:
			return // "was appointed ambassador"
		case p.kind == pStatus:
			f.status.mark(p.cue)
			f.start = k
		case p.kind == pPunct && k > 0 && hyphen(p.low) && r.parts[k-1].cue&anyStatus != 0:
			f.start = k
		case p.kind == pAdj && r.parts[f.post].plural && f.of == "" && r.adjectives(f, k) > 1:
			f.start = r.firstOf(k)
			k = f.start
		case (p.kind == pAdj || p.kind == pPolity || p.kind == pBody) && f.of == "" && f.owner < 0 && r.premodifies(k):
			f.of, _, f.sure = r.link(p)
			f.start = k
			f.organ = f.organ || p.kind == pBody && r.lowsHave(p.span, organHead)
		case p.kind == pCity && f.of == "" && f.owner < 0 && r.parts[k+1].kind == pPost && k > 0 && r.parts[k-1].kind != pWord:
			f.of, _, f.sure = r.link(p)
			f.start = k
		case p.kind == pOrg && f.org == "" && f.of == "":
			f.org, f.start = r.text(p.span), k
		case p.kind == pGen && k > 0 && f.owner < 0 && (f.of == "" || f.counterpart && r.parts[k-1].kind == pName):
			if !r.possessor(f, k-1) {
				return
			}
			k--
		default:
			r.determiner(f, k)
			return
		}
	}
}

// adjectives reads "Turkish and Greek", "Thai, Lao and Burmese" that end at
// part k before a plural post, into ofAll; it returns how many there are.
func (r *reader) adjectives(f *phrase, k int) int {
	f.ofAll = nil
	for j := r.firstOf(k); j <= k; j++ {
		if r.parts[j].kind == pAdj {
			id, _, _ := r.link(&r.parts[j])
			f.ofAll = append(f.ofAll, id)
		}
	}
	n := len(f.ofAll)
	if n < 2 {
		f.ofAll = nil
	}
	return n
}

// firstOf is the first part of the list of adjectives that ends at part k.
func (r *reader) firstOf(k int) int {
	for k > 1 && (r.low(k-1) == "and" || r.parts[k-1].kind == pComma) && r.parts[k-2].kind == pAdj && r.parts[k-2].sent == r.parts[k].sent {
		k -= 2
	}
	return k
}

// premodifies reports whether the known name at k stands before the post
// itself and is not the end of another phrase ("visited Russia President").
func (r *reader) premodifies(k int) bool {
	p := &r.parts[k]
	if p.kind == pAdj || p.kind == pBody || k == 0 {
		return true
	}
	switch r.parts[k-1].low {
	case "of", "in", "to", "from", "with", "and":
		return r.parts[k-1].low == "and" && r.parts[k+1].kind == pPost
	}
	return true
}

func quoteMark(s string) bool {
	switch s {
	case "\"", "“", "”", "'", "‘", "’", "''", "``":
		return true
	}
	return false
}

func hyphen(s string) bool { return s == "-" || s == "‐" || s == "‑" }

// mark sets what a status word says.
func (h *Held) mark(c cue) {
	h.Former = h.Former || c&statusFormer != 0
	h.Then = h.Then || c&statusThen != 0
	h.Late = h.Late || c&statusLate != 0
	h.Elect = h.Elect || c&statusElect != 0
	h.Acting = h.Acting || c&statusActing != 0
}

// possessor reads "Russia 's", "Silva 's", "the organisation 's" before a
// post.
func (r *reader) possessor(f *phrase, k int) bool {
	p := &r.parts[k]
	switch p.kind {
	case pPolity, pAdj, pCity, pBody:
		f.of, _, f.sure = r.link(p)
	case pName:
		f.owner = k
		for k > 0 && r.parts[k-1].kind == pHon {
			k--
		}
	case pOrg:
		f.org, f.sure = r.text(p.span), true
	case pPunct:
		if p.low == "\\" && k > 0 {
			return r.possessor(f, k-1) // a page that printed "\'s"
		}
		return false
	default:
		f.det = "'s" // "the island's new premier"
		return false
	}
	f.start, f.genitive = k, true
	return true
}

// determiner takes note of the article or pronoun before a phrase.
func (r *reader) determiner(f *phrase, k int) {
	p := &r.parts[k]
	switch p.low {
	case "the", "a", "an", "our", "their", "both", "two", "three", "four":
		f.det = p.low
	case "its", "his", "her", "whose":
		f.det, f.owner = p.low, k
	}
}

// complement reads "of X", "to X", "for X" after a post and returns where the
// phrase ends.
func (r *reader) complement(f *phrase, k int) int {
	for range 3 {
		next := r.oneComplement(f, k)
		if next == k {
			return k
		}
		k = next
	}
	return k
}

func (r *reader) oneComplement(f *phrase, k int) int {
	if r.low(k) == "-" && r.cues[r.low(k+1)]&statusElect != 0 {
		f.status.Elect = true
		return k + 2
	}
	if n := r.atTheTime(k); n > 0 {
		f.status.Then = true
		return k + n
	}
	prep := r.low(k)
	if prep == "-" || k >= len(r.parts) || r.parts[k].sent != r.parts[f.post].sent {
		return k
	}
	j := k + 1
	for j < len(r.parts) && (r.low(j) == "the" || r.low(j) == "both") {
		j++
	}
	if j >= len(r.parts) || r.parts[j].sent != r.parts[f.post].sent {
		return k
	}
	switch prep {
	case "of":
		return r.ofWhat(f, k, j)
	case "to":
		if !r.mission(f) && !r.envoy(f) && r.class(f) != "excluded" && r.class(f) != "adviser" {
			return k
		}
		return r.toWhom(f, k, j)
	case "from":
		if f.counterpart && linkedKind(r.parts[j].kind) && f.of == "" {
			f.of, _, f.sure = r.link(&r.parts[j])
			return j + 1
		}
	case "for", "in", "at", "on":
		return r.forWhat(f, k, j, prep)
	}
	return k
}

// ofWhat reads what a post is of.
func (r *reader) ofWhat(f *phrase, k, j int) int {
	p := &r.parts[j]
	switch {
	case p.kind == pAdj && j+1 < len(r.parts) && r.parts[j+1].kind == pPost && r.nameAt(j+2) && r.class(f) == "excluded":
		return j + 2 // "adviser of the Russian President X"
	case linkedKind(p.kind) && f.org != "" && (strings.HasPrefix(r.class(f), "head of") || r.class(f) == "deputy head"):
		f.org += " of " + r.text(p.span) // "vice president of the Bank of X"
		return j + 1
	case linkedKind(p.kind) && (f.of == "" || r.parts[f.post].plural):
		if r.parts[f.post].plural {
			return r.ofMany(f, j)
		}
		f.of, _, f.sure = r.link(p)
		f.organ = p.kind == pBody && r.lowsHave(p.span, organHead)
		return r.wholeOrgan(f, j+1)
	case (p.kind == pOrg || p.kind == pWord && capital(r.forms[p.span.Start])) && f.org == "" && r.class(f) != "excluded" && !r.parts[f.post].plural:
		f.org = r.text(p.span)
		return j + 1
	case p.kind == pName && r.low(k+1) == "the" && f.org == "":
		f.org = r.text(p.span) // "president of the Friends of ..."
		return j + 1
	case p.kind == pName && (r.mission(f) || r.envoy(f)) && r.low(j+1) == "in":
		f.owner = j
		return j + 1 // "the ambassador of X in Caracas, Y"
	case p.kind == pPost && p.post != nil && !p.post.Excluded(), p.kind == pName, p.kind == pHon:
		f.context = "of person"
		f.owner = j
		return k
	case p.cue&(polityNoun|bodyNoun) != 0 && r.low(k+1) == "the":
		f.vague = true
		return j + 1
	}
	return k
}

// wholeOrgan steps over an organ after the polity or body: "of the AU
// Commission".
func (r *reader) wholeOrgan(f *phrase, j int) int {
	if j < len(r.parts) && capital(r.form(j)) && r.parts[j].cue&(groupHead|modifier) != 0 && r.parts[j].kind != pPost {
		f.org = r.text(r.parts[j].span)
		return j + 1
	}
	return j
}

func linkedKind(k partKind) bool { return k == pPolity || k == pAdj || k == pCity || k == pBody }

// ofMany reads "of A, B and C" after a plural.
func (r *reader) ofMany(f *phrase, j int) int {
	end := j
	for j < len(r.parts) && r.parts[j].sent == r.parts[f.post].sent {
		p := &r.parts[j]
		switch {
		case linkedKind(p.kind):
			id, _, _ := r.link(p)
			f.ofAll = append(f.ofAll, id)
			end = j + 1
		case p.kind == pComma, p.low == "and", p.low == "the", p.low == "as", p.low == "well":
		default:
			j = len(r.parts)
		}
		j++
	}
	if len(f.ofAll) == 1 {
		f.of, f.sure = f.ofAll[0], true
	}
	return end
}

// toWhom reads to whom a mission is accredited.
func (r *reader) toWhom(f *phrase, k, j int) int {
	end := k
	if r.parts[j].cue&government != 0 && r.low(j+1) == "of" {
		if j += 2; r.low(j) == "the" {
			j++ // "to the Government of the United States"
		}
	}
	for j < len(r.parts) && r.parts[j].sent == r.parts[f.post].sent {
		p := &r.parts[j]
		switch {
		case linkedKind(p.kind) && j+1 < len(r.parts) && r.parts[j+1].kind == pPost:
			return j + 2 // "aide to the Russian President"
		case linkedKind(p.kind):
			id, _, _ := r.link(p)
			f.to = append(f.to, id)
			end = j + 1
		case end > k && (p.low == "and" || p.low == "the") && j+1 < len(r.parts) && linkedKind(r.parts[j+1].kind):
		case end == k && p.kind == pPost && r.low(j-1) != "the" && r.nameAt(j+1):
			return k // "counsellor to King X"
		case end == k && (p.kind == pOrg || p.kind == pPost):
			return j + 1
		default:
			return end
		}
		j++
	}
	return end
}

// forWhat steps over "for Syria", "in Juba"; an embassy tells to whom.
func (r *reader) forWhat(f *phrase, k, j int, prep string) int {
	p := &r.parts[j]
	switch {
	case linkedKind(p.kind):
		id, _, _ := r.link(p)
		if prep == "in" || prep == "at" {
			if !r.mission(f) {
				return k
			}
			f.to = append(f.to, id)
		} else if prep == "for" && f.of == "" && !r.mission(f) && !r.envoy(f) {
			f.of, f.sure = id, true
		}
		return j + 1
	case prep == "for" && (p.kind == pOrg || p.kind == pTreaty || p.kind == pPlace || p.kind == pName || p.kind == pWord && capital(r.form(j))):
		first := p.kind
		j++
		for first == pWord && j < len(r.parts) && r.parts[j].sent == p.sent &&
			(capital(r.form(j)) && r.parts[j].kind != pPost || r.low(j) == "and" && j+1 < len(r.parts) && capital(r.form(j+1))) {
			j++
		}
		return j
	}
	return k
}

func (r *reader) class(f *phrase) string {
	if p := r.parts[f.post].post; p != nil {
		return p.Class
	}
	return ""
}

func (r *reader) mission(f *phrase) bool { return r.class(f) == "head of mission" }
func (r *reader) envoy(f *phrase) bool   { return r.class(f) == "envoy" }

// coordinate joins a second post of the same holder: "Prime Minister and
// Foreign Minister [of Y] X".
func (r *reader) coordinate(f *phrase) {
	for r.parts[f.post].dup == 0 {
		k := f.end
		if r.low(k) != "and" || k+1 >= len(r.parts) || r.parts[f.post].plural {
			return
		}
		j, status := k+1, f.status
		for j < len(r.parts) && r.parts[j].kind == pStatus {
			if j == k+1 {
				status = Held{} // "former foreign minister and current deputy prime minister"
			}
			status.mark(r.parts[j].cue)
			j++
		}
		if j >= len(r.parts) || r.parts[j].kind != pPost || r.parts[j].plural || r.parts[j].post == nil || r.parts[j].sent != r.parts[k].sent {
			return
		}
		second := &phrase{start: j, end: j + 1, post: j, owner: -1}
		second.end = r.complement(second, j+1)
		if f.det == "the" && f.of == "" && second.of == "" && !r.apposed(f, second.end) {
			return // "The Vice President and Prime Minister X" are two
		}
		if !r.nameAt(second.end) && f.det != "a" && !r.apposed(f, second.end) {
			return
		}
		if f.of == "" {
			f.of, f.sure = second.of, second.sure
		}
		f.more, f.end = append(f.more, joint{j, status}), second.end
	}
}

// nameAt reports whether a person's name begins at part k, honorifics before
// it allowed.
func (r *reader) nameAt(k int) bool {
	for k < len(r.parts) && r.parts[k].kind == pHon {
		k++
	}
	return k < len(r.parts) && r.parts[k].kind == pName
}

// apposed reports whether a phrase stands between commas after a name.
func (r *reader) apposed(f *phrase, end int) bool {
	k := f.start - 1
	if f.det != "" {
		k--
	}
	return k > 0 && r.parts[k].kind == pComma && (r.parts[k-1].kind == pName) && r.closes(end)
}

// closes reports whether an apposition can end before part k.
func (r *reader) closes(k int) bool {
	return k >= len(r.parts) || r.parts[k].kind == pComma || r.parts[k].kind == pPunct
}

func (r *reader) low(k int) string {
	if k < 0 || k >= len(r.parts) {
		return ""
	}
	return r.parts[k].low
}

func (r *reader) form(k int) string { return r.forms[r.parts[k].span.Start] }

// text is the source between the first and the last token of a span, blanks
// made single.
func (r *reader) text(s text.Span) string {
	if s.Start >= s.End {
		return ""
	}
	t := r.doc.Source[r.doc.Tokens[s.Start].Start:r.doc.Tokens[s.End-1].End]
	return strings.Join(strings.Fields(t), " ")
}
