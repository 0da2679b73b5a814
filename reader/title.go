package reader

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"demarche/reader/judge"
	"demarche/reader/name"
	"demarche/record"
)

// title is what a title of the text tells, with what the judge weighs: one claim
// where it tells what it is of, else one for each polity or body that it may be
// of.
type title struct {
	candidates []candidate
	sheets     []judge.Sheet
	chances    []float64
}

// best is the surest of its claims.
func (t *title) best() candidate {
	best := 0
	for i := range t.candidates {
		if t.chances[i] > t.chances[best] {
			best = i
		}
	}
	c := t.candidates[best]
	c.conf = t.chances[best]
	return c
}

// titles are those of the text.
func (d *document) titles(r *Reader, keep bool) []title {
	var out []title
	for _, t := range d.names.Offices(d.published, d.sentenceDate) {
		var one title
		one.add(d, r, keep, &t, func(s *judge.Sheet) { d.titleFeatures(s, &t) })
		out = append(out, one.weighed())
	}
	for _, t := range d.names.OpenOffices(d.published, d.sentenceDate) {
		var one title
		hows, ids := d.homes(&t)
		for i, id := range ids {
			as := t
			as.Core.Roles = record.Roles{}
			for role, v := range t.Core.Roles {
				as.Core.Roles[role] = v
			}
			as.Core.Roles[record.RoleOf] = []string{id}
			one.add(d, r, keep, &as, func(s *judge.Sheet) { d.openTitleFeatures(s, &as, hows[i]) })
		}
		if len(ids) > 0 {
			out = append(out, one.weighed())
		}
	}
	return out
}

func (t *title) add(d *document, r *Reader, keep bool, told *name.Told, write func(*judge.Sheet)) {
	c := candidate{core: told.Core, sent: d.sentenceOf(told.Span.Start), frame: "title"}
	c.start, c.end = d.text.Tokens[told.Span.Start].Start, d.text.Tokens[told.Span.End-1].End
	if w, ok := d.untilBehind(told.Span.End); ok && c.core.Phase == record.Holds {
		c.core.Phase, c.core.When = record.Ends, w
	}
	s := judge.Sheet{Model: r.judge, Keep: keep}
	write(&s)
	t.candidates, t.sheets = append(t.candidates, c), append(t.sheets, s)
}

// untilBehind is the time until which something is told to have been that ends at
// a token: "was foreign minister until 2016"; of the past alone.
func (d *document) untilBehind(token int) (record.When, bool) {
	for t := token; t < min(token+3, len(d.dateAt)); t++ {
		if i := d.dateAt[t]; i > 0 {
			e := d.dates[i-1]
			return e.When, (e.Prep == "until" || e.Prep == "till") && !e.When.IsZero() && e.When.Earliest < d.published.Latest
		}
	}
	return record.When{}, false
}

func (t title) weighed() title {
	weights := make([]float64, len(t.sheets))
	for i := range t.sheets {
		weights[i] = t.sheets[i].Weight
	}
	t.chances = judge.Chances(weights)
	return t
}

// homes are the polities and bodies that an open title may be of, and how each
// comes to mind.
func (d *document) homes(t *name.Told) (hows [][]string, ids []string) {
	put := func(how, id string) {
		polity := d.almanac.Polity(id) != nil
		if id == "" || !fitsPost(t.Class, polity) || strings.HasSuffix(t.Roles.One(record.RolePost), " to "+id) {
			return
		}
		i := slices.Index(ids, id)
		if i < 0 {
			i = len(ids)
			ids, hows = append(ids, id), append(hows, nil)
		}
		hows[i] = append(hows[i], how)
	}
	put("guess", t.Roles.One(record.RoleOf))
	i := sort.Search(len(d.text.Sents), func(i int) bool { return d.text.Sents[i].End > t.Span.Start })
	if i < len(d.text.Sents) {
		in := d.names.In(d.text.Sents[i])
		left, right, first := "", "", ""
		for _, m := range in {
			if m.Kind == name.Place || m.Kind == name.Treaty || len(m.IDs) != 1 || m.Loose && m.Type == "capital" {
				continue
			}
			if t.Class == "head of mission" && d.ofMission(m) {
				put("embassy", m.IDs[0])
			}
			switch {
			case m.Tokens.End <= t.Span.Start:
				left = m.IDs[0]
				if first == "" {
					first = m.IDs[0]
				}
			case m.Tokens.Start >= t.Span.End && right == "":
				right = m.IDs[0]
			}
		}
		put("left", left)
		put("right", right)
		put("first", first)
		if i > 0 {
			if before := acting(nil, d.names.In(d.text.Sents[i-1])); len(before) > 0 {
				put("before", before[0])
				put("last", before[len(before)-1])
			}
		}
	}
	polity, body := d.chief()
	put("main", polity)
	put("body", body)
	if !d.names.ForeignAtHome(barePost(t)) {
		put("home", d.names.Home())
	}
	put("principal", d.principals[0])
	put("principal", d.principals[1])
	return hows, ids
}

// ofMission reports whether a mention is of the sender of a mission: "the American
// Embassy".
func (d *document) ofMission(m *name.Mention) bool {
	for at := m.Tokens.End - 1; at <= m.Tokens.End && at < len(d.text.Tokens); at++ {
		if missionTypes[strings.ToLower(d.text.Form(at))] != "" {
			return true
		}
	}
	return false
}

// fitsPost reports whether a polity, or a body, can have a post of a class.
func fitsPost(class string, polity bool) bool {
	switch class {
	case "head of state", "head of government", "minister":
		return polity
	case "secretary-general", "head of body":
		return !polity
	}
	return true
}

// titleFeatures describe a claim that a title tells.
func (d *document) titleFeatures(s *judge.Sheet, t *name.Told) {
	k := string(t.Kind) + "." + string(t.Phase)
	post := barePost(t)
	of := "body"
	if id := t.Roles.One(record.RoleOf); d.almanac.Polity(id) != nil {
		of = "polity"
	}
	words := strconv.Itoa(min(len(strings.Fields(t.Roles.One(record.RoleHolder))), 3))
	sure := strconv.FormatBool(t.Sure)
	s.Add("title", k)
	s.Add("title", "genre", d.genre, k)
	s.Add("title", "sure", sure, k)
	s.Add("title", "post", post)
	s.Add("title", "post", post, string(t.Phase))
	s.Add("title", "of", of, k)
	s.Add("title", "of", of, post, sure)
	s.Add("title", "words", words)
	if t.How != "" {
		s.Add("title", "how", t.How)
	}
	date := "told"
	switch {
	case t.When.IsZero():
		date = "none"
	case t.When == d.published:
		date = "published"
	}
	s.Add("title", "date", date, k)
	s.Add("title", "before", d.wordAt(t.Span.Start-1))
	s.Add("title", "after", d.wordAt(t.Span.End))
}

// openTitleFeatures describe a claim of a title that does not tell what it is of.
func (d *document) openTitleFeatures(s *judge.Sheet, t *name.Told, hows []string) {
	k := string(t.Kind) + "." + string(t.Phase)
	post := barePost(t)
	s.Add("open title", k)
	s.Add("open title", "genre", d.genre)
	s.Add("open title", "post", post)
	s.Add("open title", "class", t.Class)
	for _, how := range hows {
		s.Add("open title", "how", how)
		s.Add("open title", "how", how, t.Class)
		s.Add("open title", "how", how, d.genre)
	}
	s.Add("open title", "hows", strconv.Itoa(min(len(hows), 4)))
	s.Add("open title", "words", strconv.Itoa(min(len(strings.Fields(t.Roles.One(record.RoleHolder))), 3)))
	s.Add("open title", "before", d.wordAt(t.Span.Start-1))
	s.Add("open title", "after", d.wordAt(t.Span.End))
}

// barePost is the post without "acting" and without whom it is sent to.
func barePost(t *name.Told) string {
	post, _, _ := strings.Cut(strings.TrimPrefix(t.Roles.One(record.RolePost), "acting "), " to ")
	return post
}

// wordAt is how a token is named in features.
func (d *document) wordAt(at int) string {
	if at < 0 || at >= len(d.text.Tokens) {
		return "edge"
	}
	if m := d.names.At(at); m != nil {
		return strings.ToUpper(m.Kind.String())
	}
	return strings.ToLower(d.text.Form(at))
}
