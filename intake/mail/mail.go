// Package mail reads messages (RFC 5322, MIME) and mailbox files of them (mbox,
// RFC 4155) for their text. It opens no attachment.
package mail

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"strings"
	"time"

	"golang.org/x/text/encoding/htmlindex"
)

// Bounds of a message.
const (
	maxDepth  = 8   // of parts within parts
	maxParts  = 200 // in all
	maxHeader = 256 << 10
)

// ErrBounds: a message has more parts, deeper ones or longer ones than are read.
var ErrBounds = errors.New("more than is read of a message")

// Message is what a message says.
type Message struct {
	Subject  string
	FromName string // of the author, "" where only the address is told
	From     string // the author's address
	Date     time.Time
	// ID is the Message-ID without its brackets, Archived the web address that
	// the message says it is archived at (RFC 5064); both may be "".
	ID, Archived string
	// Text is the text in UTF-8, plain or, where HTML is set, a page. "" where
	// the message has none.
	Text string
	HTML bool
	// Passed are the parts that were not read, as "name (type)".
	Passed []string
}

// Read reads a message of which a part may expand to limit bytes.
func Read(r io.Reader, limit int64) (*Message, error) {
	m, err := netmail.ReadMessage(r)
	if err != nil {
		return nil, fmt.Errorf("is no message (%w)", err)
	}
	out := &Message{ID: strings.Trim(m.Header.Get("Message-Id"), " <>"), Archived: strings.Trim(m.Header.Get("Archived-At"), " <>")}
	words := mime.WordDecoder{CharsetReader: charsetReader}
	out.Subject = decoded(&words, m.Header.Get("Subject"))
	parser := netmail.AddressParser{WordDecoder: &words}
	if from, err := parser.Parse(m.Header.Get("From")); err == nil {
		out.FromName, out.From = strings.Join(strings.Fields(from.Name), " "), from.Address
	}
	out.Date, _ = m.Header.Date()
	p := parts{m: out, limit: limit}
	err = p.read(textproto.MIMEHeader(m.Header), m.Body, 0)
	out.Text, out.HTML = p.plain, false
	if strings.TrimSpace(p.plain) == "" {
		out.Text, out.HTML = p.page, p.page != ""
	}
	return out, err
}

// decoded resolves the encoded words of a header field, as far as they can be.
func decoded(w *mime.WordDecoder, s string) string {
	if d, err := w.DecodeHeader(s); err == nil {
		s = d
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
}

// charsetReader reads a charset as UTF-8.
func charsetReader(charset string, r io.Reader) (io.Reader, error) {
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return nil, fmt.Errorf("charset %.40q is not known", charset)
	}
	return enc.NewDecoder().Reader(r), nil
}

// parts gathers the first plain text and the first page of a message.
type parts struct {
	m           *Message
	limit       int64
	plain, page string
	n           int
}

func (p *parts) read(h textproto.MIMEHeader, body io.Reader, depth int) error {
	if p.n++; p.n > maxParts || depth > maxDepth {
		return fmt.Errorf("%w: parts within parts", ErrBounds)
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || kind == "" {
		kind, params = "text/plain", nil
	}
	if strings.HasPrefix(kind, "multipart/") {
		return p.several(body, params["boundary"], depth)
	}
	attached, named, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	want := p.want(kind)
	if attached == "attachment" || want == nil {
		p.pass(kind, either(named["filename"], params["name"]))
		return nil
	}
	text, err := p.text(body, h.Get("Content-Transfer-Encoding"), params["charset"])
	*want = text
	return err
}

// want is where a part of that type goes, nil where it is not wanted.
func (p *parts) want(kind string) *string {
	switch {
	case kind == "text/plain" && p.plain == "":
		return &p.plain
	case kind == "text/html" && p.page == "":
		return &p.page
	}
	return nil
}

// maxPassed is how many parts that were not read are told of.
const maxPassed = 10

func (p *parts) pass(kind, name string) {
	if len(p.m.Passed) < maxPassed {
		name = decoded(&mime.WordDecoder{CharsetReader: charsetReader}, name)
		p.m.Passed = append(p.m.Passed, fmt.Sprintf("%.80q (%.40s)", name, kind))
	}
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (p *parts) several(body io.Reader, boundary string, depth int) error {
	if boundary == "" {
		return errors.New("its parts have no boundary")
	}
	r := multipart.NewReader(body, boundary)
	for {
		part, err := r.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("its parts break off (%w)", err)
		}
		if err := p.read(part.Header, part, depth+1); err != nil {
			return err
		}
	}
}

// text decodes a part.
func (p *parts) text(r io.Reader, transfer, charset string) (string, error) {
	switch strings.ToLower(strings.TrimSpace(transfer)) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	if charset != "" && !strings.EqualFold(charset, "utf-8") && !strings.EqualFold(charset, "us-ascii") {
		decoded, err := charsetReader(charset, r)
		if err != nil {
			return "", err
		}
		r = decoded
	}
	b, err := io.ReadAll(io.LimitReader(r, p.limit+1))
	if int64(len(b)) > p.limit {
		return "", fmt.Errorf("%w: a part of more than %d bytes", ErrBounds, p.limit)
	}
	if err != nil {
		return "", fmt.Errorf("its text cannot be decoded (%w)", err)
	}
	return string(b), nil
}
