package web

import (
	"net/http"
	"slices"
	"strings"

	"demarche/brief"
	"demarche/record"
)

// requestsPage is the ledger of requests as a board.
type requestsPage struct {
	From, To, Party, Subject string
	Columns                  []column
	Count                    int
	TooMany                  bool // the record has more requests than a board can show at once
	Names                    []string
}

// column is the requests of which the same has come.
type column struct {
	Heading, Class string
	Requests       []requestView
	More           int
}

// requestView is a request followed through.
type requestView struct {
	statement
	Status  string
	Age     string
	Asked   string
	Repeats int
	Answers []answerView
}

type answerView struct {
	statement
	Status, Why string
}

func (s *Server) request(l links, t *record.Thread, on record.Day) requestView {
	out := requestView{statement: l.statement(t.Request), Status: string(t.Status), Asked: dated(t.Asked), Repeats: len(t.Repeats)}
	if n := t.Age(on); n >= 0 {
		out.Age = brief.Age(on-record.Day(n), on)
	}
	for _, r := range t.Answers {
		out.Answers = append(out.Answers, answerView{l.statement(r.Claim), string(r.Status), r.Why})
	}
	return out
}

// columns are the columns of the board with the statuses in each.
var columns = []struct {
	heading  string
	statuses []record.Status
}{
	{"Open", []record.Status{record.Open}},
	{"Acknowledged", []record.Status{record.Acknowledged}},
	{"Granted", []record.Status{record.Granted, record.GrantedInPart}},
	{"Refused", []record.Status{record.Refused, record.Withdrawn}},
	{"Overtaken", []record.Status{record.Overtaken}},
}

const (
	// mostCards bounds a column, mostBoard the acts among which a board without
	// a filter seeks answers.
	mostCards = 40
	mostBoard = 20_000
)

func (s *Server) requests(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	body := requestsPage{From: clean(q.Get("from")), To: clean(q.Get("to")), Party: clean(q.Get("party")), Subject: clean(q.Get("subject")), Names: s.names()}
	threads, err := s.threads(r, &body, clocks)
	if err != nil {
		return err
	}
	l := s.links(bar)
	for _, c := range columns {
		col := column{Heading: c.heading, Class: statusClass(c.statuses[0])}
		for _, t := range slices.Backward(threads) {
			if !slices.Contains(c.statuses, t.Status) || !about(l, t, body.Subject) {
				continue
			}
			body.Count++
			if len(col.Requests) == mostCards {
				col.More++
				continue
			}
			col.Requests = append(col.Requests, s.request(l, t, clocks.On.Latest))
		}
		body.Columns = append(body.Columns, col)
	}
	return s.render(w, r, "requests.html", page{Title: "Requests", Here: "Requests", Feed: s.feed("requests"), Clocks: bar, Body: body})
}

// threads are the requests that the board shows, in order of date.
func (s *Server) threads(r *http.Request, p *requestsPage, c record.Clocks) ([]*record.Thread, error) {
	if p.From == "" && p.To == "" && p.Party == "" {
		if p.TooMany = s.overview.Acts() > mostBoard; p.TooMany {
			return nil, nil
		}
	}
	sides := [][2]string{{p.From, p.To}}
	if p.Party != "" {
		sides = [][2]string{{p.Party, p.To}, {p.From, p.Party}}
	}
	var out []*record.Thread
	seen := map[record.ClaimID]bool{}
	for _, side := range sides {
		got, err := s.Desk.Requests(r.Context(), side[0], side[1], false, c)
		if err != nil {
			return nil, err
		}
		for _, t := range got.Found {
			if !seen[t.Request.ID] {
				seen[t.Request.ID] = true
				out = append(out, t)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *record.Thread) int { return int(a.Asked.Latest - b.Asked.Latest) })
	return out, nil
}

// about reports whether a request is about a subject: its words are in what was
// asked for.
func about(l links, t *record.Thread, subject string) bool {
	words := strings.ToLower(l.words.Claim(&t.Request.Core))
	for _, w := range strings.Fields(strings.ToLower(subject)) {
		if !strings.Contains(words, w) {
			return false
		}
	}
	return true
}

// clean is a parameter of a form as one line without what has no ink, bounded.
func clean(s string) string {
	s = brief.Plain(s)
	if len(s) > 300 {
		s = strings.ToValidUTF8(s[:300], "")
	}
	return s
}
