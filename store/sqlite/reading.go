package sqlite

import (
	"context"
	"database/sql"
	"sync"
)

// mostReaders is how many look at the file at the same time.
const mostReaders = 8

// reading is one consistent look at the file.
type reading struct {
	ctx    context.Context
	tx     *sql.Tx
	store  *Store
	reader *reader // nil in memory
}

// look gives do one consistent look at the file.
func (s *Store) look(ctx context.Context, do func(*reading) error) error {
	if s.readers == nil {
		tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if err != nil {
			return err
		}
		defer tx.Rollback()
		return do(&reading{ctx: ctx, tx: tx, store: s})
	}
	reader, err := s.readers.take(ctx)
	if err != nil {
		return err
	}
	tx, err := reader.conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err == nil {
		err = do(&reading{ctx: ctx, tx: tx, store: s, reader: reader})
		tx.Rollback()
	}
	s.readers.give(reader, ctx.Err() == nil)
	return err
}

// query asks, by a statement that the reader has prepared before where there is
// one: making one costs more than most questions.
func (r *reading) query(query string, args ...any) (*sql.Rows, error) {
	if r.reader == nil {
		return r.tx.QueryContext(r.ctx, query, args...)
	}
	s, err := r.reader.statement(r.ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(r.ctx, args...)
}

// reader is a connection with the statements that it has prepared.
type reader struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

// mostStatements bounds how many statements a reader keeps.
const mostStatements = 256

func (r *reader) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := r.statements[query]; s != nil {
		return s, nil
	}
	if len(r.statements) == mostStatements {
		for q, s := range r.statements {
			s.Close()
			delete(r.statements, q)
		}
	}
	s, err := r.conn.PrepareContext(ctx, query)
	if err == nil {
		r.statements[query] = s
	}
	return s, err
}

func (r *reader) close() error {
	for _, s := range r.statements {
		s.Close()
	}
	return r.conn.Close()
}

// readers lends out readers, up to mostReaders at a time.
type readers struct {
	db    *sql.DB
	slots chan struct{}
	mu    sync.Mutex
	idle  []*reader
}

func newReaders(db *sql.DB) *readers {
	return &readers{db: db, slots: make(chan struct{}, mostReaders)}
}

func (p *readers) take(ctx context.Context) (*reader, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		r := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return r, nil
	}
	conn, err := p.db.Conn(ctx)
	if err != nil {
		<-p.slots
		return nil, err
	}
	return &reader{conn, map[string]*sql.Stmt{}}, nil
}

// give takes a reader back; one that was interrupted is not used again.
func (p *readers) give(r *reader, again bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if again {
		p.idle = append(p.idle, r)
	} else {
		r.close()
	}
	<-p.slots
}

func (p *readers) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.idle {
		r.close()
	}
	p.idle = nil
}
