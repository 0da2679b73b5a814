package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"demarche/record"
	"demarche/wire"
)

// unclaimed is a document of the wire layout of which the claims are passed
// over: the field here hides the one within.
type unclaimed struct {
	wire.Document
	Claims json.RawMessage `json:"claims"`
}

// json reads a file that holds one JSON document.
func (in *input) json(b []byte) (record.Document, error) {
	text, err := in.decode(b)
	if err != nil {
		return record.Document{}, err
	}
	return in.jsonDocument([]byte(text), Error{Path: in.Path}, in.name())
}

// jsonDocument reads one JSON document; at says where it begins, name is for one
// that has no id.
func (in *input) jsonDocument(b []byte, at Error, name string) (record.Document, error) {
	var u unclaimed
	if err := json.Unmarshal(b, &u); err != nil {
		return record.Document{}, jsonError(at, b, err)
	}
	u.Document.Claims = nil
	doc, _, err := u.Record()
	if err != nil {
		return record.Document{}, &Error{Path: at.Path, Line: at.Line, Offset: at.Offset, Err: err}
	}
	// A NUL ends a text for many a program; a space keeps all offsets.
	doc.Text = strings.ReplaceAll(doc.Text, "\x00", " ")
	if strings.TrimSpace(doc.Text) == "" {
		return record.Document{}, &Error{Path: at.Path, Line: at.Line, Offset: at.Offset, Err: errors.New(`"text" is missing or empty; a document has its text there`)}
	}
	in.opt.fill(&doc)
	doc.Origin = first(doc.Origin, agency(&doc))
	doc.Name = first(doc.Name, name)
	return doc, nil
}

// jsonError says where in b, which begins at at, the JSON is broken, and how.
func jsonError(at Error, b []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	into := int64(0)
	at.Err = err
	switch {
	case errors.As(err, &syntax):
		into = syntax.Offset
		at.Err = syntaxCause(b, syntax)
	case errors.As(err, &kind):
		into = kind.Offset
		at.Err = fmt.Errorf("%q is a %s where a %s is expected", strings.TrimPrefix(kind.Field, "Document."), kind.Value, kind.Type)
	}
	into = min(into, int64(len(bytes.TrimRight(b, "\r\n"))))
	at.Line = max(at.Line, 1) + bytes.Count(b[:into], []byte("\n"))
	at.Offset += into
	return &at
}

func syntaxCause(b []byte, err *json.SyntaxError) error {
	rest := b[min(err.Offset, int64(len(b))):]
	switch {
	case len(bytes.TrimSpace(rest)) == 0 && strings.Contains(err.Error(), "end of JSON"):
		return fmt.Errorf("the JSON breaks off (%w); the file may be cut short, fetch it again", err)
	case strings.Contains(err.Error(), "after top-level value"):
		return fmt.Errorf("more follows the first document (%w); name a file with a document on each line .jsonl", err)
	}
	return fmt.Errorf("is not JSON here: %w", err)
}

// maxBadLines is after how many lines in a row that hold no document a file is
// given up as something else.
const maxBadLines = 50

// lines reads a JSON document from each line; empty lines are passed over.
func (in *input) lines() iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		l := liner{r: in.r, limit: in.opt.limit()}
		good, bad := 0, 0
		for {
			at := Error{Path: in.Path, Line: l.line + 1, Offset: l.offset}
			b, err := l.next()
			if err != nil && !errors.Is(err, errTooLarge) || l.gone {
				in.endLines(at, err, good, yield)
				return
			}
			if err == nil && len(bytes.TrimSpace(b)) == 0 {
				continue
			}
			doc, err := in.line(b, at, err)
			good, bad = tally(err, good, bad)
			if !yield(doc, err) {
				return
			}
			if bad == maxBadLines {
				yield(record.Document{}, wholef(in.Path, "given up after %d lines in a row that hold no document; one JSON document a line is expected", bad))
				return
			}
		}
	}
}

func tally(err error, good, bad int) (int, int) {
	if err != nil {
		return good, bad + 1
	}
	return good + 1, 0
}

// line reads the document of one line, which was read with err.
func (in *input) line(b []byte, at Error, err error) (record.Document, error) {
	if err != nil {
		at.Err = err
		return record.Document{}, &at
	}
	b = bytes.TrimPrefix(b, bomUTF8)
	if bytes.IndexByte(b, 0) >= 0 {
		at.Err = errors.New("is binary, not a JSON document")
		return record.Document{}, &at
	}
	return in.jsonDocument(b, at, fmt.Sprintf("%s-%06d", in.name(), at.Line))
}

// endLines reports a stream that ended otherwise than it should.
func (in *input) endLines(at Error, err error, good int, yield func(record.Document, error) bool) {
	if err == io.EOF {
		if good == 0 && at.Offset == 0 {
			yield(record.Document{}, wholef(in.Path, "is empty; there is nothing to read"))
		}
		return
	}
	at.Err = fmt.Errorf("%w; of what stands before it was read: %d", broken(err), good)
	yield(record.Document{}, &at)
}

// liner reads lines of a bounded length.
type liner struct {
	r      *bufio.Reader
	limit  int64
	line   int   // lines read
	offset int64 // bytes read
	gone   bool  // the rest of the stream cannot be read
}

// next reads a line without its end; io.EOF after the last. A line over the
// limit is passed over and is errTooLarge; one of more than eight limits ends
// the reading, since nothing good follows.
func (l *liner) next() ([]byte, error) {
	var line []byte
	var length int64
	for {
		part, err := l.r.ReadSlice('\n')
		length += int64(len(part))
		if length <= l.limit {
			line = append(line, part...)
		}
		if err == bufio.ErrBufferFull && length <= 8*l.limit {
			continue
		}
		l.offset += length
		l.line++
		return l.ended(line, length, err)
	}
}

func (l *liner) ended(line []byte, length int64, err error) ([]byte, error) {
	switch {
	case err == bufio.ErrBufferFull:
		l.gone = true
		return nil, fmt.Errorf("%w: a line of more than %s", errTooLarge, size(8*l.limit))
	case err != nil && err != io.EOF:
		return nil, err
	case length > l.limit:
		return nil, fmt.Errorf("%w: the line has %s and a document may have %s; it is passed over", errTooLarge, size(length), size(l.limit))
	case length == 0:
		return nil, io.EOF
	}
	return line, nil
}
