// Command train trains the models that the binary embeds and writes them where
// their packages embed them. Run it in the root of the repository:
//
//	go run ./cmd/train language -treebanks ../shared/treebanks
//
// sorts words into classes and trains the tagger and the parser (the verb may be
// left out),
//
//	go run ./cmd/train judge
//
// the judge of what the frames propose, once the former stand.
package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	verb, args := "language", os.Args[1:]
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		verb, args = args[0], args[1:]
	}
	if err := run(verb, args); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(verb string, args []string) error {
	switch verb {
	case "language":
		return trainLanguage(args, os.Stdout)
	case "judge":
		return trainJudge(args, os.Stdout)
	}
	return fmt.Errorf("no training called %q; there are language and judge", verb)
}
