package exchange

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"demarche/record"
)

// Format is a form in which claims are handed on.
type Format string

// The formats.
const (
	CSV     Format = "csv"
	Parquet Format = "parquet"
	JSONLD  Format = "jsonld"
	Lines   Format = "jsonl"
	Events  Format = "events"
)

// Formats are all formats.
func Formats() []Format { return []Format{CSV, Parquet, JSONLD, Lines, Events} }

// MediaType is what a file of the format is sent as.
func (f Format) MediaType() string {
	switch f {
	case CSV:
		return "text/csv; charset=utf-8; header=present"
	case Parquet:
		return "application/vnd.apache.parquet"
	case JSONLD:
		return "application/ld+json"
	case Lines:
		return "application/x-ndjson"
	case Events:
		return "text/tab-separated-values; charset=utf-8"
	}
	return "application/octet-stream"
}

// Write writes claims in a format.
func Write(w io.Writer, f Format, claims iter.Seq2[Claim, error]) error {
	switch f {
	case CSV:
		return WriteCSV(w, claims)
	case Parquet:
		return WriteParquet(w, claims)
	case JSONLD:
		return WriteJSONLD(w, claims)
	case Lines:
		return WriteLines(w, claims)
	case Events:
		return WriteEvents(w, claims)
	}
	return fmt.Errorf("%q is no format; use %s", f, strings.Trim(fmt.Sprint(Formats()), "[]"))
}

// Quoted are claims with the words that quote finds for each; the first that it
// does not find ends them.
func Quoted(claims []*record.Stated, quote func(*record.Stated) (string, error)) iter.Seq2[Claim, error] {
	return func(yield func(Claim, error) bool) {
		for _, c := range claims {
			words, err := quote(c)
			if !yield(Claim{Stated: c, Quote: words}, err) || err != nil {
				return
			}
		}
	}
}
