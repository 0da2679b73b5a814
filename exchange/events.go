package exchange

import (
	"encoding/csv"
	"io"
	"iter"
	"strings"

	"demarche/record"
)

// eventColumns are named as event data has them (POLECAT, coded by PLOVER). An
// event is of one actor towards one recipient on a day, so a claim may be
// several events.
var eventColumns = []string{
	"event_id", "event_date", "event_date_earliest", "event_date_latest", "event_type", "quad_code", "actor", "actor_persons", "recipient", "recipient_persons",
	"placename", "content_type", "content_topic", "source", "publication_date", "headline", "url", "speaker", "confidence", "claim", "document", "start", "end",
}

// quads are the four groups of PLOVER's event types: of words and of deeds, for
// and against.
var quads = map[record.Kind]string{
	record.Agree: "VERBAL COOPERATION", record.Consult: "VERBAL COOPERATION", record.Support: "VERBAL COOPERATION", record.Concede: "VERBAL COOPERATION",
	record.Cooperate: "MATERIAL COOPERATION", record.Aid: "MATERIAL COOPERATION", record.Retreat: "MATERIAL COOPERATION",
	record.Request: "VERBAL CONFLICT", record.Accuse: "VERBAL CONFLICT", record.Reject: "VERBAL CONFLICT", record.Threaten: "VERBAL CONFLICT",
	record.Protest: "MATERIAL CONFLICT", record.Sanction: "MATERIAL CONFLICT", record.Mobilize: "MATERIAL CONFLICT", record.Coerce: "MATERIAL CONFLICT", record.Assault: "MATERIAL CONFLICT",
}

// Quad is the group of an act.
func Quad(k record.Kind) string { return quads[k] }

// WriteEvents writes the acts among claims as event data, tab-separated as such
// files are: a row for each actor and recipient and, where the actors of an act
// have no recipient, for each two of them. Acts that are denied, and states of
// affairs, are no events and are left out. event_date is empty where the day is
// not known; the bounds beside it are then all that is.
func WriteEvents(w io.Writer, claims iter.Seq2[Claim, error]) error {
	out := csv.NewWriter(w)
	out.Comma = '\t'
	if err := out.Write(eventColumns); err != nil {
		return err
	}
	for c, err := range claims {
		if err != nil {
			return err
		}
		if !c.Kind.IsAct() || c.Negated {
			continue
		}
		row, err := RowOf(c)
		if err != nil {
			return err
		}
		for i, pair := range dyads(c.Roles) {
			if err := out.Write(event(c, &row, i, pair)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// dyads are the actor and recipient of each event that an act is.
func dyads(roles record.Roles) (out [][2]string) {
	actors, recipients := roles[record.RoleActor], roles[record.RoleRecipient]
	for i, a := range actors {
		for _, r := range recipients {
			out = append(out, [2]string{a, r})
		}
		if len(recipients) > 0 {
			continue
		}
		for _, other := range actors[i+1:] {
			out = append(out, [2]string{a, other})
		}
	}
	if len(out) == 0 && len(actors) > 0 {
		return [][2]string{{actors[0], ""}}
	}
	return out
}

func event(c Claim, row *Row, i int, pair [2]string) []string {
	day, content, topic := "", "", ""
	if c.When.Precise() {
		day = row.Earliest
	}
	if c.Content != nil {
		content, topic = string(c.Content.Kind), c.Content.Topic
	}
	cells := []string{
		row.Claim + "-" + number(int64(i+1)), day, row.Earliest, row.Latest, row.Kind, Quad(c.Kind), pair[0], row.ActorPersons, pair[1], row.RecipientPersons,
		row.Place, content, topic, row.Publisher, row.Published, row.Title, row.URL, row.Source, decimal(row.Confidence), row.Claim, row.Document, number(row.Start), number(row.End),
	}
	for i, cell := range cells { // a line is an event to most that read such files
		cells[i] = Harmless(strings.Join(strings.Fields(cell), " "))
	}
	return cells
}
