package almanac

import (
	"io/fs"
	"strconv"

	"demarche/record"
)

// loader gathers the files; the indexes are made when all are read.
type loader struct {
	a       *Almanac
	names   []entry[Sense]
	seen    map[sameSense]int // index into names
	titles  []entry[*Post]
	pending []pending
}

// sameSense is what makes two senses of one key the same: "US" and "U.S.".
type sameSense struct {
	key, id, in string
	kind        Kind
	from, to    record.Day
}

// pending is a mention of a polity or body, checked when all are known.
type pending struct {
	row  row
	name string
	body bool
}

// file is a data file with its columns and what reads a line of it.
type file struct {
	name    string
	columns []string
	read    func(*loader, row) error
}

// dataFiles are read in this order.
var dataFiles = []file{
	{"polities.tsv", []string{"code", "name", "start", "end", "iso2", "cow", "predecessors", "successors", "type", "source"}, (*loader).polity},
	{"bodies.tsv", []string{"body", "name", "founded", "ended", "seat", "type", "predecessors", "source"}, (*loader).body},
	{"names.tsv", []string{"polity", "form", "type", "from", "to", "source"}, (*loader).name},
	{"bodynames.tsv", []string{"body", "form", "type", "from", "to", "source"}, (*loader).bodyName},
	{"tiers.tsv", []string{"body", "rank", "tier", "wordings", "source"}, (*loader).tier},
	{"places.tsv", []string{"place", "polity", "from", "to", "type", "source"}, (*loader).place},
	{"posts.tsv", []string{"post", "class", "wordings", "scope", "source"}, (*loader).post},
	{"periods.tsv", []string{"wordings", "start", "end", "polity", "source"}, (*loader).period},
	{"currencies.tsv", []string{"code", "wordings", "symbols", "polity", "source"}, (*loader).currency},
	{"treaties.tsv", []string{"name", "wordings", "signed", "inforce", "ended", "source"}, (*loader).treaty},
}

// load reads all data files of a folder.
func load(data fs.FS) (*Almanac, error) {
	a := &Almanac{polities: map[string]*Polity{}, bodies: map[string]*Body{}, codeName: map[string][]Sense{}}
	l := &loader{a: a, seen: map[sameSense]int{}}
	for _, f := range dataFiles {
		text, err := fs.ReadFile(data, f.name)
		if err != nil {
			return nil, err
		}
		if err := readTable(f.name, text, f.columns, func(r row) error { return f.read(l, r) }); err != nil {
			return nil, err
		}
	}
	if err := l.checkPending(); err != nil {
		return nil, err
	}
	l.finish()
	return a, nil
}

// needPolity notes that a line names a polity, "" for none.
func (l *loader) needPolity(r row, codes ...string) {
	for _, c := range codes {
		l.pending = append(l.pending, pending{r, c, false})
	}
}

func (l *loader) checkPending() error {
	for _, p := range l.pending {
		known := l.a.polities[p.name] != nil
		if p.body {
			known = l.a.bodies[p.name] != nil
		}
		if !known && p.name != "" {
			return p.row.fail("%q is not in %s", p.name, map[bool]string{false: "polities.tsv", true: "bodies.tsv"}[p.body])
		}
	}
	return nil
}

// finish adds the names that follow from others and makes the indexes.
func (l *loader) finish() {
	for _, id := range l.a.bodyIDs {
		for _, p := range l.a.bodies[id].Predecessors {
			b := l.a.bodies[p]
			b.successors = append(b.successors, id)
		}
	}
	for _, code := range l.a.codes {
		for _, s := range l.a.polities[code].capitals {
			l.capitalPlace(l.a.polities[code], s)
		}
	}
	l.a.names = newIndex(l.names)
	l.a.titles = newIndex(l.titles)
}

// add indexes a form of a sense; the form needs its capitals in a text. Of the
// same sense of one key ("Viet Nam", "Vietnam") the first is kept, with the
// capitals that both have.
func (l *loader) add(form string, s Sense) {
	s.Form = form
	caps := capsOf(form)
	same := sameSense{key(form), s.ID, s.In, s.Kind, s.From, s.To}
	if i, ok := l.seen[same]; ok {
		l.names[i].caps &= caps
		return
	}
	l.seen[same] = len(l.names)
	l.names = append(l.names, entry[Sense]{same.key, caps, s})
}

// addCode makes a code known to Lookup alone.
func (l *loader) addCode(form string, s Sense) {
	if form == "" {
		return
	}
	s.Form = form
	if s.Type == "" {
		s.Type = "code"
	}
	l.a.codeName[key(form)] = append(l.a.codeName[key(form)], s)
}

func (l *loader) polity(r row) error {
	f := r.fields
	start, err := r.when(2)
	if err != nil {
		return err
	}
	end, err := r.when(3)
	if err != nil {
		return err
	}
	span := PolitySpan{Start: start, End: end, Predecessors: r.list(6, ";"), Successors: r.list(7, ";"), Source: f[9]}
	l.needPolity(r, span.Predecessors...)
	l.needPolity(r, span.Successors...)
	if old := l.a.polities[f[0]]; old != nil {
		return old.addSpan(r, span)
	}
	return l.newPolity(r, span)
}

// addSpan adds a further time of existence, which must follow the last.
func (p *Polity) addSpan(r row, s PolitySpan) error {
	last := p.Spans[len(p.Spans)-1]
	if last.End.IsZero() || s.Start.Earliest <= last.End.Latest {
		return r.fail("this time of %s does not follow its last one", p.Code)
	}
	if p.Name != r.fields[1] {
		return r.fail("%s is %q here and %q above", p.Code, r.fields[1], p.Name)
	}
	p.Spans = append(p.Spans, s)
	return nil
}

func (l *loader) newPolity(r row, s PolitySpan) error {
	f := r.fields
	p := &Polity{Code: f[0], Name: f[1], Type: f[8], ISO2: f[4], Spans: []PolitySpan{s}}
	for _, c := range r.list(5, ";") {
		n, err := strconv.Atoi(c)
		if err != nil {
			return r.fail("%q is no number of the Correlates of War", c)
		}
		p.COW = append(p.COW, n)
	}
	if s.End.Latest != 0 && s.End.Latest < s.Start.Earliest {
		return r.fail("%s ends before it starts", p.Code)
	}
	l.a.polities[p.Code] = p
	l.a.codes = append(l.a.codes, p.Code)
	sense := Sense{Kind: KindPolity, ID: p.Code, Source: s.Source}
	l.addCode(p.Code, sense)
	l.addCode(p.ISO2, sense)
	return nil
}

func (l *loader) name(r row) error {
	f := r.fields
	from, to, err := r.span(3, 4)
	if err != nil {
		return err
	}
	p := l.a.polities[f[0]]
	if p == nil {
		return r.fail("%q is not in polities.tsv", f[0])
	}
	if key(f[1]) == "" {
		return r.fail("%q has no letters that a text could be matched by", f[1])
	}
	s := Sense{Kind: KindPolity, ID: p.Code, Type: f[2], From: from, To: to, Source: f[5]}
	switch s.Type {
	case "code":
		l.addCode(f[1], s)
		return nil
	case "capital":
		s.Form = f[1]
		p.capitals = append(p.capitals, s)
	}
	l.add(f[1], s)
	return nil
}

// capitalPlace makes a place of a capital, for as long as its polity lasts.
func (l *loader) capitalPlace(p *Polity, s Sense) {
	for _, old := range l.a.places {
		if old.Name == s.Form && old.Polity == p.Code {
			return
		}
	}
	for _, span := range p.Spans {
		from, to := span.Start.Earliest, span.End.Latest
		l.a.places = append(l.a.places, Place{Name: s.Form, Polity: p.Code, Type: "city", From: from, To: to, Source: s.Source})
		l.add(s.Form, Sense{Kind: KindPlace, ID: s.Form, Type: "city", In: p.Code, From: from, To: to, Source: s.Source})
	}
}

func (l *loader) place(r row) error {
	f := r.fields
	from, to, err := r.span(2, 3)
	if err != nil {
		return err
	}
	l.needPolity(r, f[1])
	l.a.places = append(l.a.places, Place{Name: f[0], Polity: f[1], Type: f[4], From: from, To: to, Source: f[5]})
	l.add(f[0], Sense{Kind: KindPlace, ID: f[0], Type: f[4], In: f[1], From: from, To: to, Source: f[5]})
	return nil
}

func (l *loader) body(r row) error {
	f := r.fields
	founded, err := r.when(2)
	if err != nil {
		return err
	}
	ended, err := r.when(3)
	if err != nil {
		return err
	}
	if l.a.bodies[f[0]] != nil {
		return r.fail("%s is there twice", f[0])
	}
	b := &Body{ID: f[0], Name: f[1], Founded: founded, Ended: ended, Seat: f[4], Type: f[5], Predecessors: r.list(6, ";"), Source: f[7]}
	for _, p := range b.Predecessors {
		l.pending = append(l.pending, pending{r, p, true})
	}
	l.a.bodies[b.ID] = b
	l.a.bodyIDs = append(l.a.bodyIDs, b.ID)
	return nil
}

func (l *loader) bodyName(r row) error {
	f := r.fields
	from, to, err := r.span(3, 4)
	if err != nil {
		return err
	}
	if l.a.bodies[f[0]] == nil {
		return r.fail("%q is not in bodies.tsv", f[0])
	}
	l.add(f[1], Sense{Kind: KindBody, ID: f[0], Type: f[2], From: from, To: to, Source: f[5]})
	return nil
}

func (l *loader) tier(r row) error {
	f := r.fields
	b := l.a.bodies[f[0]]
	if b == nil {
		return r.fail("%q is not in bodies.tsv", f[0])
	}
	rank, err := strconv.Atoi(f[1])
	if err != nil || rank != len(b.Tiers)+1 {
		return r.fail("rank %q, want %d: the tiers of a body are listed from the highest", f[1], len(b.Tiers)+1)
	}
	words, err := r.wordings(3)
	if err != nil {
		return err
	}
	b.Tiers = append(b.Tiers, Tier{Rank: rank, Name: f[2], Wordings: words, Source: f[4]})
	return nil
}

func (l *loader) post(r row) error {
	f := r.fields
	words, err := r.wordings(2)
	if err != nil {
		return err
	}
	p := &Post{Name: f[0], Class: f[1], Scope: f[3], Source: f[4]}
	many := *p
	many.Plural = true
	l.a.posts = append(l.a.posts, p)
	plurals := map[string]bool{}
	for _, w := range words {
		k := key(pluralTitle(w))
		plurals[k] = true
		l.titles = append(l.titles, entry[*Post]{k, 0, &many})
	}
	for _, w := range words {
		if k := key(w); !plurals[k] {
			l.titles = append(l.titles, entry[*Post]{k, 0, p})
		}
	}
	return nil
}

func (l *loader) period(r row) error {
	words, err := r.wordings(0)
	if err != nil {
		return err
	}
	from, to, err := r.span(1, 2)
	if err != nil {
		return err
	}
	start, _ := r.when(1)
	end, _ := r.when(2)
	l.needPolity(r, r.fields[3])
	l.a.periods = append(l.a.periods, Period{Name: words[0], Wordings: words, Start: start, End: end, Polity: r.fields[3], Source: r.fields[4]})
	for _, w := range words {
		l.add(w, Sense{Kind: KindPeriod, ID: words[0], Type: "name", In: r.fields[3], From: from, To: to, Source: r.fields[4]})
	}
	return nil
}

func (l *loader) currency(r row) error {
	f := r.fields
	l.needPolity(r, f[3])
	c := Currency{Code: f[0], Wordings: r.list(1, "|"), Symbols: r.list(2, "|"), Polity: f[3], Source: f[4]}
	l.a.currencies = append(l.a.currencies, c)
	for _, w := range c.Wordings {
		l.addCode(w, Sense{Kind: KindCurrency, ID: c.Code, Type: "name", In: c.Polity, Source: c.Source})
	}
	l.addCode(c.Code, Sense{Kind: KindCurrency, ID: c.Code, In: c.Polity, Source: c.Source})
	return nil
}

func (l *loader) treaty(r row) error {
	f := r.fields
	t := Treaty{Name: f[0], Wordings: r.list(1, "|"), Source: f[5]}
	for i, w := range []*record.When{&t.Signed, &t.InForce, &t.Ended} {
		var err error
		if *w, err = r.when(2 + i); err != nil {
			return err
		}
	}
	l.a.treaties = append(l.a.treaties, t)
	for _, w := range append([]string{t.Name}, t.Wordings...) {
		l.add(w, Sense{Kind: KindTreaty, ID: t.Name, Type: "name", From: t.Signed.Earliest, Source: t.Source})
	}
	return nil
}
