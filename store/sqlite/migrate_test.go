package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"

	"demarche/record"
	"demarche/store"
	"demarche/store/storetest"
	"demarche/wire"
)

// former makes a record as version 1 of the tables had it, claims as JSON, which
// later was one of version 3 that did not know when they were published.
func former(t *testing.T, path string, d *record.Document, claims ...record.Claim) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(path, "immediate"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	must := func(query string, args ...any) {
		t.Helper()
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	must("PRAGMA application_id = 1684890472")
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, sub)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(context.Background(), 1); err != nil {
		t.Fatal(err)
	}
	must("INSERT INTO documents (seq, id, name, url, publisher, title, earliest, latest, language, author, modified_earliest, modified_latest, former, origin, story, recorded) VALUES (1,?,'',?,?,?,?,?,'','',0,0,'','','',1)",
		string(d.ID), d.URL, d.Publisher, d.Title, d.Published.Earliest, d.Published.Latest)
	must("INSERT INTO texts VALUES (1, ?)", []byte(d.Text))
	for i, c := range claims {
		body, err := json.Marshal(storedClaim{wire.FromClaim(&c, nil), c.Citations})
		if err != nil {
			t.Fatal(err)
		}
		must("INSERT INTO claims (seq, id, document, kind, earliest, latest, recorded, body) VALUES (?,?,1,?,?,?,1,?)", i+1, string(c.ID), string(c.Kind), c.When.Earliest, c.When.Latest, body)
		for _, name := range c.Core.Names() {
			must("INSERT OR IGNORE INTO names (name) VALUES (?)", name)
			must("INSERT INTO roles SELECT id, ?, ? FROM names WHERE name = ?", string(c.Kind), i+1, name)
		}
	}
	if _, err := p.UpTo(context.Background(), 3); err != nil {
		t.Fatal(err)
	}
	must("UPDATE claims SET published = 0")
}

// TestFormerRecord opens a record of version 1 and finds all that it has.
func TestFormerRecord(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "r.db")
	d := storetest.Document("d", 5, "Norland took the place of Oldland.")
	took := storetest.Claim(&d, record.Core{Kind: record.Succession, Phase: record.Begins, When: record.Year(1990),
		Roles: record.Roles{record.RoleSuccessor: {"NOR"}, record.RolePredecessor: {"OLD"}}})
	seen := storetest.Claim(&d, record.Core{Kind: record.Recognition, Phase: record.Begins,
		Roles: record.Roles{record.RoleBy: {"EST"}, record.RoleOf: {"NOR"}, record.RoleAs: {"successor of OLD"}}})
	other := storetest.Claim(&d, record.Core{Kind: record.Recognition, Phase: record.Begins, Roles: record.Roles{record.RoleBy: {"EST"}, record.RoleOf: {"NOR"}}})
	former(t, path, &d, took, seen, other)
	s := open(t, path)
	defer s.Close()
	for _, c := range []struct {
		q    record.Query
		want int
	}{
		{record.Query{}, 3}, {record.Query{Names: []string{"NOR"}}, 3}, {record.Query{Succeeding: []string{"NOR"}}, 2},
		{record.Query{Names: []string{"NOR"}, Clocks: record.Clocks{PublishedBy: record.DayOf(2020, 10, 4)}}, 0}, {record.Query{Names: []string{"NOR"}, Clocks: record.Clocks{PublishedBy: record.DayOf(2020, 10, 5)}}, 3},
		{record.Query{Clocks: record.Clocks{PublishedBy: record.DayOf(2020, 10, 4)}}, 0}, {record.Query{Clocks: record.Clocks{PublishedBy: record.DayOf(2020, 10, 5)}}, 3},
	} {
		log, err := s.Select(ctx, c.q)
		if err != nil || len(log.Claims) != c.want {
			t.Errorf("%+v: %d claims, %v; want %d", c.q, len(log.Claims), err, c.want)
		}
	}
	got, err := s.Claim(ctx, took.ID)
	if err != nil || got.Identity() != took.ID || got.Citations[0] != took.Citations[0] {
		t.Errorf("claim came back as %+v, %v", got, err)
	}
	if added, err := s.Append(ctx, store.Batch{Document: d, Claims: []record.Claim{took, seen, other}}); err != nil || added != (store.Added{}) {
		t.Errorf("read again: %+v, %v", added, err)
	}
}
