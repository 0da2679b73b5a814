// Package record is the diplomatic record: documents, claims and decisions as
// append-only logs, and what follows from them (timelines, requests, debts,
// offices, conflicts). It uses the standard library only and knows nothing of
// text, storage or transport.
package record

// Kind says what a claim is about: an act, coded as its PLOVER event type in
// capitals, or a state of affairs in small letters.
type Kind string

// The acts, PLOVER's event types.
const (
	Agree     Kind = "AGREE"
	Consult   Kind = "CONSULT"
	Support   Kind = "SUPPORT"
	Concede   Kind = "CONCEDE"
	Cooperate Kind = "COOPERATE"
	Aid       Kind = "AID"
	Retreat   Kind = "RETREAT"
	Request   Kind = "REQUEST"
	Accuse    Kind = "ACCUSE"
	Reject    Kind = "REJECT"
	Threaten  Kind = "THREATEN"
	Protest   Kind = "PROTEST"
	Sanction  Kind = "SANCTION"
	Mobilize  Kind = "MOBILIZE"
	Coerce    Kind = "COERCE"
	Assault   Kind = "ASSAULT"
)

// The states of affairs.
const (
	Membership  Kind = "membership"
	Chair       Kind = "chair"
	Relations   Kind = "relations"
	Recognition Kind = "recognition"
	Succession  Kind = "succession"
	Existence   Kind = "existence"
	Office      Kind = "office"
	Mission     Kind = "mission"
	Treaty      Kind = "treaty"
	Debt        Kind = "debt"
)

// IsAct reports whether the kind is an act (a PLOVER event type) rather than a
// state of affairs.
func (k Kind) IsAct() bool { return k != "" && k[0] >= 'A' && k[0] <= 'Z' }

// Phase is how a claim stands in time: an act occurs; a state of affairs
// begins, ends, or holds (is seen to be so).
type Phase string

// The phases.
const (
	Occurs Phase = "occurs"
	Begins Phase = "begins"
	Ends   Phase = "ends"
	Holds  Phase = "holds"
)

// Role names, as in the wire layout.
const (
	RoleActor            = "actor"
	RoleRecipient        = "recipient"
	RoleActorPersons     = "actor_persons"
	RoleRecipientPersons = "recipient_persons"
	RolePlace            = "place"
	RoleParty            = "party"
	RoleParties          = "parties"
	RoleBody             = "body"
	RoleTier             = "tier"
	RoleHolder           = "holder"
	RoleLevel            = "level"
	RoleBy               = "by"
	RoleOf               = "of"
	RoleAs               = "as"
	RoleIn               = "in"
	RoleType             = "type"
	RoleSuccessor        = "successor"
	RolePredecessor      = "predecessor"
	RolePost             = "post"
	RoleName             = "name"
	RoleStatus           = "status"
	RoleDebtor           = "debtor"
	RoleCreditor         = "creditor"
	RoleAmount           = "amount"
	RoleCurrency         = "currency"
	RoleChange           = "change"
)

// Roles maps a role name to its fillers. States, bodies and persons are the
// names of the wire layout (ISO 3166-1 alpha-3, acronyms, full names); an
// amount is a decimal number without separators.
type Roles map[string][]string

// One returns the first filler of a role, or "".
func (r Roles) One(role string) string {
	if v := r[role]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Core is what a claim says, without who says it and where: the part that a
// content shares with a claim.
type Core struct {
	Kind    Kind
	Phase   Phase
	Negated bool
	Roles   Roles
	When    When
	// Content is the claim inside an act; nil where there is none.
	Content *Content
}

// Content is what an act is about: another claim, not asserted by itself, or,
// where no kind fits, a topic in a few words.
type Content struct {
	Core         // Core.Kind is "" where only Topic is known
	Topic string // "" where Core says it
}

// DocumentID names a document: the hex SHA-256 of what makes it this document
// (address, publisher, title, published, text); see Document.Hash.
type DocumentID string

// ClaimID names a claim: a short hash of its document, reader version, core and
// first citation, so that reading twice gives the same name.
type ClaimID string

// Citation is a run of bytes [Start, End) in the text of a document.
type Citation struct {
	Document   DocumentID
	Start, End int
}

// Claim is something that a document says is so.
type Claim struct {
	ID ClaimID
	Core
	// Source is who the text says it has it from; "" where the publisher
	// itself asserts it.
	Source string
	// Chain is the attribution from the speaker to the one who prints it:
	// speaker, occasion or medium, publisher.
	Chain []string
	// Citations are where the document says it; at least one.
	Citations []Citation
	// Frame names the frame (and reader version) that read the claim, and
	// Confidence is the probability that it is right, 0 to 1.
	Frame      string
	Confidence float64
	Reader     string
	Recorded   RecordTime
}

// Document is one text as published. It is never changed; a later edition is
// another document that names the former.
type Document struct {
	ID        DocumentID
	Name      string // short name in its collection ("000"), may be ""
	URL       string
	Publisher string
	Title     string
	Published When // a day, month or year; zero where not known
	Language  string
	Text      string
	Former    DocumentID // the edition that this one follows, "" where first
	Origin    string     // key of the independent origin (an agency); "" is the publisher
	Author    string     // as the document names them, "" where not known
	Modified  When       // when it was last edited, zero where not known
	// Story is the document that this one prints again, the first that was
	// seen; "" where it is the first itself.
	Story    DocumentID
	Recorded RecordTime
}
