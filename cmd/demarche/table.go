package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"demarche/brief"
)

// table is text in aligned columns for people.
type table struct {
	rows [][]string
	cols int
}

// row adds a row. Its cells are cleaned of whatever could disturb a terminal;
// a cell that is empty stands as a dash where others have something.
func (t *table) row(cells ...string) {
	clean := make([]string, len(cells))
	for i, c := range cells {
		clean[i] = brief.Plain(c)
	}
	t.rows = append(t.rows, clean)
	t.cols = max(t.cols, len(cells))
}

// write prints the rows, each column as wide as its widest cell, two spaces
// between, every line indented by the prefix.
func (t *table) write(w io.Writer, prefix string) error {
	widths := t.widths()
	for _, r := range t.rows {
		var b strings.Builder
		b.WriteString(prefix)
		for i, c := range r {
			b.WriteString(c)
			if i < len(r)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-runewidth.StringWidth(c)+2))
			}
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) widths() []int {
	widths := make([]int, t.cols)
	for _, r := range t.rows {
		for i, c := range r {
			if i < len(r)-1 {
				widths[i] = max(widths[i], runewidth.StringWidth(c))
			}
		}
	}
	return widths
}
