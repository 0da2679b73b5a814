package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"demarche/record"
)

// How much of the start of a text is looked at for its title and date.
const (
	headLines  = 12  // lines that are not empty
	maxTitle   = 250 // characters
	maxDateRow = 120 // bytes of a line that is but a date
)

// firstLines reads title and date of publication off the start of a plain text:
// the first line where it stands by itself, and the first line that is a date or
// a dateline with its year.
func firstLines(text string) facts {
	var f facts
	seen := 0
	for line, rest := next(text); seen < headLines && (line != "" || rest != ""); line, rest = next(rest) {
		row := strings.TrimSpace(line)
		if row == "" {
			continue
		}
		seen++
		if seen == 1 && titled(row, rest) {
			f.title = row
		}
		if f.published.IsZero() {
			f.published = rowDate(row)
		}
	}
	return f
}

// next cuts a line off a text.
func next(text string) (line, rest string) {
	line, rest, _ = strings.Cut(text, "\n")
	return line, rest
}

// titled reports whether the first line is a title: it is short, is no sentence
// and no date, and an empty line, a date or a name follows.
func titled(row, rest string) bool {
	if utf8.RuneCountInString(row) > maxTitle || strings.HasSuffix(row, ".") || strings.TrimSpace(rest) == "" || !rowDate(row).IsZero() {
		return false
	}
	if dateline.MatchString(row) {
		return false
	}
	second, _ := next(rest)
	second = strings.TrimSpace(second)
	return second == "" || len(second) < 80 && !strings.HasSuffix(second, ".") || !rowDate(second).IsZero()
}

// rowDate is the date of a line that is but a date, or that begins with a
// dateline; zero for others.
func rowDate(row string) record.When {
	if len(row) <= maxDateRow {
		bare := strings.TrimLeft(row, " \t•·*-–—|")
		for _, word := range []string{"published on", "published", "posted on", "posted", "date", "issued on", "issued"} {
			if rest, ok := cutFold(bare, word); ok {
				bare = strings.TrimLeft(rest, " :")
				break
			}
		}
		if w, ok := parseDate(bare); ok {
			return w
		}
	}
	if m := dateline.FindStringSubmatch(row); m != nil {
		w, _ := writtenDate(strings.Trim(m[1], " ,"))
		return w
	}
	return record.When{}
}

// cutFold cuts a prefix off, whatever its case.
func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

const monthName = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`

var (
	monthFirst = regexp.MustCompile(`(?i)^(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(` + monthName + `)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b(.*)$`)
	dayFirst   = regexp.MustCompile(`(?i)^(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+(` + monthName + `),?\s+(\d{4})\b(.*)$`)
	monthOnly  = regexp.MustCompile(`(?i)^(` + monthName + `),?\s+(\d{4})$`)
	// afterDate is what may follow a date in its line: a time of day, a zone,
	// an hour's words.
	afterDate = regexp.MustCompile(`(?i)^[\s,|•·–—-]*(?:at\s+)?(?:\d{1,2}[:.]\d{2}(?::\d{2})?)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,5}(?:[+-]\d{1,2}(?::?\d{2})?)?\)?|[+-]\d{2}:?\d{2}|hrs|hours)?\s*\.?$`)
	// dateline is a place in capitals or as a name, a full date, and the
	// agency or a dash: "PHNOM PENH, Oct. 14, 2020 (Xinhua) --".
	dateline = regexp.MustCompile(`(?i)^\p{Lu}[\p{L}.'’ -]{1,40}(?:,\s*\p{Lu}[\p{L}.'’ -]{1,30})?,\s*((?:` + monthName + `\s+\d{1,2}(?:,\s*\d{4})|\d{1,2}\s+` + monthName + `,?\s+\d{4}))\s*(?:[(/\[]|--|[–—:.-])`)
	// wired is the agency in a dateline, after a place in capitals: "(Xinhua) --", "(Reuters) -", "/TASS/.".
	wired = regexp.MustCompile(`^\p{Lu}[\p{Lu}.'’ -]{2,40}(?:,\s*[\p{L}\d., ]{1,40}?)?\s*(?:\((\p{Lu}[\p{L} ]{1,24})\)\s*(?:--|[–—-])|/(\p{Lu}[\p{L} ]{1,24})/\s*[.–—-])`)
)

// writtenDate reads a date as people write it, with a time of day behind it or
// not; the year must stand there.
func writtenDate(s string) (record.When, bool) {
	s = strings.TrimSpace(s)
	if m := monthFirst.FindStringSubmatch(s); m != nil && afterDate.MatchString(m[4]) {
		return calendar(m[3], m[1], m[2])
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil && afterDate.MatchString(m[4]) {
		return calendar(m[3], m[2], m[1])
	}
	if m := monthOnly.FindStringSubmatch(s); m != nil {
		year, _ := strconv.Atoi(m[2])
		return record.Month(year, monthOf(m[1])), year > 0
	}
	return record.When{}, false
}

// calendar makes a day of its parts and refuses one that the calendar does not have.
func calendar(year, month, day string) (record.When, bool) {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	m := monthOf(month)
	made := record.DayOf(y, m, d)
	if _, mm, dd := made.Date(); y < 1 || mm != m || dd != d {
		return record.When{}, false
	}
	return record.On(made), true
}

// monthOf gives the month whose name begins with the same three letters.
func monthOf(name string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(m.String()[:3], name[:3]) {
			return m
		}
	}
	return 0
}
