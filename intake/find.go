package intake

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// Format is how a file holds its documents.
type Format string

// The formats; Lines, Mailbox and Archive hold many documents. Sniff is for files and streams whose name does not tell: it is
// found out from how they begin.
const (
	JSON     Format = "json"  // one document in the layout of package wire
	Lines    Format = "jsonl" // such documents, one a line
	Text     Format = "txt"
	Markdown Format = "md"
	HTML     Format = "html"
	PDF      Format = "pdf"  // read through poppler's pdftotext, where it is installed
	Message  Format = "eml"  // one mail
	Mailbox  Format = "mbox" // mails, one after the other
	Archive  Format = "warc" // pages as they were got from the web (ISO 28500)
	Sniff    Format = ""
)

var formats = map[string]Format{
	".json": JSON, ".jsonl": Lines, ".ndjson": Lines, ".txt": Text, ".text": Text,
	".md": Markdown, ".markdown": Markdown, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
	".pdf": PDF, ".eml": Message, ".mbox": Mailbox, ".warc": Archive,
}

// many reports whether a file of the format holds many documents, so that its
// size is not that of one.
func (f Format) many() bool { return f == Lines || f == Mailbox || f == Archive }

// Source is a file to read, or standard input.
type Source struct {
	Path   string // as given, or under the folder that was given; "-" is standard input
	Size   int64  // bytes as stored; 0 where not known
	Format Format
	Gzip   bool
}

// Stdin is the path of standard input.
const Stdin = "-"

// Find gives the files that the paths name: a file itself, whatever its name; of
// a folder all files of a known format under it, by name, without those whose
// name begins with a dot. It opens none of them.
func Find(paths []string) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		for _, path := range paths {
			if !find(path, yield) {
				return
			}
		}
	}
}

func find(path string, yield func(Source, error) bool) bool {
	if path == Stdin {
		return yield(Source{Path: Stdin}, nil)
	}
	info, err := os.Stat(path)
	if err != nil {
		return yield(Source{}, whole(path, cause(err)))
	}
	if info.IsDir() {
		return walk(path, yield)
	}
	return yield(sourceOf(path, info), nil)
}

// walk gives the files under a folder. Links to folders are not followed, so
// that a circle of links ends.
func walk(root string, yield func(Source, error) bool) bool {
	found, goOn := false, true
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			goOn = yield(Source{}, whole(path, cause(err)))
		case path != root && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
		case !e.IsDir():
			if s, ok := regular(path); ok {
				found = true
				goOn = yield(s, nil)
			}
		}
		if !goOn {
			return fs.SkipAll
		}
		return nil
	})
	if err == nil && goOn && !found {
		return yield(Source{}, wholef(root, "no documents in this folder; .json, .jsonl, .txt, .md, .html, .pdf, .eml, .mbox and .warc files are read, also with .gz"))
	}
	return goOn
}

// regular gives the source of a file in a folder, if it is a plain file of a
// known format or a link to one.
func regular(path string) (Source, bool) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return Source{}, false
	}
	s := sourceOf(path, info)
	return s, s.Format != Sniff
}

func sourceOf(path string, info fs.FileInfo) Source {
	s := Source{Path: path}
	if info.Mode().IsRegular() {
		s.Size = info.Size()
	}
	base, gzipped := strings.CutSuffix(strings.ToLower(path), ".gz")
	s.Gzip = gzipped
	s.Format = formats[filepath.Ext(base)]
	return s
}

// name is the file's name without folder and endings.
func (s Source) name() string {
	if s.Path == Stdin {
		return "stdin"
	}
	base := filepath.Base(s.Path)
	if strings.HasSuffix(strings.ToLower(base), ".gz") {
		base = base[:len(base)-len(".gz")]
	}
	if ext := filepath.Ext(base); formats[strings.ToLower(ext)] != Sniff && len(base) > len(ext) {
		base = base[:len(base)-len(ext)]
	}
	return base
}

// cause takes the operation and the path off a file error, since the path
// stands before it already.
func cause(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
