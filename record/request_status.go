package record

// Status is what has come of a request.
type Status string

// The statuses of a request.
const (
	// Open: no answer is on record; silence is shown as silence.
	Open Status = "open"
	// Acknowledged: received, forwarded, to be considered; nothing decided.
	Acknowledged Status = "acknowledged"
	// Granted: accepted by the addressee, or what was asked has come to be so.
	Granted Status = "granted"
	// GrantedInPart: less than was asked.
	GrantedInPart Status = "granted in part"
	// Refused by the addressee.
	Refused Status = "refused"
	// Withdrawn by the one who asked.
	Withdrawn Status = "withdrawn"
	// Overtaken by events: more came of it than was asked, or a party or body
	// that it needs is no more.
	Overtaken Status = "overtaken"
)

// Pending reports whether something is still to be expected: open,
// acknowledged or granted in part.
func (s Status) Pending() bool {
	return s == Open || s == Acknowledged || s == GrantedInPart
}
