package stream

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"

	"demarche/record"
)

// Entry is a line as the record has it; one field is set.
type Entry struct {
	Line     int
	Document *record.Document
	Claim    *record.Claim
	Decision *record.Decision
}

// Verify reads a stream to its end and gives its counts. Its error says what is
// wrong of the stream as a whole; its lines are not looked into.
func Verify(r io.Reader) (Counts, error) {
	lines := newLines(r)
	sum := sha256.New()
	var got Counts
	for {
		b, err := lines.next()
		if err != nil {
			return got, err
		}
		switch {
		case bytes.HasPrefix(b, []byte(`{"document"`)):
			got.Documents++
		case bytes.HasPrefix(b, []byte(`{"claim"`)):
			got.Claims++
		case bytes.HasPrefix(b, []byte(`{"decision"`)):
			got.Decisions++
		case bytes.HasPrefix(b, []byte(`{"end"`)):
			return got, lines.end(b, got, hex.EncodeToString(sum.Sum(nil)))
		case lines.n > 1:
			return got, &Error{lines.n, errors.New("is none of document, claim, decision and end")}
		}
		sum.Write(b)
	}
}

// end checks the last line.
func (l *lines) end(b []byte, got Counts, sum string) error {
	last, err := decode(b)
	switch {
	case err != nil || last.End == nil:
		return &Error{l.n, errors.New("the last line cannot be read")}
	case last.End.SHA256 != sum:
		return ErrChecksum
	case last.End.Counts != got:
		return fmt.Errorf("%w (has %+v, and should have %+v)", ErrChecksum, got, last.End.Counts)
	}
	if _, err := l.r.ReadByte(); err != io.EOF {
		return &Error{l.n + 1, errors.New("something stands behind the last line")}
	}
	return nil
}

// Read gives what a stream holds, in order, up to its last line. An error is an
// *Error, or says that the stream breaks off or is none, and ends it.
func Read(r io.Reader) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		lines := newLines(r)
		for {
			b, err := lines.next()
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if lines.n == 1 {
				continue
			}
			e, last, err := entry(b)
			if err != nil {
				err = &Error{lines.n, err}
			}
			e.Line = lines.n
			if last || !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func entry(b []byte) (e Entry, last bool, err error) {
	l, err := decode(b)
	switch {
	case err != nil:
	case l.Document != nil:
		var d record.Document
		d, err = l.Document.record()
		e.Document = &d
	case l.Claim != nil:
		var c record.Claim
		c, err = l.Claim.record()
		e.Claim = &c
	case l.Decision != nil:
		var d record.Decision
		d, err = l.Decision.record()
		e.Decision = &d
	case l.End != nil:
		last = true
	default:
		err = errors.New("is none of document, claim, decision and end")
	}
	return e, last, err
}

// lines reads the lines of a stream.
type lines struct {
	r *bufio.Reader
	n int // of the last line given
	b []byte
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, 1<<16)} }

// next gives the next line with its end, valid until the one after it. The first
// is checked to be that of a stream.
func (l *lines) next() ([]byte, error) {
	l.b = l.b[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		if len(l.b)+len(part) > maxLine {
			return nil, &Error{l.n + 1, fmt.Errorf("has more than the %d bytes that a line may have", maxLine)}
		}
		l.b = append(l.b, part...)
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return nil, l.broken(err)
		}
		if l.n == 0 && len(l.b) > 1024 {
			return nil, ErrNotStream
		}
	}
	if l.n++; l.n == 1 {
		return l.b, first(l.b)
	}
	return l.b, nil
}

// broken is the error of a stream whose last line is missing.
func (l *lines) broken(err error) error {
	switch {
	case err != io.EOF && err != io.ErrUnexpectedEOF:
		return err
	case l.n == 0:
		return ErrNotStream
	}
	return fmt.Errorf("%w (after line %d)", ErrBreaksOff, l.n)
}

func first(b []byte) error {
	l, err := decode(b)
	switch {
	case err != nil || l.Demarche != magic:
		return ErrNotStream
	case l.Version > version:
		return ErrVersion
	}
	return nil
}
