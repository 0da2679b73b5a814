package wire_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"demarche/record"
	"demarche/wire"
)

const sample = `{
 "id": "x1",
 "url": "",
 "publisher": "Example Wire",
 "title": "Ministers meet",
 "published": "2019-03-04",
 "text": "France and Malta met on Monday.  Malta owes France €5 million.",
 "claims": [
  {
   "kind": "CONSULT",
   "phase": "occurs",
   "roles": {
    "actor": [
     "FRA",
     "MLT"
    ],
    "recipient": []
   },
   "when": [
    "2019-03-04",
    "2019-03-04"
   ],
   "source": null,
   "quote": "France and Malta met",
   "content": {
    "kind": "debt",
    "phase": "ends",
    "roles": {
     "debtor": "MLT",
     "creditor": "FRA",
     "amount": null,
     "currency": null
    }
   }
  },
  {
   "kind": "debt",
   "phase": "holds",
   "roles": {
    "debtor": "MLT",
    "creditor": "FRA",
    "amount": 5000000,
    "currency": "EUR"
   },
   "when": null,
   "source": "A <b> & c",
   "quote": "Malta owes France €5 million"
  }
 ]
}
`

func TestLayoutRoundTrip(t *testing.T) {
	d, err := wire.Decode(strings.NewReader(sample), "x1.json")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := wire.Encode(&out, d); err != nil {
		t.Fatal(err)
	}
	if out.String() != sample {
		t.Errorf("written again:\n%s", out.String())
	}
}

func TestRecordRoundTrip(t *testing.T) {
	d, err := wire.Decode(strings.NewReader(sample), "x1.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, claims, err := d.Record()
	if err != nil {
		t.Fatal(err)
	}
	if c := claims[1]; c.Roles.One(record.RoleAmount) != "5000000" || c.Source != "A <b> & c" ||
		doc.Text[c.Citations[0].Start:c.Citations[0].End] != "Malta owes France €5 million" {
		t.Errorf("claim: %+v", c)
	}
	again := wire.FromRecord(&doc, claims)
	doc2, claims2, err := again.Record()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(doc, doc2) || !reflect.DeepEqual(claims, claims2) {
		t.Errorf("record changed:\n%+v\n%+v", claims, claims2)
	}
	if again.Hash == "" || again.Claims[0].ID == "" || len(again.Claims[0].Spans) != 1 {
		t.Errorf("extra fields are missing: %+v", again.Claims[0])
	}
}

func TestQuoteAcrossLines(t *testing.T) {
	d := &wire.Document{ID: "q", Text: "a met b. Peru met\n  Chile here", Claims: []wire.Claim{
		{Kind: "CONSULT", Quote: "Peru met Chile"},
	}}
	doc, claims, err := d.Record()
	if err != nil {
		t.Fatal(err)
	}
	if c := claims[0].Citations[0]; doc.Text[c.Start:c.End] != "Peru met\n  Chile" {
		t.Errorf("cited %q", doc.Text[c.Start:c.End])
	}
	d.Claims[0].Quote = "Peru metChile"
	if _, _, err := d.Record(); err == nil {
		t.Error("a quote that is not in the text was accepted")
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, c := range []struct {
		in, field string
		offset    int64
	}{
		{"", "", 0},
		{`{"id": "a", `, "", 12},
		{`{"id": 3}`, "id", 8},
		{`{"claims":[{"kind":"AID"},{"kind":"AID","when":["2019-02-30","2019-03-01"]}]}`, "claims[1]", 26},
		{`{"claims":[{"kind":"AID","when":["2019-03-02","2019-03-01"]}]}`, "claims[0]", 11},
		{`{"claims":[{"kind":"AID","roles":{"actor":[{}]}}]}`, "claims[0]", 11},
		{`{"claims":[{"phase":"occurs"}]}`, "claims[0]", 0},
		{`{"text":"ab","claims":[{"kind":"AID","spans":[[1,3]]}]}`, "claims[0]", 0},
		{"\x00\x01", "", 1},
	} {
		_, err := wire.Decode(strings.NewReader(c.in), "f.json")
		var e *wire.Error
		if !errors.As(err, &e) {
			t.Errorf("%q: error %v", c.in, err)
			continue
		}
		if e.Field != c.field || e.Offset != c.offset || e.Name != "f.json" {
			t.Errorf("%q: field %q at %d (%v), want %q at %d", c.in, e.Field, e.Offset, err, c.field, c.offset)
		}
	}
}

func TestDecodeLines(t *testing.T) {
	in := `{"id":"a","text":"","extra":1}` + "\n\n" + `{"id":` + "\n" + `{"id":"c"}`
	var ids []string
	var bad []error
	for d, err := range wire.DecodeLines(strings.NewReader(in), "f.jsonl") {
		if err != nil {
			bad = append(bad, err)
			continue
		}
		ids = append(ids, d.ID)
	}
	var e *wire.Error
	if !reflect.DeepEqual(ids, []string{"a", "c"}) || len(bad) != 1 || !errors.As(bad[0], &e) || e.Line != 3 {
		t.Errorf("read %v, errors %v", ids, bad)
	}
}

// TestGoldLayout reads every gold text and writes it again: nothing of the
// layout may be lost.
func TestGoldLayout(t *testing.T) {
	paths, _ := filepath.Glob("../../shared/gold/*/*.json")
	if len(paths) == 0 {
		t.Skip("no ../shared/gold here")
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d, err := wire.Decode(bytes.NewReader(b), path)
		if err != nil {
			t.Error(err)
			continue
		}
		var out bytes.Buffer
		if err := wire.EncodeLine(&out, d); err != nil {
			t.Error(err)
		}
		again, err := wire.Decode(&out, path)
		if err != nil || !reflect.DeepEqual(d, again) {
			t.Errorf("%s changes when written and read again (%v)", path, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte(`{"claims":[{"kind":"debt","roles":{"amount":1.5e9},"when":[null,"2019-03-01"],"spans":[[0,0]]}]}`))
	f.Add([]byte(`{"claims":[{"kind":"AGREE","content":{"topic":"x","content":{"kind":"AID"}}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := wire.Decode(bytes.NewReader(b), "fuzz")
		if err != nil {
			var e *wire.Error
			if !errors.As(err, &e) || d != nil {
				t.Fatalf("error without a place: %v", err)
			}
			return
		}
		var out bytes.Buffer
		if err := wire.EncodeLine(&out, d); err != nil {
			return // an amount that is no number is refused when written
		}
		again, err := wire.Decode(&out, "fuzz")
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, out.Bytes())
		}
		if doc, claims, err := again.Record(); err == nil {
			wire.FromRecord(&doc, claims)
		}
	})
}
