package record

import (
	"cmp"
	"slices"
	"strings"
)

// originsOf gives the documents that several print, or that print another, the
// key of their independent origin. A story has one origin, whoever prints it: the
// agency that most of its printings name or, where none does, its first printing.
// A document that nothing else prints speaks for itself, see Stated.Origin.
func originsOf(docs map[DocumentID]*Document) map[DocumentID]string {
	stories := map[DocumentID]*story{}
	for _, d := range docs {
		if d.Story != "" {
			stories[d.Story] = nil
		}
	}
	for _, d := range docs {
		s, several := stories[d.story()]
		if !several {
			continue
		}
		if s == nil {
			s = &story{first: d, agencies: map[string]int{}}
			stories[d.story()] = s
		}
		s.add(d)
	}
	keys := make(map[DocumentID]string, len(stories))
	for id, d := range docs {
		if s := stories[d.story()]; s != nil {
			keys[id] = s.origin()
		}
	}
	return keys
}

// Origins are the independent origins of claims, each once, sorted: to count
// sources is to count these.
func Origins(claims ...*Stated) []string {
	var out []string
	for _, c := range claims {
		out = append(out, c.Origin())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// story is the first document seen of the story that this one prints.
func (d *Document) story() DocumentID { return cmp.Or(d.Story, d.ID) }

// story is what several documents print.
type story struct {
	first    *Document // that was published first
	again    bool      // whether another prints it than the first
	agencies map[string]int
}

func (s *story) add(d *Document) {
	// A later edition is of the same publisher and no printing of another.
	s.again = s.again || d.Story != "" && d.Former == "" || d.Publisher != s.first.Publisher
	if cmp.Or(cmp.Compare(d.Published.hi(), s.first.Published.hi()), strings.Compare(string(d.ID), string(s.first.ID))) < 0 {
		s.first = d
	}
	if d.Origin != "" {
		s.agencies[d.Origin]++
	}
}

func (s *story) origin() string {
	best := ""
	for name, n := range s.agencies {
		if m := s.agencies[best]; n > m || n == m && name < best {
			best = name
		}
	}
	printed := s.first.Publisher
	if s.again && printed != "" {
		printed += ": " + cmp.Or(s.first.Title, string(s.first.ID))
	}
	return cmp.Or(best, printed, string(s.first.ID))
}
