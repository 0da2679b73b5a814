package name

import (
	"strings"

	"demarche/almanac"
)

// aliases finds "Long Form (LF)": the acronym means the long form in this
// text, whatever it means elsewhere.
func (r *reader) aliases(before *reader) map[string][]almanac.Sense {
	out := map[string][]almanac.Sense{}
	if before != nil {
		out = before.alias
	}
	for i := 1; i+2 < len(r.forms); i++ {
		if r.forms[i] == "(" && r.forms[i+2] == ")" && acronym(r.forms[i+1]) {
			r.alias = out
			if s := r.longForm(i, r.forms[i+1]); s != nil {
				out[r.forms[i+1]] = s
			}
		}
	}
	return out
}

// acronym reports whether a word is of capitals, with small letters at most
// between.
func acronym(form string) bool {
	up := 0
	for i := range len(form) {
		if form[i] >= 'A' && form[i] <= 'Z' {
			up++
		}
	}
	return up > 1 && len(form) < 12 && up*2 >= len(form)
}

// longForm reads the name that ends before token i and whose initials are the
// acronym: a body or polity of the almanac, or else a group by its plain name.
func (r *reader) longForm(i int, short string) []almanac.Sense {
	for j := max(0, i-10); j < i; j++ {
		if n, senses := r.known(j, i); n > 1 && j+n == i && r.linkable(senses) && kindOf(senses) != pAdj {
			return senses
		}
	}
	j := r.initials(i, short)
	if j < 0 {
		return nil
	}
	form := r.doc.Source[r.doc.Tokens[j].Start:r.doc.Tokens[i-1].End]
	return []almanac.Sense{{Kind: almanac.KindBody, ID: strings.Join(strings.Fields(form), " "), Type: "own", Form: form}}
}

// initials returns where the words before token i begin whose capitals are the
// letters of an acronym; -1 where they do not.
func (r *reader) initials(i int, short string) int {
	k := len(short) - 1
	for j := i - 1; j >= 0 && i-j < 12; j-- {
		f := r.forms[j]
		switch {
		case capital(f) && k >= 0 && f[0] == short[k]:
			if k--; k < 0 {
				return j
			}
		case capital(f) || len(f) > 3 && r.cues[r.lows[j]]&function == 0:
			return -1
		}
	}
	return -1
}
