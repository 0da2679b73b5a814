// Package picture lays out a history on a line of time: lanes with bars for what
// lasted and marks for what happened. It computes places alone; a template
// draws them, so that no text of a document is ever written as markup here.
package picture

import (
	"fmt"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"demarche/record"
)

// Item is one thing in a lane: what lasted from Begin to End or, with Shape,
// what happened at Begin.
type Item struct {
	// Begin and End are the bounds within which it began and ended. An open
	// earliest day of Begin: nothing tells its beginning. A zero End: it goes on.
	Begin, End record.When
	// Seen is the newest day by which it is told to be so, 0 where that is not
	// told; behind it a bar without an end is drawn faint.
	Seen  record.Day
	Shape string // "" is a bar; else circle, square, triangle, diamond
	Class string // how it is drawn
	Label string // written on a bar if there is room
	Title string // what it is, in full
	Href  string // its sentence
}

// Lane is a row of the picture.
type Lane struct {
	Label, Href string
	Items       []Item
}

// Band is a group of lanes under a heading.
type Band struct {
	Heading string
	Lanes   []Lane
}

// Window is the time that the picture shows, and the day of the question. A zero
// From or To is found from the items.
type Window struct{ From, To, On record.Day }

// Drawing is a laid out picture, in pixels.
type Drawing struct {
	Width, Height float64
	Left, Right   float64 // the plot
	Foot          float64 // where the lines of the ticks end
	Ticks         []Tick
	Headings      []Heading
	Rows          []Row
	OnX           float64 // the line of the day of the question; 0 where it lies outside
	OnLabel       string
	OnAnchor      string
	From, To      record.Day
	Missed        int // items that did not fit
}

// Tick is a line of the scale.
type Tick struct {
	X     float64
	Label string
}

// Heading is the heading of a band.
type Heading struct {
	Y    float64
	Text string
}

// Row is a lane laid out.
type Row struct {
	Y, H  float64
	Label string
	Href  string
	Text  float64 // baseline of the label
	Bars  []Bar
	Marks []Mark
}

// Bar is what lasted: a certain part between two that are not.
type Bar struct {
	Item
	Y, H float64
	// Core is the certain part, Early and Late the times within which it began
	// and ended, Faint the time since it was last told of. Width 0 is none.
	Core, Early, Late, Faint Extent
	Open                     float64 // where a dotted line to the left begins; 0 where the beginning is told
	X, W                     float64 // all of it
	TextX, TextY, MiddleY    float64
	Text                     string // the label as far as there is room
	Over                     bool   // the label lies over more than the certain part
}

// Extent is a run of the line of time.
type Extent struct{ X, W float64 }

// Mark is what happened, or several things too near each other to be told apart.
type Mark struct {
	Item
	X, Y    float64
	Early   Extent // the time within which it happened, where that is long enough to be seen
	Count   int    // how many it stands for
	Days    record.When
	Outline string // points of its shape
}

// The measures of the picture.
const (
	width      = 1120.0
	left       = 190.0
	right      = 1104.0
	top        = 34.0
	rowHeight  = 19.0
	rowGap     = 5.0
	headHeight = 26.0
	letter     = 6.3 // mean width of a letter of a label
	near       = 12.0
	mostRows   = 8 // of one lane
	mostBars   = 40
	mostLanes  = 16 // of one band
)

// Draw lays a picture out.
func Draw(bands []Band, w Window) Drawing {
	w = w.fit(bands)
	d := Drawing{Width: width, Left: left, Right: right, From: w.From, To: w.To}
	y := top
	for _, b := range bands {
		if len(b.Lanes) == 0 {
			continue
		}
		y += headHeight
		d.Headings = append(d.Headings, Heading{y - 8, b.Heading})
		for _, lane := range b.Lanes[min(len(b.Lanes), mostLanes):] {
			d.Missed += len(lane.Items)
		}
		for _, lane := range b.Lanes[:min(len(b.Lanes), mostLanes)] {
			row, left := w.row(lane, y)
			d.Missed += left
			d.Rows = append(d.Rows, row)
			y += row.H + rowGap
		}
	}
	d.Foot, d.Height = y+4, y+10
	d.Ticks = w.ticks()
	if w.On >= w.From && w.On <= w.To {
		d.OnX, d.OnLabel, d.OnAnchor = w.x(w.On), w.On.String(), "middle"
		if d.OnX > right-40 {
			d.OnAnchor = "end"
		}
	}
	return d
}

// fit fills in the window's bounds from the items, with a little room.
func (w Window) fit(bands []Band) Window {
	first, last := record.Day(math.MaxInt32), w.On
	for _, b := range bands {
		for _, lane := range b.Lanes {
			for _, it := range lane.Items {
				for _, day := range []record.Day{it.Begin.Earliest, it.Begin.Latest, it.End.Earliest, it.End.Latest} {
					if day != 0 {
						first, last = min(first, day), max(last, day)
					}
				}
			}
		}
	}
	if first > last {
		first = last - 365
	}
	room := max((last-first)/40, 15)
	if w.From == 0 {
		w.From = max(first-room, 1)
	}
	if w.To == 0 {
		w.To = last + room
	}
	if w.To <= w.From {
		w.To = w.From + 1
	}
	return w
}

// x is the place of a day.
func (w Window) x(d record.Day) float64 {
	return round(left + (right-left)*float64(d-w.From)/float64(w.To-w.From))
}

func round(x float64) float64 { return math.Round(x*10) / 10 }

// clip keeps a place within the plot.
func clip(x float64) float64 { return min(max(x, left), right) }

func (w Window) extent(from, to record.Day) Extent {
	a, b := clip(w.x(from)), clip(w.x(to+1))
	if b <= a {
		return Extent{}
	}
	return Extent{a, round(b - a)}
}

// row lays a lane out, with as many lines as its items need, and says how many
// items had no room.
func (w Window) row(lane Lane, y float64) (Row, int) {
	r := Row{Y: y, Label: fitted(lane.Label, left-16), Href: lane.Href, Text: y + 14}
	var ends []float64 // of each line
	missed := 0
	for _, it := range lane.Items {
		if it.Shape != "" {
			continue
		}
		bar, ok := w.bar(it)
		if !ok {
			continue
		}
		line := lineFor(ends, bar.X)
		if line == mostRows || len(r.Bars) == mostBars {
			missed++
			continue
		}
		if line == len(ends) {
			ends = append(ends, 0)
		}
		ends[line] = bar.X + bar.W
		bar.Y = y + float64(line)*rowHeight
		bar.H = rowHeight - 3
		bar.TextY, bar.MiddleY = bar.Y+12, bar.Y+bar.H/2
		r.Bars = append(r.Bars, bar)
	}
	marksY := y
	if len(r.Bars) > 0 && hasMarks(lane) {
		marksY += float64(len(ends)) * rowHeight
		ends = append(ends, 0)
	}
	r.Marks = w.marks(lane, marksY+rowHeight/2-1)
	r.H = max(float64(len(ends)), 1) * rowHeight
	return r, missed
}

func hasMarks(lane Lane) bool {
	return slices.ContainsFunc(lane.Items, func(it Item) bool { return it.Shape != "" })
}

func lineFor(ends []float64, x float64) int {
	for i, end := range ends {
		if end <= x+0.5 {
			return i
		}
	}
	return len(ends)
}

// bar lays out what lasted; false where it lies outside of the window.
func (w Window) bar(it Item) (Bar, bool) {
	b := Bar{Item: it}
	begin, end := it.Begin.Latest, it.End.Earliest
	if begin == 0 {
		begin = it.Begin.Earliest
	}
	last := it.End.Latest
	switch {
	case it.End.IsZero():
		end, last = max(w.On, it.Seen, begin), 0
		if it.Seen != 0 && it.Seen < end {
			b.Faint = w.extent(max(it.Seen, begin)+1, end)
			end = max(it.Seen, begin)
		}
	case end == 0:
		end = begin
	}
	if end < begin { // it may have ended before it surely began
		end = begin
	}
	b.Core = w.extent(begin, end)
	if it.Begin.Earliest != 0 && it.Begin.Earliest < begin {
		b.Early = w.extent(it.Begin.Earliest, begin-1)
	}
	if last > end {
		b.Late = w.extent(end+1, last)
	}
	return b.framed(it.Begin.Earliest == 0 && w.x(begin) > left)
}

// framed finds the whole extent of a bar, not too narrow to be seen, and the
// room for its label.
func (b Bar) framed(open bool) (Bar, bool) {
	b.X, b.W = math.MaxFloat64, 0
	right := 0.0
	for _, e := range []Extent{b.Early, b.Core, b.Faint, b.Late} {
		if e.W > 0 {
			b.X, right = min(b.X, e.X), max(right, e.X+e.W)
		}
	}
	if right == 0 {
		return b, false
	}
	if b.W = round(right - b.X); b.W < 3 {
		b.W = 3
		b.Core = Extent{b.X, 3}
	}
	if open {
		b.Open = max(b.X-18, left)
	}
	b.TextX, b.Text = b.Core.X+5, fitted(b.Label, b.Core.W-8)
	if b.Text != b.Label {
		b.TextX, b.Text, b.Over = b.X+5, fitted(b.Label, b.W-8), true
	}
	return b, true
}

// fitted is as much of a label as has room, "" where that would tell nothing.
func fitted(s string, room float64) string {
	n := int(room / letter)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	if n < 4 {
		return ""
	}
	return string([]rune(s)[:n-1]) + "…"
}

// marks lays out what happened; things nearer to each other than a mark is wide
// become one that counts them.
func (w Window) marks(lane Lane, y float64) []Mark {
	var out []Mark
	for _, it := range lane.Items {
		if it.Shape == "" || it.Begin.IsZero() {
			continue
		}
		m, ok := w.mark(it, y)
		if !ok {
			continue
		}
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b Mark) int { return int(math.Round(10 * (a.X - b.X))) })
	var merged []Mark
	for _, m := range out {
		if n := len(merged); n > 0 && m.X-merged[n-1].X < near {
			merged[n-1].join(m)
			continue
		}
		merged = append(merged, m)
	}
	return merged
}

// joinedTitles is how many things a mark that stands for several names.
const joinedTitles = 4

func (m *Mark) join(o Mark) {
	m.Count++
	m.Days = m.Days.Hull(o.Days)
	switch {
	case m.Count <= joinedTitles:
		m.Title += "\n" + o.Title
	case m.Count == joinedTitles+1:
		m.Title += "\n…"
	}
	if m.Class != o.Class {
		m.Class = "several"
	}
	m.Early = Extent{}
}

func (w Window) mark(it Item, y float64) (Mark, bool) {
	from, to := it.Begin.Earliest, it.Begin.Latest
	if from == 0 {
		from = to
	}
	if to == 0 {
		to = from
	}
	middle := from + (to-from)/2
	if to < w.From || from > w.To {
		return Mark{}, false
	}
	m := Mark{Item: it, X: clip(w.x(middle)), Y: y, Count: 1, Days: record.When{Earliest: from, Latest: to}}
	if e := w.extent(from, to); e.W > near {
		m.Early = e
	}
	m.Outline = outline(it.Shape, m.X, y)
	return m, true
}

// outline is the shape of a mark as the points of a polygon, "" for a circle.
func outline(shape string, x, y float64) string {
	const r = 5.5
	switch shape {
	case "square":
		return points(x-r+0.5, y-r+0.5, x+r-0.5, y-r+0.5, x+r-0.5, y+r-0.5, x-r+0.5, y+r-0.5)
	case "triangle":
		return points(x, y-r, x+r+0.5, y+r-0.5, x-r-0.5, y+r-0.5)
	case "diamond":
		return points(x, y-r-1, x+r+1, y, x, y+r+1, x-r-1, y)
	}
	return ""
}

func points(xy ...float64) string {
	s := ""
	for i := 0; i < len(xy); i += 2 {
		s += fmt.Sprintf("%.1f,%.1f ", xy[i], xy[i+1])
	}
	return s[:len(s)-1]
}

// ticks are the lines of the scale: as many as have room for their labels.
func (w Window) ticks() []Tick {
	const most = 12
	days := float64(w.To - w.From)
	for _, months := range []int{1, 3, 6, 12, 24, 60, 120, 240, 600, 1200} {
		if days/(30.44*float64(months)) <= most {
			return w.every(months)
		}
	}
	return w.every(6000)
}

func (w Window) every(months int) []Tick {
	y, m, _ := w.From.Date()
	at := y*12 + int(m) - 1
	at += (months - at%months) % months
	var out []Tick
	for ; ; at += months {
		d := record.DayOf(at/12, time.Month(at%12+1), 1)
		if d > w.To {
			return out
		}
		if d < w.From {
			continue
		}
		label := fmt.Sprint(at / 12)
		if months < 12 {
			label = fmt.Sprintf("%s %d", time.Month(at%12 + 1).String()[:3], at/12)
		}
		out = append(out, Tick{w.x(d), label})
	}
}
