// Package wire is the JSON layout of a document and its claims, as the gold
// texts have it, and the way from it to the record and back.
//
// A file holds one document; a JSON Lines stream holds one a line. Fields that
// the layout does not know are passed over. Beyond the layout, documents carry
// hash, language, former,
// origin, author, modified and story, and claims carry id, chain, spans, frame,
// confidence, reader and recorded.
package wire

import "demarche/record"

// Document is a text as published and the claims read in it.
type Document struct {
	// ID is the document's short name in its collection, such as "017".
	ID        string `json:"id"`
	URL       string `json:"url"`
	Publisher string `json:"publisher"`
	Title     string `json:"title"`
	// Published is an EDTF date, mostly a day; "" where it is not known.
	Published string `json:"published"`
	// Hash is the record's name of the document (record.DocumentID).
	Hash     string `json:"hash,omitempty"`
	Language string `json:"language,omitempty"`
	// Former is the hash of the edition that this one follows.
	Former string `json:"former,omitempty"`
	Origin string `json:"origin,omitempty"`
	Author string `json:"author,omitempty"`
	// Modified is the EDTF date of the last edit; "" where it is not known.
	Modified string `json:"modified,omitempty"`
	// Story is the hash of the document that this one prints again.
	Story string `json:"story,omitempty"`
	Text  string `json:"text"`
	// Claims is never null when written.
	Claims []Claim `json:"claims"`
}

// Claim is one claim in the layout.
type Claim struct {
	Kind    string `json:"kind"`
	Phase   string `json:"phase"`
	Negated bool   `json:"negated,omitempty"`
	Roles   Roles  `json:"roles"`
	When    When   `json:"when"`
	// Source is null where the publisher itself asserts the claim.
	Source  *string  `json:"source"`
	Quote   string   `json:"quote"`
	Content *Content `json:"content,omitempty"`

	ID    string   `json:"id,omitempty"`
	Chain []string `json:"chain,omitempty"`
	// Spans are the cited runs of the text, [start, end) in bytes of its UTF-8;
	// the first is the quote.
	Spans      []Span  `json:"spans,omitempty"`
	Frame      string  `json:"frame,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
	Reader     string  `json:"reader,omitempty"`
	// Recorded is record time as RFC 3339 with fractions, in UTC.
	Recorded string `json:"recorded,omitempty"`
}

// Content is the claim inside an act, or a topic where no kind fits.
type Content struct {
	Kind    string   `json:"kind,omitempty"`
	Phase   string   `json:"phase,omitempty"`
	Negated bool     `json:"negated,omitempty"`
	Roles   Roles    `json:"roles,omitempty"`
	When    *When    `json:"when,omitempty"`
	Topic   string   `json:"topic,omitempty"`
	Content *Content `json:"content,omitempty"`
}

// Span is [start, end) in bytes.
type Span [2]int

// When is written as [earliest, latest], each a day YYYY-MM-DD or null where
// that bound is open, and as null where nothing is known.
type When record.When

// Roles are the roles of a claim. Which of them are lists, strings or numbers
// goes by their name; see MarshalJSON.
type Roles record.Roles
