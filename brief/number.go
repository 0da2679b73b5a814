package brief

// number numbers the footnotes anew in the order of their first use and leaves
// out those of lines that were cut, which nothing calls.
func (n *Note) number() {
	old := map[int]Footnote{}
	for _, f := range n.Notes {
		old[f.Number] = f
	}
	n.Notes = n.Notes[:0:0]
	anew := map[int]int{}
	for i := range n.Sections {
		n.renumber(n.Sections[i].Lines, old, anew)
	}
}

func (n *Note) renumber(lines []Line, old map[int]Footnote, anew map[int]int) {
	for i := range lines {
		called := make([]int, 0, len(lines[i].Notes))
		for _, number := range lines[i].Notes {
			if anew[number] == 0 {
				f := old[number]
				f.Number = len(n.Notes) + 1
				n.Notes = append(n.Notes, f)
				anew[number] = f.Number
			}
			called = append(called, anew[number])
		}
		lines[i].Notes = called // its own: cut lines share theirs
		n.renumber(lines[i].Sub, old, anew)
	}
}
