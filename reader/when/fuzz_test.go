package when

import (
	"strings"
	"testing"

	"demarche/record"
)

func FuzzFind(f *testing.F) {
	for _, c := range cases {
		f.Add(c.text, int32(published(c.published).Earliest))
	}
	f.Add("In 9999 and 1 January 0001, 90000 centuries ago; the next 99999 decades", int32(5))
	finder := New(testPeriods)
	f.Fuzz(func(t *testing.T, src string, pub int32) {
		d := split(src)
		w := record.When{}
		if pub > 0 && pub < 3_600_000 {
			w = record.On(record.Day(pub))
		}
		last := 0
		for _, e := range finder.Find(d, w) {
			if e.Tokens.Start < last || e.Tokens.End <= e.Tokens.Start || e.Tokens.End > len(d.Tokens) {
				t.Fatalf("tokens %v after %d of %d", e.Tokens, last, len(d.Tokens))
			}
			last = e.Tokens.End
			for _, w := range []record.When{e.When, e.Past, e.Future, e.Start, e.End, Resolve(e, w)} {
				sound(t, src, w)
			}
		}
	})
}

// sound fails for a date that ends before it begins or has one end only.
func sound(t *testing.T, src string, w record.When) {
	t.Helper()
	if w.Latest < w.Earliest || w.Earliest < 0 || (w.Earliest == 0) != (w.Latest == 0) {
		t.Fatalf("%q gives %d..%d", src, w.Earliest, w.Latest)
	}
}

// news is a text of the benchmark, with and without dates.
var news = strings.Repeat(`HARBOUR CITY, Sept. 14 (Gull) -- The envoy of Northland said on Monday that his country would join the pact next year.
He spoke after a meeting with the chairman of the group, who had come from the capital for the occasion and praised the host.
Relations were established on 13 May 1956 and broken off two years later, but resumed in the early 1990s.
The two sides also talked about trade, tourism, the exchange of students and the building of a bridge over the river.
`, 50)

func BenchmarkFind(b *testing.B) {
	d := split(news)
	finder := New(testPeriods)
	pub := published("2020-09-15")
	b.SetBytes(int64(len(news)))
	b.ReportAllocs()
	for b.Loop() {
		finder.Find(d, pub)
	}
	b.ReportMetric(float64(len(d.Sents)*b.N)/b.Elapsed().Seconds(), "sentences/s")
}

func BenchmarkNoDates(b *testing.B) {
	d := split(strings.Repeat("The envoy said that his country wanted peace with all neighbours of the region.\n", 200))
	finder := New(testPeriods)
	for b.Loop() {
		finder.Find(d, record.When{})
	}
	b.ReportMetric(float64(len(d.Sents)*b.N)/b.Elapsed().Seconds(), "sentences/s")
}
