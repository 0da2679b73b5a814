package record

import (
	"testing"
)

// printed is a document whose claim says that Togo asked Ghana.
func printed(id, publisher, origin, story string) Document {
	return Document{ID: DocumentID(id), Publisher: publisher, Title: "T" + id, Origin: origin, Story: DocumentID(story), Published: On(DayOf(2019, 5, 7))}
}

func TestOriginsOfPrintings(t *testing.T) {
	tests := []struct {
		name string
		docs []Document
		want []string // of each document
	}{
		{"a publisher's two articles are one origin", []Document{printed("1", "Mail", "", ""), printed("2", "Mail", "", "")}, []string{"Mail", "Mail"}},
		{"papers that print an agency are one", []Document{printed("1", "Mail", "GNA", ""), printed("2", "Post", "GNA", "")}, []string{"GNA", "GNA"}},
		{"an agency prints itself", []Document{printed("1", "GNA", "", ""), printed("2", "Post", "GNA", "")}, []string{"GNA", "GNA"}},
		{"a story printed again is one", []Document{printed("1", "Mail", "", ""), printed("2", "Post", "", "1")}, []string{"Mail: T1", "Mail: T1"}},
		{"one printing names the agency", []Document{printed("1", "Mail", "", ""), printed("2", "Post", "GNA", "1"), printed("3", "Post", "", "1")}, []string{"GNA", "GNA", "GNA"}},
		{"most printings name the agency", []Document{printed("1", "Mail", "AFP", ""), printed("2", "Post", "GNA", "1"), printed("3", "Sun", "GNA", "1"), printed("4", "Sun", "AFP", "")}, []string{"GNA", "GNA", "GNA", "AFP"}},
		{"the first printing need not be known", []Document{printed("2", "Mail", "", "1"), printed("3", "Post", "", "1")}, []string{"Mail: T2", "Mail: T2"}},
		{"two stories of the same papers are two", []Document{printed("1", "Mail", "", ""), printed("2", "Post", "", "1"), printed("3", "Mail", "", ""), printed("4", "Post", "", "3")}, []string{"Mail: T1", "Mail: T1", "Mail: T3", "Mail: T3"}},
		{"a later edition is no other printing", []Document{printed("1", "Mail", "", ""), {ID: "2", Publisher: "Mail", Story: "1", Former: "1"}, printed("3", "Mail", "", "")}, []string{"Mail", "Mail", "Mail"}},
		{"a later edition of what is printed again", []Document{{ID: "2", Publisher: "Mail", Title: "T2", Story: "1", Former: "1", Published: On(DayOf(2019, 5, 6))}, printed("3", "Post", "", "1")}, []string{"Mail: T2", "Mail: T2"}},
		{"documents without a publisher stand alone", []Document{{ID: "1"}, {ID: "2"}}, []string{"1", "2"}},
	}
	for _, tt := range tests {
		log := Log{Documents: tt.docs}
		for _, d := range tt.docs {
			log.Claims = append(log.Claims, Claim{ID: ClaimID(d.ID), Core: Core{Kind: Request, Phase: Occurs}, Citations: []Citation{{Document: d.ID}}})
		}
		got := map[DocumentID]string{}
		for _, s := range log.View(Clocks{}, nil).Claims() {
			got[s.Document.ID] = s.Origin()
		}
		for i, d := range tt.docs {
			if got[d.ID] != tt.want[i] {
				t.Errorf("%s: document %s has origin %q, want %q", tt.name, d.ID, got[d.ID], tt.want[i])
			}
		}
	}
}
