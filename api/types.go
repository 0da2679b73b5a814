package api

// The JSON of version 1. Dates are EDTF with their earliest and latest day. An
// answer has each claim once, under "claims", and names it elsewhere by its id.

// Answer is the frame of every answer to a question.
type Answer[T any] struct {
	Names  []Name           `json:"names" nullable:"false" doc:"The names in the question as they were understood."`
	Clocks Clocks           `json:"clocks" doc:"The clocks that the answer used."`
	Items  []T              `json:"items" nullable:"false"`
	Claims map[string]Claim `json:"claims" doc:"The claims that the items rest on, by id."`
	Next   string           `json:"next,omitempty" doc:"Cursor of the next page: ask the same with cursor= added. Left out on the last page."`
}

// Name is a name as it was understood.
type Name struct {
	Asked string `json:"asked"`
	ID    string `json:"id" doc:"As claims have it: KHM, SCO."`
	Name  string `json:"name" doc:"As people read it: Cambodia."`
}

// Clocks are the three clocks that an answer used.
type Clocks struct {
	On          string `json:"on" doc:"When it was so (EDTF)."`
	PublishedBy string `json:"published_by,omitempty" doc:"Later documents were left out; left out where none were."`
	KnownBy     string `json:"known_by,omitempty" doc:"What the record learned later was left out (RFC 3339); left out where nothing was."`
}

// When is the earliest and the latest day on which something was so.
type When struct {
	EDTF     string `json:"edtf" doc:"ISO 8601-2." example:"2015-07"`
	Earliest string `json:"earliest,omitempty" doc:"YYYY-MM-DD; left out where open."`
	Latest   string `json:"latest,omitempty" doc:"YYYY-MM-DD; left out where open."`
}

// Core is what a claim says.
type Core struct {
	Kind    string              `json:"kind" doc:"An act by its PLOVER type in capitals, or a state of affairs."`
	Phase   string              `json:"phase" doc:"An act occurs; a state of affairs begins, ends or holds."`
	Negated bool                `json:"negated,omitempty"`
	Roles   map[string][]string `json:"roles"`
	When    *When               `json:"when,omitempty" doc:"Left out where not known."`
	Content *Content            `json:"content,omitempty" doc:"What is asked, agreed, promised, refused; not asserted by itself."`
}

// Content is the claim inside an act, or a topic where no kind fits.
type Content struct {
	Kind    string              `json:"kind,omitempty"`
	Phase   string              `json:"phase,omitempty"`
	Negated bool                `json:"negated,omitempty"`
	Roles   map[string][]string `json:"roles,omitempty"`
	When    *When               `json:"when,omitempty"`
	Topic   string              `json:"topic,omitempty"`
	Content *Content            `json:"content,omitempty"`
}

// Claim is something that a document says is so, as it stands after the
// decisions on it.
type Claim struct {
	ID string `json:"id"`
	Core
	Says       string     `json:"says" doc:"What it says, in words."`
	Source     string     `json:"source,omitempty" doc:"Who the document has it from; left out where the publisher itself says so."`
	Chain      []string   `json:"chain,omitempty" nullable:"false" doc:"From the one who says it to the one who prints it."`
	Quote      string     `json:"quote" doc:"The words of the first citation, as they stand in the document."`
	Citations  []Citation `json:"citations" nullable:"false"`
	Document   Source     `json:"document"`
	Confidence float64    `json:"confidence" doc:"Probability that the claim was read rightly."`
	Frame      string     `json:"frame,omitempty"`
	Reader     string     `json:"reader,omitempty"`
	Recorded   string     `json:"recorded" doc:"When the record learned of it (RFC 3339)."`
	Accepted   bool       `json:"accepted,omitempty"`
	Preferred  bool       `json:"preferred,omitempty"`
	Corrected  bool       `json:"corrected,omitempty"`
	Read       *Core      `json:"read,omitempty" doc:"What was read, where a reviewer corrected it."`
	Decisions  []Decision `json:"decisions,omitempty" nullable:"false"`
}

// Citation is a run of bytes in the UTF-8 text of a document.
type Citation struct {
	Document string `json:"document"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
}

// Source is a document without its text.
type Source struct {
	ID        string `json:"id" doc:"SHA-256 of what makes it this document."`
	Name      string `json:"name,omitempty"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Published *When  `json:"published,omitempty"`
	URL       string `json:"url,omitempty" doc:"As the document has it. It is text: check it before you follow it."`
	Language  string `json:"language,omitempty"`
	Author    string `json:"author,omitempty"`
	Origin    string `json:"origin,omitempty" doc:"Key of the independent origin, such as an agency."`
	Former    string `json:"former,omitempty" doc:"The edition that this one follows."`
	Story     string `json:"story,omitempty" doc:"The document that this one prints again."`
	Recorded  string `json:"recorded,omitempty"`
}

// Document is a document with its text and claims.
type Document struct {
	Source
	Text   string  `json:"text"`
	Claims []Claim `json:"claims" nullable:"false" doc:"In the order of their first citation."`
}

// Timeline is what the claims on one state of affairs add up to.
type Timeline struct {
	Kind      string              `json:"kind"`
	Says      string              `json:"says" doc:"What it is about, in words."`
	Roles     map[string][]string `json:"roles"`
	Value     string              `json:"value,omitempty" doc:"What varies in it: the tier, the holder, the status."`
	Truth     string              `json:"truth,omitempty" enum:"yes,possibly,no,unknown" doc:"Whether it was so on the day asked about; left out in what is inherited. Unknown is no evidence, which is not no."`
	Since     *When               `json:"since,omitempty"`
	Inherited string              `json:"inherited_from,omitempty" doc:"The predecessor that the answer is taken over from."`
	Note      string              `json:"note,omitempty"`
	Evidence  []string            `json:"evidence" nullable:"false" doc:"Claims that the answer rests on."`
	Spans     []Span              `json:"spans" nullable:"false"`
	Denied    []string            `json:"denied,omitempty" nullable:"false"`
	Conflicts []Conflict          `json:"conflicts,omitempty" nullable:"false"`
	From      []Inherited         `json:"inherited,omitempty" nullable:"false" doc:"The timelines of predecessors of its parties."`
}

// Span is a time over which it was so.
type Span struct {
	Begin    *When    `json:"begin,omitempty"`
	End      *When    `json:"end,omitempty" doc:"Left out where no end is told."`
	Inferred bool     `json:"inferred,omitempty" doc:"The end follows from another claim."`
	Support  []string `json:"support" nullable:"false"`
	Closed   []string `json:"closed,omitempty" nullable:"false"`
}

// Inherited is a timeline that held for a predecessor.
type Inherited struct {
	From     string   `json:"from"`
	To       string   `json:"to"`
	Timeline Timeline `json:"timeline"`
	By       []string `json:"by,omitempty" nullable:"false" doc:"Claims that the one took the other's place."`
}

// Conflict is where claims contradict each other.
type Conflict struct {
	Kind    string              `json:"kind"`
	Says    string              `json:"says" doc:"What it is about, in words."`
	About   string              `json:"about" doc:"What the claims differ in."`
	Roles   map[string][]string `json:"roles"`
	Sides   []Side              `json:"sides" nullable:"false"`
	Settled *Decision           `json:"settled,omitempty"`
}

// Side is one side of a conflict.
type Side struct {
	Says    string   `json:"says,omitempty"`
	When    *When    `json:"when,omitempty"`
	Origins []string `json:"origins" nullable:"false" doc:"Independent origins."`
	Claims  []string `json:"claims" nullable:"false"`
}

// Request is a request followed through.
type Request struct {
	Status  string   `json:"status" enum:"open,acknowledged,granted,granted in part,refused,withdrawn,overtaken"`
	Says    string   `json:"says"`
	Asked   *When    `json:"asked,omitempty"`
	AgeDays *int     `json:"age_days,omitempty" doc:"Days from the asking to the day asked about."`
	Claim   string   `json:"claim" doc:"The first time it was asked."`
	Repeats []string `json:"repeats,omitempty" nullable:"false"`
	Answers []Reply  `json:"answers" nullable:"false"`
}

// Reply is a claim taken for an answer to a request.
type Reply struct {
	Status  string    `json:"status"`
	Why     string    `json:"why"`
	Claim   string    `json:"claim"`
	Decided *Decision `json:"decided,omitempty"`
}

// Debt is what is told of the debts of one to another. Its figures are never
// added up.
type Debt struct {
	Debtor   string   `json:"debtor"`
	Creditor string   `json:"creditor"`
	Figures  []Figure `json:"figures" nullable:"false"`
	Events   []string `json:"events" nullable:"false"`
	Timeline Timeline `json:"timeline"`
}

// Figure is an amount as someone gives it.
type Figure struct {
	Amount   string `json:"amount" doc:"A decimal number."`
	Currency string `json:"currency,omitempty"`
	Claimant string `json:"claimant"`
	Party    string `json:"party" enum:"creditor,debtor,other"`
	Claim    string `json:"claim"`
}

// Anniversary is a year on which something began so many years before.
type Anniversary struct {
	Years     int      `json:"years"`
	On        *When    `json:"on,omitempty"`
	Round     bool     `json:"round"`
	Inherited string   `json:"inherited_from,omitempty"`
	Of        Timeline `json:"of"`
	Evidence  []string `json:"evidence" nullable:"false"`
}

// Decision is what a reviewer decided.
type Decision struct {
	ID       string   `json:"id"`
	Verdict  string   `json:"verdict" enum:"accept,reject,prefer,correct,merge,split,undo"`
	Claim    string   `json:"claim,omitempty"`
	Other    string   `json:"other,omitempty"`
	Status   string   `json:"status,omitempty"`
	Entity   string   `json:"entity,omitempty"`
	Into     string   `json:"into,omitempty"`
	Claims   []string `json:"claims,omitempty" nullable:"false"`
	Core     *Core    `json:"core,omitempty"`
	Undoes   string   `json:"undoes,omitempty"`
	Who      string   `json:"who"`
	Why      string   `json:"why"`
	Recorded string   `json:"recorded"`
	Undone   bool     `json:"undone,omitempty" doc:"Taken back since."`
}

// Passage is a citation in its context.
type Passage struct {
	Before string `json:"before"`
	Cited  string `json:"cited"`
	After  string `json:"after"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// Shown is one claim with where it stands.
type Shown struct {
	Claim    Claim     `json:"claim"`
	Passages []Passage `json:"passages" nullable:"false"`
}

// Hit is a passage that a search found.
type Hit struct {
	Passage  string   `json:"passage"`
	Document Source   `json:"document"`
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Claims   []string `json:"claims" nullable:"false" doc:"Claims cited from the passage."`
}

// Change is one entry of the record's log.
type Change struct {
	Type     string    `json:"type" enum:"document,claim,decision"`
	Recorded string    `json:"recorded"`
	Document *Source   `json:"document,omitempty"`
	Claim    *Recorded `json:"claim,omitempty"`
	Decision *Decision `json:"decision,omitempty"`
}

// Recorded is a claim as it was recorded, before any decision.
type Recorded struct {
	ID string `json:"id"`
	Core
	Says       string     `json:"says"`
	Source     string     `json:"source,omitempty"`
	Citations  []Citation `json:"citations" nullable:"false"`
	Confidence float64    `json:"confidence"`
	Reader     string     `json:"reader,omitempty"`
}

// Log is a part of the record's log.
type Log struct {
	Changes []Change `json:"changes" nullable:"false"`
	Next    string   `json:"next" doc:"Cursor to go on from, also where nothing is left for now."`
	More    bool     `json:"more" doc:"Whether more is there already."`
}

// Listed is a page of documents.
type Listed struct {
	Documents []Source `json:"documents" nullable:"false"`
	Next      string   `json:"next,omitempty"`
}
