package tag

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sync"

	"demarche/text/class"
	"demarche/text/linear"
)

// Sentence is a sentence to learn from.
type Sentence struct {
	Forms  []string
	Tags   []Tag
	first  []uint8 // tags of the first pass by a model that has not seen the sentence
	second []uint8 // of the second pass, likewise
}

// Settings are those of training.
type Settings struct {
	Epochs  int     // over each pass
	Folds   int     // of jack-knifing; under 2, none
	Bits    uint    // binary logarithm of the slots of each pass
	Scale   float64 // coarseness of the weights, in mean weights
	Margin  int     // by how much a right tag must win for nothing to be learned
	Drop    float64 // share of the features that is taken away at each step
	Seed    uint64
	Log     io.Writer
	Classes *class.Table // of words
}

// Train learns a model. It also tags the sentences as a model does that has not
// seen them, into guessed (of the same shape): what comes after the tagger learns
// from these.
func Train(sentences []Sentence, set Settings, guessed [][]Tag) *Model {
	t := &trainer{set: set, sentences: sentences}
	t.model.upos, t.model.xpos = names(sentences)
	for i := range sentences {
		sentences[i].first = make([]uint8, len(sentences[i].Forms))
		sentences[i].second = make([]uint8, len(sentences[i].Forms))
	}
	folds := make([]*Model, max(set.Folds, 1))
	for k := range folds {
		folds[k] = t.fresh()
	}
	m := t.fresh()
	t.each(m, folds, t.learnFirst)
	t.guessFirst(folds)
	t.each(m, folds, t.learnSecond)
	t.guessSecond(folds)
	t.each(m, folds, t.learnThird)
	m.lemmas = learnLemmas(sentences, t.model.xpos)
	for _, fold := range folds {
		fold.lemmas = m.lemmas
	}
	guess(folds, sentences, guessed)
	return m
}

// each has the model learn from all sentences and those of the folds from what
// is not in their fold, all of them at once.
func (t *trainer) each(m *Model, folds []*Model, learn func(*Model, []*Sentence)) {
	var all sync.WaitGroup
	all.Go(func() { learn(m, t.fold(0, 1)) })
	for k, fold := range folds {
		all.Go(func() { learn(fold, t.fold(k, len(folds))) })
	}
	all.Wait()
}

type trainer struct {
	set       Settings
	log       sync.Mutex // held to write to the log
	sentences []Sentence
	model     Model
}

func (t *trainer) fresh() *Model {
	return &Model{classes: t.set.Classes, upos: t.model.upos, xpos: t.model.xpos}
}

// fold gives the sentences that are not in fold k of n; all if n is 1.
func (t *trainer) fold(k, n int) []*Sentence {
	var rest []*Sentence
	for i := range t.sentences {
		if n == 1 || i%n != k {
			rest = append(rest, &t.sentences[i])
		}
	}
	return rest
}

func names(sentences []Sentence) (upos, xpos []string) {
	for _, s := range sentences {
		for _, tag := range s.Tags {
			if !slices.Contains(upos, tag.UPOS) {
				upos = append(upos, tag.UPOS)
			}
			if !slices.Contains(xpos, tag.XPOS) {
				xpos = append(xpos, tag.XPOS)
			}
		}
	}
	slices.Sort(upos)
	slices.Sort(xpos)
	return upos, xpos
}

// numbers fills in the numbers of the tags, plus one.
func (t *Tagger) numbers(tags []Tag, upos, xpos []uint8) {
	for i, tag := range tags {
		upos[i] = t.preset(tag.UPOS, t.model.upos)
		xpos[i] = t.preset(tag.XPOS, t.model.xpos)
	}
}

func (t *trainer) learnFirst(m *Model, sentences []*Sentence) {
	w := m.Tagger()
	t.learn("XPOS, first", &m.first, len(m.xpos), sentences, func(s *Sentence, l *learner) {
		_, gold := w.gold(s)
		c := context{words: w.words, left: w.first}
		for i := range s.Forms {
			w.first[i] = l.step(c.first(w.slots[:0], i, l.trainer.Bits()), gold[i])
		}
	})
}

func (t *trainer) learnSecond(m *Model, sentences []*Sentence) {
	w := m.Tagger()
	t.learn("XPOS, second", &m.second, len(m.xpos), sentences, func(s *Sentence, l *learner) {
		_, gold := w.gold(s)
		c := context{words: w.words, left: w.second, right: s.first}
		for i := range s.Forms {
			w.second[i] = l.step(c.second(w.slots[:0], i, l.trainer.Bits()), gold[i])
		}
	})
}

func (t *trainer) learnThird(m *Model, sentences []*Sentence) {
	w := m.Tagger()
	t.learn("UPOS", &m.third, len(m.upos), sentences, func(s *Sentence, l *learner) {
		gold, _ := w.gold(s)
		c := context{words: w.words, left: w.upos, right: s.second}
		for i := range s.Forms {
			w.upos[i] = l.step(c.third(w.slots[:0], i, l.trainer.Bits()), gold[i])
		}
	})
}

// gold prepares the worker for a sentence and gives its tags as numbers.
func (t *Tagger) gold(s *Sentence) (upos, xpos []uint8) {
	t.prepare(s.Forms)
	upos, xpos = make([]uint8, len(s.Forms)), make([]uint8, len(s.Forms))
	t.numbers(s.Tags, upos, xpos)
	return upos, xpos
}

// guessFirst gives each sentence the first tags of the model of its fold.
func (t *trainer) guessFirst(folds []*Model) {
	for k, m := range folds {
		w := m.Tagger()
		for i := k; i < len(t.sentences); i += len(folds) {
			s := &t.sentences[i]
			w.prepare(s.Forms)
			c := context{words: w.words, left: s.first}
			for j := range s.Forms {
				s.first[j] = w.decide(&m.first, c.first(w.slots[:0], j, m.first.bits()))
			}
		}
	}
}

// guessSecond gives each sentence the second tags of the model of its fold.
func (t *trainer) guessSecond(folds []*Model) {
	for k, m := range folds {
		w := m.Tagger()
		for i := k; i < len(t.sentences); i += len(folds) {
			s := &t.sentences[i]
			w.prepare(s.Forms)
			c := context{words: w.words, left: s.second, right: s.first}
			for j := range s.Forms {
				s.second[j] = w.decide(&m.second, c.second(w.slots[:0], j, m.second.bits()))
			}
		}
	}
}

// guess tags each sentence by the model of its fold.
func guess(folds []*Model, sentences []Sentence, guessed [][]Tag) {
	if guessed == nil {
		return
	}
	for k, m := range folds {
		w := m.Tagger()
		for i := k; i < len(sentences); i += len(folds) {
			w.Tag(sentences[i].Forms, guessed[i])
		}
	}
}

// learner is one perceptron in training.
type learner struct {
	trainer *linear.Trainer
	random  *rand.Rand
	drop    float64
	margin  int32
	scores  []int32
	wrong   int
	all     int
}

// step guesses, learns from it and returns the guess. It sees but some of the
// features, so that it comes to lean on all of them.
func (l *learner) step(slots []uint32, gold uint8) uint8 {
	slots = l.some(slots)
	l.trainer.Score(slots, l.scores)
	got := uint8(best(l.scores)) + 1
	l.all++
	if got != gold {
		l.wrong++
	}
	l.scores[gold-1] -= l.margin
	if rival := uint8(best(l.scores)) + 1; rival != gold {
		l.trainer.Update(slots, int(gold)-1, 1)
		l.trainer.Update(slots, int(rival)-1, -1)
	}
	l.trainer.Tick()
	return got
}

// some drops a share of the features.
func (l *learner) some(slots []uint32) []uint32 {
	kept := slots[:0]
	for _, s := range slots {
		if l.random.Float64() >= l.drop {
			kept = append(kept, s)
		}
	}
	return kept
}

func (t *trainer) learn(what string, p *pass, classes int, sentences []*Sentence, each func(*Sentence, *learner)) {
	l := learner{
		trainer: linear.NewTrainer(classes, t.set.Bits), random: rand.New(rand.NewPCG(t.set.Seed, 7)),
		drop: t.set.Drop, margin: int32(t.set.Margin), scores: make([]int32, classes),
	}
	random := rand.New(rand.NewPCG(t.set.Seed, 1))
	order := slices.Clone(sentences)
	for range t.set.Epochs {
		l.wrong, l.all = 0, 0
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, s := range order {
			each(s, &l)
		}
	}
	*p = newPass(l.trainer.Model(t.set.Scale))
	t.log.Lock()
	defer t.log.Unlock()
	fmt.Fprintf(t.set.Log, "%s: %d sentences, last epoch %.2f%% right\n", what, len(order), 100-100*float64(l.wrong)/float64(max(l.all, 1)))
}
