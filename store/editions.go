package store

import "demarche/record"

// Line follows the editions of an article from one of them, in both directions,
// and gives each once, in no order. near gives the documents of these names and
// those whose former edition is one of them; head is the document of what it gives.
func Line[T any](id record.DocumentID, near func([]record.DocumentID) ([]T, error), head func(T) *record.Document) ([]T, error) {
	var out []T
	found, asked := map[record.DocumentID]bool{}, map[record.DocumentID]bool{id: true}
	for ask := []record.DocumentID{id}; len(ask) > 0; {
		docs, err := near(ask)
		if err != nil {
			return nil, err
		}
		ask = nil
		for _, doc := range docs {
			d := head(doc)
			if found[d.ID] {
				continue
			}
			found[d.ID] = true
			out = append(out, doc)
			for _, id := range []record.DocumentID{d.ID, d.Former} {
				if id != "" && !asked[id] {
					asked[id] = true
					ask = append(ask, id)
				}
			}
		}
	}
	return out, nil
}
