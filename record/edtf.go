package record

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseEDTF reads a date of the Extended Date/Time Format (ISO 8601-2:2019,
// levels 0 and 1 and the parts of level 2 that dates of affairs need) as the
// earliest and the latest day that it allows:
//
//	1956  1956-05  2019-11-04  2019-11-04T10:00:00Z   a year, a month, a day
//	195X  19XX  2004-XX  2004-06-XX                   unspecified digits
//	2020-21 .. 2020-41                                seasons, quarters, halves
//	1990~  1990?  1990%  2004-06~-11                  approximate, uncertain, both
//	1975-04-17/1979-01-07  ../1991  1985/..  /1991    intervals, open or unknown
//	[1667,1670..1672]  {1960,1961}                    one of, all of
//
// An approximate date is taken one unit of its precision wider on either side;
// an uncertain one as written. A winter without hemisphere is December to
// February. An open or unknown bound is zero. Years before 1 are refused.
func ParseEDTF(s string) (When, error) {
	w, err := parseEDTF(strings.TrimSpace(s))
	if err != nil {
		return When{}, fmt.Errorf("date %q: %w", s, err)
	}
	return w, nil
}

func parseEDTF(s string) (When, error) {
	if s == "" {
		return When{}, fmt.Errorf("is empty; write a year, YYYY-MM, YYYY-MM-DD or an interval A/B")
	}
	if inner, ok := bracketed(s); ok {
		return parseSet(inner)
	}
	if from, to, ok := strings.Cut(s, "/"); ok {
		return parseInterval(from, to)
	}
	return parseDate(s)
}

// bracketed takes the brackets off a set.
func bracketed(s string) (string, bool) {
	if len(s) >= 2 && (s[0] == '[' && s[len(s)-1] == ']' || s[0] == '{' && s[len(s)-1] == '}') {
		return s[1 : len(s)-1], true
	}
	return "", false
}

// parseSet reads the members of a set and takes the time from the first to the
// last of them.
func parseSet(s string) (When, error) {
	var out When
	for i, member := range strings.Split(s, ",") {
		member = strings.TrimSpace(member)
		var w When
		var err error
		if from, to, ok := strings.Cut(member, ".."); ok {
			w, err = parseInterval(openIfEmpty(from), openIfEmpty(to))
		} else {
			w, err = parseDate(member)
		}
		if err != nil {
			return When{}, err
		}
		if i == 0 {
			out = w
		}
		out = out.Hull(w)
	}
	return out, nil
}

func openIfEmpty(s string) string {
	if s == "" {
		return ".."
	}
	return s
}

func parseInterval(from, to string) (When, error) {
	a, err := parseBound(from)
	if err != nil {
		return When{}, err
	}
	b, err := parseBound(to)
	if err != nil {
		return When{}, err
	}
	w := When{a.Earliest, b.Latest}
	if w.Earliest != 0 && w.Latest != 0 && w.Latest < w.Earliest {
		return When{}, fmt.Errorf("the interval ends before it begins")
	}
	return w, nil
}

func parseBound(s string) (When, error) {
	if s == "" || s == ".." {
		return When{}, nil
	}
	return parseDate(s)
}

// qualifiers are the marks of an uncertain, an approximate and a both uncertain
// and approximate part of a date.
const qualifiers = "?~%"

func parseDate(s string) (When, error) {
	if at := strings.IndexByte(s, 'T'); at > 0 {
		if err := checkTime(s[at+1:]); err != nil {
			return When{}, err
		}
		s = s[:at]
	}
	approximate := strings.ContainsAny(s, "~%")
	plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune(qualifiers, r) {
			return -1
		}
		return r
	}, s)
	parts := strings.Split(plain, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return When{}, fmt.Errorf("is no EDTF date; write YYYY, YYYY-MM or YYYY-MM-DD")
	}
	w, precision, err := spanOf(parts)
	if err == nil && approximate {
		w = widen(w, precision)
	}
	return w, err
}

// checkTime accepts a time of day with seconds and an optional shift: hh:mm:ss,
// then nothing, Z or ±hh[:mm].
func checkTime(s string) error {
	for _, layout := range []string{"15:04:05", "15:04:05Z07:00", "15:04:05Z07"} {
		if _, err := time.Parse(layout, s); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%q is no time of day; write hh:mm:ss, or leave the time out", s)
}

// precision is the unit that a date is given in.
type precision int

const (
	byYear precision = iota
	byMonth
	byDay
)

// spanOf reads the numeric parts of a date: year, month or season, day.
func spanOf(parts []string) (When, precision, error) {
	first, last, err := yearSpan(parts[0])
	if err != nil {
		return When{}, 0, err
	}
	whole := When{DayOf(first, 1, 1), DayOf(last, 12, 31)}
	switch {
	case len(parts) == 1:
		return whole, byYear, nil
	case len(parts) == 2:
		w, err := monthSpan(first, last, parts[1], whole)
		return w, byMonth, err
	}
	w, err := daySpan(first, last, parts[1], parts[2], whole)
	return w, byDay, err
}

// yearSpan reads four digits of which the last may be X.
func yearSpan(s string) (first, last int, err error) {
	digits := strings.TrimRight(s, "X")
	if digits == "" {
		return 1, 9999, nil
	}
	n, err := number(digits)
	if err != nil {
		return 0, 0, fmt.Errorf("%q is no year of four digits", s)
	}
	scale := 1
	for range len(s) - len(digits) {
		scale *= 10
	}
	first, last = n*scale, n*scale+scale-1
	if last < 1 {
		return 0, 0, fmt.Errorf("the year 0 is not covered; the first year is 0001")
	}
	return max(first, 1), last, nil
}

// number reads digits alone: no sign, no space.
func number(s string) (int, error) {
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0, fmt.Errorf("%q is no number", s)
		}
	}
	return strconv.Atoi(s)
}

// monthSpan reads a month, a season (ISO 8601-2, 4.8) or XX of the years first
// to last.
func monthSpan(first, last int, s string, whole When) (When, error) {
	if s == "XX" {
		return whole, nil
	}
	n, err := number(s)
	if err != nil || len(s) != 2 {
		return When{}, fmt.Errorf("%q is no month of two digits", s)
	}
	start, months := season(n)
	if months == 0 {
		return When{}, fmt.Errorf("%q is no month (01 to 12) or season (21 to 41)", s)
	}
	return When{DayOf(first, time.Month(start), 1), DayOf(last, time.Month(start+months), 0)}, nil
}

// season gives the first month and the number of months of a month (01 to 12)
// or a sub-year group (21 to 41); no months where there is no such group.
func season(n int) (start, months int) {
	switch {
	case n >= 1 && n <= 12:
		return n, 1
	case n >= 21 && n <= 24, n >= 25 && n <= 28: // spring, summer, autumn, winter of the north
		return 3 + (n-21)%4*3, 3
	case n >= 29 && n <= 32: // the same of the south: spring is September to November
		return 9 + (n-29)*3, 3
	case n >= 33 && n <= 36: // quarters
		return 1 + (n-33)*3, 3
	case n >= 37 && n <= 39: // thirds
		return 1 + (n-37)*4, 4
	case n >= 40 && n <= 41: // halves
		return 1 + (n-40)*6, 6
	}
	return 0, 0
}

// daySpan reads a day, or XX in either part.
func daySpan(first, last int, month, day string, whole When) (When, error) {
	within := whole
	if month != "XX" {
		m, err := number(month)
		if err != nil || len(month) != 2 || m < 1 || m > 12 {
			return When{}, fmt.Errorf("%q is no month (01 to 12)", month)
		}
		within = When{DayOf(first, time.Month(m), 1), DayOf(last, time.Month(m)+1, 0)}
	}
	if day == "XX" {
		return within, nil
	}
	d, err := number(day)
	if err != nil || len(day) != 2 || d < 1 || d > 31 {
		return When{}, fmt.Errorf("%q is no day of two digits (01 to 31)", day)
	}
	if month == "XX" || first != last {
		return within, nil
	}
	on := within.Earliest + Day(d) - 1
	if on > within.Latest {
		return When{}, fmt.Errorf("%s-%s has no day %s", fmt.Sprintf("%04d", first), month, day)
	}
	return On(on), nil
}

// widen takes an approximate date one unit wider on either side.
func widen(w When, p precision) When {
	y, m, d := w.Earliest.Date()
	y2, m2, d2 := w.Latest.Date()
	switch p {
	case byYear:
		w = When{DayOf(y-1, m, d), DayOf(y2+1, m2, d2)}
	case byMonth:
		w = When{DayOf(y, m-1, d), DayOf(y2, m2+2, 0)}
	default:
		w = When{w.Earliest - 1, w.Latest + 1}
	}
	return When{max(w.Earliest, 1), min(w.Latest, DayOf(9999, 12, 31))}
}

// FormatEDTF writes a When in the shortest EDTF that reads back as the same
// days: a day, a month, a year, a decade or century with X, or an interval;
// ".." for an open bound, and "" for the zero When.
func FormatEDTF(w When) string {
	switch {
	case w.IsZero():
		return ""
	case w.Earliest == 0:
		return "../" + formatLatest(w.Latest)
	case w.Latest == 0:
		return formatEarliest(w.Earliest) + "/.."
	}
	if one, ok := formatUnit(w); ok {
		return one
	}
	return formatBounds(w)
}

// formatUnit writes a When that is one day, month, year, decade or century.
func formatUnit(w When) (string, bool) {
	y, m, _ := w.Earliest.Date()
	y2, _, _ := w.Latest.Date()
	switch {
	case w.Earliest == w.Latest:
		return w.Earliest.String(), true
	case w == Month(y, m):
		return fmt.Sprintf("%04d-%02d", y, int(m)), true
	case w.Earliest != DayOf(y, 1, 1) || w.Latest != DayOf(y2, 12, 31):
		return "", false
	case y == y2:
		return fmt.Sprintf("%04d", y), true
	case y%10 == 0 && y2 == y+9:
		return fmt.Sprintf("%03dX", y/10), true
	case y%100 == 0 && y2 == y+99:
		return fmt.Sprintf("%02dXX", y/100), true
	}
	return "", false
}

// formatBounds writes an interval with both bounds in the coarsest unit that
// fits both.
func formatBounds(w When) string {
	y, m, d := w.Earliest.Date()
	y2, m2, _ := w.Latest.Date()
	switch {
	case w.Earliest == DayOf(y, 1, 1) && w.Latest == DayOf(y2, 12, 31):
		return fmt.Sprintf("%04d/%04d", y, y2)
	case d == 1 && w.Latest == DayOf(y2, m2+1, 0):
		return fmt.Sprintf("%04d-%02d/%04d-%02d", y, int(m), y2, int(m2))
	}
	return w.Earliest.String() + "/" + w.Latest.String()
}

func formatEarliest(d Day) string {
	y, m, day := d.Date()
	switch {
	case day == 1 && m == 1:
		return fmt.Sprintf("%04d", y)
	case day == 1:
		return fmt.Sprintf("%04d-%02d", y, int(m))
	}
	return d.String()
}

func formatLatest(d Day) string {
	y, m, _ := d.Date()
	switch d {
	case DayOf(y, 12, 31):
		return fmt.Sprintf("%04d", y)
	case DayOf(y, m+1, 0):
		return fmt.Sprintf("%04d-%02d", y, int(m))
	}
	return d.String()
}
