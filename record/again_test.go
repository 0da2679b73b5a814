package record

import "testing"

// What is asked again is told by the latest telling of a later time; one of the
// same time, or of none, is the same asking.
func TestAgain(t *testing.T) {
	told := func(w When) *Stated { return &Stated{Claim: Claim{Core: Core{When: w}}} }
	second, third := told(Year(2018)), told(Year(2020))
	th := &Thread{Request: told(Year(2015)), Asked: Year(2015), Repeats: []*Stated{told(Year(2015)), third, told(When{}), second}}
	if got := th.Again(); got != third {
		t.Errorf("again %v", got)
	}
	th.Repeats = th.Repeats[:1]
	if got := th.Again(); got != nil {
		t.Errorf("asked once, and again %v", got)
	}
}
