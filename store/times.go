package store

import (
	"time"

	"demarche/record"
)

// Ends are the record times of the last entries of the three logs. Record time
// never runs backwards, whatever the clock does, so that what was known by a time
// is the beginning of each log.
type Ends struct{ Document, Claim, Decision record.RecordTime }

// Now is the record time of what is recorded now, to the microsecond that stores
// keep: that of the clock or, where the clock stands behind what is recorded
// already, the first behind that.
func (e *Ends) Now(clock record.Clock) record.RecordTime {
	now := clock().Time().Truncate(time.Microsecond)
	for _, end := range []record.RecordTime{e.Document, e.Claim, e.Decision} {
		if !now.After(end.Time()) {
			now = end.Time().Add(time.Microsecond)
		}
	}
	return record.At(now)
}

// Next is the record time of the next entry of a log that ends at a time, and its
// new end: the time that the entry was given or, where it has none, now; but not
// before the end.
func Next(given, now record.RecordTime, end *record.RecordTime) record.RecordTime {
	if given.IsZero() {
		given = now
	}
	if given.Time().Before(end.Time()) {
		given = *end
	}
	*end = given
	return given
}

// Date gives a decision its record time and its name.
func (e *Ends) Date(d *record.Decision, clock record.Clock) {
	given := d.Recorded
	d.Recorded = Next(given, e.Now(clock), &e.Decision)
	if !given.IsZero() && d.Elsewhere.IsZero() && d.Recorded != given {
		d.Elsewhere = given
	}
	d.ID = d.Identity()
}
