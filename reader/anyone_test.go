package reader

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"demarche/record"
)

// TestAnyone reads the acts of rebels, courts, unions and crowds.
func TestAnyone(t *testing.T) {
	f, err := os.Open("testdata/anyone.acts")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := newReader(t).Everyone()
	var text string
	var told []record.Claim
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSpace(in.Text())
		kind, actor, _ := strings.Cut(line, " ")
		switch {
		case line == "" || line[0] == '#':
		case kind == ">":
			text, told = actor, r.Read(record.Document{Text: actor}).Claims
		case kind == "none":
			for i := range told {
				if told[i].Kind.IsAct() {
					t.Errorf("line %d: %s\n  wrong %s", n, text, oneLine(told[i]))
				}
			}
		default:
			if !tells(told, record.Kind(kind), actor) {
				t.Errorf("line %d: %s\n  missed %s of %s\n  told   %s", n, text, kind, actor, strings.Join(all(told), "\n         "))
			}
		}
	}
}

// tells reports whether an act of a kind is told of somebody whose name has a word.
func tells(cs []record.Claim, kind record.Kind, word string) bool {
	for i := range cs {
		if cs[i].Kind == kind && strings.Contains(strings.Join(cs[i].Roles[record.RoleActor], " "), word) {
			return true
		}
	}
	return false
}
