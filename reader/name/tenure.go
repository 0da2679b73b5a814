package name

import "strconv"

// tenures reads the years after a post that was held: "was president from
// 1999 to 2013", "Prime Minister in 2012-2016", "president (1999-2013)".
func (r *reader) tenures() {
	for _, f := range r.phrases {
		k := f.end
		switch r.low(k) {
		case "from", "between", "in", "(":
			f.from, f.until = r.years(k + 1)
			if r.low(k) == "in" && f.until == 0 || r.low(k) == "(" && f.until == 0 {
				f.from = 0
			}
		}
	}
}

// years reads "1999 to 2013", "1999 until 2013", "1999-2013" at part k.
func (r *reader) years(k int) (from, until int) {
	from = year(r.low(k))
	if from == 0 {
		return 0, 0
	}
	switch r.low(k + 1) {
	case "to", "until", "till", "and", "through", "-", "–", "—":
		until = year(r.low(k + 2))
	}
	return from, until
}

// year is a number of four digits that can be a year of the modern age, else 0.
func year(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) != 4 || n < 1500 || n > 2100 {
		return 0
	}
	return n
}

// termOver reports whether a phrase is of a term that is over: "at the expiry of your
// term as prime minister".
func (r *reader) termOver(f *phrase) bool {
	k := f.start - 1
	if r.low(k) != "as" || r.low(k-1) != "term" && r.low(k-1) != "tenure" && r.low(k-1) != "mandate" {
		return false
	}
	for back := 2; back < 6; back++ {
		switch r.low(k - back) {
		case "expiry", "expiration", "end", "conclusion", "completion", "after", "ended", "completed", "finished":
			return true
		}
	}
	return false
}

// atTheTime is how many parts say at part k that a post was held at the time told:
// "at the time", "of that day"; 0 where none do.
func (r *reader) atTheTime(k int) int {
	if r.low(k) != "at" && r.low(k) != "of" || r.low(k+1) != "the" && r.low(k+1) != "that" {
		return 0
	}
	if w := r.low(k + 2); w == "time" || w == "day" || w == "moment" && r.low(k) == "at" {
		return 3
	}
	return 0
}
