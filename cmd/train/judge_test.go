package main

import (
	"io"
	"testing"

	"demarche/record"
)

// A quote is found where the text breaks its lines elsewhere, and only where all
// its words stand.
func TestFind(t *testing.T) {
	text := "They said they met.\nThey met in\n  Lomé on Monday."
	for quote, want := range map[string]int{"They met in Lomé": 20, "They met": 20, "met on Monday": -1, "": -1, "said they met.": 5} {
		if got := find(text, quote); got != want {
			t.Errorf("%q at %d, want %d", quote, got, want)
		}
	}
}

// The line of a group is the lowest that keeps the precision, and claims of one
// probability stand or fall together.
func TestThreshold(t *testing.T) {
	m := &reading{gold: map[string]int{"acts": 5, "offices": 1}}
	add := func(group string, p float64, right bool) {
		m.claims = append(m.claims, readClaim{record.Claim{Confidence: p}, right, group, ""})
	}
	for _, c := range []struct {
		p     float64
		right bool
	}{{0.9, true}, {0.8, false}, {0.7, true}, {0.6, true}, {0.5, true}, {0.5, false}, {0.4, false}} {
		add("acts", c.p, c.right)
	}
	add("offices", 0.3, false)
	if got := m.groups(); len(got) != 2 || got[0] != "acts" || got[1] != "offices" {
		t.Errorf("groups %v", got)
	}
	for precision, want := range map[float64]float64{0.75: 0.6, 0.66: 0.5, 1: 0.9} {
		if got := m.threshold("acts", precision, io.Discard); got != want {
			t.Errorf("precision %.2f: line %.2f, want %.2f", precision, got, want)
		}
	}
	if got := m.threshold("offices", 0.9, io.Discard); got != 0.95 {
		t.Errorf("where nothing is right the line is %.2f", got)
	}
}
