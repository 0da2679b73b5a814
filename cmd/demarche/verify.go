package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// mostNote bounds the note that is checked, in bytes.
const mostNote = 64 << 20

// verify checks the citations of a note that was written before.
func (a *app) verify(d *demarche.Desk, path string, clocks record.Clocks) error {
	note, err := a.noteOf(path)
	if err != nil {
		return err
	}
	cited, err := d.Verify(a.ctx, note, clocks)
	if err != nil {
		return err
	}
	bad := 0
	for _, c := range cited {
		if len(c.Troubles) > 0 {
			bad++
		}
	}
	if a.json {
		err = printJSON(a.out, verifiedJSON{Citations: len(cited), Troubled: bad, Cited: list(cited, citedOf)})
	} else {
		t := teller{w: a.out, desk: d, words: brief.Words{Name: d.Label}}
		t.verified(cited)
	}
	if err == nil && bad > 0 {
		err = &demarche.Error{Op: "brief", Kind: demarche.Finding, Err: errorf("%s of %s to be looked at", count(bad, "citation"), path)}
	}
	return err
}

// noteOf is the text of a note in a file, or of standard input for "-".
func (a *app) noteOf(path string) (string, error) {
	in := a.in
	if path != "-" {
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return "", &demarche.Error{Op: "brief", Kind: demarche.Unknown, Err: err}
		} else if err != nil {
			return "", &demarche.Error{Op: "brief", Kind: demarche.Input, Err: err}
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, mostNote+1))
	if err == nil && len(b) > mostNote {
		err = errorf("%s is too large for a note", path)
	}
	if err != nil {
		return "", &demarche.Error{Op: "brief", Kind: demarche.Input, Err: err}
	}
	return string(b), nil
}

// verified prints what has become of citations: what stands is counted.
func (t teller) verified(cited []demarche.Cited) {
	stand := 0
	for i := range cited {
		c := &cited[i]
		if len(c.Troubles) == 0 {
			stand++
			continue
		}
		fmt.Fprintf(t.w, "note %d: %s  claim %s%s\n", c.Note, troubles(c), c.Ref.Claim, t.from(c.Document))
		var tab table
		if c.Now != nil {
			tab.row("stands as", t.words.Claim(&c.Now.Core))
		} else if c.Claim.ID != "" {
			tab.row("was read as", t.words.Claim(&c.Claim.Core))
		}
		if dec := c.Decision; dec != nil && dec.Verdict != record.Accept {
			tab.row("decided", fmt.Sprintf("%s by %s on %s: %s", dec.Verdict, orNobody(dec.Who), dec.Recorded.Time().Format("2006-01-02"), dec.Why))
		}
		if c.Change != nil {
			tab.row("it said", c.Change.Was)
			tab.row("it says", orNothing(c.Change.Is))
		}
		_ = tab.write(t.w, "  ")
	}
	fmt.Fprintf(t.w, "%s, %d as they were, %d to be looked at\n", count(len(cited), "citation"), stand, len(cited)-stand)
}

func (t teller) from(d *record.Document) string {
	if d == nil {
		return ""
	}
	return "  " + brief.Plain(strings.TrimSpace(orUnknown(d.Publisher)+" "+record.FormatEDTF(d.Published)))
}

func troubles(c *demarche.Cited) string {
	var out []string
	for _, t := range c.Troubles {
		out = append(out, string(t))
	}
	return strings.Join(out, ", ")
}

func orNothing(s string) string {
	if s == "" {
		return "(taken out)"
	}
	return s
}

type verifiedJSON struct {
	Citations int         `json:"citations"`
	Troubled  int         `json:"troubled"`
	Cited     []citedJSON `json:"cited"`
}

type citedJSON struct {
	Note     int                `json:"note"`
	Claim    string             `json:"claim"`
	Troubles []demarche.Trouble `json:"troubles"`
	Document *documentJSON      `json:"document,omitempty"`
	Later    *documentJSON      `json:"later_edition,omitempty"`
	Was      string             `json:"was,omitempty"`
	Is       string             `json:"is,omitempty"`
	Decision *decisionJSON      `json:"decision,omitempty"`
}

func citedOf(c demarche.Cited) citedJSON {
	out := citedJSON{Note: c.Note, Claim: c.Ref.Claim, Troubles: append([]demarche.Trouble{}, c.Troubles...)}
	if c.Claim.ID != "" {
		out.Claim = string(c.Claim.ID)
	}
	for _, d := range []struct {
		from *record.Document
		to   **documentJSON
	}{{c.Document, &out.Document}, {c.Later, &out.Later}} {
		if d.from != nil {
			doc := documentOf(d.from)
			*d.to = &doc
		}
	}
	if c.Change != nil {
		out.Was, out.Is = c.Change.Was, c.Change.Is
	}
	if c.Decision != nil && len(c.Troubles) > 0 {
		dec := decisionOf(*c.Decision)
		out.Decision = &dec
	}
	return out
}
