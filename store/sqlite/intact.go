package sqlite

import (
	"context"
	"fmt"
)

// Intact has the database look at its own pages and indexes, and at the rows that
// name others, and gives what is wrong there, a line each.
func (s *Store) Intact(ctx context.Context) ([]string, error) {
	var out []string
	for _, check := range []struct{ query, says string }{
		{"PRAGMA integrity_check(20)", "the file is damaged: %s"},
		{"SELECT \"table\" FROM pragma_foreign_key_check LIMIT 20", "a row of %s names one that is not there"},
	} {
		found, err := s.lines(ctx, check.query)
		if err != nil {
			return out, s.fail(err)
		}
		for _, line := range found {
			if line != "ok" {
				out = append(out, fmt.Sprintf(check.says, line))
			}
		}
	}
	return out, nil
}

func (s *Store) lines(ctx context.Context, query string) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	return out, rows.Err()
}
