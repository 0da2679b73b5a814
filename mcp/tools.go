package mcp

import (
	"context"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"demarche"
	"demarche/record"
)

// tools adds the tools to the server.
func (s *Server) tools() {
	add(s, "ask", "State of affairs on a date",
		`What the record tells of a state of affairs as of a date. question is one of:
members (who belongs to the body a, by tier), chairs (who chairs the body a), memberships (which bodies a belongs to), relations (of a with b, or with all), recognition, treaties, missions, succession (of a with b, or of a), offices (of the polity or body a, or held by the person a), debts (between a and b, or of a), history (every claim about a, or between a and b, in order of date), anniversaries (that fall into the year of on).
Each finding has the answer (yes, possibly, no, unknown), since when, and the evidence with quotes.`, s.ask)
	add(s, "brief", "Briefing note on a pair", "A briefing note on two parties as of a date, in Markdown, with a numbered source for every line.", s.brief)
	add(s, "requests", "Requests and what came of them",
		"Who asked whom for what, with age and status: open, acknowledged, granted, granted in part, refused, withdrawn, overtaken; each with the answers that the status rests on. from and to may each be left out.", s.requests)
	add(s, "evidence", "Evidence of a claim",
		"One claim by its name: the cited words in their context, the document, who says so, how it was read and with what confidence, and what reviewers decided of it.", s.evidence)
	add(s, "conflicts", "Where sources disagree",
		"Where claims contradict each other: each side with what it says, its independent origins and its evidence. a and b narrow it to parties.", s.conflicts)
	add(s, "search", "Search the documents",
		`Passages of documents with all the words of the query, the best first; a phrase stands in double quotes. names narrows to documents with claims on these parties. Each passage names the claims cited from it.`, s.search)
}

// add adds a tool that reads and changes nothing. Its result is its structured
// output, also as JSON text.
func add[In, Out any](s *Server, name, title, description string, do func(context.Context, In) (Out, error)) {
	no := false
	sdk.AddTool(s.sdk, &sdk.Tool{Name: name, Title: title, Description: description,
		Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &no, DestructiveHint: &no}},
		func(ctx context.Context, _ *sdk.CallToolRequest, in In) (*sdk.CallToolResult, Out, error) {
			out, err := do(ctx, in)
			if err != nil {
				var none Out
				return nil, none, s.told(ctx, name, err)
			}
			return nil, out, nil
		})
}

// told is the error that a client is told: what it can do something about. The
// rest is for the log.
func (s *Server) told(ctx context.Context, tool string, err error) error {
	switch demarche.KindOf(err) {
	case demarche.Internal, demarche.BadRecord, demarche.Output:
		s.log.ErrorContext(ctx, "mcp", "tool", tool, "error", err)
		return errFault
	}
	return err
}

// clocks are the three clocks of a question.
type clocks struct {
	On          string `json:"on,omitempty" jsonschema:"when it was so: an EDTF date such as 2020-10-14, 2019-11 or 1956; default today"`
	PublishedBy string `json:"published_by,omitempty" jsonschema:"leave out documents published after this EDTF date"`
	KnownBy     string `json:"known_by,omitempty" jsonschema:"leave out what the record learned after this EDTF date or RFC 3339 time"`
}

func (c clocks) read() (record.Clocks, error) {
	return demarche.ClockText{On: c.On, PublishedBy: c.PublishedBy, KnownBy: c.KnownBy}.Clocks()
}

// limited is how many findings a client wants.
type limited struct {
	Limit int `json:"limit,omitempty" jsonschema:"at most so many findings, 1 to 200; default 50"`
}

const (
	usualFindings = 50
	mostFindings  = 200
)

func (l limited) most() int {
	if l.Limit <= 0 {
		return usualFindings
	}
	return min(l.Limit, mostFindings)
}

// frame is what every answer has: the names as they were understood, the clocks
// that were used and how many findings were left out.
type frame struct {
	Names  []name `json:"names"`
	Clocks clocks `json:"clocks"`
	// LeftOut counts the findings beyond the limit.
	LeftOut int `json:"left_out,omitempty" jsonschema:"findings beyond the limit"`
}

type name struct {
	Asked string `json:"asked"`
	ID    string `json:"id"`
	Name  string `json:"name"`
}

// framed frames an answer and cuts what was found to the limit.
func framed[T any](ans demarche.Answer[T], most int) (frame, []T) {
	f := frame{Names: []name{}, Clocks: clocksOf(ans.Clocks)}
	for _, n := range ans.Names {
		f.Names = append(f.Names, name{plain(n.Asked), n.ID, n.Label})
	}
	f.LeftOut = max(len(ans.Found)-most, 0)
	return f, ans.Found[:min(len(ans.Found), most)]
}

func clocksOf(c record.Clocks) clocks {
	out := clocks{On: record.FormatEDTF(c.On), PublishedBy: c.PublishedBy.String()}
	if !c.KnownBy.IsZero() {
		out.KnownBy = instant(c.KnownBy)
	}
	return out
}
