package wire

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Error says where in which input a document could not be read.
type Error struct {
	Name   string // the file, or what the caller calls the input
	Line   int    // of a JSON Lines stream, from 1; 0 for a single document
	Offset int64  // bytes from the start of the input
	Field  string // path of the field, "" where the JSON itself is broken
	Err    error
}

// Error writes name, line, offset, field and what was wrong.
func (e *Error) Error() string {
	at := e.Name
	if e.Line > 0 {
		at = fmt.Sprintf("%s:%d", at, e.Line)
	}
	if e.Field != "" {
		return fmt.Sprintf("%s: byte %d: %s: %v", at, e.Offset, e.Field, e.Err)
	}
	return fmt.Sprintf("%s: byte %d: %v", at, e.Offset, e.Err)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// MaxDocument is the most bytes of JSON that one document may have: 256 MiB.
const MaxDocument = 256 << 20

// Decode reads the one document that r holds; name is what errors call it. An
// error is an *Error.
func Decode(r io.Reader, name string) (*Document, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxDocument+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(b) > MaxDocument {
		return nil, &Error{Name: name, Offset: MaxDocument, Err: errors.New("the document is larger than 256 MiB")}
	}
	return decode(b, Error{Name: name})
}

// decode reads one document; at says where it starts.
func decode(b []byte, at Error) (*Document, error) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	var d Document
	if len(bytes.TrimSpace(b)) == 0 {
		at.Err = errors.New("is empty; a JSON document is expected")
		return nil, &at
	}
	if err := json.Unmarshal(b, &d); err != nil {
		locate(&at, b, err)
		return nil, &at
	}
	if err := d.check(&at); err != nil {
		return nil, err
	}
	return &d, nil
}

// locate fills in where in b the error stands.
func locate(at *Error, b []byte, err error) {
	at.Err = err
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at.Offset += syntax.Offset
	case errors.As(err, &kind):
		at.Offset += kind.Offset
		at.Field = kind.Field
		at.Err = fmt.Errorf("is a %s where a %s is expected", kind.Value, kind.Type)
	default:
		locateClaim(at, b)
	}
}

// locateClaim finds the claim whose own decoding failed, since the JSON package
// says nothing of where that was.
func locateClaim(at *Error, b []byte) {
	var d struct{ Claims []json.RawMessage }
	if json.Unmarshal(b, &d) != nil {
		return
	}
	for i, raw := range d.Claims {
		var c Claim
		if err := json.Unmarshal(raw, &c); err != nil {
			at.Field = fmt.Sprintf("claims[%d]", i)
			at.Offset += int64(max(bytes.Index(b, raw), 0))
			return
		}
	}
}

// check refuses claims without a kind and spans that are not in the text.
func (d *Document) check(at *Error) error {
	for i := range d.Claims {
		if err := d.Claims[i].check(len(d.Text)); err != nil {
			at.Field, at.Err = fmt.Sprintf("claims[%d]", i), err
			return at
		}
	}
	return nil
}

func (c *Claim) check(text int) error {
	if c.Kind == "" {
		return errors.New("kind is missing")
	}
	for _, s := range c.Spans {
		if s[0] < 0 || s[1] < s[0] || s[1] > text {
			return fmt.Errorf("span [%d, %d] is not in the text of %d bytes", s[0], s[1], text)
		}
	}
	return nil
}

// DecodeLines reads a JSON Lines stream, one document a line; empty lines are
// passed over. A line that cannot be read gives an *Error, and the reading goes
// on with the next line unless the caller stops.
func DecodeLines(r io.Reader, name string) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		lines := bufio.NewReaderSize(r, 1<<16)
		at := Error{Name: name}
		for {
			b, err := readLine(lines)
			at.Line++
			if len(bytes.TrimSpace(b)) > 0 {
				if d, bad := decode(b, at); !yield(d, bad) {
					return
				}
			}
			at.Offset += int64(len(b))
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, &Error{Name: name, Line: at.Line, Offset: at.Offset, Err: err})
				return
			}
		}
	}
}

// readLine reads up to and with the next newline and refuses a line longer than
// MaxDocument.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > MaxDocument {
			return nil, errors.New("the line is longer than 256 MiB")
		}
		if err != bufio.ErrBufferFull {
			return line, err
		}
	}
}

// Encode writes the document indented, as a file of its own.
func Encode(w io.Writer, d *Document) error { return encode(w, d, " ") }

// EncodeLine writes the document as one line of a JSON Lines stream.
func EncodeLine(w io.Writer, d *Document) error { return encode(w, d, "") }

func encode(w io.Writer, d *Document, indent string) error {
	if d.Claims == nil {
		c := *d
		c.Claims = []Claim{}
		d = &c
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(d); err != nil {
		return fmt.Errorf("document %s: %w", d.ID, err)
	}
	return nil
}
