package name

import (
	"slices"
	"strings"
	"unicode"

	"demarche/text"
)

// nameStart reports whether a capitalised run of unknown words begins here.
func (s *scanner) nameStart(i int, sent text.Span) bool {
	c := s.cues[s.lows[i]]
	if c&particle != 0 && s.articled(i) {
		return true
	}
	if !capital(s.forms[i]) || c&(function|timeWord) != 0 {
		return false
	}
	if i == sent.Start && s.lowered[s.lows[i]] {
		return false // "Talks began": a common word at the head of a sentence
	}
	return true
}

// articled reports whether a small "al-" at token i, cut from its name, begins
// one after a title: "Mr al-Hakim".
func (s *scanner) articled(i int) bool {
	if i+2 >= len(s.forms) || !tight(s.doc, i+1) || !capital(s.forms[i+2]) || len(s.parts) == 0 {
		return false
	}
	last := &s.parts[len(s.parts)-1]
	return last.span.End == i && (last.kind == pHon || last.kind == pPost)
}

// insideName reports whether a known single word is here part of a person's
// name: "Mr. Jordan", "Chad Smith".
func (s *scanner) insideName(i, n int, sent text.Span) bool {
	if n != 1 {
		return false
	}
	k := len(s.parts)
	if k > 0 && s.parts[k-1].kind == pHon && s.parts[k-1].span.End == i {
		return true
	}
	if k > 0 && s.afterTitle(i) && s.firstName(i, sent) {
		return true
	}
	if k > 0 && s.parts[k-1].kind == pWord && s.parts[k-1].span.End == i && s.lows[i-1] != "and" && s.lows[i-1] != "by" {
		return false // "of Georgia Senator"
	}
	if s.cues[s.lows[i]]&givenName == 0 || i+1 >= sent.End || !capital(s.forms[i+1]) || s.cues[s.lows[i+1]] != 0 {
		return false
	}
	return s.firstName(i, sent)
}

// firstName reports whether the word after token i may be the family name to
// it: capitalised, unknown and no common word.
func (s *scanner) firstName(i int, sent text.Span) bool {
	if i+1 >= sent.End || !capital(s.forms[i+1]) || s.cues[s.lows[i+1]] != 0 {
		return false
	}
	if n, senses := s.known(i, sent.End); n > 0 && kindOf(senses) < pCity {
		if s.cues[s.lows[i]]&givenName == 0 {
			return false
		}
	}
	if n, _ := s.known(i+1, sent.End); n > 0 {
		return false
	}
	m, _ := s.post(i+1, sent.End)
	return m == 0
}

// afterTitle reports whether a title ends just before token i: a post, or
// "of X" after one.
func (s *scanner) afterTitle(i int) bool {
	k := len(s.parts) - 1
	if s.parts[k].span.End != i {
		return false
	}
	if linkedKind(s.parts[k].kind) && k > 1 && s.parts[k-1].low == "of" {
		k -= 2
	} else if linkedKind(s.parts[k].kind) && k > 2 && s.parts[k-1].low == "the" && s.parts[k-2].low == "of" {
		k -= 3
	}
	return s.parts[k].kind == pPost && !s.parts[k].plural
}

// nameRun adds the capitalised run at token i as one or two parts: a person's
// name, an organisation, a treaty, or an organisation and then a name.
func (s *scanner) nameRun(i int, sent text.Span) int {
	if end := s.groupAcross(i, sent); end > 0 {
		return s.addGroup(i, end, sent)
	}
	end := s.runEnd(i, sent)
	if k := s.twice(i, end); k > 0 {
		return s.addTwice(i, k, sent)
	}
	for n := 1; i+2*n < end; n++ {
		if slices.Equal(s.forms[i:i+n], s.forms[i+n:i+2*n]) {
			if first, rest := s.runOn(i + 2*n); rest != "" {
				return s.addOnce(i, n, first, rest, sent)
			}
		}
	}
	head := -1
	for j := i; j < end; j++ {
		if capital(s.forms[j]) && s.cues[s.lows[j]]&(groupHead|treatyHead) != 0 {
			head = j
		}
	}
	if head >= 0 {
		return s.addGroup(i, head+1, sent)
	}
	kind := s.runKind(i, end)
	if end == i+1 && acronym(s.forms[i]) && len(s.forms[i]) > 2 && i > 0 && s.forms[i-1] == "(" {
		kind = pOrg // an acronym that the text gives for a name it has just told
	}
	s.add(kind, i, end-i)
	return end
}

// runKind is what a run without head word is.
func (s *scanner) runKind(i, end int) partKind {
	if k := len(s.parts); k > 0 && s.parts[k-1].span.End == i && (s.parts[k-1].kind == pHon || s.parts[k-1].kind == pPost && !s.parts[k-1].plural && s.parts[k-1].post != nil && !s.parts[k-1].post.Excluded()) {
		return pName // "Mr. Hill", "President Park Chung-hee"
	}
	for j := i; j < end; j++ {
		if capital(s.forms[j]) && s.cues[s.lows[j]]&(modifier|geography) != 0 {
			return pWord
		}
	}
	return pName
}

// addGroup adds an organisation or treaty that ends at its head, with "of ..."
// where that belongs to it.
func (s *scanner) addGroup(i, end int, sent text.Span) int {
	kind := pOrg
	if s.cues[s.lows[end-1]]&treatyHead != 0 {
		kind = pTreaty
	}
	long := s.ofTail(end, sent.End, kind)
	if long == i+1 {
		kind = pWord // "the Council": a description, not a name
	}
	s.add(kind, i, long-i)
	return long
}

// ofTail extends a group over "of Ministers", "for Security and Cooperation";
// a polity stays outside it.
func (s *scanner) ofTail(end, limit int, kind partKind) int {
	for end+1 < limit {
		j := end
		switch s.lows[j] {
		case "of", "for", "on", "against", "and", "concerning":
		default:
			return end
		}
		if s.lows[j] == "and" && kind != pTreaty {
			return end
		}
		j++
		if j < limit && s.lows[j] == "the" {
			j++
		}
		first := j
		for j < limit && capital(s.forms[j]) && !s.stops(j, limit, kind) {
			j++
		}
		if j == first {
			return end
		}
		end = j
	}
	return end
}

// stops reports whether a token ends the tail of a group.
func (s *scanner) stops(j, limit int, kind partKind) bool {
	if n, senses := s.known(j, limit); n > 0 && kindOf(senses) <= pBody && kind != pTreaty {
		return true
	}
	_, post := s.post(j, limit)
	return post != nil && !post.Plural
}

// groupAcross finds an organisation whose name runs over a known name:
// "International Syria Support Group", "Moscow Conference".
func (s *scanner) groupAcross(i int, sent text.Span) int {
	n, _ := s.known(i, sent.End)
	if n == 0 && s.cues[s.lows[i]]&(modifier|geography) == 0 {
		return 0
	}
	across, head := n > 0, -1
	for j := i + max(n, 1); j < sent.End && capital(s.forms[j]); {
		if m, _ := s.post(j, sent.End); m > 0 {
			break
		}
		if m, _ := s.known(j, sent.End); m > 0 {
			across = true
			j += m
			continue
		}
		if s.cues[s.lows[j]]&(groupHead|treatyHead) != 0 {
			head = j
		}
		j++
	}
	if !across {
		return 0
	}
	return head + 1
}

// runEnd is where the capitalised run at token i ends.
func (s *scanner) runEnd(i int, sent text.Span) int {
	j := i + 1
	for j < sent.End {
		n := s.runStep(i, j, sent)
		if n == 0 {
			break
		}
		j += n
	}
	return j
}

// runStep is how many tokens at j go on with the name that began at i.
func (s *scanner) runStep(i, j int, sent text.Span) int {
	form, c := s.forms[j], s.cues[s.lows[j]]
	switch {
	case tight(s.doc, j):
		return 2
	case form == "," && j+1 < sent.End && s.cues[s.lows[j+1]]&suffix != 0 && strings.HasPrefix(s.lows[j+1], "j"):
		return 2
	case c&particle != 0 && !capital(form):
		for k := j + 1; k < sent.End && k <= j+3; k++ {
			if tight(s.doc, k) {
				continue
			}
			if capital(s.forms[k]) && s.cues[s.lows[k]]&function == 0 {
				if n, _ := s.known(k, sent.End); n > 0 {
					return 0
				}
				return k - j
			}
			if s.cues[s.lows[k]]&particle == 0 {
				return 0
			}
		}
		return 0
	case s.headline && s.titleCased(j):
		return 0
	case form == "May" && j == i+1 && (j+1 >= sent.End || !numeral(s.forms[j+1])):
		return 1 // "Theresa May", not "Monday May 2"
	case !capital(form) || c&(function|timeWord) != 0 || c&honorific != 0 && len(form) < 5 && strings.HasSuffix(form, "."):
		return 0
	}
	return s.runCapital(i, j, sent)
}

// titleCased reports whether a word of a headline is a common word with a
// capital: the text has it, or its stem, in small letters.
func (s *scanner) titleCased(j int) bool {
	low := s.lows[j]
	if s.cues[low]&headWord != 0 || s.lowered[low] {
		return true
	}
	for _, end := range []string{"s", "es", "ed", "d", "ing"} {
		if stem, ok := strings.CutSuffix(low, end); ok && len(stem) > 3 && s.lowered[stem] {
			return true
		}
	}
	return false
}

// runCapital decides on a capitalised word inside a run.
func (s *scanner) runCapital(i, j int, sent text.Span) int {
	if n, senses := s.known(j, sent.End); n > 0 {
		kind := kindOf(senses)
		if n == 1 && j == i+1 && (kind == pPlace || kind == pPolity && s.titled(i) && !s.goesOn(j+1, sent) || s.cues[s.lows[j]]&givenName != 0) || n == 1 && j > i && s.forms[j-1] == "-" {
			return 1
		}
		return 0
	}
	if n, post := s.post(j, sent.End); n > 0 {
		last := j+n >= sent.End || !capital(s.forms[j+n]) && s.lows[j+n] != "of"
		if post != nil && n == 1 && s.cues[s.lows[j]]&surnamePost != 0 && last {
			return 1
		}
		return 0
	}
	return 1
}

// titled reports whether a title ends just before token i.
func (s *scanner) titled(i int) bool {
	k := len(s.parts) - 1
	return k >= 0 && s.parts[k].span.End == i && (s.parts[k].kind == pHon || s.parts[k].kind == pPost && !s.parts[k].plural && s.parts[k].post != nil)
}

// goesOn reports whether a name that ends before token j is the owner of what follows, or
// the first half of a longer one.
func (s *scanner) goesOn(j int, sent text.Span) bool {
	return j < sent.End && (possessive(s.forms[j]) || capital(s.forms[j]))
}

// tight reports whether token i is a hyphen or apostrophe with no space on
// either side, and a word after it.
func tight(d *text.Doc, i int) bool {
	switch d.Form(i) {
	case "-", "‐", "‑", "'", "’":
		return i > 0 && i+1 < len(d.Tokens) && d.Tokens[i-1].End == d.Tokens[i].Start &&
			d.Tokens[i].End == d.Tokens[i+1].Start && letterFirst(d.Form(i+1))
	}
	return false
}

// twice finds a name that the page prints twice, the second time with the
// family name first and a post run on: "Ana Silva Silva AnaPresident of
// Brazil". It returns the length of the name, 0 where there is none.
func (s *scanner) twice(i, end int) int {
	for k := 2; k <= 4 && i+2*k <= end; k++ {
		if s.rotated(i, k) {
			return k
		}
	}
	return 0
}

// rotated reports whether the k tokens after i+k are those at i, the last
// first, with perhaps more letters run on at the end.
func (s *scanner) rotated(i, k int) bool {
	at := i + k
	for r := 1; r < k; r++ {
		ok := true
		for x := 0; x < k && ok; x++ {
			a, b := s.forms[i+(x+r)%k], s.forms[at+x]
			ok = a == b || x == k-1 && strings.HasPrefix(b, a) && capital(b[len(a):])
		}
		if ok {
			return true
		}
	}
	return false
}

// addTwice adds such a name, and the post that is run on to it.
func (s *scanner) addTwice(i, k int, sent text.Span) int {
	end := i + 2*k
	s.add(pName, i, 2*k).dup = k
	last := s.forms[end-1]
	for x := i; x < i+k; x++ {
		rest, ok := strings.CutPrefix(last, s.forms[x])
		if !ok || rest == "" {
			continue
		}
		s.forms[end-1] = rest
		if n, post := s.post(end-1, sent.End); n > 0 {
			p := s.add(pPost, end-1, n)
			p.span.Start = end
			p.post, p.plural, p.dup = post, false, 1
			end += n - 1
		}
		return end
	}
	return end
}

// runOn splits a token in which a given name and a post run together
// ("AnaPresident"); rest is "" where they do not.
func (s *scanner) runOn(i int) (first, rest string) {
	form := s.forms[i]
	small := false
	for at, c := range form {
		if small && unicode.IsUpper(c) {
			if n, _ := s.alm.MatchPost([]string{form[at:]}, 0); n > 0 {
				return form[:at], form[at:]
			}
		}
		small = unicode.IsLower(c)
	}
	return "", ""
}

// addOnce adds "Silva Silva AnaPresident of Brazil": the family name of n tokens,
// and then the whole with the post run on.
func (s *scanner) addOnce(i, n int, first, rest string, sent text.Span) int {
	at := i + 2*n
	p := s.add(pName, i, at+1-i)
	p.dup, p.full = n+1, first+" "+s.doc.Source[s.doc.Tokens[i].Start:s.doc.Tokens[i+n-1].End]
	s.forms[at] = rest
	m, post := s.post(at, sent.End)
	if m == 0 {
		return at + 1
	}
	q := s.add(pPost, at, m)
	q.span.Start, q.post, q.dup = at+1, post, 1
	return at + m
}
