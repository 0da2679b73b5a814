// Package problem tells programs over HTTP what went wrong: problem details (RFC
// 9457), made of the errors of the desk in one place.
package problem

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"demarche"
	"demarche/brief"
)

// Details are the problem details of a failure.
type Details struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

// Error is the detail.
func (d *Details) Error() string { return d.Detail }

// GetStatus is the HTTP status.
func (d *Details) GetStatus() int { return d.Status }

// ContentType is the media type of the details where others are JSON.
func (d *Details) ContentType(string) string { return mediaType }

const mediaType = "application/problem+json"

// New makes details that are no failure of the desk.
func New(status int, detail string) *Details {
	return &Details{Title: http.StatusText(status), Status: status, Detail: detail}
}

// Of makes the details of an error. What is a fault of the program or of the
// machine is not told in detail: it is for the log.
func Of(err error) *Details {
	var known *Details
	if errors.As(err, &known) {
		return known
	}
	status := Status(err)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return New(status, "the question took too long; narrow it to two parties, a kind or a time")
	case status == http.StatusInternalServerError:
		return New(status, "a fault of the program or its record; it is in the server's log")
	}
	return New(status, brief.Plain(err.Error()))
}

// Status maps a failure to its HTTP status: the one place that does.
func Status(err error) int {
	var known *Details
	switch {
	case errors.As(err, &known):
		return known.Status
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable
	}
	switch demarche.KindOf(err) {
	case demarche.Usage, demarche.Input:
		return http.StatusBadRequest
	case demarche.Unknown:
		return http.StatusNotFound
	case demarche.Busy, demarche.Interrupted:
		return http.StatusServiceUnavailable
	case demarche.Output:
		return http.StatusInsufficientStorage
	}
	return http.StatusInternalServerError
}

// Write answers a request with the details.
func (d *Details) Write(w http.ResponseWriter) {
	body, err := json.Marshal(d)
	if err != nil {
		http.Error(w, d.Detail, d.Status)
		return
	}
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(d.Status)
	_, _ = w.Write(body)
}
