package packed

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"demarche/record"
)

const here record.DocumentID = "d0"

// whole is a claim with something in every part.
func whole() record.Claim {
	debt := record.Core{Kind: record.Debt, Phase: record.Ends, Negated: true, When: record.Year(2021),
		Roles: record.Roles{record.RoleDebtor: {"NOR"}, record.RoleAmount: {"1500000000"}, "a role of tomorrow": {"x", ""}}}
	return record.Claim{Core: record.Core{Kind: record.Request, Phase: record.Occurs, When: record.On(record.DayOf(2020, 10, 2)),
		Roles: record.Roles{record.RoleActor: {"NOR"}, record.RoleRecipient: {"SUD", "EST"}}, Content: &record.Content{Core: debt, Topic: "débt"}},
		Source: "Ada Nord", Chain: []string{"Ada Nord", "The Courier"}, Frame: "f", Reader: "1", Confidence: 0.123456789,
		Citations: []record.Citation{{Document: here, Start: 3, End: 9}, {Document: "d1", Start: 0, End: 1 << 40}}}
}

func TestThereAndBack(t *testing.T) {
	sparse := record.Claim{Core: record.Core{Kind: "no kind yet", Roles: record.Roles{}}, Citations: []record.Citation{{Document: here, Start: -1}}}
	for name, c := range map[string]record.Claim{"whole": whole(), "sparse": sparse} {
		b, err := Claim(&c, here)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(b, here)
		if err != nil || got.Core.Key() != c.Core.Key() {
			t.Fatalf("%s: %v, %v", name, got, err)
		}
		if !reflect.DeepEqual(c, got) {
			t.Errorf("%s: came back as %+v, was %+v", name, got, c)
		}
	}
}

// TestLayout holds the bytes of a claim: records that are kept have them.
func TestLayout(t *testing.T) {
	c := record.Claim{Core: record.Core{Kind: record.Membership, Phase: record.Begins, When: record.When{Earliest: 1, Latest: 2},
		Roles: record.Roles{record.RoleParty: {"NOR"}, record.RoleTier: {"member"}}},
		Citations: []record.Citation{{Document: here, Start: 0, End: 7}}, Frame: "f", Reader: "1", Confidence: 0.5}
	want := []byte{1, 17, 28, 0, 2, 4, 2, 36, 1, 0, 3, 'N', 'O', 'R', 39, 1, 58, 0, 0, 1, 0, 0, 14, 1, 'f', 1, '1', 0x3f, 0xe0, 0, 0, 0, 0, 0, 0}
	if got, err := Claim(&c, here); err != nil || !bytes.Equal(got, want) {
		t.Errorf("bytes %v, %v; want %v", got, err, want)
	}
}

func TestDamaged(t *testing.T) {
	c := whole()
	b, err := Claim(&c, here)
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(b) {
		if _, err := Read(b[:n], here); err == nil {
			t.Errorf("the first %d of %d bytes were read as a claim", n, len(b))
		}
	}
	if _, err := Read(append(b, 0), here); err == nil {
		t.Error("a byte too many was passed over")
	}
}

func TestDeep(t *testing.T) {
	deep := record.Core{Kind: record.Request}
	for range 2 * deepest {
		deep = record.Core{Kind: record.Request, Content: &record.Content{Core: deep}}
	}
	if _, err := Claim(&record.Claim{Core: deep}, here); err == nil || !strings.Contains(err.Error(), "deep") {
		t.Errorf("a claim of great depth: %v", err)
	}
}

// FuzzRead: whatever bytes are read, they end in a claim or an error, and a
// claim that was read is written and read the same.
func FuzzRead(f *testing.F) {
	c := whole()
	b, err := Claim(&c, here)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{version})
	f.Add([]byte{version, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Read(b, here)
		if err != nil {
			return
		}
		again, err := Claim(&c, here)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Read(again, here)
		if err != nil || back.Core.Key() != c.Core.Key() || len(back.Citations) != len(c.Citations) {
			t.Errorf("%x was read as %+v and then as %+v, %v", b, c, back, err)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	c := whole()
	body, err := Claim(&c, here)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Read(body, here); err != nil {
			b.Fatal(err)
		}
	}
}
