package when

import (
	"time"

	"demarche/record"
)

// fields are what an expression says of a date of the calendar. Zero is not
// told.
type fields struct {
	year, toYear int // toYear: the last year of a decade, a century or 1993-96
	month        int
	day, toDay   int
	season       int
	quarter      int // 1 to 4
	weekday      int // 1 Monday to 7 Sunday
	part         part
	run          bool // 1993-96: from a year to another
	eve          bool // the day before
	yearShift    int  // with relYear or anaYear: years from that year
	relYear      bool // the year is that of publication, shifted
	anaYear      bool // the year is that of another date, shifted
}

// valid reports whether the calendar can have such a date.
func (f *fields) valid() bool {
	if f.day == 0 {
		return true
	}
	year := f.year
	if year == 0 {
		year = 2000
	}
	last := f.day
	if f.toDay > 0 {
		last = f.toDay
	}
	return f.day <= last && last <= monthDays(year, f.month)
}

func monthDays(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// in returns the date in a year; zero where that year has none.
func (f *fields) in(year int) record.When {
	g := *f
	g.year = year
	if year < 1 || year > 9999 || !g.valid() {
		return record.When{}
	}
	w := g.span()
	if g.season == 0 {
		w = cut(w, g.part)
	}
	if g.eve {
		w = record.On(w.Earliest - 1)
	}
	return w
}

func (f *fields) span() record.When {
	m := time.Month(f.month)
	switch {
	case f.day > 0 && f.toDay > 0:
		return record.When{Earliest: record.DayOf(f.year, m, f.day), Latest: record.DayOf(f.year, m, f.toDay)}
	case f.day > 0:
		return record.On(record.DayOf(f.year, m, f.day))
	case f.month > 0:
		return record.Month(f.year, m)
	case f.season > 0:
		return season(f.year, f.season)
	case f.quarter > 0:
		q := time.Month(3*f.quarter - 2)
		return record.When{Earliest: record.DayOf(f.year, q, 1), Latest: record.DayOf(f.year, q+3, 0)}
	case f.toYear > 0:
		return record.When{Earliest: record.DayOf(f.year, 1, 1), Latest: record.DayOf(f.toYear, 12, 31)}
	}
	return record.Year(f.year)
}

// season returns a season of the northern half of the earth, where most news
// that says "spring" is written. The winter of a year may be that at either end of
// it.
func season(year, n int) record.When {
	if n == 4 {
		return record.When{Earliest: record.DayOf(year-1, 12, 1), Latest: record.DayOf(year+1, 3, 0)}
	}
	m := time.Month(3 * n)
	return record.When{Earliest: record.DayOf(year, m, 1), Latest: record.DayOf(year, m+3, 0)}
}

// cut returns a part of a span: thirds for early, mid and late (of a month the
// 1st to 10th, 11th to 20th, and the rest; of a year four months each), the
// first or last month of a year for its beginning and end.
func cut(w record.When, p part) record.When {
	if p == whole || w.IsZero() {
		return w
	}
	y, m, _ := w.Earliest.Date()
	switch n := w.Latest - w.Earliest; {
	case n > 400:
		return cutYears(y, (int(n)+180)/365, p)
	case n > 300:
		return cutMonths(y, p)
	case n > 26 && n < 32:
		return cutDays(y, m, p)
	}
	return w
}

// cutYears cuts a decade or a century that begins in year y and has n years.
func cutYears(y, n int, p part) record.When {
	a, b := third(p, n*4/10, n*7/10, n)
	return record.When{Earliest: record.DayOf(y+a, 1, 1), Latest: record.DayOf(y+b, 1, 0)}
}

func cutMonths(y int, p part) record.When {
	a, b := third(p, 4, 8, 12)
	switch p {
	case start:
		a, b = 0, 1
	case end:
		a, b = 11, 12
	}
	return record.When{Earliest: record.DayOf(y, time.Month(a+1), 1), Latest: record.DayOf(y, time.Month(b+1), 0)}
}

func cutDays(y int, m time.Month, p part) record.When {
	a, b := third(p, 10, 20, monthDays(y, int(m)))
	return record.When{Earliest: record.DayOf(y, m, a+1), Latest: record.DayOf(y, m, b)}
}

// third returns the bounds of a part of n pieces, cut at c and d.
func third(p part, c, d, n int) (from, to int) {
	switch p {
	case early, start:
		return 0, c
	case middle:
		return c, d
	case firstHalf:
		return 0, n / 2
	case secondHalf:
		return n / 2, n
	}
	return d, n
}

// precision is the unit in which the fields speak.
func (f *fields) precision() Precision {
	switch {
	case f.day > 0 || f.eve || f.weekday > 0:
		return ByDay
	case f.month > 0:
		return ByMonth
	case f.season > 0 || f.quarter > 0:
		return BySeason
	case f.toYear-f.year >= 50:
		return ByCentury
	case f.toYear > 0:
		return ByDecade
	}
	return ByYear
}

// bare reports whether the year has to come from elsewhere.
func (f *fields) bare() bool { return f.year == 0 && !f.relYear && !f.anaYear }

// around returns the readings of a date without a year nearest to publication:
// the latest that has begun by then, and the next that is not over by then.
func (f *fields) around(pub record.When) (past, future record.When) {
	y, _, _ := pub.Earliest.Date()
	for d := -8; d <= 8; d++ {
		w := f.in(y + d)
		if w.IsZero() {
			continue
		}
		if w.Earliest <= pub.Latest {
			past = w
		}
		if w.Latest >= pub.Earliest && future.IsZero() {
			future = w
		}
	}
	return past, future
}

// weekdayAround returns the latest such weekday up to d and the first from d on.
func weekdayAround(wd int, d record.Day) (past, future record.Day) {
	now := isoWeekday(d)
	return d - record.Day((now-wd+7)%7), d + record.Day((wd-now+7)%7)
}

// isoWeekday is 1 for Monday to 7 for Sunday.
func isoWeekday(d record.Day) int { return (int(d.Weekday())+6)%7 + 1 }

// around returns the unit of time that d lies in, shifted by n; a week begins on
// Monday.
func (u unit) around(d record.Day, n int) record.When {
	y, m, _ := d.Date()
	if y+n*10 < 1 || y+n*100 > 9999 || y+n*100 < -9999 {
		return record.When{}
	}
	switch u {
	case uDay:
		return record.On(d + record.Day(n))
	case uWeek, uWeekend:
		monday := d - record.Day(isoWeekday(d)-1) + record.Day(7*n)
		if u == uWeekend {
			return record.When{Earliest: monday + 5, Latest: monday + 6}
		}
		return record.When{Earliest: monday, Latest: monday + 6}
	case uMonth:
		return record.When{Earliest: record.DayOf(y, m+time.Month(n), 1), Latest: record.DayOf(y, m+time.Month(n)+1, 0)}
	case uQuarter:
		q := (m-1)/3*3 + 1 + time.Month(3*n)
		return record.When{Earliest: record.DayOf(y, q, 1), Latest: record.DayOf(y, q+3, 0)}
	}
	return u.years(y, n)
}

func (u unit) years(y, n int) record.When {
	size := 1
	switch u {
	case uDecade:
		size = 10
	case uCentury:
		size = 100
	case uYear:
	default:
		return record.When{}
	}
	from := (y/size + n) * size
	if from < 1 || from+size > 9999 {
		return record.When{}
	}
	return record.When{Earliest: record.DayOf(from, 1, 1), Latest: record.DayOf(from+size, 1, 0)}
}

// precision is that of an expression which speaks in u.
func (u unit) precision() Precision {
	return [...]Precision{ByNothing, ByDay, ByWeek, ByDay, ByMonth, BySeason, ByYear, ByDecade, ByCentury}[u]
}

// days is the greatest length of u.
func (u unit) days() record.Day {
	return [...]record.Day{0, 1, 7, 2, 31, 92, 366, 3653, 36525}[u]
}

// back returns the day n units before (or with a negative n after) d, for the
// bounds of "over the last year".
func (u unit) back(d record.Day, n int) record.Day {
	y, m, dd := d.Date()
	if y-n*100 < 1 || y-n*100 > 9999 {
		if u == uCentury || n > 9000 || n < -9000 {
			return 0
		}
	}
	switch u {
	case uDay:
		return d - record.Day(n)
	case uWeek, uWeekend:
		return d - record.Day(7*n)
	case uMonth:
		return record.DayOf(y, m-time.Month(n), dd)
	case uQuarter:
		return record.DayOf(y, m-time.Month(3*n), dd)
	case uYear:
		return record.DayOf(y-n, m, dd)
	case uDecade:
		return record.DayOf(y-10*n, m, dd)
	case uCentury:
		return record.DayOf(y-100*n, m, dd)
	}
	return 0
}
