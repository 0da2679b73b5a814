package when

import (
	"strings"
	"testing"

	"demarche/record"
	"demarche/text"
)

var testPeriods = []Period{
	{Wordings: []string{"Second World War", "World War II"}, When: record.When{Earliest: day("1939-09-01"), Latest: day("1945-09-02")}},
	{Wordings: []string{"Six-Day War"}, When: record.When{Earliest: day("1967-06-05"), Latest: day("1967-06-10")}},
}

func day(s string) record.Day {
	d, err := record.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// published reads "2020-10-14" or "2008"; "" is not known.
func published(s string) record.When {
	if s == "" {
		return record.When{}
	}
	if len(s) == 4 {
		return record.When{Earliest: day(s + "-01-01"), Latest: day(s + "-12-31")}
	}
	return record.On(day(s))
}

func whenText(w record.When) string {
	if w.IsZero() {
		return "?"
	}
	if w.Earliest == w.Latest {
		return w.Earliest.String()
	}
	return w.Earliest.String() + ".." + w.Latest.String()
}

// told writes the expressions as "words = date", with "[prep]" before and "!" for
// a flag after.
func told(d *text.Doc, es []Expr) string {
	var out []string
	for _, e := range es {
		s := d.Source[d.Tokens[e.Tokens.Start].Start:d.Tokens[e.Tokens.End-1].End] + " = " + whenText(e.When)
		if e.Flag != "" {
			s += " ! " + e.Flag
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// On a Wednesday.
const wednesday = "2020-10-14"

var cases = []struct{ published, text, want string }{
	// Dates told in full.
	{wednesday, "He came on October 13, 2020.", "October 13, 2020 = 2020-10-13"},
	{wednesday, "He came on 13 October 2020.", "13 October 2020 = 2020-10-13"},
	{wednesday, "He came on the 13th of October, 2020.", "13th of October, 2020 = 2020-10-13"},
	{wednesday, "He came on Oct. 13.", "Oct. 13 = 2020-10-13"},
	{wednesday, "He came on Sept 3.", "Sept 3 = 2020-09-03"},
	{wednesday, "He came on Tuesday (Oct. 13).", "Tuesday (Oct. 13) = 2020-10-13"},
	{wednesday, "He came on Tuesday, October 13.", "Tuesday, October 13 = 2020-10-13"},
	{wednesday, "He came on October 13 (Tuesday).", "October 13 (Tuesday) = 2020-10-13"},
	{wednesday, "The text is of 2020-10-13.", "2020-10-13 = 2020-10-13"},
	{wednesday, "The text is of 2020-10-13T09:30:00.", "2020-10-13T09 = 2020-10-13"},
	{wednesday, "The text is of 21/10/2019.", "21/10/2019 = 2019-10-21"},
	{wednesday, "The text is of 10/21/2019.", "10/21/2019 = 2019-10-21"},
	{wednesday, "The text is of 03/04/2019.", "03/04/2019 = 2019-03-04..2019-04-03"},
	{wednesday, "The text is of 21.10.2019.", "21.10.2019 = 2019-10-21"},
	{wednesday, "The text is of 5/5/2019.", "5/5/2019 = 2019-05-05"},
	{wednesday, "They met on November 20-22, 2005.", "November 20-22, 2005 = 2005-11-20..2005-11-22"},
	{wednesday, "They met on November 20 − 22, 2005.", "November 20 − 22, 2005 = 2005-11-20..2005-11-22"},
	{wednesday, "They met from 4 to 7 February 2011.", "4 to 7 February 2011 = 2011-02-04..2011-02-07"},
	{wednesday, "They met from Feb 4 to 7.", "Feb 4 to 7 = 2020-02-04..2020-02-07"},
	{wednesday, "They met on November 30 - December 2, 2018.", "November 30 - December 2, 2018 = 2018-11-30..2018-12-02"},

	// Contradictions and impossible dates.
	{wednesday, "He came on Monday, 13 October 2020.", "Monday, 13 October 2020 = 2020-10-13 ! 13 October 2020 is no Monday"},
	{wednesday, "He came on Monday, October 13.", "Monday, October 13 = 2020-10-13 ! 13 October 2020 is no Monday"},
	{wednesday, "He came on 31 February 2020.", ""},
	{wednesday, "He came on February 30.", ""},
	{wednesday, "He came on 29 February 2019.", ""},
	{wednesday, "He came on 29 February 2020.", "29 February 2020 = 2020-02-29"},
	{wednesday, "The text is of 31/02/2019.", ""},

	// Months, seasons, quarters and years.
	{wednesday, "It was named on 8 April 1993: a new name.", "8 April 1993 = 1993-04-08"},
	{wednesday, "In 1993: a new name.", "1993 = 1993-01-01..1993-12-31"},
	{wednesday, "In November 2019 he came.", "November 2019 = 2019-11-01..2019-11-30"},
	{wednesday, "In November, 2019, he came.", "November, 2019 = 2019-11-01..2019-11-30"},
	{wednesday, "It was signed in 1956.", "1956 = 1956-01-01..1956-12-31"},
	{wednesday, "It boomed in the 1990s.", "1990s = 1990-01-01..1999-12-31"},
	{wednesday, "It boomed in the late 1980s.", "late 1980s = 1987-01-01..1989-12-31"},
	{wednesday, "It boomed in the early nineties.", "early nineties = 1990-01-01..1993-12-31"},
	{wednesday, "In early 2015 it fell.", "early 2015 = 2015-01-01..2015-04-30"},
	{wednesday, "In mid-2015 it fell.", "mid-2015 = 2015-05-01..2015-08-31"},
	{wednesday, "Troops came in mid-March.", "mid-March = 2020-03-11..2020-03-20"},
	{wednesday, "Troops came in late March 2019.", "late March 2019 = 2019-03-21..2019-03-31"},
	{wednesday, "It ended at the end of 2016.", "end of 2016 = 2016-12-01..2016-12-31"},
	{wednesday, "It ended at the beginning of March.", "beginning of March = 2020-03-01..2020-03-10"},
	{wednesday, "It ended in the second half of 2018.", "second half of 2018 = 2018-07-01..2018-12-31"},
	{wednesday, "In spring 2014 it began.", "spring 2014 = 2014-03-01..2014-05-31"},
	{wednesday, "In the autumn of 2014 it began.", "autumn of 2014 = 2014-09-01..2014-11-30"},
	{wednesday, "Trade rose in the first quarter of 2020.", "first quarter of 2020 = 2020-01-01..2020-03-31"},
	{wednesday, "Trade rose in Q3 2019.", "Q3 2019 = 2019-07-01..2019-09-30"},
	{wednesday, "In the 19th century it was free.", "19th century = 1801-01-01..1900-12-31"},
	{wednesday, "In the early twentieth century it was free.", "early twentieth century = 1901-01-01..1940-12-31"},
	{wednesday, "He left in May.", "May = 2020-05-01..2020-05-31"},
	{wednesday, "They may march on Paris.", ""},
	{wednesday, "March on the capital, he said.", ""},
	{wednesday, "Mrs May and Jan Kubis spoke.", ""},
	{wednesday, "The second day of talks.", ""},

	// Without a year.
	{wednesday, "The envoy arrived in November.", "November = 2019-11-01..2019-11-30"},
	{wednesday, "The envoy will arrive in November.", "November = 2020-11-01..2020-11-30"},
	{wednesday, "The summit will open on January 12.", "January 12 = 2021-01-12"},
	{"2021-01-05", "He resigned on December 30.", "December 30 = 2020-12-30"},
	{wednesday, "It began in October.", "October = 2020-10-01..2020-10-31"},
	{wednesday, "The gift came on Christmas Eve.", "Christmas Eve = 2019-12-24"},
	{wednesday, "They met on the eve of Christmas 2010.", "the eve of Christmas 2010 = 2010-12-24"},
	{wednesday, "They flew to Christmas Island.", ""},
	{wednesday, "It was ruined by May's refusal and by May herself.", ""},
	{wednesday, "It was done by May, from March to May.", "May = 2020-05-01..2020-05-31; March to May = 2020-03-01..2020-05-31"},
	{wednesday, "The vote was called for November 3.", "November 3 = 2020-11-03"},
	{wednesday, "A vote is to be held from November 20 to December 11.", "November 20 to December 11 = 2020-11-20..2020-12-11"},
	{wednesday, "They will meet at the end of November to reach shared aims.", "end of November = 2020-11-21..2020-11-30"},
	{wednesday, "He gives them until Friday.", "Friday = 2020-10-16"},
	{wednesday, "He resigned on Friday, and a successor will be named.", "Friday = 2020-10-09"},
	{wednesday, "They spoke in 1991, by the man in office at the time.", "1991 = 1991-01-01..1991-12-31; the time = ?"},
	{wednesday, "Since 9/11 much has changed.", "9/11 = 2001-09-11"},

	// Spans.
	{wednesday, "It ran from 1975 to 1979.", "1975 to 1979 = 1975-01-01..1979-12-31"},
	{wednesday, "It ran between 1991 and 1995.", "1991 and 1995 = 1991-01-01..1995-12-31"},
	{wednesday, "It ran from 1981 until 2011.", "1981 until 2011 = 1981-01-01..2011-12-31"},
	{wednesday, "The war of 1993-96 was long.", "1993-96 = 1993-01-01..1996-12-31"},
	{wednesday, "The breakup from 1838-1840 was long.", "1838-1840 = 1838-01-01..1840-12-31"},
	{wednesday, "It ran from May to July 2009.", "May to July 2009 = 2009-05-01..2009-07-31"},
	{wednesday, "It ran from December to February 2009.", "December to February 2009 = 2008-12-01..2009-02-28"},
	{wednesday, "They met in March and April 2018.", "March = 2018-03-01..2018-03-31; April 2018 = 2018-04-01..2018-04-30"},
	{wednesday, "He won in 1964, 1967 and 1971.", "1964 = 1964-01-01..1964-12-31; 1967 = 1967-01-01..1967-12-31; 1971 = 1971-01-01..1971-12-31"},

	// Days near publication.
	{wednesday, "They met on Tuesday.", "Tuesday = 2020-10-13"},
	{wednesday, "They met on Wednesday.", "Wednesday = 2020-10-14"},
	{wednesday, "They met on Thursday.", "Thursday = 2020-10-08"},
	{wednesday, "They will meet on Thursday.", "Thursday = 2020-10-15"},
	{wednesday, "They met last Wednesday.", "last Wednesday = 2020-10-07"},
	{wednesday, "They meet next Tuesday.", "next Tuesday = 2020-10-20"},
	{wednesday, "They meet this Friday.", "this Friday = 2020-10-16"},
	{wednesday, "This Monday they met.", "This Monday = 2020-10-12"},
	{wednesday, "It began on Saturday of last week.", "Saturday of last week = 2020-10-10"},
	{wednesday, "He goes next Friday, October 23.", "next Friday, October 23 = 2020-10-23"},
	{wednesday, "Yesterday he left; tomorrow she goes; today we rest.", "Yesterday = 2020-10-13; tomorrow = 2020-10-15; today = 2020-10-14"},
	{wednesday, "They spoke last night and this morning.", "last night = 2020-10-13; this morning = 2020-10-14"},
	{wednesday, "He left the day before yesterday.", "the day before yesterday = 2020-10-12"},
	{"2008", "They met on Tuesday and yesterday.", "Tuesday = ?; yesterday = ?"},
	{"2008", "Last year trade rose; today it falls.", "Last year = 2007-01-01..2007-12-31; today = 2008-01-01..2008-12-31"},
	{"", "They met last year, on Tuesday and on May 3.", "last year = ?; Tuesday = ?; May 3 = ?"},

	// Units near publication.
	{wednesday, "Last month it rose, last week it fell.", "Last month = 2020-09-01..2020-09-30; last week = 2020-10-05..2020-10-11"},
	{wednesday, "Next year it will rise.", "Next year = 2021-01-01..2021-12-31"},
	{wednesday, "It rose this year.", "this year = 2020-01-01..2020-12-31"},
	{wednesday, "It rose earlier this month.", "earlier this month = 2020-10-01..2020-10-14"},
	{wednesday, "It rises later this year.", "later this year = 2020-10-14..2020-12-31"},
	{wednesday, "It rose last August.", "last August = 2020-08-01..2020-08-31"},
	{wednesday, "It rose last October.", "last October = 2019-10-01..2019-10-31"},
	{wednesday, "It rose last summer.", "last summer = 2020-06-01..2020-08-31"},
	{wednesday, "On 16 February last year it rose.", "16 February last year = 2019-02-16"},
	{wednesday, "In October of last year it rose.", "October of last year = 2019-10-01..2019-10-31"},
	{wednesday, "By the end of the year it falls.", "end of the year = 2020-12-01..2020-12-31"},
	{wednesday, "It fell at the end of last month.", "end of last month = 2020-09-21..2020-09-30"},
	{wednesday, "It is now three years ago.", "now = 2020-10-14; three years ago = 2017-01-01..2017-12-31"},
	{wednesday, "They met two weeks ago.", "two weeks ago = 2020-09-27..2020-10-03"},
	{wednesday, "They met ten days ago.", "ten days ago = 2020-10-04"},
	{wednesday, "They met a month ago.", "a month ago = 2020-09-01..2020-09-30"},
	{wednesday, "They met several years ago.", "several years ago = ?"},
	{wednesday, "It fell ten years ago today.", "ten years ago today = 2010-10-14"},
	{wednesday, "It fell a year and a half ago, or two and a half years ago.", "a year and a half ago = ?; two and a half years ago = ?"},
	{wednesday, "It fell a fortnight ago.", "a fortnight ago = 2020-09-27..2020-10-03"},
	{wednesday, "For the past two decades he ruled.", "past two decades = 2000-10-14..2020-10-14"},
	{wednesday, "Over the last year he ruled.", "last year = 2019-10-14..2020-10-14"},
	{wednesday, "He comes in the next ten days.", "next ten days = 2020-10-14..2020-10-24"},
	{wednesday, "The summit is in three years' time.", "three years' time = 2023-01-01..2023-12-31"},
	{wednesday, "He stays for three years.", "three years = ?"},
	{wednesday, "He came on a four-day visit.", ""},
	{wednesday, "Every year and on each Monday they meet.", "Every year = ?; each Monday = ?"},
	{wednesday, "In recent months it rose.", "recent months = ?"},

	// Leaning on another date.
	{wednesday, "It was founded on 25 May 1981. The same day a flag rose.", "25 May 1981 = 1981-05-25; The same day = 1981-05-25"},
	{wednesday, "It was founded on 25 May 1981. Later that year it grew.", "25 May 1981 = 1981-05-25; Later that year = 1981-01-01..1981-12-31"},
	{wednesday, "It broke off on 30 April 2007, and five days later resumed.", "30 April 2007 = 2007-04-30; five days later = 2007-05-05"},
	{wednesday, "It left in 1961, only to return 33 years later.", "1961 = 1961-01-01..1961-12-31; 33 years later = 1994-01-01..1994-12-31"},
	{wednesday, "It left in 1961. Two days later it was back.", "1961 = 1961-01-01..1961-12-31; Two days later = ?"},
	{wednesday, "It left in December 1961. The following month it was back.", "December 1961 = 1961-12-01..1961-12-31; The following month = 1962-01-01..1962-01-31"},
	{wednesday, "It left in 1964. In the following February it was back.", "1964 = 1964-01-01..1964-12-31; the following February = 1965-02-01..1965-02-28"},
	{wednesday, "It asked in May 1977 and was refused in January of the following year.", "May 1977 = 1977-05-01..1977-05-31; January of the following year = 1978-01-01..1978-01-31"},
	{wednesday, "On December 22, 1978, ships sailed. On January 8 they turned.", "December 22, 1978 = 1978-12-22; January 8 = 1979-01-08"},
	{"2008", "In 1853 it was told. On April 19 it was done.", "1853 = 1853-01-01..1853-12-31; April 19 = 1853-04-19"},
	{wednesday, "Nobody had joined since 1853. On April 19 it was done.", "1853 = 1853-01-01..1853-12-31; April 19 = 2020-04-19"},
	{wednesday, "He came in December 2018, the first since 1985. A year later he fell.", "December 2018 = 2018-12-01..2018-12-31; 1985 = 1985-01-01..1985-12-31; A year later = 2019-01-01..2019-12-31"},
	{wednesday, "It left in 1969 and was back five years on.", "1969 = 1969-01-01..1969-12-31; five years on = 1974-01-01..1974-12-31"},
	{wednesday, "Two years following its 1821 independence it split.", "Two years following = 1823-01-01..1823-12-31; 1821 = 1821-01-01..1821-12-31"},
	{wednesday, "It was five days after 25 March 1979.", "five days after = 1979-03-30; 25 March 1979 = 1979-03-25"},
	{wednesday, "They met on 28 September and on the 7th.", "28 September = 2020-09-28; 7th = 2020-10-07"},
	{wednesday, "They met on 28 September and on the 27th.", "28 September = 2020-09-28; 27th = 2020-09-27"},
	{wednesday, "They met at the weekend and at the week-end.", "the weekend = 2020-10-10..2020-10-11; the week-end = 2020-10-10..2020-10-11"},
	{"2020-10-11", "They met at the weekend.", "the weekend = 2020-10-10..2020-10-11"},
	{wednesday, "The island celebrates 43 years of freedom today.", "43 years = 1977-10-14; today = 2020-10-14"},
	{wednesday, "It was told on 25 May 1981 and done the day before.", "25 May 1981 = 1981-05-25; the day before = 1981-05-24"},
	{wednesday, "It was told on 25 May 1981, the day before the war.", "25 May 1981 = 1981-05-25"},
	{wednesday, "A day earlier it fell.", "A day earlier = ?"},
	{wednesday, "On 5 October he spoke, and on the 7th, alone, he left.", "5 October = 2020-10-05; 7th = 2020-10-07"},
	{wednesday, "The 15th SCO summit met; on the 7th round he left.", ""},
	{wednesday, "Since then, from 1991 on, it grew.", "then = ?; 1991 = 1991-01-01..1991-12-31"},
	{wednesday, "It fell in 1991. Since then it grew.", "1991 = 1991-01-01..1991-12-31; then = 1991-01-01..1991-12-31"},

	{"2009", "It joined the same day that it became free on August 31, 1962.", "the same day = 1962-08-31; August 31, 1962 = 1962-08-31"},
	{"2011", "It was born on July 9, 2011, after the January vote.", "July 9, 2011 = 2011-07-09; January = 2011-01-01..2011-01-31"},
	{wednesday, "It began on 24 September. One day after that, they met; the day before that, not.", "24 September = 2020-09-24; One day after that = 2020-09-25; the day before that = 2020-09-24"},

	{wednesday, "In May 1977 a court, which both had asked in 1971, gave judgment. That was annulled in January of the following year.", "May 1977 = 1977-05-01..1977-05-31; 1971 = 1971-01-01..1971-12-31; January of the following year = 1978-01-01..1978-01-31"},
	{wednesday, "The treaty, which was signed in 1971, ended two years later.", "1971 = 1971-01-01..1971-12-31; two years later = 1973-01-01..1973-12-31"},

	// Anniversaries.
	{wednesday, "Next year will mark the 65th anniversary of relations.", "Next year = 2021-01-01..2021-12-31; 65th anniversary = 1956-01-01..1956-12-31"},
	{wednesday, "They marked the 10th anniversary of the pact.", "10th anniversary = 2010-01-01..2010-12-31"},
	{wednesday, "They plan feasts in 2026 for the sixty-fifth anniversary.", "2026 = 2026-01-01..2026-12-31; sixty-fifth anniversary = 1961-01-01..1961-12-31"},
	{wednesday, "Today we mark 100 years of relations.", "Today = 2020-10-14; 100 years = 1920-10-14"},
	{wednesday, "In 1972, on the tenth anniversary of freedom, he spoke.", "1972 = 1972-01-01..1972-12-31; tenth anniversary = 1962-01-01..1962-12-31"},

	// Named periods.
	{wednesday, "In the Second World War and the Six-Day War it was so.", "Second World War = 1939-09-01..1945-09-02; Six-Day War = 1967-06-05..1967-06-10"},

	// Figures that are no dates.
	{wednesday, "Some 1,500 men and 1922 troops in 1990 tanks.", ""},
	{wednesday, "Resolution 1973 and UN resolution 1441 gave $2000.", ""},
	{wednesday, "It cost 1999.50 and covered 2000 km in 1850 hours.", ""},
	{wednesday, "The G20 2016 summit upheld the 1972 ABM treaty.", "2016 = 2016-01-01..2016-12-31; 1972 = 1972-01-01..1972-12-31"},
	{wednesday, "Its 1821 independence was noted.", "1821 = 1821-01-01..1821-12-31"},
	{wednesday, "At 19:45 the bus 2012 left.", ""},
}

func TestFind(t *testing.T) {
	for _, c := range cases {
		d := split(c.text)
		if got := told(d, Find(d, published(c.published), testPeriods)); got != c.want {
			t.Errorf("published %q: %q\n got %s\nwant %s", c.published, c.text, got, c.want)
		}
	}
}
