// Package intake turns files into documents: JSON in the layout of package
// wire, JSON Lines, plain text, Markdown, HTML, PDF, mail, mailboxes and web
// archives, also gzipped, from files, folders and standard input, and what was
// received from the web. It finds out what a text says of itself (title,
// publisher, date of publication, address) and leaves the text as it stands, so
// that citations point into what was published. One bad file or line stops
// nothing: it is an error between the documents.
package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"demarche/record"
)

// Options say what is known of the documents beforehand and how much is read.
// The zero value reads with the default limits.
type Options struct {
	// Title, Publisher, URL and Published hold for texts, Markdown and pages
	// whatever these say themselves, and for JSON documents that do not say.
	Title, Publisher, URL string
	Published             record.When
	// Language holds for documents that do not say theirs.
	Language string
	// Today is the day by which every text was published; a later date is none
	// of it. Zero is not known.
	Today record.Day
	// MaxBytes is the size of the largest document, in bytes; 0 is DefaultMaxBytes.
	MaxBytes int64
	// Stdin is what the path "-" reads; nil is an empty stream.
	Stdin io.Reader
	// Warn is told what was mended to read a document (an encoding that was
	// guessed), a line each. Nil drops it.
	Warn func(path, message string)
	// Read is told of every run of n bytes taken from a file, as stored. May be nil.
	Read func(n int)
}

// DefaultMaxBytes is the size of the largest document that is read: 64 MiB.
const DefaultMaxBytes = 64 << 20

func (o *Options) limit() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

func (o *Options) warn(path, format string, args ...any) {
	if o.Warn != nil {
		o.Warn(path, fmt.Sprintf(format, args...))
	}
}

// Error says in which file, and where in it, a document could not be read, and
// what to do about it.
type Error struct {
	Path   string
	Line   int   // from 1; 0 where the whole file is meant
	Offset int64 // bytes from the start of the (decompressed) file; -1 where the whole file is meant
	Err    error
}

// Error writes path, line, byte and what was wrong, in one line.
func (e *Error) Error() string {
	at := e.Path
	if e.Line > 0 {
		at = fmt.Sprintf("%s:%d", at, e.Line)
	}
	if e.Offset >= 0 {
		at = fmt.Sprintf("%s: byte %d", at, e.Offset)
	}
	return fmt.Sprintf("%s: %v", at, e.Err)
}

// Unwrap gives the cause, fs.ErrNotExist for a path that is not there.
func (e *Error) Unwrap() error { return e.Err }

// whole makes an error about a whole file.
func whole(path string, err error) error { return &Error{Path: path, Offset: -1, Err: err} }

func wholef(path, format string, args ...any) error {
	return whole(path, fmt.Errorf(format, args...))
}

// Documents reads the documents of the paths, in the order of the paths and
// within a folder by name. A file or line that cannot be read is an *Error
// between the documents. The sequence ends early, without an error, when ctx is
// done. Every document has its ID, and a Name that is fit for a file name and
// that no other document of the sequence has.
func Documents(ctx context.Context, paths []string, opt Options) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		names := map[string]int{}
		for src, err := range Find(paths) {
			if err != nil && !yield(record.Document{}, err) {
				return
			}
			if err != nil {
				continue
			}
			for doc, err := range src.documents(ctx, &opt) {
				if ctx.Err() != nil {
					return
				}
				if err == nil {
					doc.Name, doc.ID = unique(names, doc.Name), doc.Hash()
				}
				if !yield(doc, err) {
					return
				}
			}
		}
	}
}

// unique gives a name a number where it is taken already.
func unique(taken map[string]int, name string) string {
	name = fileName(name)
	for {
		taken[name]++
		if taken[name] == 1 {
			return name
		}
		name = fmt.Sprintf("%s-%d", name, taken[name])
	}
}

// fileName makes a name that can be a file's: no separators, no control
// characters, no dot in front, at most a hundred bytes.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, strings.ToValidUTF8(name, "-"))
	name = strings.TrimLeft(name, ". ")
	if len(name) > 100 {
		name = strings.ToValidUTF8(name[:100], "")
	}
	if name == "" {
		return "document"
	}
	return name
}

// documents reads what one source holds.
func (s Source) documents(ctx context.Context, opt *Options) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		in, err := s.open(ctx, opt)
		if err != nil {
			yield(record.Document{}, err)
			return
		}
		defer in.Close()
		in.documents(ctx)(yield)
	}
}

// errTooLarge is the cause of refusing a document for its size.
var errTooLarge = errors.New("too large")

func tooLarge(path string, limit int64) error {
	return wholef(path, "%w: a document may have %s; split the file, or give many documents as .jsonl, one a line", errTooLarge, size(limit))
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
