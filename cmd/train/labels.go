package main

import (
	"slices"
	"strings"

	"demarche/reader"
	"demarche/record"
	"demarche/score"
	"demarche/wire"
)

// place is an answer that bears out a label, and its weight in log-odds.
type place struct {
	question, option int
	weight           float64
}

// told are the places, the surest first, at which the labels of a key are told:
// one for each.
func (l *labels) told(key string, places []place, qs []reader.Question) []place {
	var out []place
	ats := l.quotes[key]
	if len(ats) == 0 { // of an office, whose holder may be named in part
		ats = []int{-1}
	}
	for _, at := range ats {
		for _, p := range places {
			q := qs[p.question]
			if (at < 0 || at >= q.Start && at < q.End) && !slices.ContainsFunc(out, func(o place) bool { return o.question == p.question }) {
				out = append(out, p)
				break
			}
		}
	}
	return out
}

// coreKey is the key by which a claim is scored.
func coreKey(c record.Core) string {
	w := wire.Claim{Kind: string(c.Kind), Phase: string(c.Phase), Negated: c.Negated, Roles: wire.Roles(c.Roles)}
	return score.Key(&w)
}

// dated is how well a time goes with that of the labels of a key, in log-odds.
func (l *labels) dated(key string, w record.When) float64 {
	sum := 0.0
	for _, c := range l.claims {
		t := record.When(c.When)
		if score.Key(&c) != key || t.IsZero() || w.IsZero() {
			continue
		}
		if t.Earliest <= w.Latest && w.Earliest <= t.Latest {
			return 1.5
		}
		sum = -1.5
	}
	return sum
}

// labels are the labelled claims of a text by their keys.
type labels struct {
	claims []wire.Claim
	quotes map[string][]int // where in the text each is quoted, -1 where that is not known
}

func newLabels(d *wire.Document) *labels {
	l := &labels{claims: d.Claims, quotes: map[string][]int{}}
	for i := range d.Claims {
		at := -1
		if q := d.Claims[i].Quote; q != "" {
			at = find(d.Text, q)
		}
		k := score.Key(&d.Claims[i])
		l.quotes[k] = append(l.quotes[k], at)
	}
	return l
}

// find is where a quote stands in a text whose lines may be broken elsewhere, -1
// where it does not.
func find(text, quote string) int {
	words := strings.Fields(quote)
	if len(words) == 0 {
		return -1
	}
	for from := 0; ; {
		i := strings.Index(text[from:], words[0])
		if i < 0 {
			return -1
		}
		from += i
		rest, ok := text[from:], true
		for _, w := range words {
			if rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " \t\r\n\u00a0"), w); !ok {
				break
			}
		}
		if ok {
			return from
		}
		from += len(words[0])
	}
}

// bearOut reports whether most of an answer's claims, three in four, are labelled
// here, in a sentence, or elsewhere in the text.
func (l *labels) bearOut(cores []record.Core, start, end int) (here, elsewhere bool) {
	in, out := 0, 0
	for _, c := range cores {
		w := wire.Claim{Kind: string(c.Kind), Phase: string(c.Phase), Negated: c.Negated, Roles: wire.Roles(c.Roles)}
		ats := l.quotes[coreKey(c)]
		switch {
		case slices.ContainsFunc(ats, func(at int) bool { return at < 0 || at >= start && at < end }),
			(c.Kind == record.Office || c.Kind == record.Chair) && score.Right(l.claims, []wire.Claim{w})[0]:
			in++
		case len(ats) > 0:
			out++
		}
	}
	return in > 0 && 4*in >= 3*len(cores), out > 0 && 4*(in+out) >= 3*len(cores)
}
