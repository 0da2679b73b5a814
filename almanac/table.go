package almanac

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"demarche/record"
)

// A data file is UTF-8 text: lines that begin with # and empty lines are
// comments, the first other line names the columns, every further line is one
// fact with as many columns, separated by single tabs. The last column is
// "source". Dates are EDTF.

// DataError is a fault of a data file, with the line to mend.
type DataError struct {
	File string
	Line int // from 1
	Why  string
}

// Error is file:line: why.
func (e *DataError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Why) }

// row is one line of a data file.
type row struct {
	file   string
	line   int
	fields []string
}

func (r row) fail(format string, args ...any) error {
	return &DataError{r.file, r.line, fmt.Sprintf(format, args...)}
}

// readTable calls each for every line of a data file that has the columns.
func readTable(file string, data []byte, columns []string, each func(row) error) error {
	if !utf8.Valid(data) {
		return &DataError{file, badLine(data), "not UTF-8 text"}
	}
	head := false
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		text = strings.TrimRight(text, "\r\n")
		if text == "" || text[0] == '#' {
			continue
		}
		r := row{file, line, strings.Split(text, "\t")}
		if err := r.check(columns, head); err != nil {
			return err
		}
		if head {
			if err := each(r); err != nil {
				return err
			}
		}
		head = true
	}
	if !head {
		return &DataError{file, line, "no line names the columns " + strings.Join(columns, ", ")}
	}
	return nil
}

// badLine is the line of the first byte that is not UTF-8.
func badLine(data []byte) int {
	good := 0
	for good < len(data) {
		r, n := utf8.DecodeRune(data[good:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		good += n
	}
	return 1 + bytes.Count(data[:good], []byte{'\n'})
}

func (r row) check(columns []string, head bool) error {
	if !head {
		if got := strings.Join(r.fields, ", "); got != strings.Join(columns, ", ") {
			return r.fail("columns are %s, want %s, separated by tabs", got, strings.Join(columns, ", "))
		}
		return nil
	}
	if len(r.fields) != len(columns) {
		return r.fail("%d columns, want %d (%s), separated by tabs", len(r.fields), len(columns), strings.Join(columns, ", "))
	}
	for i, f := range r.fields {
		if f != strings.TrimSpace(f) {
			return r.fail("blanks around %q in column %s", f, columns[i])
		}
	}
	if r.fields[0] == "" {
		return r.fail("column %s is empty", columns[0])
	}
	if r.fields[len(columns)-1] == "" {
		return r.fail("column source is empty; say where the fact is from")
	}
	return nil
}

// when reads a column that is an EDTF date or empty.
func (r row) when(i int) (record.When, error) {
	if r.fields[i] == "" {
		return record.When{}, nil
	}
	w, err := record.ParseEDTF(r.fields[i])
	if err != nil {
		return w, r.fail("%v", err)
	}
	return w, nil
}

// span reads two columns, from and to, as the first and last day.
func (r row) span(from, to int) (first, last record.Day, err error) {
	f, err := r.when(from)
	if err != nil {
		return 0, 0, err
	}
	t, err := r.when(to)
	if err != nil {
		return 0, 0, err
	}
	if f.Earliest != 0 && t.Latest != 0 && t.Latest < f.Earliest {
		return 0, 0, r.fail("%s is before %s", r.fields[to], r.fields[from])
	}
	return f.Earliest, t.Latest, nil
}

// list splits a column at a separator; empty gives none.
func (r row) list(i int, sep string) []string {
	if r.fields[i] == "" {
		return nil
	}
	out := strings.Split(r.fields[i], sep)
	for j := range out {
		out[j] = strings.TrimSpace(out[j])
	}
	return out
}

// wordings splits a column of wordings at | and refuses none and empty ones.
func (r row) wordings(i int) ([]string, error) {
	out := r.list(i, "|")
	if len(out) == 0 {
		return nil, r.fail("no wordings")
	}
	for _, w := range out {
		if w == "" {
			return nil, r.fail("an empty wording in %q", r.fields[i])
		}
	}
	return out, nil
}
