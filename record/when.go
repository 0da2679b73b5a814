package record

import (
	"fmt"
	"time"
)

// Day is a civil day of the proleptic Gregorian calendar, counted so that
// 1 January of year 1 is day 1. Zero means that no day is known.
type Day int32

var epoch = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)

// DayOf returns the day of a calendar date; month and day may overflow as in
// time.Date.
func DayOf(year int, month time.Month, day int) Day {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return Day((t.Unix()-epoch.Unix())/86400) + 1
}

// Date returns the calendar date of a day.
func (d Day) Date() (year int, month time.Month, day int) { return d.time().Date() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.time().Weekday() }

func (d Day) time() time.Time { return epoch.AddDate(0, 0, int(d)-1) }

// String writes the day as YYYY-MM-DD, or "" for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	y, m, dd := d.Date()
	return fmt.Sprintf("%04d-%02d-%02d", y, int(m), dd)
}

// ParseDay reads YYYY-MM-DD and refuses a day that the calendar does not have.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil || t.Year() < 1 {
		return 0, fmt.Errorf("%q is no day of the calendar; write YYYY-MM-DD", s)
	}
	return DayOf(t.Date()), nil
}

// When is the earliest and the latest day on which something was so, both
// inclusive. An imprecise date is a pair of days, never a guess. The zero When
// is not known; one bound may be zero where it is open.
type When struct{ Earliest, Latest Day }

// IsZero reports whether nothing is known of the date.
func (w When) IsZero() bool { return w == When{} }

// On returns the When of a single day.
func On(d Day) When { return When{d, d} }

// Year returns the When of a whole year.
func Year(y int) When { return When{DayOf(y, 1, 1), DayOf(y, 12, 31)} }

// Month returns the When of a whole month.
func Month(y int, m time.Month) When { return When{DayOf(y, m, 1), DayOf(y, m+1, 0)} }

// RecordTime is when the record learned something: never to be confused with
// When, which is when it was so. It comes from the one injected Clock.
type RecordTime struct{ t time.Time }

// At makes a record time of an instant, in UTC.
func At(t time.Time) RecordTime { return RecordTime{t.UTC()} }

// Time returns the instant in UTC.
func (r RecordTime) Time() time.Time { return r.t }

// IsZero reports whether no time is set.
func (r RecordTime) IsZero() bool { return r.t.IsZero() }

// Clock gives record time. There is one in a program, passed in.
type Clock func() RecordTime
