package exchange

import (
	"encoding/csv"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// columns are the columns of a CSV file with what a row has in each.
var columns = []struct {
	name string
	of   func(*Row) string
}{
	{"claim", func(r *Row) string { return r.Claim }},
	{"kind", func(r *Row) string { return r.Kind }},
	{"phase", func(r *Row) string { return r.Phase }},
	{"negated", func(r *Row) string { return strconv.FormatBool(r.Negated) }},
	{"when", func(r *Row) string { return r.When }},
	{"earliest", func(r *Row) string { return r.Earliest }},
	{"latest", func(r *Row) string { return r.Latest }},
	{"actor", func(r *Row) string { return r.Actor }},
	{"recipient", func(r *Row) string { return r.Recipient }},
	{"actor_persons", func(r *Row) string { return r.ActorPersons }},
	{"recipient_persons", func(r *Row) string { return r.RecipientPersons }},
	{"place", func(r *Row) string { return r.Place }},
	{"party", func(r *Row) string { return r.Party }},
	{"parties", func(r *Row) string { return r.Parties }},
	{"body", func(r *Row) string { return r.Body }},
	{"tier", func(r *Row) string { return r.Tier }},
	{"holder", func(r *Row) string { return r.Holder }},
	{"post", func(r *Row) string { return r.Post }},
	{"of", func(r *Row) string { return r.Of }},
	{"in", func(r *Row) string { return r.In }},
	{"by", func(r *Row) string { return r.By }},
	{"as", func(r *Row) string { return r.As }},
	{"level", func(r *Row) string { return r.Level }},
	{"type", func(r *Row) string { return r.Type }},
	{"name", func(r *Row) string { return r.Name }},
	{"status", func(r *Row) string { return r.Status }},
	{"successor", func(r *Row) string { return r.Successor }},
	{"predecessor", func(r *Row) string { return r.Predecessor }},
	{"debtor", func(r *Row) string { return r.Debtor }},
	{"creditor", func(r *Row) string { return r.Creditor }},
	{"amount", func(r *Row) string { return r.amount }},
	{"currency", func(r *Row) string { return r.Currency }},
	{"change", func(r *Row) string { return r.Change }},
	{"content", func(r *Row) string { return r.Content }},
	{"source", func(r *Row) string { return r.Source }},
	{"publisher", func(r *Row) string { return r.Publisher }},
	{"title", func(r *Row) string { return r.Title }},
	{"published", func(r *Row) string { return r.Published }},
	{"url", func(r *Row) string { return r.URL }},
	{"document", func(r *Row) string { return r.Document }},
	{"start", func(r *Row) string { return number(r.Start) }},
	{"end", func(r *Row) string { return number(r.End) }},
	{"quote", func(r *Row) string { return r.Quote }},
	{"confidence", func(r *Row) string { return decimal(r.Confidence) }},
	{"reviewed", func(r *Row) string { return r.Reviewed }},
	{"reader", func(r *Row) string { return r.Reader }},
	{"frame", func(r *Row) string { return r.Frame }},
	{"recorded", func(r *Row) string { return r.Recorded }},
}

// WriteCSV writes claims as RFC 4180 has it but for line ends, which are single
// so that those in a quote stay what they are; a line of column names first. A
// cell that a spreadsheet would take for a formula gets an apostrophe before it.
func WriteCSV(w io.Writer, claims iter.Seq2[Claim, error]) error {
	out := csv.NewWriter(w)
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = c.name
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for c, err := range claims {
		if err != nil {
			return err
		}
		row, err := RowOf(c)
		if err != nil {
			return err
		}
		for i, c := range columns {
			line[i] = Harmless(c.of(&row))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// formula are the characters that begin a formula in one spreadsheet or
// another, full-width forms among them.
const formula = "=+-@＝＋－＠"

// Harmless puts an apostrophe before a cell that a spreadsheet would take for a
// formula: one that begins with =, +, - or @, behind whatever has no ink. A
// number stays one.
func Harmless(cell string) string {
	bare := strings.TrimLeftFunc(cell, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	})
	if bare == "" || !strings.ContainsRune(formula, first(bare)) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	return "'" + cell
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
