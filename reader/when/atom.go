package when

import (
	"unicode"
	"unicode/utf8"

	"demarche/record"
)

// atomKind is the sort of an atom.
type atomKind uint8

const (
	aWord atomKind = iota
	aNumber
	aDash // hyphen, dash or minus
	aMark // any other sign
)

// atom is a word, a figure or a sign: the smallest piece that dates are read
// from.
type atom struct {
	start, end int // bytes in the source
	lex        lexeme
	val        int // of a figure
	digits     int
	kind       atomKind
	mark       byte // the sign, where it is ASCII
	space      bool // white space stands before it
	capital    bool // begins with a capital
	upper      bool // more than one letter, all capitals
	ordinal    bool // 13th
	plural     bool // 1990s
	bad        bool // a figure that is no bare number: 1,500, 1.65, $20, 40%
}

// parser holds one sentence as atoms. Its buffers are kept between sentences.
type parser struct {
	finder *Finder
	src    string
	a      []atom
	low    [24]byte
	from   int // byte at which the sentence begins
	pub    record.When
}

// load splits src[from:to] and reports whether anything in it can be of a date.
func (p *parser) load(from, to int) bool {
	p.a, p.from = p.a[:0], from
	live, space := false, false
	for i := from; i < to; {
		r, size := utf8.DecodeRuneInString(p.src[i:to])
		if unicode.IsSpace(r) {
			space, i = true, i+size
			continue
		}
		n := len(p.a)
		i = p.next(i, to, r, size)
		x := &p.a[n]
		x.space, space = space, false
		live = live || p.starts(x)
	}
	return live
}

// starts reports whether an expression can contain x as its telling word.
func (p *parser) starts(x *atom) bool {
	switch x.lex.class {
	case cNone, cOther, cNumber, cOrdinal, cPart:
		return x.kind == aNumber || x.kind == aWord && (p.periodWord(x) || p.telling(x))
	}
	return true
}

func (p *parser) telling(x *atom) bool {
	switch string(p.lower(x)) {
	case "then", "time", "recently", "lately", "annually", "present", "centenary", "centennial", "night", "morning", "afternoon", "evening":
		return true
	}
	return false
}

func (p *parser) next(i, to int, r rune, size int) int {
	switch {
	case r >= '0' && r <= '9':
		return p.number(i, to)
	case unicode.IsLetter(r):
		return p.word(i, to, r)
	case r == '-' || r >= 0x2010 && r <= 0x2015 || r == 0x2212:
		p.a = append(p.a, atom{start: i, end: i + size, kind: aDash})
	case r == '’' || r == '‘':
		p.a = append(p.a, atom{start: i, end: i + size, kind: aMark, mark: '\''})
	default:
		x := atom{start: i, end: i + size, kind: aMark}
		if r < 0x80 {
			x.mark = byte(r)
		} else if r == '£' || r == '€' || r == '¥' {
			x.mark = '$'
		}
		p.a = append(p.a, x)
	}
	return i + size
}

func (p *parser) word(i, to int, first rune) int {
	j, upper := i, true
	for j < to {
		r, size := utf8.DecodeRuneInString(p.src[j:to])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			break
		}
		upper = upper && !unicode.IsLower(r)
		j += size
	}
	x := atom{start: i, end: j, kind: aWord, capital: unicode.IsUpper(first)}
	x.upper = upper && j-i > 1
	x.lex = lexicon[string(p.lower(&x))]
	p.a = append(p.a, x)
	return j
}

// number reads a figure with what clings to it.
func (p *parser) number(i, to int) int {
	j, val := i, 0
	for j < to && digit(p.src[j]) {
		if val < 1e6 {
			val = val*10 + int(p.src[j]-'0')
		}
		j++
	}
	x := atom{start: i, end: j, kind: aNumber, val: val, digits: j - i}
	if n := len(p.a); n > 0 && p.a[n-1].mark == '$' {
		x.bad = true
	}
	j = p.tail(&x, j, to)
	x.end = j
	p.a = append(p.a, x)
	return j
}

// tail reads what follows the digits of x at j: groups, decimals, suffixes.
func (p *parser) tail(x *atom, j, to int) int {
	s := p.src[:to]
	for j+3 < to && s[j] == ',' && digit(s[j+1]) && digit(s[j+2]) && digit(s[j+3]) && (j+4 == to || !digit(s[j+4])) {
		x.bad, j = true, j+4
	}
	if k := digitsAt(s, j+1); j < to && s[j] == '.' && k > j+1 && !(k < to && s[k] == '.' && digitsAt(s, k+1) > k+1) && !x.dotted(p) {
		x.bad, j = true, k
	}
	if j >= to {
		return j
	}
	if s[j] == '%' {
		x.bad = true
		return j
	}
	k := j
	for k < to && letter(s[k]) {
		k++
	}
	return x.suffix(s[j:k], j, k < to && digit(s[k]))
}

// dotted reports whether x is the second or third part of 21.10.2020.
func (x *atom) dotted(p *parser) bool {
	n := len(p.a)
	return n >= 2 && p.a[n-1].mark == '.' && p.a[n-1].end == x.start && p.a[n-2].kind == aNumber && p.a[n-2].end == p.a[n-1].start
}

// suffix reads letters that follow the digits at j and returns where x ends.
func (x *atom) suffix(s string, j int, digitAfter bool) int {
	switch s {
	case "":
	case "st", "nd", "rd", "th":
		x.ordinal = true
		return j + 2
	case "s":
		x.plural = true
		return j + 1
	case "T":
		x.bad = x.bad || !digitAfter
	default:
		x.bad = true
	}
	return j
}

func digit(b byte) bool  { return b >= '0' && b <= '9' }
func letter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func digitsAt(s string, i int) int {
	for i < len(s) && digit(s[i]) {
		i++
	}
	return i
}

// lower returns a short word in lower case, valid until the next call; long
// words are in no list and give nothing.
func (p *parser) lower(x *atom) []byte {
	w := p.src[x.start:x.end]
	if len(w) > len(p.low) {
		return nil
	}
	for i := 0; i < len(w); i++ {
		b := w[i]
		if b >= 'A' && b <= 'Z' {
			b += 'a' - 'A'
		}
		p.low[i] = b
	}
	return p.low[:len(w)]
}
