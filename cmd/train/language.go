package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"demarche/text/parse"
	"demarche/text/tag"
)

// language is how the tagger and the parser are trained.
type language struct {
	treebanks            string
	root                 string
	quick                bool
	tagLeast, parseLeast int // weights under so many steps are dropped
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
	f.StringVar(&l.root, "root", ".", "root of the repository, where the models are written")
	f.BoolVar(&l.quick, "quick", false, "few epochs over the first treebank alone: a weak model in two minutes")
	scoreOnly := f.Bool("score", false, "train nothing, score the models as they are")
	f.IntVar(&l.tagger.Epochs, "tag-epochs", 6, "epochs over each pass of the tagger")
	f.IntVar(&l.tagger.Folds, "folds", 5, "folds in which the tags that the parser learns from are made")
	f.Float64Var(&l.tagger.Scale, "tag-scale", 1, "coarseness of the tagger's weights, in mean weights")
	f.IntVar(&l.parser.Greedy, "greedy", 3, "greedy epochs of the parser")
	f.IntVar(&l.parser.Beamed, "beamed", 8, "epochs of the parser with the beam")
	f.IntVar(&l.parser.Beam, "beam", 8, "states in the parser's beam")
	f.Float64Var(&l.parser.Explore, "explore", 0.9, "how often a wrong guess is followed in greedy epochs")
	f.Float64Var(&l.parser.Scale, "parse-scale", 1, "coarseness of the parser's weights, in mean weights")
	f.IntVar(&l.tagLeast, "tag-least", 1, "weights of the tagger under so many steps are dropped")
	f.IntVar(&l.parseLeast, "parse-least", 2, "weights of the parser under so many steps are dropped")
	f.UintVar(&l.tagger.Bits, "tag-bits", 20, "binary logarithm of the slots of each pass of the tagger")
	f.UintVar(&l.parser.Bits, "parse-bits", 23, "binary logarithm of the slots of the parser")
	if err := f.Parse(args); err != nil {
		return nil, false, err
	}
	if l.quick {
		l.tagger.Epochs, l.tagger.Folds, l.parser.Greedy, l.parser.Beamed = 3, 1, 3, 0
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
	tagFile, err := os.ReadFile(filepath.Join(l.root, "text", "tag", "tag.model"))
	if err != nil {
		return err
	}
	tagger, err := tag.Decode(tagFile)
	if err != nil {
		return err
	}
	parseFile, err := os.ReadFile(filepath.Join(l.root, "text", "parse", "parse.model"))
	if err != nil {
		return err
	}
	parser, err := parse.Decode(parseFile)
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
