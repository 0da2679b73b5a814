package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"demarche/text/class"
	"demarche/text/parse"
	"demarche/text/tag"
)

// language is how the tagger and the parser are trained.
type language struct {
	treebanks, corpus    string
	root                 string
	quick                bool
	tagLeast, parseLeast int // weights under so many steps are dropped
	classes              class.Settings
	tagger               tag.Settings
	parser               parse.Settings
	log                  io.Writer
}

// The treebanks: what is learned from, what is looked at in between, and what is
// only reported.
var (
	trainFiles  = []string{"en_ewt-ud-train.conllu", "en_gum-free-train.conllu"}
	devFile     = "en_ewt-ud-dev.conllu"
	reportFiles = []string{devFile, "en_ewt-ud-test.conllu", "en_pud-ud-test.conllu"}
)

func trainLanguage(args []string, out io.Writer) error {
	l, scoreOnly, err := languageFlags(args, out)
	if err != nil {
		return err
	}
	if !scoreOnly {
		if err := l.train(); err != nil {
			return err
		}
	}
	return l.report()
}

func languageFlags(args []string, out io.Writer) (*language, bool, error) {
	l := &language{log: out}
	f := flag.NewFlagSet("language", flag.ContinueOnError)
	f.StringVar(&l.treebanks, "treebanks", "../shared/treebanks", "folder of the treebanks")
	f.StringVar(&l.corpus, "corpus", "../shared/corpus/documents.jsonl.gz", "texts that the classes of words are learned from")
	f.StringVar(&l.root, "root", ".", "root of the repository, where the models are written")
	f.BoolVar(&l.quick, "quick", false, "few epochs over the first treebank alone: a weak model in two minutes")
	scoreOnly := f.Bool("score", false, "train nothing, score the models as they are")
	f.IntVar(&l.classes.Classes, "classes", 255, "classes of words")
	f.IntVar(&l.classes.Least, "class-least", 2, "words seen less often have no class")
	f.IntVar(&l.classes.Words, "class-words", 100000, "how many words have a class at the most")
	f.IntVar(&l.classes.Rounds, "class-rounds", 20, "rounds of sorting the words")
	f.IntVar(&l.tagger.Margin, "tag-margin", 20, "by how much a right tag must win")
	f.Float64Var(&l.tagger.Drop, "tag-drop", 0.3, "share of the tagger's features taken away at each step")
	f.IntVar(&l.parser.Margin, "margin", 20, "by how much the right tree must win")
	f.Float64Var(&l.parser.Drop, "drop", 0.2, "share of the parser's features taken away in each sentence")
	f.IntVar(&l.tagger.Epochs, "tag-epochs", 10, "epochs over each pass of the tagger")
	f.IntVar(&l.tagger.Folds, "folds", 5, "folds in which the tags that the parser learns from are made")
	f.Float64Var(&l.tagger.Scale, "tag-scale", 1, "coarseness of the tagger's weights, in mean weights")
	f.IntVar(&l.parser.Greedy, "greedy", 3, "greedy epochs of the parser")
	f.IntVar(&l.parser.Beamed, "beamed", 9, "epochs of the parser with the beam")
	f.IntVar(&l.parser.Beam, "beam", 8, "states in the parser's beam as it learns")
	f.IntVar(&l.parser.Keep, "keep", 6, "states in the beam of the parser that has learned")
	f.IntVar(&l.parser.Members, "members", 16, "parsers that are trained apart and summed")
	f.Float64Var(&l.parser.Explore, "explore", 0.9, "how often a wrong guess is followed in greedy epochs")
	f.Float64Var(&l.parser.Scale, "parse-scale", 2, "coarseness of the parser's weights, in mean weights")
	f.IntVar(&l.tagLeast, "tag-least", 1, "weights of the tagger under so many steps are dropped")
	f.IntVar(&l.parseLeast, "parse-least", 2, "weights of the parser under so many steps are dropped")
	f.UintVar(&l.tagger.Bits, "tag-bits", 20, "binary logarithm of the slots of each pass of the tagger")
	f.UintVar(&l.parser.Bits, "parse-bits", 23, "binary logarithm of the slots of the parser")
	if err := f.Parse(args); err != nil {
		return nil, false, err
	}
	if l.quick {
		l.tagger.Epochs, l.tagger.Folds, l.parser.Greedy, l.parser.Beamed, l.parser.Members = 3, 1, 3, 0, 1
	}
	l.tagger.Seed, l.parser.Seed = 1, 1
	l.tagger.Log, l.parser.Log = out, out
	return l, *scoreOnly, nil
}

func (l *language) train() error {
	start := time.Now()
	files := trainFiles
	if l.quick {
		files = files[:1]
	}
	bank, err := l.read(files...)
	if err != nil {
		return err
	}
	fmt.Fprintf(l.log, "%d sentences, %d tokens\n", len(bank), tokens(bank))
	classes, err := l.sort(bank)
	if err != nil {
		return err
	}
	fmt.Fprintf(l.log, "words sorted after %s\n", time.Since(start).Round(time.Second))
	l.tagger.Classes, l.parser.Classes = classes, classes
	guessed := bank.blank()
	tagger := tag.Train(bank.tagged(), l.tagger, guessed)
	if err := l.write("text/tag/tag.model", tagger.Pruned(l.tagLeast).Encode()); err != nil {
		return err
	}
	fmt.Fprintf(l.log, "tagger trained after %s\n", time.Since(start).Round(time.Second))
	dev, err := l.read(devFile)
	if err != nil {
		return err
	}
	l.parser.Each = func(m *parse.Model) {
		fmt.Fprintf(l.log, "  %s: %s\n", time.Since(start).Round(time.Second), measure(dev, tagger, m))
	}
	parser := parse.Train(bank.parsed(guessed), l.parser)
	return l.write("text/parse/parse.model", parser.Pruned(l.parseLeast).Encode())
}

func (l *language) write(name string, file []byte) error {
	fmt.Fprintf(l.log, "%s: %d bytes\n", name, len(file))
	return os.WriteFile(filepath.Join(l.root, filepath.FromSlash(name)), file, 0o644)
}

// report scores the models as they lie in the repository.
func (l *language) report() error {
	classes, err := load(l, "text/class/class.model", class.Decode)
	if err != nil {
		return err
	}
	tagger, err := load(l, "text/tag/tag.model", func(file []byte) (*tag.Model, error) { return tag.Decode(file, classes) })
	if err != nil {
		return err
	}
	parser, err := load(l, "text/parse/parse.model", func(file []byte) (*parse.Model, error) { return parse.Decode(file, classes) })
	if err != nil {
		return err
	}
	for _, name := range reportFiles {
		bank, err := l.read(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(l.log, "%s: %s\n", name, measure(bank, tagger, parser))
	}
	return nil
}

func load[M any](l *language, name string, decode func([]byte) (M, error)) (M, error) {
	file, err := os.ReadFile(filepath.Join(l.root, filepath.FromSlash(name)))
	if err != nil {
		var none M
		return none, err
	}
	return decode(file)
}
