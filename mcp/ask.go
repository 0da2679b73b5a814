package mcp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"demarche"
	"demarche/record"
)

type askIn struct {
	Question string `json:"question" jsonschema:"members, chairs, memberships, relations, recognition, treaties, missions, succession, offices, debts, history or anniversaries"`
	A        string `json:"a" jsonschema:"the polity, body or person asked about, in any form of its name"`
	B        string `json:"b,omitempty" jsonschema:"the other party; left out, all"`
	clocks
	limited
}

type askOut struct {
	frame
	Question string    `json:"question"`
	Findings []finding `json:"findings"`
}

// finding is one line of an answer.
type finding struct {
	Says      string     `json:"says" jsonschema:"what it is about, in words"`
	Answer    string     `json:"answer,omitempty" jsonschema:"yes, possibly, no or unknown, for the date asked about"`
	Tier      string     `json:"tier,omitempty"`
	Since     string     `json:"since,omitempty" jsonschema:"EDTF: since when it was so"`
	When      string     `json:"when,omitempty" jsonschema:"EDTF"`
	Inherited string     `json:"inherited_from,omitempty" jsonschema:"the predecessor that the answer is taken over from"`
	Note      string     `json:"note,omitempty"`
	Spans     []span     `json:"spans,omitempty" jsonschema:"all times over which it was so"`
	Figures   []figure   `json:"figures,omitempty" jsonschema:"amounts of a debt as each claimant gives them; never added up"`
	Evidence  []evidence `json:"evidence"`
	More      int        `json:"more_evidence,omitempty" jsonschema:"further claims that say so"`
	Disputed  bool       `json:"disputed,omitempty" jsonschema:"sources disagree; see the conflicts tool"`
}

type span struct {
	Begin string `json:"begin" jsonschema:"EDTF bounds within which it began"`
	End   string `json:"end,omitempty" jsonschema:"EDTF bounds within which it ended; left out where no end is told"`
}

type figure struct {
	Amount   string   `json:"amount"`
	Currency string   `json:"currency,omitempty"`
	Claimant string   `json:"claimant"`
	Side     string   `json:"side" jsonschema:"creditor, debtor or other"`
	Evidence evidence `json:"evidence"`
}

// states are the questions that ask for timelines of a kind.
var states = map[string]record.Kind{
	"relations": record.Relations, "recognition": record.Recognition, "treaties": record.Treaty,
	"missions": record.Mission, "succession": record.Succession,
}

func (s *Server) ask(ctx context.Context, in askIn) (out askOut, err error) {
	c, err := in.read()
	if err != nil {
		return out, err
	}
	w := s.writer(ctx)
	out.Question = strings.ToLower(strings.TrimSpace(in.Question))
	out.frame, out.Findings, err = s.answer(ctx, w, out.Question, in, c)
	if err == nil {
		err = w.err
	}
	return out, err
}

// answer asks the desk the question by its name.
func (s *Server) answer(ctx context.Context, w *writer, question string, in askIn, c record.Clocks) (frame, []finding, error) {
	kind, ok := states[question]
	switch {
	case ok:
		return asked(in.most(), w.timeline)(s.desk.States(ctx, kind, in.A, in.B, c))
	case question == "members":
		return asked(in.most(), w.timeline)(s.desk.Members(ctx, in.A, c))
	case question == "chairs":
		return asked(in.most(), w.timeline)(s.desk.Chairs(ctx, in.A, c))
	case question == "memberships":
		return asked(in.most(), w.timeline)(s.desk.Memberships(ctx, in.A, c))
	case question == "offices":
		return asked(in.most(), w.timeline)(s.desk.Offices(ctx, in.A, c))
	case question == "debts":
		return asked(in.most(), w.account)(s.desk.Debts(ctx, in.A, in.B, c))
	case question == "history":
		return asked(in.most(), w.claim)(s.desk.Timeline(ctx, in.A, in.B, c))
	case question == "anniversaries":
		return asked(in.most(), w.anniversary)(s.desk.Anniversaries(ctx, in.A, in.B, 0, c))
	}
	return frame{}, nil, &demarche.Error{Op: "ask", Kind: demarche.Usage,
		Err: fmt.Errorf("%q is no question; ask for members, chairs, memberships, relations, recognition, treaties, missions, succession, offices, debts, history or anniversaries", plain(question))}
}

// asked frames an answer and writes each of its findings.
func asked[T any](most int, write func(T) finding) func(demarche.Answer[T], error) (frame, []finding, error) {
	return func(ans demarche.Answer[T], err error) (frame, []finding, error) {
		if err != nil {
			return frame{}, nil, err
		}
		f, found := framed(ans, most)
		return f, each(found, write), nil
	}
}

// each writes each; none is an empty list, never null.
func each[T, J any](in []T, write func(T) J) []J {
	out := make([]J, 0, len(in))
	for _, v := range in {
		out = append(out, write(v))
	}
	return out
}

func (w *writer) timeline(t *record.Timeline) finding {
	core := record.Core{Kind: t.Kind, Roles: t.Roles}
	f := finding{Says: plain(w.words.Thing(&core)), Answer: string(t.Now.Truth), Tier: plain(t.Roles.One(record.RoleTier)), Since: record.FormatEDTF(t.Now.Since),
		Inherited: t.Now.Inherited, Note: plain(t.Now.Note), Disputed: len(t.Conflicts) > 0}
	for _, s := range t.Spans {
		f.Spans = append(f.Spans, span{record.FormatEDTF(s.Begin), record.FormatEDTF(s.End)})
	}
	f.Evidence, f.More = w.some(demarche.Evidence(t))
	return f
}

func (w *writer) account(a *record.Account) finding {
	f := w.timeline(a.Timeline)
	f.Figures = each(a.Figures, func(g record.Figure) figure {
		return figure{g.Amount, g.Currency, plain(w.words.Name(g.Claimant)), string(g.Party), w.evidence(g.Claim)}
	})
	f.Evidence, f.More = w.some(append(slices.Clone(a.Events), demarche.Evidence(a.Timeline)...))
	return f
}

func (w *writer) claim(s *record.Stated) finding {
	return finding{Says: plain(w.words.Claim(&s.Core)), When: record.FormatEDTF(s.When), Evidence: []evidence{w.evidence(s)}}
}

func (w *writer) anniversary(a record.Anniversary) finding {
	f := w.timeline(a.Of)
	f.When, f.Note = record.FormatEDTF(a.On), fmt.Sprintf("%d years", a.Years)
	f.Evidence, f.More = w.some(a.Claims)
	return f
}
