package story

import (
	"strings"

	"demarche/record"
)

// Change is a run of sentences that differs between two editions: those of the
// former are bytes [From, To) of its text, those that stand in their place are
// bytes [NewFrom, NewTo) of the later text. Either may be empty.
type Change struct {
	From, To       int
	NewFrom, NewTo int
}

// Difference gives the changes from one edition to the next, in order. White
// space between words does not count.
func Difference(former, later string) []Change {
	a, b := sentences(former), sentences(later)
	head := 0
	for head < len(a) && head < len(b) && a[head].key == b[head].key {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].key == b[len(b)-1-tail].key {
		tail++
	}
	var out []Change
	for _, r := range differing(a[head:len(a)-tail], b[head:len(b)-tail]) {
		out = append(out, Change{
			From: start(a, head+r.a, former), To: end(a, head+r.a, head+r.aEnd, former),
			NewFrom: start(b, head+r.b, later), NewTo: end(b, head+r.b, head+r.bEnd, later),
		})
	}
	return out
}

// Touched reports whether a citation of the former edition stands in a sentence
// that was changed or taken out.
func Touched(changes []Change, c record.Citation) bool {
	for _, ch := range changes {
		if ch.From < ch.To && c.Start < ch.To && ch.From < c.End {
			return true
		}
	}
	return false
}

// sentence is bytes [from, to) of a text; its key is its words.
type sentence struct {
	from, to int
	key      string
}

// sentences parts a text at the ends of lines and after full stops, question and
// exclamation marks that a space follows. A part too many, such as after "Mr.",
// does no harm: both editions are parted alike.
func sentences(text string) []sentence {
	var out []sentence
	from := 0
	add := func(to int) {
		if key := strings.Join(strings.Fields(text[from:to]), " "); key != "" {
			lead := len(text[from:to]) - len(strings.TrimLeft(text[from:to], " \t\r\n"))
			out = append(out, sentence{from + lead, from + len(strings.TrimRight(text[from:to], " \t\r\n")), key})
		}
		from = to
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\n':
			add(i + 1)
		case c == ' ' && i > 0 && strings.IndexByte(".?!", text[i-1]) >= 0:
			add(i)
		}
	}
	add(len(text))
	return out
}

// start is where the ith sentence begins, the end of the text after the last.
func start(s []sentence, i int, text string) int {
	if i < len(s) {
		return s[i].from
	}
	return len(text)
}

// end is where the run of sentences [i, j) ends.
func end(s []sentence, i, j int, text string) int {
	if i == j {
		return start(s, i, text)
	}
	return s[j-1].to
}

// run is sentences [a, aEnd) of one list in the place of [b, bEnd) of another.
type run struct{ a, aEnd, b, bEnd int }

// maxCells bounds the work of comparing: beyond it, all counts as changed.
const maxCells = 4 << 20

// differing gives the runs in which two lists differ, by their longest common
// subsequence.
func differing(a, b []sentence) []run {
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	if len(a)*len(b) > maxCells {
		return []run{{0, len(a), 0, len(b)}}
	}
	// longest[i][j] is the length of the longest common subsequence of a[i:], b[j:].
	longest := make([][]uint16, len(a)+1)
	for i := range longest {
		longest[i] = make([]uint16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].key == b[j].key {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	var out []run
	r := run{}
	flush := func(i, j int) {
		if r.aEnd, r.bEnd = i, j; r.a < i || r.b < j {
			out = append(out, r)
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i].key == b[j].key:
			flush(i, j)
			i, j = i+1, j+1
			r = run{a: i, b: j}
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	flush(len(a), len(b))
	return out
}
