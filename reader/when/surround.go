package when

// surround reads what stands around an expression: its preposition, whether it
// is about, whether it qualifies a noun, and what the verbs say of past and
// future.
func (p *parser) surround(r *reading) {
	i := r.from - 1
	for ; i >= 0; i-- {
		if p.is(i, "about", "around", "circa", "roughly", "approximately", "nearly", "almost", "over", "some") && r.kind != Named && r.kind != Weekday {
			if p.is(i, "over", "around") && r.op == opWindow {
				break
			}
			r.approx = true
			continue
		}
		if p.is(i, "than") && p.is(i-1, "more", "less", "fewer") {
			r.approx = true
			i--
			continue
		}
		if !p.is(i, "the", "early", "late", "as", "year", "very") && !p.mark(i, '(') {
			break
		}
	}
	if p.in(i, preps) {
		r.prep = string(p.lower(&p.a[i]))
		if r.prep == "till" {
			r.prep = "until"
		}
	}
	if p.is(i, "to") && p.is(i-1, "prior") {
		r.prep = "before"
	} else if p.is(i, "to") && p.is(i-1, "up") {
		r.prep = "until"
	}
	r.attrib, r.aside = p.attributive(r), p.aside(r.from)
	p.setTense(r)
	r.dateline = p.dateline(r)
}

// aside reports whether the clause around atom i begins with "which" or "who"
// after a comma.
func (p *parser) aside(i int) bool {
	for k := i - 1; k >= 0 && k > i-14; k-- {
		if p.at(k).kind == aMark && (p.a[k].mark == ',' || p.a[k].mark == ';') {
			return p.is(k+1, "which", "who", "whose", "whom", "where")
		}
	}
	return false
}

// attributive reports whether a year qualifies the noun behind it.
func (p *parser) attributive(r *reading) bool {
	f := &r.fields
	if r.op != opFields || f.year == 0 || f.day > 0 || f.part != whole {
		return false
	}
	next := p.at(r.to)
	if next.kind != aWord || next.lex.isDate() || p.in(r.to, preps) {
		return false
	}
	return p.in(r.from-1, determiners) || p.is(r.from-1, "s") && p.mark(r.from-2, '\'')
}

// future and past are words that tell when the clause around them is.
var (
	future = wordSet("will shall due expected scheduled slated planned plans ll tomorrow upcoming forthcoming would")
	past   = wordSet("was were had did held met took came went left began became sent gave made won broke had brought said told saw lost set spoke flew put drew got held undertook rose fell chose grew knew wrote drove struck stood sat ran shot built bought fought laid paid led withdrew overthrew threw fled sought swore kept dealt")
)

// setTense tells a date without its year, or both ends of a span of such, what
// the verbs say.
func (p *parser) setTense(r *reading) {
	switch {
	case r.op == opSpan:
		t := p.tense(r)
		r.ends[0].tense, r.ends[1].tense = t, t
	case r.tense == 0 && r.op == opFields && r.fields.bare():
		r.tense = p.tense(r)
		if r.tense == 0 && (r.prep == "until" || r.prep == "by") {
			r.tense = 1
		}
	}
}

// tense weighs the words within the clause of r: the nearest that tells decides,
// those before it sooner than those behind.
func (p *parser) tense(r *reading) int {
	best, tense := 16, 0
	look := func(i, dist int) {
		if dist < best {
			if t := p.tenseAt(i); t != 0 {
				best, tense = dist, t
			}
		}
	}
	for d := 1; d < best && r.from-d >= 0 && !p.mark(r.from-d, ';'); d++ {
		look(r.from-d, d)
	}
	for d := 1; d < best && r.to+d-1 < len(p.a) && !p.mark(r.to+d-1, ';'); d++ {
		look(r.to+d-1, d+5)
	}
	return tense
}

func (p *parser) tenseAt(i int) int {
	x := p.at(i)
	if x.kind != aWord {
		return 0
	}
	w := string(p.lower(x))
	switch {
	case future[w]:
		return 1
	case w == "to" && p.is(i-1, "is", "are"):
		return 1
	case past[w], len(w) > 4 && w[len(w)-2:] == "ed" && !p.is(i-1, "be"):
		return -1
	}
	return 0
}

// dateline reports whether r stands between a place in capitals at the head of a
// paragraph and a dash.
func (p *parser) dateline(r *reading) bool {
	if r.from == 0 || r.from > 9 || r.op != opFields || !p.at(0).upper || !p.headsParagraph() {
		return false
	}
	for i := 0; i < r.from; i++ {
		if x := p.at(i); x.kind == aWord && !x.capital || x.kind == aNumber {
			return false
		}
	}
	j := r.to
	if p.mark(j, '.') || p.mark(j, ',') || p.mark(j, ')') {
		j++
	}
	if p.mark(j, '(') {
		for j < len(p.a) && !p.mark(j, ')') {
			j++
		}
		j++
	}
	return p.at(j).kind == aDash && j < len(p.a)
}

func (p *parser) headsParagraph() bool {
	for i := p.at(0).start - 1; i >= 0; i-- {
		switch p.src[i] {
		case ' ', '\t', '\r', '(', '"':
		case '\n':
			return true
		default:
			return false
		}
	}
	return true
}
