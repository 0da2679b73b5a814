// Package warc reads web archives in the WARC file format (ISO 28500:2017,
// versions 1.0 and 1.1). An archive is a run of records, each of a version
// line, header fields, an empty line, a block of as many bytes as its
// Content-Length says, and two line ends:
//
//	WARC/1.1 CRLF
//	WARC-Type: response CRLF
//	WARC-Target-URI: https://example.org/ CRLF
//	WARC-Date: 2020-10-14T08:00:00Z CRLF
//	Content-Type: application/http;msgtype=response CRLF
//	Content-Length: 1234 CRLF
//	CRLF
//	1234 bytes
//	CRLF CRLF
//
// An archive that is compressed is read after it was decompressed; its records
// are members of one gzip stream each.
package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

const (
	maxHeader = 64 << 10 // bytes of a record's header
	maxFields = 200
)

// ErrLength: a record does not end where its length says. What follows cannot
// be trusted to be a record, since the block of one may hold what looks like
// another.
var ErrLength = errors.New("the record does not end where its Content-Length says; what follows is not read")

// ErrHeader: what should be a record's header is none.
var ErrHeader = errors.New("is no record of a WARC archive")

// Record is one record.
type Record struct {
	Offset      int64  // of its version line, in bytes of the decompressed archive
	Type        string // "response", "resource", "conversion", "request", ...
	Target      string // the address that it is of; "" where none is told
	Date        time.Time
	ContentType string // of the block
	Length      int64  // bytes of the block
	// Segment is 0 for a whole record, else its place among the segments of one.
	Segment int
	// Block may be read until the next call of Next.
	Block  io.Reader
	reader *Reader
}

// Reader reads the records of an archive in order.
type Reader struct {
	r      *bufio.Reader
	offset int64
	block  *io.LimitedReader
	err    error
}

// NewReader reads a decompressed archive.
func NewReader(r io.Reader) *Reader { return &Reader{r: bufio.NewReaderSize(r, 32<<10)} }

// Offset is how many bytes of the archive have been passed.
func (r *Reader) Offset() int64 { return r.offset }

// Next gives the next record, io.EOF after the last. After another error there
// are no more.
func (r *Reader) Next() (*Record, error) {
	if r.err == nil {
		r.err = r.finish()
	}
	if r.err != nil {
		return nil, r.err
	}
	rec, err := r.header()
	if err != nil {
		r.err = err
		return nil, err
	}
	r.block = &io.LimitedReader{R: r.r, N: rec.Length}
	r.offset += rec.Length
	rec.Block, rec.reader = r.block, r
	return rec, nil
}

// finish passes over what is left of the block, and the two line ends after it.
func (r *Reader) finish() error {
	if r.block == nil {
		return nil
	}
	left := r.block.N
	if n, err := io.Copy(io.Discard, r.block); err != nil || n < left {
		return fmt.Errorf("%w: %w", ErrLength, either(err, io.ErrUnexpectedEOF))
	}
	r.block = nil
	for range 2 {
		end, err := r.line(2)
		if end != "" || err == errLong {
			return ErrLength
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrLength, either(err, io.ErrUnexpectedEOF))
		}
	}
	return nil
}

// either is err unless it is none or the end of the file.
func either(err, other error) error {
	if err == nil || err == io.EOF {
		return other
	}
	return err
}

var errLong = errors.New("line too long")

// line reads a line of up to limit bytes, without its end.
func (r *Reader) line(limit int) (string, error) {
	var b []byte
	for {
		c, err := r.r.ReadByte()
		if err != nil {
			return string(b), err
		}
		r.offset++
		if c == '\n' {
			return strings.TrimSuffix(string(b), "\r"), nil
		}
		if len(b) >= limit {
			return string(b), errLong
		}
		b = append(b, c)
	}
}

// header reads version line and fields.
func (r *Reader) header() (*Record, error) {
	rec := &Record{Offset: r.offset, Length: -1}
	version, err := r.line(16)
	switch {
	case err == io.EOF && version == "":
		return nil, io.EOF
	case err != nil && err != errLong && err != io.EOF:
		return nil, err
	case err != nil, !strings.HasPrefix(version, "WARC/1.") && !strings.HasPrefix(version, "WARC/0."):
		return nil, fmt.Errorf("%w: it begins with %q", ErrHeader, version)
	}
	name, value := "", ""
	for left, n := maxHeader, 0; ; n++ {
		line, err := r.line(left)
		if left -= len(line); err != nil || n > maxFields {
			return nil, fmt.Errorf("%w: its header does not end (%w)", ErrHeader, either(err, io.ErrUnexpectedEOF))
		}
		if more := strings.TrimLeft(line, " \t"); more != line && more != "" {
			value += " " + more // a field goes on in a line that begins with a space
			continue
		}
		if err := rec.set(name, strings.TrimSpace(value)); err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		name, value, _ = strings.Cut(line, ":")
	}
	if rec.Length < 0 || rec.Type == "" {
		return nil, fmt.Errorf("%w: it has no Content-Length or no WARC-Type", ErrHeader)
	}
	return rec, nil
}

// set takes in a field; those that are not known are passed over.
func (rec *Record) set(name, value string) error {
	var err error
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "warc-type":
		rec.Type = strings.ToLower(value)
	case "warc-target-uri":
		rec.Target = strings.Trim(value, "<>")
	case "warc-date":
		rec.Date, _ = time.Parse(time.RFC3339, value)
	case "content-type":
		rec.ContentType = value
	case "warc-segment-number":
		rec.Segment, err = strconv.Atoi(value)
	case "content-length":
		if rec.Length >= 0 {
			return fmt.Errorf("%w: it has two lengths", ErrHeader)
		}
		if rec.Length, err = strconv.ParseInt(value, 10, 64); err == nil && (rec.Length < 0 || value[0] == '+') {
			err = strconv.ErrRange
		}
	}
	if err != nil {
		return fmt.Errorf("%w: %s is %q", ErrHeader, name, value[:min(len(value), 40)])
	}
	return nil
}
