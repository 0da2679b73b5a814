package reader

import (
	"fmt"
	"strings"

	"demarche/reader/name"
	"demarche/record"
)

// features describe a proposed claim to the judge: what proposed it, what fills
// its roles and how far away, how it stands in its sentence, and the sort of
// text it is in. None names a text, a person or a country.
func (g *graph) features(m *match, st status, c record.Core) []string {
	k := string(c.Kind)
	if c.Phase != record.Occurs {
		k += "." + string(c.Phase)
	}
	x := &g.nodes[m.trigger]
	f := []string{"kind=" + k, "frame=" + m.frame.Name, "trigger=" + k + "/" + x.lemma, "pos=" + x.xpos, "rel=" + x.rel, fmt.Sprintf("line=%s:%d", m.frame.File, m.frame.Line),
		"prior=" + fmt.Sprintf("%.1f", m.frame.Conf), "genre=" + g.doc.genre, "genre+kind=" + g.doc.genre + "+" + k}
	told := false
	for _, r := range m.frame.Roles {
		told = told || r.Name == record.RoleRecipient
		f = append(f, g.roleFeatures(k, r.Name, m)...)
	}
	if c.Kind.IsAct() && !told {
		f = append(f, g.roleFeatures(k, record.RoleRecipient, m)...)
	}
	f = append(f, g.statusFeatures(k, st)...)
	f = append(f, g.surfaceFeatures(k, m)...)
	f = append(f, dateFeature(k, c, g.doc.published))
	if c.Kind.IsAct() {
		f = append(f, contentFeature(k, c), fmt.Sprintf("actors=%s/%d", k, min(len(c.Roles[record.RoleActor]), 3)),
			fmt.Sprintf("recipients=%s/%d", k, min(len(c.Roles[record.RoleRecipient]), 3)))
	}
	return f
}

func (g *graph) roleFeatures(kind, role string, m *match) []string {
	fs := m.roles[role]
	if len(fs) == 0 {
		return []string{"none=" + kind + "/" + role}
	}
	first := fs[0]
	out := []string{"filler=" + kind + "/" + role + "/" + fillerKind(first)}
	for _, f := range fs {
		if f.implied {
			out = append(out, "implied="+role, "implied="+kind+"/"+role, "implied="+m.frame.Name+"/"+role)
			break
		}
	}
	if first.near {
		out = append(out, "near="+role, "near="+kind+"/"+role, "near="+m.frame.Name+"/"+role)
	}
	if first.node < 0 {
		return out
	}
	x := &g.nodes[first.node]
	if x.upos == "PRON" {
		out = append(out, "pron="+kind+"/"+role)
	}
	dist := first.node - m.trigger
	if dist < 0 {
		dist = -dist
	}
	out = append(out, "dist="+role+"/"+bucket(dist), "side="+kind+"/"+role+"/"+fmt.Sprint(first.node < m.trigger))
	if x.name != nil && x.name.Confidence < 0.6 {
		out = append(out, "loose="+role)
	}
	return out
}

// surfaceFeatures tell whether the words around the trigger bear the tree out:
// which parties stand next to it, how many the sentence names, how long it is
// and whether it is quoted.
func (g *graph) surfaceFeatures(kind string, m *match) []string {
	group := "act"
	if !m.frame.Kind.IsAct() {
		group = "state"
	}
	out := []string{"length=" + group + "/" + bucket(len(g.nodes)/5), "place=" + group + "/" + bucket(g.sent), "quoted=" + fmt.Sprint(g.quotedAt(m.trigger)) + "/" + group}
	parties := 0
	for n := range g.nodes {
		if g.isParty(n) {
			parties++
		}
	}
	out = append(out, "parties="+group+"/"+bucket(parties))
	for _, role := range []string{record.RoleActor, record.RoleRecipient} {
		fs := m.roles[role]
		if len(fs) == 0 || fs[0].node < 0 {
			continue
		}
		between := 0
		lo, hi := min(fs[0].node, m.trigger), max(fs[0].node, m.trigger)
		verbs := 0
		for n := lo + 1; n < hi; n++ {
			if g.isParty(n) {
				between++
			}
			if g.nodes[n].upos == "VERB" {
				verbs++
			}
		}
		out = append(out, "between="+role+"/"+bucket(between)+"/"+fmt.Sprint(fs[0].node < m.trigger), "verbs="+role+"/"+bucket(verbs))
	}
	return out
}

// isParty reports whether a node names a party or one who acts for it.
func (g *graph) isParty(n int) bool {
	m := g.nodes[n].name
	return m != nil && len(m.IDs) > 0 && m.Kind != name.Place && m.Kind != name.Treaty
}

// quotedAt reports whether an odd number of quotation marks stands before a
// node of the sentence.
func (g *graph) quotedAt(n int) bool {
	in := false
	for i := 0; i < n; i++ {
		switch g.nodes[i].form {
		case "\"":
			in = !in
		case "“", "``":
			in = true
		case "”", "''":
			in = false
		}
	}
	return in
}

func fillerKind(f filler) string {
	if f.person != "" {
		return "person"
	}
	switch f.kind {
	case name.Polity:
		return "polity"
	case name.Body:
		return "body"
	case name.Group:
		return "group"
	case name.Collective:
		return "collective"
	}
	return "other"
}

func bucket(n int) string {
	switch {
	case n <= 2:
		return fmt.Sprint(n)
	case n <= 5:
		return "5"
	case n <= 10:
		return "10"
	}
	return "far"
}

func (g *graph) statusFeatures(kind string, st status) []string {
	var out []string
	flag := func(on bool, s string) {
		if on {
			out = append(out, s, s+"/"+kind)
		}
	}
	flag(st.future, "future")
	flag(st.negated, "negated")
	flag(st.doubt != "", "doubt")
	flag(st.says >= 0, "said")
	flag(st.perfect, "perfect")
	flag(st.pluperfect, "pluperfect")
	flag(st.present, "present")
	flag(st.past, "past")
	if st.doubt != "" {
		out = append(out, "doubt="+st.doubt)
	}
	return out
}

func dateFeature(kind string, c record.Core, published record.When) string {
	switch {
	case c.When.IsZero():
		return "date=" + kind + "/none"
	case c.When == published:
		return "date=" + kind + "/published"
	}
	return "date=" + kind + "/told"
}

func contentFeature(kind string, c record.Core) string {
	switch {
	case c.Content == nil:
		return "content=" + kind + "/none"
	case c.Content.Kind == "":
		return "content=" + kind + "/topic"
	}
	return "content=" + kind + "/" + string(c.Content.Kind)
}

// titleFeatures describe a claim that a title tells.
func (d *document) titleFeatures(t *name.Told) []string {
	k := string(t.Kind) + "." + string(t.Phase)
	post, _, _ := strings.Cut(strings.TrimPrefix(t.Roles.One(record.RolePost), "acting "), " to ")
	of := "body"
	if id := t.Roles.One(record.RoleOf); d.almanac.Polity(id) != nil {
		of = "polity"
	}
	words := min(len(strings.Fields(t.Roles.One(record.RoleHolder))), 3)
	return []string{"kind=" + k, "title", "title=" + k, "genre=" + d.genre, "genre+kind=" + d.genre + "+" + k,
		fmt.Sprintf("title.sure=%v/%s", t.Sure, k), "title.post=" + post, "title.post+phase=" + post + "/" + string(t.Phase), "title.of=" + of + "/" + k,
		fmt.Sprintf("title.words=%d", words), dateFeature(k, t.Core, d.published)}
}
