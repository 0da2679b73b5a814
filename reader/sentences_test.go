package reader

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"demarche/record"
)

// sentence is one case of a sentence file: a short text, and the claims that a
// careful reader finds in it.
type sentence struct {
	line      int
	published string
	publisher string
	text      string
	want      []string
	missed    []string // claims wanted and known not to be found
	some      bool     // other claims may stand beside those wanted
}

// readSentences reads a file of cases:
//
//	@ 2020-10-14 Publisher          the day and the publisher of what follows
//	> A sentence, or a few.
//	REQUEST KHM > RUS               acts: actors > recipients
//	membership begins party=KHM body=SCO tier=observer
//	not relations holds parties=USA,CUB
//	none                            nothing at all is told
//	...                             other claims may be told besides
//	~ REQUEST KHM > RUS             wanted, and known to be missed
//
// A claim may end in "when=EDTF", "source=NAME" or "content=KIND".
func readSentences(t *testing.T, path string) []sentence {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []sentence
	published, publisher := "2020-10-14", "A paper"
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		l := strings.TrimSpace(in.Text())
		switch {
		case l == "" || l[0] == '#':
		case l[0] == '@':
			published, publisher, _ = strings.Cut(strings.TrimSpace(l[1:]), " ")
		case l[0] == '>':
			out = append(out, sentence{line: n, published: published, publisher: publisher, text: strings.TrimSpace(l[1:])})
		case len(out) == 0:
			t.Fatalf("%s:%d: a claim before any sentence", path, n)
		case l == "none":
		case l == "...":
			out[len(out)-1].some = true
		case strings.HasPrefix(l, "~ "):
			out[len(out)-1].missed = append(out[len(out)-1].missed, l[2:])
		default:
			out[len(out)-1].want = append(out[len(out)-1].want, l)
		}
	}
	return out
}

func TestSentences(t *testing.T) {
	files, err := filepath.Glob("testdata/*.sentences")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sentence files: %v", err)
	}
	r := newReader(t)
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			for _, s := range readSentences(t, path) {
				checkSentence(t, r, path, s)
			}
		})
	}
}

func checkSentence(t *testing.T, r *Reader, path string, s sentence) {
	when, err := record.ParseEDTF(s.published)
	if err != nil {
		t.Fatalf("%s:%d: %v", path, s.line, err)
	}
	// The frames must propose what is wanted; the judge must print nothing else.
	doc := record.Document{Text: s.text, Published: when, Publisher: s.publisher}
	claims := []record.Claim{}
	for _, p := range r.Proposals(doc) {
		claims = append(claims, p.Claim)
	}
	printed := r.Read(doc).Claims
	for _, want := range s.want {
		hit := slices.IndexFunc(claims, func(c record.Claim) bool { return told(c, want) })
		if hit < 0 {
			t.Errorf("%s:%d: %s\n  missed %s\n  told   %s", path, s.line, s.text, want, strings.Join(all(claims), "\n         "))
			continue
		}
	}
	for _, want := range s.missed {
		if slices.ContainsFunc(claims, func(c record.Claim) bool { return told(c, want) }) {
			t.Errorf("%s:%d: %s\n  finds %s now: take the mark of a miss away", path, s.line, s.text, want)
		}
	}
	for _, c := range printed {
		wanted := slices.ContainsFunc(s.want, func(want string) bool { return told(c, want) })
		if !wanted && !s.some && c.Kind != record.Office {
			t.Errorf("%s:%d: %s\n  wrong  %s", path, s.line, s.text, oneLine(c))
		}
	}
}

func all(cs []record.Claim) []string {
	var out []string
	for _, c := range cs {
		out = append(out, oneLine(c))
	}
	return out
}

// oneLine writes a claim as the sentence files do.
func oneLine(c record.Claim) string {
	var b strings.Builder
	if c.Negated {
		b.WriteString("not ")
	}
	b.WriteString(string(c.Kind) + " ")
	if c.Kind.IsAct() {
		fmt.Fprintf(&b, "%s > %s", strings.Join(c.Roles[record.RoleActor], ","), strings.Join(c.Roles[record.RoleRecipient], ","))
	} else {
		b.WriteString(string(c.Phase))
		for _, role := range []string{"party", "body", "tier", "holder", "parties", "level", "by", "of", "as", "in", "type", "successor", "predecessor",
			"post", "name", "status", "debtor", "creditor", "amount", "currency", "change"} {
			if v := c.Roles[role]; len(v) > 0 {
				fmt.Fprintf(&b, " %s=%s", role, strings.ReplaceAll(strings.Join(v, ","), " ", "_"))
			}
		}
	}
	fmt.Fprintf(&b, " when=%s", record.FormatEDTF(c.When))
	if c.Source != "" {
		fmt.Fprintf(&b, " source=%s", strings.ReplaceAll(c.Source, " ", "_"))
	}
	if c.Content != nil {
		fmt.Fprintf(&b, " content=%s", c.Content.Kind)
	}
	return b.String()
}

// told reports whether a claim is the one that a line of a sentence file wants;
// what the line does not name is free.
func told(c record.Claim, want string) bool {
	have := strings.Fields(oneLine(c))
	for _, w := range strings.Fields(want) {
		if !slices.Contains(have, w) && !sameList(have, w) {
			return false
		}
	}
	wantActs, haveActs := strings.Contains(want, ">"), c.Kind.IsAct()
	if wantActs != haveActs {
		return false
	}
	return !wantActs || sameActors(c, want)
}

// sameList compares role=A,B without regard to order.
func sameList(have []string, w string) bool {
	role, list, ok := strings.Cut(w, "=")
	if !ok {
		return strings.ContainsAny(w, ",") || strings.ToUpper(w) == w // actors, compared by sameActors
	}
	for _, h := range have {
		if r, l, ok := strings.Cut(h, "="); ok && r == role {
			a, b := strings.Split(l, ","), strings.Split(list, ",")
			slices.Sort(a)
			slices.Sort(b)
			return slices.Equal(a, b)
		}
	}
	return false
}

func sameActors(c record.Claim, want string) bool {
	left, right, _ := strings.Cut(want, ">")
	fields := strings.Fields(left)
	actors, recipients := "", ""
	if len(fields) > 1 {
		actors = fields[len(fields)-1]
	}
	if r := strings.Fields(right); len(r) > 0 && !strings.Contains(r[0], "=") {
		recipients = r[0]
	}
	if fields[0] != string(c.Kind) {
		return false
	}
	if c.Kind == record.Consult || c.Kind == record.Agree || c.Kind == record.Cooperate {
		return sameSet(append(slices.Clone(c.Roles[record.RoleActor]), c.Roles[record.RoleRecipient]...), actors+","+recipients)
	}
	return sameSet(c.Roles[record.RoleActor], actors) && sameSet(c.Roles[record.RoleRecipient], recipients)
}

func sameSet(have []string, list string) bool {
	want := strings.FieldsFunc(strings.ReplaceAll(list, "_", " "), func(r rune) bool { return r == ',' })
	a, b := slices.Clone(have), want
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}
