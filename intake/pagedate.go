package intake

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"demarche/record"
)

// pageDates are the dates that a page declares, as it writes them, the best
// first. Unmarked ones are of <time> elements that do not say what they are.
type pageDates struct{ published, modified, unmarked []string }

func (p *pageDates) append(q pageDates) {
	p.published = append(p.published, q.published...)
	p.modified = append(p.modified, q.modified...)
}

// reading is a date as it may be meant: one day or, where day and month cannot
// be told apart, two.
type reading []record.When

// numeric is a date in figures with the year last.
var numeric = regexp.MustCompile(`^(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?:[T ,].*)?$`)

// readingOf reads a date of a page; nil for what is none.
func readingOf(s string) reading {
	if w, ok := parseDate(s); ok {
		return reading{w}
	}
	m := numeric.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	year, _ := strconv.Atoi(m[4])
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[3])
	var out reading
	if w, ok := dayOf(year, b, a); ok {
		out = append(out, w)
	}
	// Points part day and month in this order alone.
	if w, ok := dayOf(year, a, b); ok && m[2] != "." && a != b {
		out = append(out, w)
	}
	return out
}

func dayOf(year, month, day int) (record.When, bool) {
	d := record.DayOf(year, time.Month(month), day)
	if _, m, dd := d.Date(); year < 1 || int(m) != month || dd != day {
		return record.When{}, false
	}
	return record.On(d), true
}

// swapped is the day with its month and day of month in each other's place.
func swapped(w record.When) (record.When, bool) {
	if !w.Precise() {
		return w, false
	}
	y, m, d := w.Earliest.Date()
	return dayOf(y, d, int(m))
}

// inAddress is a day in the path of an address: /2020/10/14/, /2020-10-14.
var inAddress = regexp.MustCompile(`[/-]((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?:[/_.-]|$)`)

func addressDay(address string) (record.When, bool) {
	m := inAddress.FindStringSubmatch(address)
	if m == nil {
		return record.When{}, false
	}
	year, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	return dayOf(year, month, day)
}

// settle finds out when a page was published and edited from all that it and
// its source say. visible is a date in the first lines of its text. A date that
// lies in the future, that is but the date of the last edit, or of which day and
// month may be swapped, is not taken without another that bears it out.
func (in *input) settle(f *facts, p pageDates, visible record.When) {
	d := &settling{today: in.day}
	for _, s := range p.modified {
		if r := readingOf(s); len(r) == 1 && f.modified.IsZero() && !d.future(r[0]) {
			f.modified = r[0]
		}
	}
	address, _ := addressDay(first(in.own(f.url), in.from.URL))
	for _, w := range []record.When{address, in.from.Published, visible} {
		if !w.IsZero() && !d.future(w) {
			d.witnesses = append(d.witnesses, w)
		}
	}
	d.visible = visible
	d.modified = f.modified
	for _, s := range p.published {
		d.declare(s)
	}
	d.unmarked(p.unmarked)
	f.published = d.choose()
	for _, doubt := range d.doubts {
		in.opt.warn(in.Path, "%s", doubt)
	}
}

// settling weighs the dates of one page.
type settling struct {
	today     record.Day
	modified  record.When
	visible   record.When
	witnesses []record.When // what the address, the source and the text let one see
	declared  []record.When // what is declared, without what cannot be
	loose     []record.When // what <time> elements say that do not say what they are
	doubts    []string
}

func (d *settling) doubt(s string) {
	if !slices.Contains(d.doubts, s) {
		d.doubts = append(d.doubts, s)
	}
}

// future reports a date after today; a day is given for zones.
func (d *settling) future(w record.When) bool { return d.today != 0 && w.Earliest > d.today+1 }

func (d *settling) witnessed(w record.When) bool { return slices.Contains(d.witnesses, w) }

// declare takes in a declared date, if it can be.
func (d *settling) declare(s string) {
	r := readingOf(s)
	if len(r) == 0 {
		return
	}
	if w, ok := swapped(r[0]); ok && len(r) == 1 && w != r[0] && d.witnessed(w) && !d.witnessed(r[0]) {
		d.doubt("the page declares " + record.FormatEDTF(r[0]) + " as its date; day and month seem swapped, read as " + record.FormatEDTF(w))
		d.declared = append(d.declared, w)
		return
	}
	if len(r) > 1 {
		r = slices.DeleteFunc(r, func(w record.When) bool { return !d.witnessed(w) })
	}
	switch {
	case len(r) != 1:
		d.doubt("the page declares " + clip(s) + " as its date; day and month cannot be told apart")
	case d.future(r[0]):
		d.doubt("the page declares " + record.FormatEDTF(r[0]) + " as its date, which lies in the future")
	default:
		d.declared = append(d.declared, r[0])
	}
}

// unmarked takes in the times of a page that do not say what they are: where
// they are of several days, only one that something else bears out.
func (d *settling) unmarked(times []string) {
	var days []record.When
	for _, s := range times {
		if r := readingOf(s); len(r) == 1 && !slices.Contains(days, r[0]) && !d.future(r[0]) {
			days = append(days, r[0])
		}
	}
	for _, w := range days {
		if len(days) == 1 || d.witnessed(w) {
			d.loose = append(d.loose, w)
		}
	}
}

// choose gives the date of publication, zero where none is told.
func (d *settling) choose() record.When {
	if len(d.declared) == 0 {
		for _, w := range append(d.loose, d.witnesses...) {
			return w
		}
		return record.When{}
	}
	best := d.declared[0]
	if !best.Precise() || !d.modified.Precise() || best.Earliest < d.modified.Earliest {
		return best
	}
	// It is the day of the last edit, or later: another that is declared and
	// earlier is the day of publication. What stands in the text is none, since
	// news is printed on the day after.
	for _, w := range append(d.declared[1:], d.witnesses...) {
		if w.Precise() && w.Earliest < d.modified.Earliest && w != d.visible {
			d.doubt("the page declares the day of its last edit, " + record.FormatEDTF(best) + ", as its date; read as published on " + record.FormatEDTF(w))
			return w
		}
	}
	if best.Earliest > d.modified.Earliest && !d.witnessed(best) {
		d.doubt("the page is said to be edited on " + record.FormatEDTF(d.modified) + " before it was published on " + record.FormatEDTF(best))
		return record.When{Earliest: d.modified.Earliest, Latest: best.Latest}
	}
	return best
}
