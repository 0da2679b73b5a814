package tag

import (
	"cmp"
	"slices"
	"strings"
)

// usage is how often an ending is edited in which way.
type usage map[edit]int

// top is the most common edit; on a tie the one that cuts and adds least.
func (u usage) top() edit {
	var all []edit
	for e := range u {
		all = append(all, e)
	}
	return slices.MinFunc(all, func(a, b edit) int {
		return cmp.Or(u[b]-u[a], a.cut-b.cut, strings.Compare(a.add, b.add), cmp.Compare(keepNumber(a), keepNumber(b)))
	})
}

func keepNumber(e edit) int {
	if e.keep {
		return 1
	}
	return 0
}

type formKey struct {
	xpos uint8
	form string
}

// learnLemmas learns endings from the kinds of words, and whole forms where the
// endings are wrong.
func learnLemmas(sentences []Sentence, xpos []string) *lemmas {
	forms := map[formKey]usage{}
	for _, s := range sentences {
		for i, tag := range s.Tags {
			key := formKey{uint8(slices.Index(xpos, tag.XPOS) + 1), string(appendLower(nil, s.Forms[i]))}
			if e, ok := editOf(s.Forms[i], key.form, tag.Lemma); ok {
				count(forms, key, e)
			}
		}
	}
	l := &lemmas{}
	for size := range longestEnding + 1 {
		l.learnEndings(forms, size)
	}
	l.learnForms(forms)
	return l
}

func count(m map[formKey]usage, key formKey, e edit) {
	if m[key] == nil {
		m[key] = usage{}
	}
	m[key][e]++
}

// editOf finds the edit that leads from the form to the lemma.
func editOf(form, lower, lemma string) (edit, bool) {
	if lemma == "" || lemma == "_" || len(form) >= longest {
		return edit{}, false
	}
	base := lower
	keep := strings.HasPrefix(lemma, form[:1]) && form != lower && common(form, lemma) > common(lower, lemma)
	if keep {
		base = form
	}
	n := common(base, lemma)
	return edit{len(base) - n, lemma[n:], keep}, true
}

func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// learnEndings adds the endings of a length that are edited otherwise than the
// shorter ones say.
func (l *lemmas) learnEndings(forms map[formKey]usage, size int) {
	endings := map[formKey]usage{}
	for key, u := range forms {
		if len(key.form) >= size {
			count(endings, formKey{key.xpos, key.form[len(key.form)-size:]}, u.top())
		}
	}
	l.index()
	for _, key := range sorted(endings) {
		if u := endings[key]; size == 0 || total(u) > 2 {
			l.learn(key, "", u)
		}
	}
}

func total(u usage) int {
	n := 0
	for _, c := range u {
		n += c
	}
	return n
}

func (l *lemmas) learnForms(forms map[formKey]usage) {
	l.index()
	for _, key := range sorted(forms) {
		l.learn(key, "^", forms[key])
	}
	l.index()
}

// learn adds an ending unless what is known says the same of it.
func (l *lemmas) learn(key formKey, mark string, u usage) {
	e := u.top()
	if n := l.find(key.xpos, []byte(key.form)); n >= 0 && l.edits[n] == e {
		return
	}
	n := slices.Index(l.edits, e)
	if n < 0 {
		n = len(l.edits)
		l.edits = append(l.edits, e)
	}
	l.endings = append(l.endings, ending{key.xpos, mark + key.form, uint16(n)})
}

func sorted(m map[formKey]usage) []formKey {
	var keys []formKey
	for key := range m {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b formKey) int {
		return cmp.Or(cmp.Compare(a.xpos, b.xpos), strings.Compare(a.form, b.form))
	})
	return keys
}
