package reader

import (
	"slices"
	"sort"
	"strings"

	"demarche/almanac"
	"demarche/reader/name"
	"demarche/reader/when"
	"demarche/record"
	"demarche/text"
	"demarche/text/token"
)

// open makes a document ready to be read: split, its names and dates found.
func (r *Reader) open(rec record.Document) *document {
	d := &document{almanac: r.almanac, rec: rec, text: token.Split(rec.Text), published: rec.Published, genre: genre(rec.Publisher)}
	var title *text.Doc
	if rec.Title != "" {
		title = token.Split(rec.Title)
	}
	d.names = r.names.Find(name.Input{Doc: d.text, Published: rec.Published, Publisher: rec.Publisher, Headline: title})
	for _, m := range d.names.Mentions {
		if d.ownCouncil(m) {
			m.IDs = nil
		}
	}
	d.principals = r.principals(d, title)
	d.pairs()
	d.wording = Wording(d.text)
	d.dates = r.dates.Find(d.text, rec.Published)
	d.dateAt = make([]int, len(d.text.Tokens))
	for i, e := range d.dates {
		for t := e.Tokens.Start; t < e.Tokens.End; t++ {
			d.dateAt[t] = i + 1
		}
	}
	return d
}

// pairs gives "the presidents", "both sides" the two that the headline names, where the text does not name whom they stand for.
func (d *document) pairs() {
	if !d.headed {
		return
	}
	for _, m := range d.names.Mentions {
		if m.Kind != name.Collective || len(m.IDs) > 0 {
			continue
		}
		words := strings.Fields(strings.ToLower(d.text.Source[d.text.Tokens[m.Tokens.Start].Start:d.text.Tokens[m.Tokens.End-1].End]))
		if !slices.ContainsFunc(words, func(w string) bool { return manyWords[w] }) {
			m.IDs, m.Confidence, m.Loose = d.principals[:], 0.5, false
		}
	}
}

var manyWords = set("three four five six seven eight nine ten several many other")

// genre tells sorts of text apart by who publishes them: history and factbook
// tell of the past without a day of news, a readout is a government's own.
func genre(publisher string) string {
	p := strings.ToLower(publisher)
	for _, g := range []struct{ word, genre string }{
		{"historian", "history"}, {"factbook", "factbook"}, {"ministry", "readout"}, {"department", "readout"}, {"president", "readout"},
		{"white house", "readout"}, {"kremlin", "readout"}, {"embassy", "readout"}, {"government", "readout"}, {"office of", "readout"},
	} {
		if strings.Contains(p, g.word) {
			return g.genre
		}
	}
	return "news"
}

// periods are the almanac's named times as the date reader takes them.
func periods(a *almanac.Almanac) []when.Period {
	var out []when.Period
	for _, p := range a.Periods() {
		out = append(out, when.Period{Wordings: p.Wordings, When: p.When()})
	}
	return out
}

// currencies are the words for currencies: codes and symbols as they stand,
// wordings in lower case.
func currencies(a *almanac.Almanac) map[string]string {
	out := map[string]string{}
	for _, c := range a.Currencies() {
		for _, w := range c.Wordings {
			out[strings.ToLower(w)] = c.Code
		}
	}
	for _, c := range a.Currencies() {
		out[c.Code] = c.Code
		for _, s := range c.Symbols {
			out[s] = c.Code
		}
	}
	return out
}

// money finds the sums in a sentence.
func (r *Reader) money(d *document, s text.Span) []money {
	if !strings.ContainsAny(d.text.Source[d.text.Tokens[s.Start].Start:d.text.Tokens[s.End-1].End], "0123456789") {
		return nil
	}
	return findMoney(d.text, s, func(forms []string, i int) (int, string) {
		for n := min(3, len(forms)-i); n > 0; n-- {
			w := strings.Join(forms[i:i+n], " ")
			if code := r.currency[w]; code != "" {
				return n, code
			}
			if code := r.currency[strings.ToLower(w)]; code != "" && len(w) > 3 {
				return n, code
			}
		}
		return 0, ""
	})
}

// titleReach is how far, in tokens, a date may stand from a title that it dates.
const titleReach = 12

// headDate is how far into a sentence, in tokens, a date stands at its head:
// "However, in November 2019".
const headDate = 4

// sentenceOf is the sentence in which a token stands, the number of sentences
// where it stands in none.
func (d *document) sentenceOf(token int) int {
	return sort.Search(len(d.text.Sents), func(i int) bool { return d.text.Sents[i].End > token })
}

// sentenceDate is the date that the sentence at a token tells of: one at its
// head, else the nearest, if it is near or the text is a history, which has no
// day of news; zero where there is none.
func (d *document) sentenceDate(token int) record.When {
	i := d.sentenceOf(token)
	if i == len(d.text.Sents) {
		return record.When{}
	}
	s := d.text.Sents[i]
	best, off := record.When{}, titleReach+1
	if d.day().IsZero() {
		off = s.End - s.Start
	}
	for t := s.Start; t < s.End; t++ {
		k := d.dateAt[t]
		if k == 0 {
			continue
		}
		w := d.dateWhen(k-1, nil)
		switch dist := max(t-token, token-t); {
		case w.IsZero() || d.dates[k-1].Kind == when.Named || d.dates[k-1].Precision == when.ByNothing: // "now Harare"
		case t-s.Start <= headDate && token > t:
			return w
		case dist < off:
			best, off = w, dist
		}
	}
	return best
}
