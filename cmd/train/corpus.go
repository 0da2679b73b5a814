package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"demarche/wire"
)

// label is one line of the file of labels on texts of ../shared/corpus: the
// document, how many bytes of its text were read, and the claims that a careful
// reader found there. It holds no text.
type label struct {
	ID     string       `json:"id"`
	Cut    int          `json:"cut"`
	Claims []wire.Claim `json:"claims"`
}

// labelledCorpus reads the documents of the corpus on which there are labels,
// with them.
func labelledCorpus(corpus, labels string) ([]*wire.Document, error) {
	byID := map[string]label{}
	f, err := os.Open(labels)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 16<<20)
	for n := 1; in.Scan(); n++ {
		var l label
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", labels, n, err)
		}
		byID[l.ID] = l
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	var out []*wire.Document
	err = eachDocument(corpus, func(d *wire.Document) error {
		l, ok := byID[d.ID]
		if !ok {
			return nil
		}
		if l.Cut > 0 && l.Cut < len(d.Text) {
			d.Text = cutRunes(d.Text, l.Cut)
		}
		d.Claims = l.Claims
		out = append(out, d)
		return nil
	})
	return out, err
}

// cutRunes returns the first n characters of a text.
func cutRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// eachDocument calls do for every document of a .jsonl.gz file.
func eachDocument(path string, do func(*wire.Document) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		d, err := wire.Decode(bytes.NewReader(in.Bytes()), path)
		if err != nil {
			return err
		}
		if err := do(d); err != nil {
			return err
		}
	}
	return in.Err()
}

// folder reads the labelled texts of a folder.
func folder(dir string) ([]*wire.Document, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no labelled texts (*.json) in %s; name their folder", dir)
	}
	var out []*wire.Document
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		d, err := wire.Decode(f, path)
		f.Close()
		if err != nil {
			return nil, err
		}
		d.ID = strings.TrimSuffix(filepath.Base(path), ".json")
		out = append(out, d)
	}
	return out, nil
}
