package name

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"demarche/almanac"
	"demarche/record"
	"demarche/text"
)

// partKind is what a run of tokens is for the grammar of titles.
type partKind uint8

const (
	pWord   partKind = iota // any other word
	pPunct                  // any punctuation but a comma
	pComma                  // ,
	pGen                    // 's
	pPolity                 // noun, government, description
	pAdj                    // adjective or demonym
	pCity                   // capital or metonym
	pBody                   // organisation known to the almanac
	pPlace                  // place known to the almanac
	pTreaty                 // treaty known to the almanac, or by its head word
	pPost                   // post, post also of a counterpart
	pHon                    // honorific
	pStatus                 // former, then, late, acting, ...
	pName                   // capitalised run that may be a person
	pOrg                    // capitalised run with the head of an organisation
	pSkip                   // period, currency: nothing to link
)

// part is a run of tokens of one kind.
type part struct {
	kind   partKind
	span   text.Span
	senses []almanac.Sense
	post   *almanac.Post
	plural bool
	low    string // folded form of the (first) token
	cue    cue
	taken  bool   // stands in a mention
	dup    int    // of a name: tokens at its end that repeat it ("Alexander Lukashenko Lukashenko Alexander")
	full   string // the full name where the page runs it on, else ""
	sent   int
}

// scanner cuts a document into parts.
type scanner struct {
	doc      *text.Doc
	alm      *almanac.Almanac
	cues     cues
	alias    map[string][]almanac.Sense // acronyms that the text itself defines
	day      record.Day
	forms    []string
	lows     []string
	lowered  map[string]bool // words that the text also has in small letters
	parts    []part
	sent     int
	headline bool // words have capitals that are no names
}

func newScanner(alm *almanac.Almanac, cues cues, doc *text.Doc, day record.Day) *scanner {
	s := &scanner{day: day, doc: doc, alm: alm, cues: cues, forms: make([]string, len(doc.Tokens)),
		lows: make([]string, len(doc.Tokens)), lowered: map[string]bool{}}
	for i := range doc.Tokens {
		s.forms[i] = doc.Form(i)
		s.lows[i] = lower(s.forms[i])
		if low := s.lows[i]; low == s.forms[i] {
			s.lowered[s.lows[i]] = true
		}
	}
	return s
}

// headlineScanner is a scanner of a headline, which knows the small words of
// the text below it.
func headlineScanner(alm *almanac.Almanac, cues cues, doc, below *text.Doc, day record.Day) *scanner {
	s := newScanner(alm, cues, doc, day)
	s.headline = true
	for i := range below.Tokens {
		if form := below.Form(i); form == fold(form) {
			s.lowered[form] = true
		}
	}
	return s
}

// scan cuts every sentence into parts.
func (s *scanner) scan() []part {
	s.parts = make([]part, 0, len(s.doc.Tokens))
	for k, sent := range s.doc.Sents {
		s.sent = k
		for i := sent.Start; i < sent.End; {
			i = s.next(i, sent)
		}
	}
	return s.parts
}

// next adds the part that begins at token i and returns where it ends.
func (s *scanner) next(i int, sent text.Span) int {
	if end := s.prefixed(i, sent); end > i {
		return end
	}
	n, senses := s.known(i, sent.End)
	if k := s.named(i, sent.End); k > n {
		s.add(pOrg, i, k)
		return i + k
	}
	n, senses = s.beforePost(i, n, senses, sent.End)
	m, post := s.post(i, sent.End)
	if m > n && n > 0 && s.linkable(senses) && !strings.HasPrefix(post.Name, s.lows[i]) { // no "Commonwealth" + "secretary"
		if k, _ := s.post(i+n, sent.End); k == m-n {
			m = 0 // "Russian" + "president", though the almanac has both as one post
		}
	}
	if k := len(s.parts); m == 1 && k > 0 && s.parts[k-1].kind == pHon && s.parts[k-1].span.End == i && capital(s.forms[i]) && s.cues[s.lows[i]]&surnamePost != 0 {
		m = 0 // "Mr. King", "Mr. Amir Jamal"
	}
	switch {
	case m > n || m > 0 && m == n && post.Name == "chancellor":
		return s.addPost(i, m, post)
	case n == 1 && s.private(i, sent) > 0:
		end := s.private(i, sent)
		s.add(pOrg, i, end-i)
		return end
	case n > 0 && !s.insideName(i, n, sent):
		return s.addKnown(i, n, senses)
	}
	return s.plain(i, sent)
}

// named is how many tokens at i are the name of a group that is known by it alone
// ("Hezbollah", "al-Qaeda"), 0 where there is none. Short ones are in capitals.
func (s *scanner) named(i, limit int) int {
	phrase, best, large := "", 0, false
	for n := 0; n < 5 && i+n < limit; n++ {
		if s.forms[i+n] == "-" {
			continue
		}
		if phrase != "" {
			phrase += " "
		}
		phrase += s.lows[i+n]
		large = large || capital(s.forms[i+n])
		if large && s.cues[phrase]&namedGroup != 0 && (len(phrase) > 4 || strings.ToUpper(s.forms[i]) == s.forms[i]) {
			best = n + 1
		}
	}
	return best
}

// beforePost cuts a known name of n tokens at i to what stands before a post that
// begins within it and runs on behind it: "British Commonwealth" where "Secretary"
// follows.
func (s *scanner) beforePost(i, n int, senses []almanac.Sense, limit int) (int, []almanac.Sense) {
	for k := 1; k < n; k++ {
		if m, _ := s.post(i+k, limit); m <= n-k {
			continue
		}
		if short, own := s.known(i, i+k); short == k && s.linkable(own) {
			return short, own
		}
	}
	return n, senses
}

// private returns the end of a company or society whose name begins with a
// known name ("Russian Culture Association"), 0 where there is none.
func (s *scanner) private(i int, sent text.Span) int {
	if i+1 >= sent.End || !capital(s.forms[i+1]) {
		return 0
	}
	end := s.groupAcross(i, sent)
	if end > i+1 && s.cues[s.lows[end-1]]&privateHead != 0 {
		return end
	}
	return 0
}

// prefixed reads "ex-president", "then-minister" where they are one token: a
// status of no width and the post.
func (s *scanner) prefixed(i int, sent text.Span) int {
	prefix, rest, ok := strings.Cut(s.forms[i], "-")
	c := s.cues[fold(prefix)]
	if !ok || c&anyStatus == 0 {
		return i
	}
	whole := s.forms[i]
	if n, _ := s.post(i, sent.End); n > 0 {
		return i
	}
	s.forms[i] = rest
	n, post := s.post(i, sent.End)
	if n == 0 {
		s.forms[i] = whole
		return i
	}
	s.add(pStatus, i, 0).cue = c
	return s.addPost(i, n, post)
}

func (s *scanner) add(kind partKind, i, n int) *part {
	s.parts = append(s.parts, part{kind: kind, span: text.Span{Start: i, End: i + n}, low: s.lows[i], cue: s.cues[s.lows[i]], sent: s.sent})
	return &s.parts[len(s.parts)-1]
}

func (s *scanner) addPost(i, n int, post *almanac.Post) int {
	p := s.add(pPost, i, n)
	p.post, p.plural = post, post.Plural
	return i + n
}

func (s *scanner) addKnown(i, n int, senses []almanac.Sense) int {
	kind := kindOf(senses)
	p := s.add(kind, i, n)
	p.senses = senses
	return i + n
}

func kindOf(senses []almanac.Sense) partKind {
	switch x := &senses[0]; x.Kind {
	case almanac.KindPolity:
		switch x.Type {
		case "adjective", "demonym", "plural":
			return pAdj
		case "capital", "metonym":
			return pCity
		}
		return pPolity
	case almanac.KindBody:
		return pBody
	case almanac.KindPlace:
		return pPlace
	case almanac.KindTreaty:
		return pTreaty
	}
	return pSkip
}

func (s *scanner) linkable(senses []almanac.Sense) bool {
	switch kindOf(senses) {
	case pPolity, pAdj, pCity, pBody:
		return true
	}
	return false
}

// known returns the almanac's match at a token, cut to the sentence; words
// without capitals are never names.
func (s *scanner) known(i, limit int) (int, []almanac.Sense) {
	if !capital(s.forms[i]) {
		return 0, nil
	}
	if senses, ok := s.alias[s.forms[i]]; ok {
		return 1, senses
	}
	n, senses := s.alm.Match(s.forms[:limit], i)
	for n > 1 && possessive(s.forms[i+n-1]) {
		n--
	}
	if n == 0 {
		return 0, nil
	}
	if n == 1 && i+2 < limit && tight(s.doc, i+1) && capital(s.forms[i+2]) && s.prefix(i) {
		return 0, nil // "Indo-Pacific"
	}
	senses = s.current(senses)
	if len(senses) == 0 {
		return 0, nil
	}
	return n, s.choose(senses)
}

// prefix reports whether the word at token i is only the first half of a name
// whose other half means nothing by itself.
func (s *scanner) prefix(i int) bool {
	if !strings.HasSuffix(s.lows[i], "o") {
		return false
	}
	n, _ := s.alm.Match(s.forms, i+2)
	return n == 0
}

// current keeps the senses of the day, without a copy where all are of it.
func (s *scanner) current(senses []almanac.Sense) []almanac.Sense {
	for i := range senses {
		if !senses[i].On(s.day) || s.day != 0 && s.outdated(senses[i]) {
			return slices.DeleteFunc(almanac.Current(senses, s.day), s.outdated)
		}
	}
	return senses
}

// outdated reports whether a sense is a short form of a body that is not of the
// day: "the League" long after the League of Nations.
func (s *scanner) outdated(x almanac.Sense) bool {
	if x.Kind == almanac.KindBody && !strings.Contains(x.Form, " ") && x.Type != "acronym" {
		end := s.alm.Lifetime(x.ID).Latest
		return end != 0 && end < s.day
	}
	return x.Kind == almanac.KindBody && !x.On(s.day) && (x.Type != "name" || !strings.Contains(x.Form, " "))
}

// choose puts the likeliest sense first: a polity's own name before bodies,
// capitals and places, posts of the day before others.
func (s *scanner) choose(senses []almanac.Sense) []almanac.Sense {
	best := 0
	for i := range senses {
		if rankSense(&senses[i]) < rankSense(&senses[best]) {
			best = i
		}
	}
	if best == 0 {
		return senses
	}
	out := append([]almanac.Sense{senses[best]}, senses[:best]...)
	return append(out, senses[best+1:]...)
}

func rankSense(x *almanac.Sense) int {
	switch x.Kind {
	case almanac.KindPolity:
		switch x.Type {
		case "adjective":
			return 1
		case "demonym", "plural":
			return 2
		case "capital", "metonym":
			return 4
		case "former", "loose", "description":
			return 3
		}
		return 0
	case almanac.KindBody:
		return 3
	case almanac.KindTreaty:
		return 5
	case almanac.KindPlace:
		return 6
	}
	return 9
}

func (s *scanner) post(i, limit int) (int, *almanac.Post) {
	if !letterFirst(s.forms[i]) || s.lows[i] == "pm" && i > 0 && s.forms[i-1][0] >= '0' && s.forms[i-1][0] <= '9' { // "1:28 PM"
		return 0, nil
	}
	n, post := s.alm.MatchPost(s.forms[:limit], i)
	if n > 1 && possessive(s.forms[i+n-1]) {
		n, post = s.alm.MatchPost(s.forms[:i+n-1], i) // "the Pope's" is no plural
	}
	if k := s.bodyInside(i, n); k > 0 && post.Scope != "polity" {
		n, post = s.alm.MatchPost(s.forms[:i+k], i) // "chairman of the board [of the X]"
	}
	if n == 1 && s.forms[i] == "charge" {
		return 0, nil // no chargé
	}
	if s.cues[s.lows[i]]&chairWord != 0 && (n == 0 || post.Name == chairPost.Name) {
		if strings.HasSuffix(s.lows[i], "men") || s.lows[i] == "chairs" {
			return 1, chairPosts
		}
		return 1, chairPost
	}
	return n, post
}

// bodyInside returns how many of the n tokens of a post at i stand before "of"
// and a body with which it ends, 0 where it ends with none.
func (s *scanner) bodyInside(i, n int) int {
	for j := 1; j+1 < n; j++ {
		if s.lows[i+j] != "of" {
			continue
		}
		k := j + 1
		if s.lows[i+k] == "the" {
			k++
		}
		if m, senses := s.known(i+k, i+n); m > 0 && k+m == n && kindOf(senses) == pBody {
			return j
		}
	}
	return 0
}

// chairPost and chairPosts are the bare words "chair", "chairman" and their
// plurals, which are the almanac's posts only with a body.
var (
	chairPost  = &almanac.Post{Name: "chairman", Class: "head of body", Scope: "body", Source: "the words themselves"}
	chairPosts = &almanac.Post{Name: "chairman", Class: "head of body", Scope: "body", Plural: true, Source: "the words themselves"}
)

// plain adds a token that the almanac does not know, with those that belong
// to it.
func (s *scanner) plain(i int, sent text.Span) int {
	form, c := s.forms[i], s.cues[s.lows[i]]
	switch {
	case possessive(form):
		s.add(pGen, i, 1)
	case form == ",":
		s.add(pComma, i, 1)
	case !letterFirst(form):
		s.add(pPunct, i, 1)
	case c&counterpart != 0:
		s.add(pPost, i, 1)
	case capital(form) && c&honorific != 0 && s.addresses(i, sent.End):
		return s.honorifics(i, sent.End)
	case c&anyStatus != 0 && (!capital(form) || c&function == 0 || i == sent.Start):
		s.add(pStatus, i, 1)
	case s.nameStart(i, sent):
		return s.nameRun(i, sent)
	default:
		s.add(pWord, i, 1)
	}
	return i + 1
}

// addresses reports whether a capitalised word or another honorific follows,
// so that the honorific is one.
func (s *scanner) addresses(i, limit int) bool {
	j := i + 1
	if j < limit && s.forms[j] == "." {
		j++
	}
	return j < limit && (capital(s.forms[j]) || s.cues[s.lows[j]]&particle != 0)
}

func (s *scanner) honorifics(i, limit int) int {
	n := 1
	if i+1 < limit && s.forms[i+1] == "." {
		n++
	}
	s.add(pHon, i, n)
	return i + n
}

// lower is the folded form of a token, without the stop of an abbreviation.
func lower(form string) string {
	low := fold(form)
	if n := len(low); n > 2 && low[n-1] == '.' && low[n-2] != '.' {
		return low[:n-1]
	}
	return low
}

func possessive(form string) bool {
	switch form {
	case "'s", "’s", "'", "’", "'S", "’S":
		return true
	}
	return false
}

func capital(form string) bool {
	r, size := utf8.DecodeRuneInString(form)
	if unicode.IsUpper(r) {
		return true
	}
	// d'Estaing, l'Aquila, al-Assad
	if i := strings.IndexAny(form, "'’-"); i >= size && i <= 3 {
		_, w := utf8.DecodeRuneInString(form[i:])
		r, _ = utf8.DecodeRuneInString(form[i+w:])
		return unicode.IsUpper(r)
	}
	return false
}

func letterFirst(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.IsLetter(r)
}
