package mail

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// ErrMailbox: a file is no mailbox.
var ErrMailbox = errors.New(`is no mailbox; a message begins with a line "From ", a sender and a date`)

// Mailbox reads the messages of a mailbox file one by one. A message begins
// with a line "From " after an empty line or at the start; such lines within a
// message are written with a > before them, which is taken off.
type Mailbox struct {
	r       *bufio.Reader
	limit   int64
	offset  int64
	started bool
	empty   bool // the last line was empty
	next    int64
}

// NewMailbox reads messages of up to limit bytes.
func NewMailbox(r io.Reader, limit int64) *Mailbox {
	return &Mailbox{r: bufio.NewReaderSize(r, 32<<10), limit: limit}
}

// Next gives the bytes of the next message and where it begins; io.EOF after
// the last. One that is over the limit is passed over and is ErrBounds.
func (m *Mailbox) Next() (message []byte, offset int64, err error) {
	if !m.started {
		if err := m.start(); err != nil {
			return nil, m.offset, err
		}
	}
	if m.next < 0 {
		return nil, m.offset, io.EOF
	}
	offset, m.next = m.next, -1
	size := int64(0)
	for {
		line, err := m.line()
		if m.empty && bytes.HasPrefix(line, from) {
			m.next = m.offset - int64(len(line))
			break
		}
		if err != nil && err != io.EOF {
			return nil, offset, err
		}
		m.empty = len(bytes.TrimRight(line, "\r\n")) == 0
		if size += int64(len(line)); size <= m.limit {
			message = append(message, unquoted(line)...)
		}
		if err == io.EOF {
			break
		}
	}
	if size > m.limit {
		return nil, offset, fmt.Errorf("%w: a message of %d bytes, and %d may be", ErrBounds, size, m.limit)
	}
	return message, offset, nil
}

var from = []byte("From ")

// start reads the first line that is not empty.
func (m *Mailbox) start() error {
	m.started = true
	for {
		line, err := m.line()
		if bytes.HasPrefix(line, from) {
			m.next = m.offset - int64(len(line))
			return nil
		}
		if len(bytes.TrimSpace(line)) > 0 {
			return ErrMailbox
		}
		if err != nil {
			return err
		}
	}
}

// line reads a line with its end, or a part of one that is very long.
func (m *Mailbox) line() ([]byte, error) {
	line, err := m.r.ReadSlice('\n')
	m.offset += int64(len(line))
	if err == bufio.ErrBufferFull {
		err = nil
	}
	return line, err
}

// unquoted takes off the > that was put before a line "From ".
func unquoted(line []byte) []byte {
	if bare := bytes.TrimLeft(line, ">"); len(bare) < len(line) && bytes.HasPrefix(bare, from) {
		return line[1:]
	}
	return line
}
