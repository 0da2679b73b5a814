package when

import (
	"testing"

	"demarche/record"
)

// What is said of an expression besides its date.
func TestSense(t *testing.T) {
	type sense struct {
		kind   Kind
		prec   Precision
		prep   string
		approx bool
		attrib bool
	}
	for _, c := range []struct {
		text string
		want sense
	}{
		{"It has been so since 1992.", sense{Absolute, ByYear, "since", false, false}},
		{"It was so until early 1992.", sense{Absolute, ByYear, "until", false, false}},
		{"It was so till May 1992.", sense{Absolute, ByMonth, "until", false, false}},
		{"It was so by about 1992.", sense{Absolute, ByYear, "by", true, false}},
		{"It was so before the 1990s.", sense{Absolute, ByDecade, "before", false, false}},
		{"It was so prior to 1992.", sense{Absolute, ByYear, "before", false, false}},
		{"It was so in the 19th century.", sense{Absolute, ByCentury, "in", false, false}},
		{"It was so in spring 2014.", sense{Absolute, BySeason, "in", false, false}},
		{"They left the 1972 treaty.", sense{Absolute, ByYear, "", false, true}},
		{"They left the country's 1972 treaty.", sense{Absolute, ByYear, "", false, true}},
		{"On Tuesday they left.", sense{Weekday, ByDay, "on", false, false}},
		{"It rose from 1975 to 1979.", sense{Absolute, ByYear, "from", false, false}},
		{"It rose over the last year.", sense{Duration, ByYear, "over", false, false}},
		{"It rose nearly two years ago.", sense{Relative, ByYear, "", true, false}},
		{"It rose more than two years ago.", sense{Relative, ByYear, "", true, false}},
		{"During World War II they rose.", sense{Named, ByYear, "during", false, false}},
		{"Every day they rose.", sense{Repeated, ByNothing, "", false, false}},
		{"PORT CITY, Sept. 14 (Gull) -- They rose.", sense{Dateline, ByDay, "", false, false}},
		{"PORT CITY, October 13 – They rose.", sense{Dateline, ByDay, "", false, false}},
		{"NATO, on October 13, said so.", sense{Absolute, ByDay, "on", false, false}},
		{"The envoy came in April 1992.", sense{Absolute, ByMonth, "in", false, false}},
	} {
		es := Find(split(c.text), published(wednesday), testPeriods)
		if len(es) != 1 {
			t.Errorf("%q: %d expressions, want one", c.text, len(es))
			continue
		}
		e := es[0]
		if got := (sense{e.Kind, e.Precision, e.Prep, e.Approx, e.Attributive}); got != c.want {
			t.Errorf("%q: got %v, want %v", c.text, got, c.want)
		}
	}
}

// A span gives its two ends besides the whole.
func TestEnds(t *testing.T) {
	for _, c := range []struct{ text, start, end string }{
		{"He ruled from 1981 until 2011.", "1981-01-01..1981-12-31", "2011-01-01..2011-12-31"},
		{"He ruled in 1993-96.", "1993-01-01..1993-12-31", "1996-01-01..1996-12-31"},
		{"He ruled from May 1981 to 4 June 1982.", "1981-05-01..1981-05-31", "1982-06-04"},
		{"He ruled on 3-5 May 1981.", "1981-05-03", "1981-05-05"},
		{"He ruled in the 1980s.", "?", "?"},
		{"He ruled in 1981.", "?", "?"},
	} {
		es := Find(split(c.text), published(wednesday), nil)
		if len(es) != 1 {
			t.Errorf("%q: %d expressions, want one", c.text, len(es))
		} else if a, b := whenText(es[0].Start), whenText(es[0].End); a != c.start || b != c.end {
			t.Errorf("%q: got %s to %s, want %s to %s", c.text, a, b, c.start, c.end)
		}
	}
}

// Where news can mean the past or the future, both are given.
func TestPastAndFuture(t *testing.T) {
	for _, c := range []struct{ text, past, future string }{
		{"They meet on Friday.", "2020-10-09", "2020-10-16"},
		{"They meet on Wednesday.", "2020-10-14", "2020-10-21"},
		{"They meet in March.", "2020-03-01..2020-03-31", "2021-03-01..2021-03-31"},
		{"They meet on March 3.", "2020-03-03", "2021-03-03"},
		{"They meet on March 3, 2020.", "?", "?"},
	} {
		es := Find(split(c.text), published(wednesday), nil)
		if len(es) != 1 {
			t.Errorf("%q: %d expressions, want one", c.text, len(es))
		} else if a, b := whenText(es[0].Past), whenText(es[0].Future); a != c.past || b != c.future {
			t.Errorf("%q: got %s or %s, want %s or %s", c.text, a, b, c.past, c.future)
		}
	}
}

func TestResolve(t *testing.T) {
	for _, c := range []struct{ text, from, to, want string }{
		{"The same day it fell.", "2019-05-04", "2019-05-04", "2019-05-04"},
		{"The same day it fell.", "2019-05-01", "2019-05-31", "?"},
		{"That year it fell.", "2019-05-01", "2019-05-31", "2019-01-01..2019-12-31"},
		{"Two years later it fell.", "2019-05-04", "2019-05-04", "2021-01-01..2021-12-31"},
		{"A year earlier it fell.", "2019-05-04", "2019-05-04", "2018-01-01..2018-12-31"},
		{"Two days later it fell.", "2019-12-31", "2019-12-31", "2020-01-02"},
		{"A week later it fell.", "2019-12-31", "2019-12-31", "2020-01-07"},
		{"Two days later it fell.", "2019-01-01", "2019-12-31", "?"},
		{"The following month it fell.", "2019-12-05", "2019-12-05", "2020-01-01..2020-01-31"},
		{"The previous month it fell.", "2019-01-05", "2019-01-05", "2018-12-01..2018-12-31"},
		{"The next day it fell.", "2019-02-28", "2019-02-28", "2019-03-01"},
		{"The following Friday it fell.", "2020-10-14", "2020-10-14", "2020-10-16"},
		{"The previous Friday it fell.", "2020-10-14", "2020-10-14", "2020-10-09"},
		{"The following January it fell.", "2019-01-05", "2019-01-05", "2020-01-01..2020-01-31"},
		{"The previous May it fell.", "2019-03-05", "2019-03-05", "2018-05-01..2018-05-31"},
		{"That summer it fell.", "2019-03-05", "2019-03-05", "2019-06-01..2019-08-31"},
		{"Since then it fell.", "2019-03-05", "2019-03-05", "2019-03-05"},
		{"It fell in May of the following year.", "2019-03-05", "2019-03-05", "2020-05-01..2020-05-31"},
		{"It fell on the 31st.", "2019-02-05", "2019-02-05", "?"},
		{"It fell on the 28th.", "2019-02-05", "2019-02-05", "2019-02-28"},
		{"It fell in 1999.", "2019-02-05", "2019-02-05", "1999-01-01..1999-12-31"},
		{"It lasted three years.", "2019-02-05", "2019-02-05", "?"},
	} {
		es := Find(split(c.text), record.When{}, nil)
		if len(es) != 1 {
			t.Errorf("%q: %d expressions, want one", c.text, len(es))
			continue
		}
		if got := whenText(Resolve(es[0], record.When{Earliest: day(c.from), Latest: day(c.to)})); got != c.want {
			t.Errorf("%q from %s..%s: got %s, want %s", c.text, c.from, c.to, got, c.want)
		}
	}
	if e := (Expr{}); e.Leans() || !Resolve(e, record.On(5)).IsZero() {
		t.Error("an empty expression leans on nothing and resolves to nothing")
	}
}
