package record

import "fmt"

// DecisionID names a decision; see Decision.Identity.
type DecisionID string

// Verdict is what a reviewer says of a claim or an entity.
type Verdict string

// The verdicts.
const (
	// Accept confirms a claim or, with Other, that Other answers the request
	// Claim, with the outcome Status.
	Accept Verdict = "accept"
	// RejectClaim hides a claim or, with Other, the link between the request
	// Claim and the act Other that was taken for its answer.
	RejectClaim Verdict = "reject"
	// Prefer settles a conflict for Claim: against Other or, with no Other,
	// against every claim that contradicts it.
	Prefer Verdict = "prefer"
	// Correct replaces what Claim says by Core.
	Correct Verdict = "correct"
	// Merge says that the names Entity and Into are one, to be called Into.
	Merge Verdict = "merge"
	// Split says that in Claims the name Entity stands for another, Into.
	Split Verdict = "split"
	// Undo takes back the decision Undoes: all stands as if it had not been
	// made. An undo can itself be undone.
	Undo Verdict = "undo"
)

// Decision is what a reviewer says of a claim or an entity. It is added to the
// record and never overwrites; of two on the same matter the later made holds.
type Decision struct {
	ID       DecisionID
	Verdict  Verdict
	Claim    ClaimID    // the claim decided on; "" for merge and split
	Other    ClaimID    // the other side of a conflict, or an answer; may be ""
	Status   Status     // the outcome of an answer, with Accept and Other
	Entity   string     // the name decided on, for merge and split
	Into     string     // what it is to be called
	Claims   []ClaimID  // where, for split
	Core     *Core      // what the claim says instead, for correct
	Undoes   DecisionID // the decision taken back, for undo
	Who      string     // the reviewer
	Why      string
	Recorded RecordTime
	// Elsewhere is when another record, from which it was imported, had it
	// recorded; zero where that is Recorded.
	Elsewhere RecordTime
}

// Made is when it was made: of two decisions on the same matter the later made
// holds, wherever that was.
func (d *Decision) Made() RecordTime {
	if d.Elsewhere.IsZero() {
		return d.Recorded
	}
	return d.Elsewhere
}

// Validate reports what a decision lacks.
func (d *Decision) Validate() error {
	switch d.Verdict {
	case Accept, RejectClaim, Prefer:
		return d.need(d.Claim != "", "names no claim")
	case Correct:
		return d.need(d.Claim != "" && d.Core != nil, "needs a claim and what it says instead")
	case Merge:
		return d.need(d.Entity != "" && d.Into != "" && d.Entity != d.Into, "needs two different names")
	case Undo:
		return d.need(d.Undoes != "", "needs the decision that it takes back")
	case Split:
		return d.need(d.Entity != "" && d.Into != "" && len(d.Claims) > 0, "needs two names and the claims to split off")
	}
	return fmt.Errorf("decision: %q is no verdict; use accept, reject, prefer, correct, merge, split or undo", string(d.Verdict))
}

func (d *Decision) need(ok bool, lack string) error {
	if ok {
		return nil
	}
	return fmt.Errorf("decision: %s %s", d.Verdict, lack)
}
