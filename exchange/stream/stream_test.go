package stream_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"demarche/exchange/stream"
	"demarche/record"
)

var at = record.At(time.Date(2021, 3, 1, 12, 0, 0, 123456000, time.UTC))

// sample is a record with what its parts may hold.
func sample() (docs []record.Document, claims []record.Claim, decisions []record.Decision) {
	docs = []record.Document{
		{Name: "a", URL: "https://mail.example/a", Publisher: "Mail", Title: "<b>A & B</b>", Published: record.Month(2019, 5), Language: "en", Author: "Ama",
			Text: "Togo owes Ghana “$5”.\n\u2028Second.", Origin: "GNA", Modified: record.On(record.DayOf(2019, 6, 1)), Recorded: at},
		{Publisher: "Mail", Title: "B", Text: "", Recorded: at},
	}
	for i := range docs {
		docs[i].ID = docs[i].Hash()
	}
	docs[1].Former, docs[1].Story = docs[0].ID, docs[0].ID
	claims = []record.Claim{
		{Core: record.Core{Kind: record.Debt, Phase: record.Holds, Negated: true, When: record.When{Latest: record.DayOf(2019, 5, 1)},
			Roles: record.Roles{record.RoleDebtor: {"TGO"}, record.RoleCreditor: {"GHA", "Lomé <Bank>"}, record.RoleAmount: {"5"}, record.RoleCurrency: {"USD"}}},
			Source: "Ama", Chain: []string{"Ama", "Mail"}, Frame: "owe", Confidence: 0.25, Reader: "9", Recorded: at,
			Citations: []record.Citation{{Document: docs[0].ID, Start: 0, End: 4}, {Document: docs[1].ID, Start: 0, End: 0}}},
		{Core: record.Core{Kind: record.Request, Phase: record.Occurs, Roles: record.Roles{record.RoleActor: {"TGO"}},
			Content: &record.Content{Topic: "aid", Core: record.Core{Kind: record.Aid, Phase: record.Occurs, Roles: record.Roles{record.RoleActor: {"GHA"}}}}},
			Citations: []record.Citation{{Document: docs[0].ID, Start: 5, End: 9}}, Recorded: at},
	}
	for i := range claims {
		claims[i].ID = claims[i].Identity()
	}
	core := claims[1].Core
	decisions = []record.Decision{
		{Verdict: record.Correct, Claim: claims[0].ID, Core: &core, Who: "Desk", Why: "so", Recorded: at},
		{Verdict: record.Split, Entity: "TGO", Into: "GHA", Claims: []record.ClaimID{claims[1].ID}, Why: "so", Recorded: at},
	}
	decisions[0].ID, decisions[1].ID = decisions[0].Identity(), decisions[1].Identity()
	return docs, claims, decisions
}

func write(t testing.TB) []byte {
	t.Helper()
	docs, claims, decisions := sample()
	var b bytes.Buffer
	w := stream.NewWriter(&b)
	for i := range docs {
		w.Document(&docs[i])
	}
	for i := range claims {
		w.Claim(&claims[i])
	}
	for i := range decisions {
		w.Decision(&decisions[i])
	}
	if counts, err := w.Close(); err != nil || counts != (stream.Counts{Documents: 2, Claims: 2, Decisions: 2}) {
		t.Fatalf("%+v, %v", counts, err)
	}
	return b.Bytes()
}

// What is written is read back as it was.
func TestThereAndBack(t *testing.T) {
	b := write(t)
	if counts, err := stream.Verify(bytes.NewReader(b)); err != nil || counts != (stream.Counts{Documents: 2, Claims: 2, Decisions: 2}) {
		t.Fatalf("%+v, %v", counts, err)
	}
	docs, claims, decisions := sample()
	var gotDocs []record.Document
	var gotClaims []record.Claim
	var gotDecisions []record.Decision
	for e, err := range stream.Read(bytes.NewReader(b)) {
		switch {
		case err != nil:
			t.Fatal(err)
		case e.Document != nil:
			gotDocs = append(gotDocs, *e.Document)
		case e.Claim != nil:
			gotClaims = append(gotClaims, *e.Claim)
		case e.Decision != nil:
			gotDecisions = append(gotDecisions, *e.Decision)
		}
	}
	same := cmp.Comparer(func(a, b record.RecordTime) bool { return a.Time().Equal(b.Time()) })
	if diff := cmp.Diff([]any{docs, claims, decisions}, []any{gotDocs, gotClaims, gotDecisions}, same); diff != "" {
		t.Error(diff)
	}
}

func TestDamagedStreams(t *testing.T) {
	whole := string(write(t))
	lines := strings.SplitAfter(whole, "\n")
	tests := []struct {
		name, stream string
		want         error // nil for an error of a line
	}{
		{"nothing", "", stream.ErrNotStream},
		{"a text", "Togo asked Ghana.\n", stream.ErrNotStream},
		{"documents", `{"id":"a","text":"x"}` + "\n", stream.ErrNotStream},
		{"one endless line", strings.Repeat("x", 1<<20), stream.ErrNotStream},
		{"newer", strings.Replace(whole, `"version":1`, `"version":2`, 1), stream.ErrVersion},
		{"cut between lines", strings.Join(lines[:3], ""), stream.ErrBreaksOff},
		{"cut in a line", whole[:len(whole)-10], stream.ErrBreaksOff},
		{"a line is missing", lines[0] + strings.Join(lines[2:], ""), stream.ErrChecksum},
		{"lines exchanged", lines[0] + lines[2] + lines[1] + strings.Join(lines[3:], ""), stream.ErrChecksum},
		{"a word is another", strings.Replace(whole, "Togo owes", "Togo pays", 1), stream.ErrChecksum},
		{"other counts", strings.Replace(whole, `"end":{"documents":2`, `"end":{"documents":3`, 1), stream.ErrChecksum},
		{"more behind", whole + "{}\n", nil},
		{"another sort of line", lines[0] + "{}\n" + strings.Join(lines[1:], ""), nil},
	}
	for _, tt := range tests {
		_, err := stream.Verify(strings.NewReader(tt.stream))
		var line *stream.Error
		if tt.want != nil && !errors.Is(err, tt.want) || tt.want == nil && !errors.As(err, &line) {
			t.Errorf("%s: got %v", tt.name, err)
		}
	}
}

// Lines that say something else than their names are refused, with the line.
func TestForgedLines(t *testing.T) {
	whole := string(write(t))
	for name, forged := range map[string]string{
		"text":     strings.Replace(whole, "Togo owes", "Togo pays", 1),
		"claim":    strings.Replace(whole, `"debtor":"TGO"`, `"debtor":"GHA"`, 1),
		"citation": strings.Replace(whole, `"end":4`, `"end":5`, 1),
		"decision": strings.Replace(whole, `"who":"Desk"`, `"who":"Dusk"`, 1),
		"kind":     strings.Replace(whole, `"kind":"debt"`, `"kind":"theft"`, 1),
		"time":     strings.Replace(whole, `2021-03-01T12:00:00.123456Z"}}`, `yesterday"}}`, 1),
		"verdict":  strings.Replace(whole, `"verdict":"split"`, `"verdict":"burn"`, 1),
		"no json":  strings.Replace(whole, `{"claim":{`, `{"claim":`, 1),
	} {
		if forged == whole {
			t.Fatalf("%s: nothing was forged", name)
		}
		var last error
		for _, err := range stream.Read(strings.NewReader(forged)) {
			last = err
		}
		var line *stream.Error
		if !errors.As(last, &line) || line.Line < 2 {
			t.Errorf("%s: got %v", name, last)
		}
	}
}

func TestWriterRefuses(t *testing.T) {
	docs, claims, _ := sample()
	w := stream.NewWriter(&bytes.Buffer{})
	w.Document(&docs[0])
	if err := w.Claim(&claims[0]); err == nil || !strings.Contains(err.Error(), "is not on record") {
		t.Errorf("a claim of an unknown document: %v", err)
	}
	if _, err := w.Close(); err == nil {
		t.Error("what failed was closed as if it had not")
	}
	claims[1].Confidence = math.NaN()
	w = stream.NewWriter(&bytes.Buffer{})
	w.Document(&docs[0])
	if err := w.Claim(&claims[1]); err == nil {
		t.Error("no number was written")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(write(f))
	f.Add([]byte(`{"demarche":"record","version":1}` + "\n" + `{"end":{"sha256":""}}` + "\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		stream.Verify(bytes.NewReader(b))
		for e, err := range stream.Read(bytes.NewReader(b)) {
			if err == nil && e.Document == nil && e.Claim == nil && e.Decision == nil {
				t.Errorf("line %d gives nothing", e.Line)
			}
		}
	})
}
