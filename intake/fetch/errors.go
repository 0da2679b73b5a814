package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
	"unicode"
)

// The reasons for refusing, to be tested with errors.Is.
var (
	ErrAddress   = errors.New("is no web address; write http:// or https:// and a host")
	ErrUser      = errors.New("has a user's name in the address; credentials are not sent")
	ErrPrivate   = errors.New("is in a private network")
	ErrRobots    = errors.New("the site's robots.txt asks programs to stay away from this address")
	ErrTooLarge  = errors.New("too large")
	ErrRedirects = errors.New("redirects too often; name the address it leads to")
	ErrCircle    = errors.New("redirects in a circle")
	ErrTimeout   = errors.New("no answer in time")
	ErrEndless   = errors.New("sends without end, or too slowly")
	ErrEncoding  = errors.New("is compressed in a way that was not asked for")
	ErrWait      = errors.New("the server asks to be left alone")
)

// Error says which address could not be got, and why.
type Error struct {
	URL string // as asked for
	Err error
}

// Error writes address and reason in one line.
func (e *Error) Error() string { return oneLine(e.URL) + ": " + oneLine(e.Err.Error()) }

// Unwrap gives the reason.
func (e *Error) Unwrap() error { return e.Err }

// StatusError is an answer that is no document.
type StatusError struct{ Code int }

// Error names the status.
func (e *StatusError) Error() string {
	return fmt.Sprintf("the server answers %d %s", e.Code, http.StatusText(e.Code))
}

// maxLine is how much of a foreign text a message holds, in bytes.
const maxLine = 300

// oneLine makes foreign text fit for a message.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	if len(s) > maxLine {
		s = strings.ToValidUTF8(s[:maxLine], "") + "…"
	}
	return s
}

// worded gives the error of an exchange in the words of this package. ctx is
// the context of the exchange, bounded by limit.
func worded(ctx context.Context, limit time.Duration, err error) error {
	var timeout net.Error
	switch {
	case context.Cause(ctx) == context.Canceled:
		return context.Canceled
	case ctx.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("%w (%v)", ErrTimeout, limit)
	}
	return err
}

// temporary reports whether trying again may help with an error from before
// the answer.
func temporary(err error) bool {
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return dns.IsTemporary || dns.IsTimeout
	}
	return errors.Is(err, ErrTimeout) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.EPIPE)
}
