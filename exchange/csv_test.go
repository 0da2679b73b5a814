package exchange_test

import (
	"bytes"
	"encoding/csv"
	"iter"
	"slices"
	"strings"
	"testing"

	"demarche/desktest"
	"demarche/exchange"
	"demarche/record"
)

// claims are those of the sample record as a view states them, with their words.
func claims(t testing.TB) []exchange.Claim {
	t.Helper()
	var log record.Log
	texts := map[record.DocumentID]string{}
	for _, b := range desktest.Batches(t) {
		log.Documents, log.Claims = append(log.Documents, b.Document), append(log.Claims, b.Claims...)
		texts[b.Document.ID] = b.Document.Text
	}
	var out []exchange.Claim
	for _, s := range log.View(record.Clocks{}, nil).Claims() {
		c := s.Citations[0]
		out = append(out, exchange.Claim{Stated: s, Quote: texts[c.Document][c.Start:c.End]})
	}
	return out
}

func sequence(list []exchange.Claim) iter.Seq2[exchange.Claim, error] {
	return func(yield func(exchange.Claim, error) bool) {
		for _, c := range list {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "Cambodia": "Cambodia", "=1+1": "'=1+1", "+1-555": "'+1-555", "-x": "'-x", "@SUM(A1)": "'@SUM(A1)", "-1.5": "-1.5", "+2": "+2",
		" =1": "' =1", "\t=1": "'\t=1", "\r\n=1": "'\r\n=1", "\u200e=1": "'\u200e=1", "\ufeff=1": "'\ufeff=1", "＝1": "'＝1", "a=1": "a=1", "\x00=1": "'\x00=1",
		"-2+3+cmd|' /C calc'!A0": "'-2+3+cmd|' /C calc'!A0",
	} {
		if got := exchange.Harmless(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

// What is written is read again by a plain reader, words and all.
func TestCSVRoundTrip(t *testing.T) {
	all := claims(t)
	var b bytes.Buffer
	if err := exchange.WriteCSV(&b, sequence(all)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != len(all)+1 {
		t.Fatalf("%d rows for %d claims (%v)", len(rows), len(all), err)
	}
	claim, quote, amount := slices.Index(rows[0], "claim"), slices.Index(rows[0], "quote"), slices.Index(rows[0], "amount")
	for i, c := range all {
		row := rows[i+1]
		if row[claim] != string(c.ID) || strings.TrimPrefix(row[quote], "'") != c.Quote || row[amount] != c.Roles.One(record.RoleAmount) {
			t.Errorf("row %q of claim %s %q", row, c.ID, c.Quote)
		}
	}
}
