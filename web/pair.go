package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"demarche"
	"demarche/brief"
	"demarche/record"
	"demarche/web/picture"
)

// pairPage is the dossier on two parties.
type pairPage struct {
	A, B     nameLink
	Note     *brief.Note
	Picture  pictureView
	Notes    []noteLink
	Download []fact
	Scales   []navItem
	All      string // everything between the two, as a list
	Meetings []fact // of which several sources tell, side by side
}

// nameLink is a party with its page.
type nameLink struct{ ID, Name, Href string }

// noteLink is a footnote with the addresses that it leads to.
type noteLink struct {
	brief.Footnote
	Href string // the marked sentence
	Web  string // the document's own address, "" unless it is plain http or https
}

// pictureView is a picture with what leads from it.
type pictureView struct {
	picture.Drawing
	Label string
	Empty bool
	l     links
	here  []string

	from, to string // as asked, "" for all
}

// Several is the address of the same picture closer to what a mark stands for, of
// its first thing where it is as close already as tells them apart.
func (p pictureView) Several(m picture.Mark) string {
	if m.Count < 2 {
		return m.Href
	}
	room := max((m.Days.Latest-m.Days.Earliest)/4, 20)
	from, to := (m.Days.Earliest - room).String(), (m.Days.Latest + room).String()
	if from == p.from && to == p.to {
		return m.Href
	}
	return p.l.to(p.here, "from", from, "to", to) + "#picture"
}

func (s *Server) pairs(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	a, b := strings.TrimSpace(q.Get("a")), strings.TrimSpace(q.Get("b"))
	if a == "" || b == "" {
		return &demarche.Error{Op: "pair", Kind: demarche.Usage, Err: fmt.Errorf("a dossier needs two names, such as Cambodia and Russia")}
	}
	_, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	http.Redirect(w, r, s.links(bar).to([]string{"pairs", a, b}), http.StatusSeeOther)
	return nil
}

// asked are the two names of a pair in the address, and whether the address has
// them as claims do.
func (s *Server) asked(r *http.Request, clocks record.Clocks) (a, b demarche.Name, canonical bool, err error) {
	if a, err = s.Desk.Name(r.Context(), "pair", r.PathValue("a"), clocks.On); err != nil {
		return a, b, false, err
	}
	b, err = s.Desk.Name(r.Context(), "pair", r.PathValue("b"), clocks.On)
	return a, b, a.ID == r.PathValue("a") && b.ID == r.PathValue("b"), err
}

func (s *Server) pair(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	l := s.links(bar)
	a, b, canonical, err := s.asked(r, clocks)
	if err != nil {
		return err
	}
	if !canonical {
		http.Redirect(w, r, l.to([]string{"pairs", a.ID, b.ID}), http.StatusSeeOther)
		return nil
	}
	note, err := s.Desk.Brief(r.Context(), a.ID, b.ID, clocks)
	if err != nil {
		return err
	}
	bands, err := s.pairBands(r.Context(), a.ID, b.ID, clocks, l)
	if err != nil {
		return err
	}
	body := pairPage{A: s.link(l, a.ID), B: s.link(l, b.ID), Note: note, Notes: noteLinks(note, l)}
	here := []string{"pairs", a.ID, b.ID}
	body.All = l.to([]string{"search"}, "name", a.ID, "with", b.ID)
	for _, f := range []field{{"Word (DOCX)", "note.docx"}, {"HTML", "note.html"}, {"Markdown", "note.md"}} {
		body.Download = append(body.Download, fact{Name: f.Name, Href: l.to(append(slices.Clone(here), f.Value))})
	}
	if body.Picture, body.Scales, err = s.picture(r, bands, clocks, l, here); err != nil {
		return err
	}
	if body.Meetings, err = s.meetings(r, a.ID, b.ID, clocks, l); err != nil {
		return err
	}
	body.Picture.Label = "History of " + note.Title + " on a line of time"
	return s.render(w, r, "pair.html", page{Title: note.Title, Feed: s.feed(here...), Clocks: bar, Body: body})
}

func (s *Server) link(l links, id string) nameLink {
	return nameLink{id, l.words.Name(id), s.named(l, id)}
}

func noteLinks(note *brief.Note, l links) []noteLink {
	var out []noteLink
	for _, n := range note.Notes {
		out = append(out, noteLink{n, l.to([]string{"documents", string(n.Citation.Document)}, "claim", string(n.Claim)) + "#claim-" + string(n.Claim), brief.Address(n.URL)})
	}
	return out
}

// picture draws the bands in the window that the address asks for, with the
// scales that it may be drawn to.
func (s *Server) picture(r *http.Request, bands []picture.Band, clocks record.Clocks, l links, here []string) (pictureView, []navItem, error) {
	q := r.URL.Query()
	window := picture.Window{On: clocks.On.Latest}
	for _, bound := range []struct {
		name string
		day  *record.Day
		of   func(record.When) record.Day
	}{
		{"from", &window.From, func(w record.When) record.Day { return w.Earliest }},
		{"to", &window.To, func(w record.When) record.Day { return w.Latest }},
	} {
		if q.Get(bound.name) == "" {
			continue
		}
		w, err := record.ParseEDTF(q.Get(bound.name))
		if err != nil {
			return pictureView{}, nil, &demarche.Error{Op: "picture", Kind: demarche.Usage, Err: fmt.Errorf("%s: %w", bound.name, err)}
		}
		*bound.day = bound.of(w)
	}
	v := pictureView{Drawing: picture.Draw(bands, window), Empty: !slices.ContainsFunc(bands, func(b picture.Band) bool { return len(b.Lanes) > 0 }), l: l, here: here, from: q.Get("from"), to: q.Get("to")}
	scales := []navItem{{"All", l.to(here) + "#picture", q.Get("from") == "" && q.Get("to") == ""}}
	on := clocks.On.Latest
	for _, years := range []record.Day{50, 20, 5, 1} {
		from, to := on-years*365, on+years*20
		name := fmt.Sprintf("%d years", years)
		if years == 1 {
			name = "1 year"
		}
		scales = append(scales, navItem{name, l.to(here, "from", from.String(), "to", to.String()) + "#picture", q.Get("from") == from.String()})
	}
	return v, scales, nil
}

// pairBands are the bands of the picture of two parties.
func (s *Server) pairBands(ctx context.Context, a, b string, c record.Clocks, l links) ([]picture.Band, error) {
	var bands []picture.Band
	for _, band := range []func(context.Context, string, string, record.Clocks, links) (picture.Band, error){
		s.relationsBand, s.membershipsBand, s.officesBand, s.debtsBand, s.requestsBand, s.actsBand,
	} {
		made, err := band(ctx, a, b, c, l)
		if err != nil {
			return nil, err
		}
		bands = append(bands, made)
	}
	return bands, nil
}

func (s *Server) relationsBand(ctx context.Context, a, b string, c record.Clocks, l links) (picture.Band, error) {
	out := picture.Band{Heading: "Relations"}
	for _, kind := range []record.Kind{record.Relations, record.Recognition, record.Mission, record.Treaty} {
		got, err := s.Desk.States(ctx, kind, a, b, c)
		if err != nil {
			return out, err
		}
		for _, t := range got.Found {
			core := record.Core{Kind: t.Kind, Roles: t.Roles}
			lane := picture.Lane{Label: capital(cutName(l.words.Thing(&core)))}
			lane.Items = append(l.spans(t, string(kind), ""), l.turns(t)...)
			if kind == record.Relations {
				lane.Label = capital(cmp.Or(t.Roles.One(record.RoleLevel), "diplomatic")) + " relations"
			}
			if len(lane.Items) > 0 {
				out.Lanes = append(out.Lanes, lane)
			}
		}
	}
	return out, nil
}

// cutName leaves of "embassy of A in B" what tells the lanes apart.
func cutName(s string) string {
	head, _, _ := strings.Cut(s, " by ")
	return head
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// membershipsBand has two lanes for each body that both belong to or belonged
// to.
func (s *Server) membershipsBand(ctx context.Context, a, b string, c record.Clocks, l links) (picture.Band, error) {
	out := picture.Band{Heading: "Organisations of both, by tier"}
	mine, err := s.Desk.Memberships(ctx, a, c)
	if err != nil {
		return out, err
	}
	theirs, err := s.Desk.Memberships(ctx, b, c)
	if err != nil {
		return out, err
	}
	body := func(t *record.Timeline) string { return t.Roles.One(record.RoleBody) }
	var bodies []string
	for _, t := range mine.Found {
		if !slices.Contains(bodies, body(t)) && slices.ContainsFunc(theirs.Found, func(o *record.Timeline) bool { return body(o) == body(t) }) {
			bodies = append(bodies, body(t))
		}
	}
	slices.Sort(bodies)
	for _, id := range bodies {
		for _, side := range []struct {
			id  string
			all []*record.Timeline
		}{{a, mine.Found}, {b, theirs.Found}} {
			lane := picture.Lane{Label: id + ": " + l.words.Name(side.id), Href: s.named(l, id)}
			for _, t := range side.all {
				if body(t) == id {
					lane.Items = append(lane.Items, l.spans(t, s.tierClass(id, t.Value), cmp.Or(t.Value, "member"))...)
				}
			}
			if len(lane.Items) > 0 {
				out.Lanes = append(out.Lanes, lane)
			}
		}
	}
	return out, nil
}

// tierClass is how a tier is drawn: the highest of a body the strongest.
func (s *Server) tierClass(body, tier string) string {
	rank := 1
	if b := s.Almanac.Body(body); b != nil {
		if t := b.Tier(tier); t != nil {
			rank = t.Rank
		}
	} else if tier != "" && tier != "member" {
		rank = 2
	}
	return fmt.Sprintf("tier%d", min(max(rank, 1), 4))
}

// officesBand has a lane for each office that matters between the two.
func (s *Server) officesBand(ctx context.Context, a, b string, c record.Clocks, l links) (picture.Band, error) {
	out := picture.Band{Heading: "Offices"}
	for _, side := range [][2]string{{a, b}, {b, a}} {
		got, err := s.Desk.Offices(ctx, side[0], c)
		if err != nil {
			return out, err
		}
		kept := slices.DeleteFunc(slices.Clone(got.Found), func(t *record.Timeline) bool { return !s.mattersTo(t, side[0], side[1]) })
		out.Lanes = append(out.Lanes, l.lanesBy(kept, func(t *record.Timeline) string { return l.officeLabel(t) }, func(*record.Timeline) string { return "office" })...)
	}
	return out, nil
}

func (l links) officeLabel(t *record.Timeline) string {
	if to, ok := strings.CutPrefix(t.Roles.One(record.RolePost), "ambassador to "); ok {
		return "Ambassador " + t.Roles.One(record.RoleOf) + " to " + to
	}
	return t.Roles.One(record.RoleOf) + ": " + t.Roles.One(record.RolePost)
}

// mattersTo reports whether an office of one side counts between the two: its
// ambassador to the other, its foreign minister and its heads.
func (s *Server) mattersTo(t *record.Timeline, of, other string) bool {
	post := t.Roles.One(record.RolePost)
	if t.Roles.One(record.RoleOf) != of {
		return false
	}
	if to, ok := strings.CutPrefix(post, "ambassador to "); ok {
		return to == other
	}
	if post == "foreign minister" {
		return true
	}
	p := s.Almanac.Post(post)
	return p != nil && (p.Class == "head of state" || p.Class == "head of government")
}

func (s *Server) debtsBand(ctx context.Context, a, b string, c record.Clocks, l links) (picture.Band, error) {
	got, err := s.Desk.Debts(ctx, a, b, c)
	return picture.Band{Heading: "Debts", Lanes: l.debts(got.Found)}, err
}

func (s *Server) requestsBand(ctx context.Context, a, b string, c record.Clocks, l links) (picture.Band, error) {
	out := picture.Band{Heading: "Requests"}
	for _, side := range [][2]string{{a, b}, {b, a}} {
		got, err := s.Desk.Requests(ctx, side[0], side[1], false, c)
		if err != nil {
			return out, err
		}
		if lane := l.requests(l.words.Name(side[0])+" asked "+l.words.Name(side[1]), got.Found); len(lane.Items) > 0 {
			out.Lanes = append(out.Lanes, lane)
		}
	}
	return out, nil
}

func (s *Server) actsBand(ctx context.Context, a, b string, c record.Clocks, l links) (picture.Band, error) {
	got, err := s.Desk.Timeline(ctx, a, b, c)
	if err != nil {
		return picture.Band{}, err
	}
	both := slices.DeleteFunc(slices.Clone(got.Found), func(c *record.Stated) bool { return !c.Kind.IsAct() })
	return picture.Band{Heading: "Acts", Lanes: l.acts(both)}, nil
}

// formats are the files that a note may be had as.
var formats = map[string]struct {
	mime  string
	write func(*brief.Note, io.Writer) error
}{
	"note.md":   {"text/markdown; charset=utf-8", (*brief.Note).WriteMarkdown},
	"note.html": {"text/html; charset=utf-8", (*brief.Note).WriteHTML},
	"note.docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", (*brief.Note).WriteDOCX},
}

func (s *Server) download(w http.ResponseWriter, r *http.Request) error {
	clocks, _, err := s.clocks(r)
	if err != nil {
		return err
	}
	format, ok := formats[r.PathValue("file")]
	if !ok {
		return problem(http.StatusNotFound, "a note is to be had as note.docx, note.html or note.md")
	}
	a, b, _, err := s.asked(r, clocks)
	if err != nil {
		return err
	}
	note, err := s.Desk.Brief(r.Context(), a.ID, b.ID, clocks)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := format.write(note, &out); err != nil {
		return err
	}
	name := fileName(a.ID + "-" + b.ID + "-" + record.FormatEDTF(clocks.On) + strings.TrimPrefix(r.PathValue("file"), "note"))
	w.Header().Set("Content-Type", format.mime)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, _ = w.Write(out.Bytes())
	return nil
}

// fileName keeps of a name what every file system takes.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '_'
	}, s)
}
