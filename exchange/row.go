// Package exchange hands the claims of the record to other people's tools: as
// rows for spreadsheets and statistics (CSV, Parquet), as linked data (JSON-LD
// with PROV and schema.org), and as event data in the columns of PLOVER. A claim
// keeps its citation in every form: the document, the bytes and the words.
package exchange

import (
	"encoding/json"
	"strings"
	"time"

	"demarche/record"
	"demarche/wire"
)

// Claim is a claim as it stands with the words that it cites.
type Claim struct {
	*record.Stated
	Quote string
}

// Row is a claim as a row: a column for each role, more than one filler parted
// by "; ". Texts are as the documents have them.
type Row struct {
	Claim            string   `parquet:"claim"`
	Kind             string   `parquet:"kind,dict"`
	Phase            string   `parquet:"phase,dict"`
	Negated          bool     `parquet:"negated"`
	When             string   `parquet:"when"` // EDTF
	Earliest         string   `parquet:"earliest"`
	Latest           string   `parquet:"latest"`
	Actor            string   `parquet:"actor,dict"`
	Recipient        string   `parquet:"recipient,dict"`
	ActorPersons     string   `parquet:"actor_persons"`
	RecipientPersons string   `parquet:"recipient_persons"`
	Place            string   `parquet:"place,dict"`
	Party            string   `parquet:"party,dict"`
	Parties          string   `parquet:"parties,dict"`
	Body             string   `parquet:"body,dict"`
	Tier             string   `parquet:"tier,dict"`
	Holder           string   `parquet:"holder"`
	Post             string   `parquet:"post,dict"`
	Of               string   `parquet:"of,dict"`
	In               string   `parquet:"in,dict"`
	By               string   `parquet:"by,dict"`
	As               string   `parquet:"as,dict"`
	Level            string   `parquet:"level,dict"`
	Type             string   `parquet:"type,dict"`
	Name             string   `parquet:"name"`
	Status           string   `parquet:"status,dict"`
	Successor        string   `parquet:"successor,dict"`
	Predecessor      string   `parquet:"predecessor,dict"`
	Debtor           string   `parquet:"debtor,dict"`
	Creditor         string   `parquet:"creditor,dict"`
	Amount           *float64 `parquet:"amount,optional"`
	Currency         string   `parquet:"currency,dict"`
	Change           string   `parquet:"change,dict"`
	Content          string   `parquet:"content"` // the claim inside an act, as JSON in the layout of package wire
	Source           string   `parquet:"source"`
	Publisher        string   `parquet:"publisher,dict"`
	Title            string   `parquet:"title"`
	Published        string   `parquet:"published"` // EDTF
	URL              string   `parquet:"url"`
	Document         string   `parquet:"document"`
	Start            int64    `parquet:"start"` // bytes of the document's text
	End              int64    `parquet:"end"`
	Quote            string   `parquet:"quote"`
	Confidence       float64  `parquet:"confidence"`
	Reviewed         string   `parquet:"reviewed,dict"` // accepted, preferred, corrected or empty
	Reader           string   `parquet:"reader,dict"`
	Frame            string   `parquet:"frame,dict"`
	Recorded         string   `parquet:"recorded"` // RFC 3339

	amount string // as the claim has it
}

// RowOf makes the row of a claim.
func RowOf(c Claim) (Row, error) {
	cite, doc := c.Citations[0], c.Document
	r := Row{Claim: string(c.ID), Kind: string(c.Kind), Phase: string(c.Phase), Negated: c.Negated,
		When: record.FormatEDTF(c.When), Earliest: c.When.Earliest.String(), Latest: c.When.Latest.String(),
		Source: c.Source, Publisher: doc.Publisher, Title: doc.Title, Published: record.FormatEDTF(doc.Published), URL: doc.URL,
		Document: string(cite.Document), Start: int64(cite.Start), End: int64(cite.End), Quote: c.Quote,
		Confidence: c.Confidence, Reviewed: reviewed(c.Stated), Reader: c.Reader, Frame: c.Frame, Recorded: c.Recorded.Time().Format(time.RFC3339Nano)}
	for role, to := range r.roles() {
		*to = strings.Join(c.Roles[role], "; ")
	}
	r.setAmount(c.Roles.One(record.RoleAmount))
	if c.Content == nil {
		return r, nil
	}
	b, err := json.Marshal(wire.FromClaim(&c.Claim, nil).Content)
	r.Content = string(b)
	return r, err
}

// setAmount keeps the amount as a number where it is one.
func (r *Row) setAmount(s string) {
	r.amount = s
	var f float64
	if s != "" && json.Unmarshal([]byte(s), &f) == nil {
		r.Amount = &f
	}
}

// roles are the columns of the roles that have names or words.
func (r *Row) roles() map[string]*string {
	return map[string]*string{
		record.RoleActor: &r.Actor, record.RoleRecipient: &r.Recipient, record.RoleActorPersons: &r.ActorPersons, record.RoleRecipientPersons: &r.RecipientPersons,
		record.RolePlace: &r.Place, record.RoleParty: &r.Party, record.RoleParties: &r.Parties, record.RoleBody: &r.Body, record.RoleTier: &r.Tier,
		record.RoleHolder: &r.Holder, record.RolePost: &r.Post, record.RoleOf: &r.Of, record.RoleIn: &r.In, record.RoleBy: &r.By, record.RoleAs: &r.As,
		record.RoleLevel: &r.Level, record.RoleType: &r.Type, record.RoleName: &r.Name, record.RoleStatus: &r.Status, record.RoleSuccessor: &r.Successor,
		record.RolePredecessor: &r.Predecessor, record.RoleDebtor: &r.Debtor, record.RoleCreditor: &r.Creditor, record.RoleCurrency: &r.Currency, record.RoleChange: &r.Change,
	}
}

func reviewed(s *record.Stated) string {
	switch {
	case s.Preferred:
		return "preferred"
	case s.Corrected:
		return "corrected"
	case s.Accepted:
		return "accepted"
	}
	return ""
}
