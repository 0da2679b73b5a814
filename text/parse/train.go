package parse

import (
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"

	"demarche/text/class"
	"demarche/text/linear"
	"demarche/text/tag"
)

// Sentence is a sentence to learn from; Tags are best such as a tagger gives
// that has not seen it.
type Sentence struct {
	Forms []string
	Tags  []tag.Tag
	Arcs  []Arc
}

// Settings are those of training.
type Settings struct {
	Greedy  int     // epochs with the dynamic oracle
	Beamed  int     // epochs with the beam after these
	Beam    int     // states in the beam then
	Keep    int     // states in the beam of the model; 1 without beamed epochs
	Members int     // parsers that learn apart, by other orders of sentences, and are summed
	Explore float64 // how often a wrong guess is followed in greedy epochs after the first
	Bits    uint    // binary logarithm of the slots
	Scale   float64 // coarseness of the weights, in mean weights
	Margin  int     // by how much the right way must win for nothing to be learned
	Drop    float64 // share of the features that is taken away in each sentence
	Classes *class.Table
	Seed    uint64
	Log     io.Writer
	Each    func(*Model) // is given the sum of the members so far, unless nil
}

// Train learns a model as the sum of several, which learn on all cores at once.
// As scores are linear in the weights, the sum is as fast as one of them.
func Train(sentences []Sentence, set Settings) *Model {
	var sum *trainer
	for left := max(set.Members, 1); left > 0; {
		members := make([]*trainer, min(left, runtime.GOMAXPROCS(0)))
		left -= len(members)
		var all sync.WaitGroup
		for i := range members {
			members[i] = newTrainer(sentences, set)
			set.Seed++
			set.Log = io.Discard
			all.Go(members[i].learn)
		}
		all.Wait()
		for _, m := range members {
			if sum == nil {
				sum = m
			} else {
				sum.linear.Merge(m.linear)
			}
		}
		if set.Each != nil {
			set.Each(sum.model())
		}
	}
	return sum.model()
}

// learn trains one member: first greedily by a dynamic oracle, then with a beam
// by updates at the greatest violation (Huang, Fayong and Guo, 2012).
func (t *trainer) learn() {
	for epoch := range t.set.Greedy {
		t.explore = epoch > 0
		t.epoch("greedy", t.greedy)
	}
	if t.set.Beamed > 0 {
		t.linear.Restart()
		t.parser.width = t.set.Beam
	}
	for range t.set.Beamed {
		t.epoch("beam", t.beamed)
	}
}

type trainer struct {
	set     Settings
	parser  *Parser
	linear  *linear.Trainer
	trees   []tree
	random  *rand.Rand
	explore bool
	wrong   int
	all     int
}

// tree is a sentence with the numbers of its relations.
type tree struct {
	Sentence
	oracle *oracle
}

func newTrainer(sentences []Sentence, set Settings) *trainer {
	t := &trainer{set: set, random: rand.New(rand.NewPCG(set.Seed, 2))}
	rels := relations(sentences)
	for _, s := range sentences {
		t.trees = append(t.trees, newTree(s, rels))
	}
	actions := t.actions()
	t.linear = linear.NewTrainer(len(actions), set.Bits)
	t.parser = newParser(t.set.Classes, rels, actions, 1, t.linear)
	return t
}

func relations(sentences []Sentence) []string {
	seen := map[string]bool{}
	for _, s := range sentences {
		for _, a := range s.Arcs {
			seen[a.Rel] = true
		}
	}
	var rels []string
	for rel := range seen {
		rels = append(rels, rel)
	}
	slices.SortFunc(rels, strings.Compare)
	return rels
}

func newTree(s Sentence, rels []string) tree {
	heads, numbers := make([]int, len(s.Arcs)), make([]uint8, len(s.Arcs))
	for i, a := range s.Arcs {
		n, _ := slices.BinarySearch(rels, a.Rel)
		heads[i], numbers[i] = a.Head, uint8(n)
	}
	return tree{s, newOracle(project(heads), numbers)}
}

// actions are the shift and each relation in the directions it is seen in.
func (t *trainer) actions() []action {
	var seen [3][256]bool
	for _, tr := range t.trees {
		for i, h := range tr.oracle.heads {
			switch {
			case h > i:
				seen[left][tr.oracle.rels[i]] = true
			case h >= 0:
				seen[right][tr.oracle.rels[i]] = true
			}
		}
	}
	actions := []action{{move: shift}}
	for _, m := range []move{left, right} {
		for rel, yes := range seen[m] {
			if yes {
				actions = append(actions, action{m, uint8(rel)})
			}
		}
	}
	return actions
}

func (t *trainer) model() *Model {
	beam := 1
	if t.set.Beamed > 0 {
		beam = t.set.Keep
	}
	return &Model{classes: t.set.Classes, actions: t.parser.actions, rels: t.parser.rels, beam: beam, scorer: t.linear.Model(t.set.Scale)}
}

func (t *trainer) epoch(what string, learn func(*tree)) {
	t.wrong, t.all = 0, 0
	t.random.Shuffle(len(t.trees), func(i, j int) { t.trees[i], t.trees[j] = t.trees[j], t.trees[i] })
	for i := range t.trees {
		t.linear.Drop(t.set.Drop, t.random.Uint32())
		learn(&t.trees[i])
	}
	fmt.Fprintf(t.set.Log, "%s epoch: %.2f%% right\n", what, 100-100*float64(t.wrong)/float64(max(t.all, 1)))
}

// greedy learns at each state on the way, and goes on from a wrong guess as often
// as Explore says.
func (t *trainer) greedy(tr *tree) {
	p := t.parser
	p.start(tr.Forms, tr.Tags)
	s := int32(0)
	for range 2*len(tr.Forms) - 1 {
		p.slots = p.features(s, p.slots[:0]) // as weights change, nothing is kept
		clear(p.scores)
		p.scorer.Add(p.slots, p.scores)
		guess, gold, rival := t.choose(tr, s)
		t.all++
		if rival >= 0 && p.scores[rival]+int32(t.set.Margin) > p.scores[gold] {
			t.linear.Update(p.slots, gold, 1)
			t.linear.Update(p.slots, rival, -1)
		}
		if guess != gold {
			t.wrong++
			if !t.explore || t.random.Float64() >= t.set.Explore {
				guess = gold
			}
		}
		t.linear.Tick()
		s = p.apply(s, uint8(guess), 0)
	}
}

// choose gives the best transition by the scores, the best of those that the
// oracle allows and the best of the others, -1 if all are allowed.
func (t *trainer) choose(tr *tree, at int32) (guess, gold, rival int) {
	p := t.parser
	s := &p.states[at]
	legal, costs := p.legal(s), tr.oracle.costs(p, s)
	least := len(tr.Forms) + 2
	for m, ok := range legal {
		if ok {
			least = min(least, costs[m])
		}
	}
	for m := range costs {
		costs[m] -= least
	}
	guess, gold, rival = -1, -1, -1
	for a, score := range p.scores {
		if !legal[p.actions[a].move] {
			continue
		}
		if guess < 0 || score > p.scores[guess] {
			guess = a
		}
		if tr.oracle.allows(p, s, p.actions[a], costs) {
			if gold < 0 || score > p.scores[gold] {
				gold = a
			}
		} else if rival < 0 || score > p.scores[rival] {
			rival = a
		}
	}
	return guess, gold, rival
}

// beamed parses with the beam and learns where another way is furthest ahead of
// the right one, or least behind it, up to there.
func (t *trainer) beamed(tr *tree) {
	p := t.parser
	p.start(tr.Forms, tr.Tags)
	gold := t.rightWay(tr)
	p.beam = append(p.beam[:0], 0)
	worst, at, rival := int32(0), 0, int32(0)
	way := int32(0)
	for i := 1; i < len(gold); i++ {
		p.step()
		right := &p.states[gold[i]]
		var other int32
		way, other = t.part(way, right.action)
		if other == lost {
			continue
		}
		if ahead := p.states[other].score - right.score + int32(t.set.Margin); ahead > worst {
			worst, at, rival = ahead, i, other
		}
	}
	t.all++
	if p.beam[0] != way {
		t.wrong++
	}
	if worst > 0 {
		t.correct(gold, at, rival)
	}
	t.linear.Tick()
}

// part finds in the beam the state that goes on the right way, by the state it
// comes from and the right transition, and the best of the others; lost if there
// is none.
func (t *trainer) part(from int32, action uint8) (way, other int32) {
	way, other = lost, lost
	for _, s := range t.parser.beam {
		if st := &t.parser.states[s]; from != lost && st.prev == from && st.action == action {
			way = s
		} else if other == lost {
			other = s
		}
	}
	return way, other
}

const lost = -1

// rightWay goes the best way that loses nothing, and gives its states.
func (t *trainer) rightWay(tr *tree) []int32 {
	p := t.parser
	states := []int32{0}
	for s := int32(0); len(states) < 2*len(tr.Forms); states = append(states, s) {
		p.score(s)
		_, gold, _ := t.choose(tr, s)
		s = p.apply(s, uint8(gold), p.states[s].score+p.scores[gold])
	}
	return states
}

// correct moves weights from the rival's transitions to the right ones, from
// where they part.
func (t *trainer) correct(gold []int32, at int, rival int32) {
	p := t.parser
	way := make([]int32, at+1)
	for i, s := at, rival; i >= 0; i, s = i-1, p.states[s].prev {
		way[i] = s
	}
	parted := false
	for i := range at {
		g, r := p.states[gold[i+1]].action, p.states[way[i+1]].action
		if parted = parted || g != r; !parted {
			continue
		}
		t.linear.Update(p.features(gold[i], p.slots[:0]), int(g), 1)
		t.linear.Update(p.features(way[i], p.slots[:0]), int(r), -1)
	}
}
