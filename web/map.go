package web

import (
	"cmp"

	"demarche/record"
	"demarche/web/worldmap"
)

// worldMap shows which countries belong to a body on the day, and in which tier.
type worldMap struct {
	Width, Height int
	Countries     []countryView
	Legend        []field // class and name of each tier
	Missing       []string
}

// countryView is a country on the map.
type countryView struct {
	worldmap.Country
	Class string
	Title string
	Href  string // "" for those that do not belong
}

// worldMap is the map of those that belong; nil where none of them is on it.
func (s *Server) worldMap(l links, body string, now []*record.Timeline) *worldMap {
	tier := map[string]*record.Timeline{}
	for _, t := range now {
		if party := t.Roles.One(record.RoleParty); tier[party] == nil {
			tier[party] = t
		}
	}
	m := &worldMap{Width: worldmap.Width, Height: worldmap.Height}
	found := 0
	legend := map[string]bool{}
	for _, c := range s.countries {
		v := countryView{Country: c, Class: "land", Title: l.words.Name(c.Code)}
		if t := tier[c.Code]; t != nil {
			found++
			delete(tier, c.Code)
			name := cmp.Or(t.Value, "member")
			v.Class = s.tierClass(body, t.Value)
			v.Title += ": " + name
			if t.Now.Truth == record.Possibly {
				v.Class += " possibly"
				v.Title += " (possibly)"
			}
			v.Href = s.named(l, c.Code)
			if !legend[name] {
				legend[name] = true
				m.Legend = append(m.Legend, field{s.tierClass(body, t.Value), name})
			}
		}
		m.Countries = append(m.Countries, v)
	}
	for _, t := range now {
		if party := t.Roles.One(record.RoleParty); tier[party] != nil {
			m.Missing = append(m.Missing, l.words.Name(party))
			delete(tier, party)
		}
	}
	if found == 0 {
		return nil
	}
	return m
}
