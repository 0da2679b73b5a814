package picture

import (
	"strings"
	"testing"

	"demarche/record"
)

func when(t *testing.T, s string) record.When {
	t.Helper()
	w, err := record.ParseEDTF(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func bar(t *testing.T, it Item, w Window) Bar {
	t.Helper()
	d := Draw([]Band{{"b", []Lane{{Items: []Item{it}}}}}, w)
	if len(d.Rows) != 1 || len(d.Rows[0].Bars) != 1 {
		t.Fatalf("no bar in %+v", d)
	}
	return d.Rows[0].Bars[0]
}

var century = Window{From: record.DayOf(1900, 1, 1), To: record.DayOf(2000, 1, 1), On: record.DayOf(1990, 1, 1)}

func TestImpreciseBoundsAreDrawnAsSuch(t *testing.T) {
	b := bar(t, Item{Begin: when(t, "1950"), End: when(t, "1970/1974")}, century)
	if b.Early.W <= 0 || b.Late.W <= 0 || b.Core.W <= 0 {
		t.Fatalf("parts of the bar: %+v", b)
	}
	year := (right - left) / 100
	for what, c := range map[string]struct{ got, want float64 }{
		"beginning": {b.Early.W, year}, "end": {b.Late.W, 5 * year}, "certain": {b.Core.W, 19 * year}, "start": {b.Early.X, left + 50*year},
	} {
		if c.got < c.want-0.5 || c.got > c.want+0.5 {
			t.Errorf("%s: %.1f, want about %.1f", what, c.got, c.want)
		}
	}
	precise := bar(t, Item{Begin: when(t, "1950-05-01"), End: when(t, "1970-05-01")}, century)
	if precise.Early.W != 0 || precise.Late.W != 0 || precise.Open != 0 {
		t.Errorf("precise bounds have an imprecise part: %+v", precise)
	}
}

func TestOpenBounds(t *testing.T) {
	b := bar(t, Item{Begin: record.When{Latest: record.DayOf(1950, 1, 1)}, Seen: record.DayOf(1960, 1, 1)}, century)
	if b.Open == 0 {
		t.Error("a beginning that nothing tells is drawn as one")
	}
	if b.Faint.W == 0 || b.Late.W != 0 {
		t.Errorf("what was last seen in 1960 is drawn as certain until 1990: %+v", b)
	}
	if end := b.X + b.W; end > left+(right-left)*.905 {
		t.Errorf("it is drawn beyond the day of the question: %.1f", end)
	}
}

func TestOverlapsTakeLines(t *testing.T) {
	lane := Lane{Items: []Item{{Begin: when(t, "1950"), End: when(t, "1960")}, {Begin: when(t, "1955"), End: when(t, "1965")}, {Begin: when(t, "1970"), End: when(t, "1980")}}}
	row := Draw([]Band{{"b", []Lane{lane}}}, century).Rows[0]
	if row.Bars[0].Y == row.Bars[1].Y || row.Bars[0].Y != row.Bars[2].Y {
		t.Errorf("lines %v %v %v", row.Bars[0].Y, row.Bars[1].Y, row.Bars[2].Y)
	}
}

func TestNearMarksAreCounted(t *testing.T) {
	var items []Item
	for range 40 {
		items = append(items, Item{Begin: when(t, "1950-01-01"), Shape: "circle", Title: "talks"})
	}
	items = append(items, Item{Begin: when(t, "1980-01-01"), Shape: "square", Title: "aid"})
	marks := Draw([]Band{{"b", []Lane{{Items: items}}}}, century).Rows[0].Marks
	if len(marks) != 2 || marks[0].Count != 40 || marks[1].Count != 1 {
		t.Fatalf("%+v", marks)
	}
	if n := strings.Count(marks[0].Title, "\n"); n > joinedTitles {
		t.Errorf("a title of %d lines", n)
	}
}

func TestEverythingStaysInThePlot(t *testing.T) {
	for _, s := range []string{"0001", "1899-12-31/1900-01-02", "1950", "1999/2150", "9999"} {
		for _, shape := range []string{"", "circle", "diamond"} {
			d := Draw([]Band{{"b", []Lane{{Items: []Item{{Begin: when(t, s), End: when(t, s), Shape: shape}}}}}}, century)
			for _, row := range d.Rows {
				for _, b := range row.Bars {
					if b.X < left || b.X+b.W > right+3 {
						t.Errorf("%s: a bar from %.1f, %.1f wide", s, b.X, b.W)
					}
				}
				for _, m := range row.Marks {
					if m.X < left || m.X > right {
						t.Errorf("%s: a mark at %.1f", s, m.X)
					}
				}
			}
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct{ from, to, first string }{
		{"1956-01-01", "2020-12-31", "1960"}, {"2020-01-01", "2020-12-31", "Jan 2020"}, {"2011-03-01", "2020-12-31", "2012"}, {"0010-01-01", "2020-01-01", "500"},
	} {
		from, to := when(t, c.from).Earliest, when(t, c.to).Latest
		ticks := Draw(nil, Window{From: from, To: to, On: to}).Ticks
		if len(ticks) < 3 || len(ticks) > 14 || ticks[0].Label != c.first {
			t.Errorf("%s to %s: %v", c.from, c.to, ticks)
		}
	}
}
