package tag

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"demarche/text/class"
	"demarche/text/linear"
)

// small is a model that knows three words.
func small(t testing.TB, classes *class.Table) *Model {
	t.Helper()
	tags := []Tag{{"NOUN", "NNS", "talk"}, {"VERB", "VBD", "begin"}, {"PROPN", "NNP", "Vienna"}}
	bank := []Sentence{{Forms: []string{"Talks", "began", "Vienna"}, Tags: tags}}
	return Train(bank, Settings{Epochs: 3, Bits: 8, Scale: 1, Margin: 5, Seed: 1, Log: new(strings.Builder), Classes: classes}, nil)
}

func noClasses() *class.Table { return class.NewCounter().Train(class.Settings{Classes: 1}) }

// No payload, however made up, makes the reader of the model fail but by its
// error, and a model that is read tags any words.
func FuzzDecode(f *testing.F) {
	classes := noClasses()
	m := small(f, classes)
	var w linear.Writer
	m.write(&w)
	f.Add(w.Payload, "Talks began in Vienna")
	f.Fuzz(func(t *testing.T, payload []byte, words string) {
		m, err := Decode(linear.Seal(magic, version, payload), classes)
		if err != nil {
			if !errors.Is(err, linear.ErrFormat) {
				t.Fatal(err)
			}
			return
		}
		forms := strings.Split(words, " ")
		tags := make([]Tag, len(forms))
		m.Tagger().Tag(forms, tags)
	})
}

// Whatever the words, the lemmas of words that are UTF-8 are.
func FuzzTag(f *testing.F) {
	m, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	tagger := m.Tagger()
	f.Add("Talks began in ÎLE-DE-FRANCE’s capital")
	f.Add("aks ben in n")
	f.Fuzz(func(t *testing.T, words string) {
		forms := strings.Fields(words)
		tags := make([]Tag, len(forms))
		tagger.Tag(forms, tags)
		for i, tag := range tags {
			if tag.UPOS == "" || tag.XPOS == "" || tag.Lemma == "" {
				t.Errorf("%q: tag %+v", forms[i], tag)
			}
			if utf8.ValidString(forms[i]) && !utf8.ValidString(tag.Lemma) {
				t.Errorf("%q: lemma %q", forms[i], tag.Lemma)
			}
		}
	})
}
