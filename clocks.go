package demarche

import (
	"fmt"
	"time"

	"demarche/record"
)

// ClockText are the three clocks of a question as people and programs write
// them: EDTF dates, KnownBy also an instant of RFC 3339. "" leaves a clock open.
type ClockText struct{ On, PublishedBy, KnownBy string }

// AnyTime as PublishedBy says outright that documents of any date count, and
// those without a date.
const AnyTime = "any"

// Clocks reads the texts; an error names the clock that is wrong, as its
// parameter is called.
func (t ClockText) Clocks() (c record.Clocks, err error) {
	if c.On, err = clockDate("on", t.On); err != nil {
		return c, err
	}
	if t.PublishedBy != AnyTime {
		published, err := clockDate("published-by", t.PublishedBy)
		if err != nil {
			return c, err
		}
		c.PublishedBy = published.Latest
	}
	if at, err := time.Parse(time.RFC3339Nano, t.KnownBy); err == nil {
		c.KnownBy = record.At(at)
		return c, nil
	}
	known, err := clockDate("known-by", t.KnownBy)
	if known.Latest != 0 {
		y, m, d := known.Latest.Date()
		c.KnownBy = record.At(time.Date(y, m, d+1, 0, 0, 0, -1, time.UTC))
	}
	return c, err
}

func clockDate(name, s string) (record.When, error) {
	if s == "" {
		return record.When{}, nil
	}
	w, err := record.ParseEDTF(s)
	if err != nil {
		return w, &Error{Kind: Usage, Err: fmt.Errorf("%s: %w", name, err)}
	}
	return w, nil
}

// Pinned writes the clocks with all three filled in, so that the same question
// has the same answer for good: the logs only grow, and what is recorded later
// is not known by now.
func (d *Desk) Pinned(c record.Clocks) ClockText {
	c = d.clocks(c)
	t := ClockText{On: record.FormatEDTF(c.On), PublishedBy: AnyTime}
	if c.PublishedBy != 0 {
		t.PublishedBy = c.PublishedBy.String()
	}
	known := c.KnownBy
	if known.IsZero() {
		known = d.clock()
	}
	t.KnownBy = known.Time().Format(time.RFC3339Nano)
	return t
}
