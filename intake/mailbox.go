package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"demarche/intake/mail"
	"demarche/record"
)

// message reads one mail: its subject, author, date and text. What is attached
// to it is not opened, and told of.
func (in *input) message(ctx context.Context, b []byte) (record.Document, error) {
	m, err := mail.Read(bytes.NewReader(b), in.opt.limit())
	if m != nil && len(m.Passed) > 0 {
		in.opt.warn(in.Path, "attached and not read: %s", strings.Join(m.Passed, ", "))
	}
	if err != nil {
		return record.Document{}, whole(in.Path, err)
	}
	if strings.TrimSpace(m.Text) == "" {
		return record.Document{}, wholef(in.Path, "the message has no text; save what is attached to it as files")
	}
	in.from = mailed(m)
	if m.HTML {
		return in.html([]byte(m.Text))
	}
	text, err := in.decode([]byte(m.Text))
	if err != nil {
		return record.Document{}, err
	}
	return in.make(text, in.from.facts(), facts{}), nil
}

// mailed is what a message says of itself. Its address is the one that it is
// archived at or its Message-ID as an address (RFC 2392), so that the same
// message is known again.
func mailed(m *mail.Message) Received {
	r := Received{Title: m.Subject, Author: first(m.FromName, m.From), URL: address(m.Archived)}
	if r.URL == "" && m.ID != "" {
		r.URL = "mid:" + m.ID
	}
	if !m.Date.IsZero() {
		r.Published = record.On(record.DayOf(m.Date.Date()))
	}
	return r
}

// mailbox reads the messages of a mailbox.
func (in *input) mailbox(ctx context.Context) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		box := mail.NewMailbox(in.r, in.opt.limit())
		for n := 1; ; n++ {
			b, at, err := box.Next()
			if err == io.EOF {
				if n == 1 {
					yield(record.Document{}, wholef(in.Path, "is empty; there is nothing to read"))
				}
				return
			}
			if err != nil && !errors.Is(err, mail.ErrBounds) {
				yield(record.Document{}, &Error{Path: in.Path, Offset: at, Err: broken(err)})
				return
			}
			doc, err := in.letter(ctx, b, n, at, err)
			if !yield(doc, err) {
				return
			}
		}
	}
}

// letter reads the nth message, which begins at an offset and was read with err.
func (in *input) letter(ctx context.Context, b []byte, n int, at int64, err error) (record.Document, error) {
	if err != nil {
		return record.Document{}, &Error{Path: in.Path, Offset: at, Err: err}
	}
	one := &input{Source: Source{Path: in.Path}, opt: in.opt, format: Message, day: in.day}
	doc, err := one.message(ctx, b)
	if err != nil {
		return record.Document{}, &Error{Path: in.Path, Offset: at, Err: bare(err)}
	}
	doc.Name = fmt.Sprintf("%s-%06d", in.name(), n)
	return doc, nil
}

// bare takes the path off an error that is put under another.
func bare(err error) error {
	var at *Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
