package warc

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
)

// ErrTooLarge: a payload has more bytes than may be.
var ErrTooLarge = errors.New("too large")

// Payload is what a record holds of its target.
type Payload struct {
	Status      int // of the answer; 200 where the record is no answer
	ContentType string
	Body        []byte
}

// Payload reads what the record holds of its target, up to limit bytes
// (ErrTooLarge): the body of an answer, decompressed, or the block of a resource
// or of a conversion. Other records, and segments, have none; ok tells.
// A record that does not end where its length says has none either: ErrLength.
func (rec *Record) Payload(limit int64) (p Payload, ok bool, err error) {
	p, ok, err = rec.payload(limit)
	r := rec.reader
	if r.err = r.finish(); r.err != nil {
		return Payload{}, false, r.err
	}
	return p, ok, err
}

func (rec *Record) payload(limit int64) (p Payload, ok bool, err error) {
	if rec.Segment > 0 {
		return p, false, nil
	}
	switch rec.Type {
	case "response":
		kind, _, _ := mime.ParseMediaType(rec.ContentType)
		if kind != "application/http" {
			return p, false, nil
		}
		p, err = answer(rec.Block, limit)
		return p, true, err
	case "resource", "conversion":
		p = Payload{Status: http.StatusOK, ContentType: rec.ContentType}
		p.Body, err = bounded(rec.Block, limit)
		return p, true, err
	}
	return p, false, nil
}

// answer reads an HTTP answer as it went over the line.
func answer(block io.Reader, limit int64) (Payload, error) {
	resp, err := http.ReadResponse(bufio.NewReader(io.LimitReader(block, limit+maxHeader)), nil)
	if err != nil {
		return Payload{}, fmt.Errorf("is said to be an HTTP answer and is none (%w)", err)
	}
	defer resp.Body.Close()
	p := Payload{Status: resp.StatusCode, ContentType: resp.Header.Get("Content-Type")}
	if p.Status != http.StatusOK {
		return p, nil
	}
	var body io.Reader = resp.Body
	switch e := strings.ToLower(resp.Header.Get("Content-Encoding")); e {
	case "", "identity":
	case "gzip", "x-gzip":
		if body, err = gzip.NewReader(resp.Body); err != nil {
			return p, fmt.Errorf("is said to be gzip and is none (%w)", err)
		}
	default:
		return p, fmt.Errorf("is compressed as %.40q, which is not read", e)
	}
	p.Body, err = bounded(body, limit)
	return p, err
}

func bounded(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("%w: has or expands to more than the %d bytes that may be", ErrTooLarge, limit)
	}
	return b, err
}
