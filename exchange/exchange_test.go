package exchange_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/piprate/json-gold/ld"

	"demarche/exchange"
	"demarche/record"
)

func TestParquetRoundTrip(t *testing.T) {
	all := claims(t)
	var b bytes.Buffer
	if err := exchange.WriteParquet(&b, sequence(all)); err != nil {
		t.Fatal(err)
	}
	rows, err := parquet.Read[exchange.Row](bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || len(rows) != len(all) {
		t.Fatalf("%d rows for %d claims (%v)", len(rows), len(all), err)
	}
	for i, c := range all {
		r := rows[i]
		if r.Claim != string(c.ID) || r.Quote != c.Quote || r.Actor != strings.Join(c.Roles[record.RoleActor], "; ") || r.Start != int64(c.Citations[0].Start) {
			t.Errorf("row %+v of claim %s", r, c.ID)
		}
		if (r.Amount != nil) != (c.Kind == record.Debt) || r.Amount != nil && *r.Amount != 1.5e9 {
			t.Errorf("amount %v of %s", r.Amount, c.Kind)
		}
	}
}

func TestLines(t *testing.T) {
	all := claims(t)
	var b bytes.Buffer
	if err := exchange.WriteLines(&b, sequence(all)); err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(&b)
	for _, c := range all {
		var line struct {
			ID, Kind, Quote string
			Spans           [][2]int
			Document        struct{ Hash, Publisher string }
		}
		if err := d.Decode(&line); err != nil {
			t.Fatal(err)
		}
		if line.ID != string(c.ID) || line.Quote != c.Quote || line.Spans[0][0] != c.Citations[0].Start || line.Document.Publisher != c.Document.Publisher {
			t.Errorf("line %+v of claim %s", line, c.ID)
		}
	}
}

// A processor of JSON-LD reads the file with nothing fetched, and finds each
// claim with its document, its roles and its words.
func TestJSONLD(t *testing.T) {
	all := claims(t)
	treaty := *all[0].Stated
	treaty.ID, treaty.Core = "0123456789abcdef", record.Core{Kind: record.Treaty, Phase: record.Begins, When: record.Year(1994),
		Roles: record.Roles{record.RoleParties: {"RUS", "IND"}, record.RoleType: {"friendship"}, record.RoleName: {"Treaty of Friendship"}}}
	all = append(all, exchange.Claim{Stated: &treaty})
	var b bytes.Buffer
	if err := exchange.WriteJSONLD(&b, sequence(all)); err != nil {
		t.Fatal(err)
	}
	doc, err := ld.DocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = noLoader{}
	data, err := ld.NewJsonLdProcessor().ToRDF(doc, options)
	if err != nil {
		t.Fatal(err)
	}
	about := map[string][]string{} // objects by subject and predicate
	for _, q := range data.(*ld.RDFDataset).Graphs["@default"] {
		key := q.Subject.GetValue() + " " + q.Predicate.GetValue()
		about[key] = append(about[key], q.Object.GetValue())
	}
	for _, c := range all {
		name := exchange.Namespace + "claim-" + string(c.ID)
		want := map[string]string{
			"http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "https://schema.org/Claim",
			"https://schema.org/text":                         c.Quote,
			"https://schema.org/appearance":                   exchange.Namespace + "document-" + string(c.Document.ID),
			exchange.Namespace + "kind":                       string(c.Kind),
			exchange.Namespace + "when":                       record.FormatEDTF(c.When),
		}
		for role, v := range c.Roles {
			want[exchange.Namespace+role] = v[0]
		}
		for predicate, object := range want {
			if got := about[name+" "+predicate]; !slices.Contains(got, object) {
				t.Errorf("%s %s: %q, want %q", c.ID, predicate, got, object)
			}
		}
		source := exchange.Namespace + "document-" + string(c.Document.ID)
		if got := about[source+" https://schema.org/publisher"]; !slices.Equal(got, []string{c.Document.Publisher}) {
			t.Errorf("publisher of %s: %q", source, got)
		}
	}
	for key, objects := range about {
		for _, o := range objects {
			if strings.HasPrefix(o, "javascript:") {
				t.Errorf("%s leads to %s", key, o)
			}
		}
	}
}

// noLoader fetches nothing.
type noLoader struct{}

func (noLoader) LoadDocument(u string) (*ld.RemoteDocument, error) {
	return nil, errors.New("would fetch " + u)
}

func TestEvents(t *testing.T) {
	all := claims(t)
	talks := *all[0].Stated
	talks.Core = record.Core{Kind: record.Consult, Phase: record.Occurs, When: record.Year(2019), Roles: record.Roles{record.RoleActor: {"FRA", "MLT", "ITA"}}}
	denied := talks
	denied.Negated = true
	all = append(all, exchange.Claim{Stated: &talks}, exchange.Claim{Stated: &denied})
	var b bytes.Buffer
	if err := exchange.WriteEvents(&b, sequence(all)); err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(&b)
	r.Comma = '\t'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	col := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	var got []string
	for _, row := range rows[1:] {
		got = append(got, strings.Join([]string{col(row, "event_type"), col(row, "actor"), col(row, "recipient"), col(row, "event_date"), col(row, "event_date_latest"), col(row, "quad_code")}, "|"))
	}
	want := []string{
		"CONSULT|RUS|IND|2018-03-01|2018-03-01|VERBAL COOPERATION", "REQUEST|KHM|RUS|2020-10-13|2020-10-13|VERBAL CONFLICT",
		"CONSULT|FRA|MLT||2019-12-31|VERBAL COOPERATION", "CONSULT|FRA|ITA||2019-12-31|VERBAL COOPERATION", "CONSULT|MLT|ITA||2019-12-31|VERBAL COOPERATION",
	}
	if !slices.Equal(got, want) {
		t.Errorf("events %q, want %q", got, want)
	}
	if s := col(rows[1], "source"); !strings.HasPrefix(s, "'=") {
		t.Errorf("source %q", s)
	}
	for _, k := range record.Acts() {
		if !slices.ContainsFunc([]string{"COOPERATION", "CONFLICT"}, func(s string) bool { return strings.HasSuffix(exchange.Quad(k), s) }) {
			t.Errorf("%s has no quad code", k)
		}
	}
}

// An error between claims ends every format with that error.
func TestErrorsEndTheFile(t *testing.T) {
	broken := errors.New("broken")
	seq := func(yield func(exchange.Claim, error) bool) {
		_ = yield(claims(t)[0], nil) && yield(exchange.Claim{}, broken)
	}
	for name, write := range map[string]func(io.Writer, iter.Seq2[exchange.Claim, error]) error{
		"csv": exchange.WriteCSV, "parquet": exchange.WriteParquet, "jsonl": exchange.WriteLines, "jsonld": exchange.WriteJSONLD, "events": exchange.WriteEvents,
	} {
		if err := write(io.Discard, seq); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
