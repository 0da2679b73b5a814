package record_test

import (
	"strings"
	"testing"
	"time"

	"demarche/record"
)

func days(from, to string) record.When {
	day := func(s string) record.Day {
		if s == "" {
			return 0
		}
		d, err := record.ParseDay(s)
		if err != nil {
			panic(err)
		}
		return d
	}
	return record.When{Earliest: day(from), Latest: day(to)}
}

// edtfs are dates with the days that they allow and the form that they are
// written in again.
var edtfs = []struct{ in, from, to, out string }{
	{"1956", "1956-01-01", "1956-12-31", "1956"},
	{"1956-05", "1956-05-01", "1956-05-31", "1956-05"},
	{"2020-02-29", "2020-02-29", "2020-02-29", "2020-02-29"},
	{"2019-11-04T10:00:00Z", "2019-11-04", "2019-11-04", "2019-11-04"},
	{"195X", "1950-01-01", "1959-12-31", "195X"},
	{"19XX", "1900-01-01", "1999-12-31", "19XX"},
	{"2004-XX", "2004-01-01", "2004-12-31", "2004"},
	{"2004-02-XX", "2004-02-01", "2004-02-29", "2004-02"},
	{"2020-21", "2020-03-01", "2020-05-31", "2020-03/2020-05"},
	{"2020-24", "2020-12-01", "2021-02-28", "2020-12/2021-02"},
	{"2020-34", "2020-04-01", "2020-06-30", "2020-04/2020-06"},
	{"2020-41", "2020-07-01", "2020-12-31", "2020-07/2020-12"},
	{"1990?", "1990-01-01", "1990-12-31", "1990"},
	{"1990~", "1989-01-01", "1991-12-31", "1989/1991"},
	{"2004-06~", "2004-05-01", "2004-07-31", "2004-05/2004-07"},
	{"2004-06-11%", "2004-06-10", "2004-06-12", "2004-06-10/2004-06-12"},
	{"1975-04-17/1979-01-07", "1975-04-17", "1979-01-07", "1975-04-17/1979-01-07"},
	{"../1991", "", "1991-12-31", "../1991"},
	{"/1991", "", "1991-12-31", "../1991"},
	{"1985-03/..", "1985-03-01", "", "1985-03/.."},
	{"[1667,1670..1672]", "1667-01-01", "1672-12-31", "1667/1672"},
	{"{1960,1961-12}", "1960-01-01", "1961-12-31", "1960/1961"},
}

func TestEDTF(t *testing.T) {
	for _, c := range edtfs {
		w, err := record.ParseEDTF(c.in)
		if err != nil || w != days(c.from, c.to) {
			t.Errorf("%s: %v, %v; want %s to %s", c.in, w, err, c.from, c.to)
		}
		if out := record.FormatEDTF(w); out != c.out {
			t.Errorf("%s is written %s, want %s", c.in, out, c.out)
		}
	}
	if s := record.FormatEDTF(record.When{}); s != "" {
		t.Errorf("no date is written %q", s)
	}
}

// notEDTF are no dates, or dates that the calendar does not have.
var notEDTF = []string{
	"", " ", "yesterday", "56", "19560", "0000", "1956-13", "1956-00", "2019-02-29", "2020-06-31", "2020-6-1", "2020-06-1",
	"1991/1956", "2019-11-04T25:00:00Z", "2019-11-04T", "2020-42", "-0044", "1956-05-01-02", "[1667,", "[]", "+956", "19X5",
}

func TestNoEDTF(t *testing.T) {
	for _, s := range notEDTF {
		if w, err := record.ParseEDTF(s); err == nil {
			t.Errorf("%q is read as %v", s, w)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: more than a line: %v", s, err)
		}
	}
}

func TestDays(t *testing.T) {
	if d := record.DayOf(1, time.January, 1); d != 1 {
		t.Errorf("the first day is %d", d)
	}
	for _, s := range []string{"0001-01-01", "1582-10-10", "1900-02-28", "2000-02-29", "9999-12-31"} {
		if d, err := record.ParseDay(s); err != nil || d.String() != s {
			t.Errorf("%s came back as %s, %v", s, d, err)
		}
	}
}

func FuzzEDTF(f *testing.F) {
	for _, c := range edtfs {
		f.Add(c.in)
	}
	for _, s := range notEDTF {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := record.ParseEDTF(s)
		if err != nil {
			return
		}
		if w.Earliest < 0 || w.Latest < 0 || w.Earliest != 0 && w.Latest != 0 && w.Latest < w.Earliest {
			t.Fatalf("%q allows %v", s, w)
		}
		if out := record.FormatEDTF(w); out != "" {
			if back, err := record.ParseEDTF(out); err != nil || back != w {
				t.Fatalf("%q is written %q, which reads %v, %v; want %v", s, out, back, err, w)
			}
		}
	})
}
