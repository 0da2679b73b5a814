package demarche

import (
	"context"
	"errors"
	"fmt"
)

// ErrorKind is what sort of failure an Error is: what a caller does about it
// depends on the kind alone. A command maps it to an exit code, a server to an
// HTTP status; each in one place.
type ErrorKind uint8

// The kinds of failure.
const (
	Internal    ErrorKind = iota // a fault of the program or the machine
	Usage                        // the question is wrongly put: an impossible date, a missing reason
	Unknown                      // a name, claim or document that nothing is known by, or that is ambiguous
	Input                        // a document that cannot be read
	BadRecord                    // the record is none, is damaged, or is of a newer version
	Output                       // what was to be written could not be: no space, no permission
	Busy                         // another process holds the record
	Interrupted                  // stopped by the user
	Finding                      // what was to be checked does not hold
)

// String names the kind in a word or two.
func (k ErrorKind) String() string {
	names := [...]string{"internal error", "usage", "unknown", "bad input", "bad record", "cannot write", "busy", "interrupted", "finding"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("ErrorKind(%d)", uint8(k))
}

// Error is the error of every verb: what was being done, what sort of failure
// it is, and what was wrong and what to do about it.
type Error struct {
	Op   string // the verb: "members", "read"
	Kind ErrorKind
	Err  error
}

// Error says the operation and what was wrong in one line.
func (e *Error) Error() string {
	if e.Op == "" {
		return e.Err.Error()
	}
	return e.Op + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf is the kind of the outermost Error in a chain; an error that is none
// is Internal, a cancelled context Interrupted.
func KindOf(err error) ErrorKind {
	var e *Error
	switch {
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.Canceled):
		return Interrupted
	}
	return Internal
}

// fail makes an Error with a formatted cause.
func fail(op string, kind ErrorKind, format string, args ...any) error {
	return &Error{Op: op, Kind: kind, Err: fmt.Errorf(format, args...)}
}
