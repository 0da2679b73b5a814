package when

// class says what a word can be in a date.
type class uint8

const (
	cNone    class = iota
	cMonth         // n: 1 to 12
	cWeekday       // n: 1 Monday to 7 Sunday
	cUnit          // n: a unit
	cNumber        // n: its value
	cOrdinal       // n: its value
	cSeason        // n: 1 spring to 4 winter
	cPart          // n: a part
	cDay           // n: days from publication
	cNow           // now, currently
	cOther         // a word that may begin an expression: last, next, the, ago ...
	cDecade        // the nineties; n: 90
	cFeast         // n: month*100 + day
)

// unit is a length of calendar time.
type unit uint8

const (
	uNone unit = iota
	uDay
	uWeek
	uWeekend
	uMonth
	uQuarter
	uYear
	uDecade
	uCentury
)

// part is a part of a span.
type part uint8

const (
	whole part = iota
	early
	middle
	late
	start
	end
	firstHalf
	secondHalf
)

type lexeme struct {
	class  class
	n      int
	abbrev bool
}

// lexicon holds the words of dates, in lower case. Read only.
var lexicon = makeLexicon()

func makeLexicon() map[string]lexeme {
	m := map[string]lexeme{}
	list := func(c class, from int, abbrev bool, words ...string) {
		for i, w := range words {
			m[w] = lexeme{c, from + i, abbrev}
		}
	}
	same := func(c class, n int, words ...string) {
		for _, w := range words {
			m[w] = lexeme{class: c, n: n}
		}
	}
	calendarWords(list)
	list(cNumber, 1, false, "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
		"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
	list(cOrdinal, 1, false, "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
		"thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth")
	for i, w := range []string{"thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		same(cNumber, 30+10*i, w)
		same(cOrdinal, 30+10*i, w[:len(w)-1]+"ieth")
		if i > 0 {
			same(cDecade, 30+10*i, w[:len(w)-1]+"ies")
		}
	}
	same(cNumber, 100, "hundred")
	same(cOrdinal, 100, "hundredth")
	same(cOther, 100, "centenary", "centennial")
	same(cNumber, 12, "dozen")
	unitWords(same)
	for _, w := range []string{"last", "next", "this", "that", "past", "coming", "previous", "preceding", "following", "same", "the", "a", "an",
		"every", "each", "then", "time", "recently", "lately", "recent", "later", "earlier", "q", "eve", "over", "half", "several", "few",
		"some", "many", "nearly", "almost", "about", "around", "annually", "present", "at", "these", "those", "just", "only", "another"} {
		m[w] = lexeme{class: cOther}
	}
	return m
}

func calendarWords(list func(c class, from int, abbrev bool, words ...string)) {
	list(cMonth, 1, false, "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
	list(cMonth, 1, true, "jan", "feb", "mar", "apr")
	list(cMonth, 6, true, "jun", "jul", "aug", "sep", "oct", "nov", "dec")
	list(cMonth, 9, true, "sept")
	list(cWeekday, 1, false, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
	list(cWeekday, 1, true, "mon", "tue", "wed", "thu", "fri", "sat", "sun")
	list(cWeekday, 2, true, "tues")
	list(cWeekday, 4, true, "thurs")
	list(cWeekday, 4, true, "thur")
	list(cSeason, 1, false, "spring", "summer", "autumn", "winter")
	list(cSeason, 3, false, "fall")
	list(cDay, -1, false, "yesterday", "today", "tomorrow")
	list(cDay, 0, false, "tonight")
	list(cFeast, 1225, false, "christmas")
}

func unitWords(same func(c class, n int, words ...string)) {
	same(cUnit, int(uDay), "day", "days")
	same(cUnit, int(uWeek), "week", "weeks", "fortnight", "fortnights")
	same(cUnit, int(uWeekend), "weekend", "weekends")
	same(cUnit, int(uMonth), "month", "months")
	same(cUnit, int(uQuarter), "quarter", "quarters")
	same(cUnit, int(uYear), "year", "years")
	same(cUnit, int(uDecade), "decade", "decades")
	same(cUnit, int(uCentury), "century", "centuries")
	same(cPart, int(early), "early")
	same(cPart, int(middle), "mid", "middle")
	same(cPart, int(late), "late")
	same(cPart, int(start), "beginning", "start", "outset")
	same(cPart, int(end), "end", "close")
	same(cNow, 0, "now", "currently", "presently", "nowadays")
}

// counted are nouns before which a figure is an amount and no year.
var counted = wordSet("people persons men women children troops soldiers fighters dollars euros roubles rubles pounds yuan tonnes tons barrels miles km kilometres kilometers " +
	"kilogrammes kilograms metres meters hectares acres feet years months weeks days hours minutes delegates members officials refugees migrants victims dead deaths " +
	"injured wounded prisoners detainees guests participants companies firms vehicles tanks aircraft ships observers peacekeepers policemen police jobs " +
	"workers students soldiers homes houses families villages bodies missiles rockets shells warheads mw megawatts percent per million billion trillion thousand hundred copies votes seats cases")

// unyear are words after which a figure is a name and no year.
var unyear = wordSet("agenda vision resolution resolutions article articles section flight no number nr page pages paragraph act boeing decree directive regulation room highway route law para channel mig " +
	"about some nearly almost over than least exactly only roughly approximately another")

// yearCues are words before a figure of four digits that make it a year.
var yearCues = wordSet("in since until till by before after from between of during to through year early late mid throughout for and or circa around beyond summer spring autumn winter fall " +
	"past prior starting beginning end on as into")

// determiners may stand before a year that qualifies a noun.
var determiners = wordSet("the its their his her our this a an these those s")

// preps are the prepositions that an expression may have.
var preps = wordSet("since until till by before after from between for in on at during over within through throughout of around into to under as")

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && words[j] != ' ' {
			j++
		}
		m[words[i:j]] = true
		i = j + 1
	}
	return m
}
