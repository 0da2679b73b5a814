package packed

import (
	"encoding/json"
	"fmt"
	"time"

	"demarche/record"
	"demarche/wire"
)

// decision is what a decision says beside what stands in columns of its own.
type decision struct {
	Status   string           `json:"status,omitempty"`
	Entity   string           `json:"entity,omitempty"`
	Into     string           `json:"into,omitempty"`
	Claims   []record.ClaimID `json:"claims,omitempty"`
	Core     *wire.Claim      `json:"core,omitempty"`
	Undoes   string           `json:"undoes,omitempty"`
	Who, Why string
	Made     int64 `json:",omitempty"` // elsewhere, in microseconds since 1970
}

// Decision writes what a decision says, as JSON; there are few and people look at
// them. Its name, verdict, claims and record time stand in columns of their own.
func Decision(d *record.Decision) ([]byte, error) {
	out := decision{Status: string(d.Status), Entity: d.Entity, Into: d.Into, Claims: d.Claims, Undoes: string(d.Undoes), Who: d.Who, Why: d.Why}
	if !d.Elsewhere.IsZero() {
		out.Made = d.Elsewhere.Time().UnixMicro()
	}
	if d.Core != nil {
		c := wire.FromClaim(&record.Claim{Core: *d.Core}, nil)
		out.Core = &c
	}
	return json.Marshal(out)
}

// ReadDecision fills in what Decision wrote.
func ReadDecision(d *record.Decision, body []byte) error {
	var in decision
	if err := json.Unmarshal(body, &in); err != nil {
		return fmt.Errorf("decision %s: %w", d.ID, err)
	}
	d.Status, d.Entity, d.Into, d.Claims, d.Who, d.Why = record.Status(in.Status), in.Entity, in.Into, in.Claims, in.Who, in.Why
	d.Undoes = record.DecisionID(in.Undoes)
	if in.Made != 0 {
		d.Elsewhere = record.At(time.UnixMicro(in.Made))
	}
	if in.Core != nil {
		core := in.Core.Core()
		d.Core = &core
	}
	return nil
}
