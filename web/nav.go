package web

import (
	"html/template"

	"demarche/account"
	"demarche/brief"
)

// navItem is a part of the site in the navigation.
type navItem struct {
	Name, Href string
	Current    bool
}

// Nav are the parts of the site that who asks may see; they keep the page's
// clocks.
func (p page) Nav() []navItem {
	l := links{}
	if p.Clocks != nil {
		l.clocks = p.Clocks.Asked
	}
	out := []navItem{
		{"Today", p.Home(), false}, {"States", l.to([]string{"polities"}), false}, {"Bodies", l.to([]string{"bodies"}), false},
		{"Documents", l.to([]string{"documents"}), false}, {"Requests", l.to([]string{"requests"}), false}, {"Conflicts", l.to([]string{"conflicts"}), false},
	}
	if p.Who.Role.May(account.Reviewer) {
		out = append(out, navItem{"Review", "/review", false})
	}
	for i := range out {
		out[i].Current = out[i].Name == p.Here
	}
	return out
}

// To is the address of a part of the site with the page's clocks.
func (p page) To(part string) string {
	l := links{}
	if p.Clocks != nil {
		l.clocks = p.Clocks.Asked
	}
	return l.to([]string{part})
}

// Home is the address of Today with the page's clocks.
func (p page) Home() string {
	if p.Clocks == nil {
		return "/"
	}
	home := links{clocks: p.Clocks.Asked}.to(nil)
	return "/" + home
}

// funcs are what templates may call.
func (s *Server) funcs() template.FuncMap {
	return template.FuncMap{
		"plain":   brief.Plain,
		"capital": capital,
		"visible": visible,
		"asset":   func(name string) string { return s.assets.names[name] },
	}
}
