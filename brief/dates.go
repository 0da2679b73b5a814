package brief

import (
	"fmt"
	"time"

	"demarche/record"
)

// Date writes a When in words: "13 October 2020", "November 2019", "1956",
// "17 April 1975 to 7 January 1979", "by 1990", "from 1990 on"; "" for none. An
// interval is when something was, at the earliest and at the latest.
func Date(w record.When) string {
	switch {
	case w.IsZero():
		return ""
	case w.Earliest == 0:
		return "by " + day(w.Latest)
	case w.Latest == 0:
		return "from " + day(w.Earliest) + " on"
	}
	if s, ok := unit(w); ok {
		return s
	}
	if s, ok := years(w); ok {
		return s
	}
	return day(w.Earliest) + " to " + day(w.Latest)
}

// unit writes a single day, month or year.
func unit(w record.When) (string, bool) {
	y, m, _ := w.Earliest.Date()
	switch w {
	case record.On(w.Earliest):
		return day(w.Earliest), true
	case record.Month(y, m):
		return fmt.Sprintf("%s %d", m, y), true
	case record.Year(y):
		return fmt.Sprint(y), true
	}
	return "", false
}

// years writes an interval of whole years.
func years(w record.When) (string, bool) {
	y, _, _ := w.Earliest.Date()
	y2, _, _ := w.Latest.Date()
	if w.Earliest != record.DayOf(y, time.January, 1) || w.Latest != record.DayOf(y2, time.December, 31) {
		return "", false
	}
	return fmt.Sprintf("%d to %d", y, y2), true
}

func day(d record.Day) string {
	y, m, n := d.Date()
	return fmt.Sprintf("%d %s %d", n, m, y)
}

// Age writes the time from one day to a later one as people say it: "today",
// "3 days", "5 weeks", "7 months", "2 years".
func Age(from, to record.Day) string {
	n := int(to - from)
	switch {
	case n <= 0:
		return "today"
	case n < 21:
		return plural(n, "day")
	case n < 70:
		return plural(n/7, "week")
	case n < 730:
		return plural(n*12/365, "month")
	}
	return plural(n*4/1461, "year")
}

// Ago is the time from one day to a later one as said of what was then: "today",
// "3 weeks ago".
func Ago(from, to record.Day) string {
	if from >= to {
		return "today"
	}
	return Age(from, to) + " ago"
}

func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
