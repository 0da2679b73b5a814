// Package conllu reads and writes CoNLL-U, the format of Universal Dependencies
// (https://universaldependencies.org/format.html).
package conllu

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Sentence is a sentence of a file with all its lines.
type Sentence struct {
	Comments []string // lines that begin with #
	Lines    []Line
}

// Line is a word, a range of words that are written as one, or an empty node.
type Line struct {
	ID                             string
	Form, Lemma, UPOS, XPOS, Feats string
	Head                           int // number of a word, 0 for the root, -1 where it is not told
	Rel, Deps, Misc                string
}

// Word reports whether the line is a word of the tree.
func (l *Line) Word() bool { return !strings.ContainsAny(l.ID, "-.") }

// Words gives the words of the sentence: the indices of their lines.
func (s *Sentence) Words() []int {
	var words []int
	for i := range s.Lines {
		if s.Lines[i].Word() {
			words = append(words, i)
		}
	}
	return words
}

// Error is a line that is not CoNLL-U.
type Error struct {
	Line int
	What string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.What) }

// longestLine in bytes.
const longestLine = 1 << 20

// Reader reads sentences.
type Reader struct {
	scan *bufio.Scanner
	line int
}

// NewReader reads from r.
func NewReader(r io.Reader) *Reader {
	scan := bufio.NewScanner(r)
	scan.Buffer(make([]byte, 1<<16), longestLine)
	return &Reader{scan: scan}
}

// Next gives the next sentence, io.EOF at the end, or an *Error.
func (r *Reader) Next() (*Sentence, error) {
	s := &Sentence{}
	for r.scan.Scan() {
		r.line++
		line := strings.TrimSuffix(r.scan.Text(), "\r")
		switch {
		case line == "" && len(s.Lines) > 0:
			return s, r.check(s)
		case line == "":
		case line[0] == '#':
			s.Comments = append(s.Comments, line)
		default:
			l, err := r.word(line)
			if err != nil {
				return nil, err
			}
			s.Lines = append(s.Lines, l)
		}
	}
	if err := r.scan.Err(); err != nil {
		return nil, &Error{r.line + 1, err.Error()}
	}
	if len(s.Lines) == 0 {
		return nil, io.EOF
	}
	return s, r.check(s)
}

func (r *Reader) word(line string) (Line, error) {
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return Line{}, &Error{r.line, fmt.Sprintf("%d columns, want 10 set apart by tabs", len(f))}
	}
	head := -1
	if f[6] != "_" {
		n, err := strconv.Atoi(f[6])
		if err != nil || n < 0 {
			return Line{}, &Error{r.line, fmt.Sprintf("head %q is not the number of a word", f[6])}
		}
		head = n
	}
	return Line{f[0], f[1], f[2], f[3], f[4], f[5], head, f[7], f[8], f[9]}, nil
}

// check sees that words are numbered from 1 and heads are words.
func (r *Reader) check(s *Sentence) error {
	words := s.Words()
	for n, i := range words {
		if s.Lines[i].ID != strconv.Itoa(n+1) {
			return &Error{r.line, fmt.Sprintf("in the sentence that ends here, word %q stands where %d should", s.Lines[i].ID, n+1)}
		}
		if s.Lines[i].Head > len(words) {
			return &Error{r.line, fmt.Sprintf("in the sentence that ends here, word %d has head %d of %d", n+1, s.Lines[i].Head, len(words))}
		}
	}
	return nil
}

// ReadAll reads all sentences.
func ReadAll(r io.Reader) ([]*Sentence, error) {
	var all []*Sentence
	for rd := NewReader(r); ; {
		s, err := rd.Next()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, s)
	}
}

// Write writes a sentence and the empty line after it.
func Write(w io.Writer, s *Sentence) error {
	var b strings.Builder
	for _, c := range s.Comments {
		b.WriteString(c + "\n")
	}
	for _, l := range s.Lines {
		head := "_"
		if l.Head >= 0 {
			head = strconv.Itoa(l.Head)
		}
		row := []string{l.ID, l.Form, l.Lemma, l.UPOS, l.XPOS, l.Feats, head, l.Rel, l.Deps, l.Misc}
		for i, field := range row {
			row[i] = clean(field)
		}
		b.WriteString(strings.Join(row, "\t") + "\n")
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}

// clean keeps a field in its column: tabs and line ends become spaces, and
// nothing becomes "_".
func clean(field string) string {
	if field == "" {
		return "_"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == '\u0085' || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, field)
}

// Text is the sentence as written: its "# text" comment, or its forms put
// together by SpaceAfter.
func (s *Sentence) Text() string {
	for _, c := range s.Comments {
		if t, ok := strings.CutPrefix(c, "# text = "); ok {
			return t
		}
	}
	var b strings.Builder
	covered := 0
	for _, l := range s.Lines {
		first, last, isRange := l.numbers()
		if first <= covered {
			continue
		}
		if isRange {
			covered = last
		}
		b.WriteString(l.Form)
		if !strings.Contains(l.Misc, "SpaceAfter=No") {
			b.WriteByte(' ')
		}
	}
	return strings.TrimSpace(b.String())
}

// numbers are the first and last word of the line; those of an empty node are 0.
func (l *Line) numbers() (first, last int, isRange bool) {
	if a, b, ok := strings.Cut(l.ID, "-"); ok {
		first, _ = strconv.Atoi(a)
		last, _ = strconv.Atoi(b)
		return first, last, true
	}
	first, _ = strconv.Atoi(l.ID)
	return first, first, false
}
