package demarche

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"demarche/record"
	"demarche/store"
)

// Once is the same desk for one answer of many questions, such as a page: what
// the record was asked once is not asked again, so that all parts of the answer
// tell of the same state of it. It must not be kept longer than the answer.
func (d *Desk) Once() *Desk {
	once := *d
	once.answers = &store.Answers{}
	once.store = &remembering{Store: d.store, logs: map[string]*remembered[record.Log]{}, documents: map[record.DocumentID]*remembered[record.Document]{}}
	return &once
}

// remembering is a store that asks the store below each question once.
type remembering struct {
	store.Store
	mu        sync.Mutex
	logs      map[string]*remembered[record.Log]
	documents map[record.DocumentID]*remembered[record.Document]
}

// remembered is an answer, once it is there.
type remembered[T any] struct {
	once  sync.Once
	found T
	err   error
}

func recall[K comparable, T any](s *remembering, all map[K]*remembered[T], key K, ask func() (T, error)) (T, error) {
	s.mu.Lock()
	r := all[key]
	if r == nil {
		r = &remembered[T]{}
		all[key] = r
	}
	s.mu.Unlock()
	r.once.Do(func() { r.found, r.err = ask() })
	return r.found, r.err
}

// Select implements store.Store. It remembers each query by itself, since the
// parts of an answer share some; what two of them select stands in the log twice
// and counts once. The log is shared: nobody changes it.
func (s *remembering) Select(ctx context.Context, queries ...record.Query) (record.Log, error) {
	var all record.Log
	for _, q := range queries {
		log, err := s.selectOne(ctx, q)
		if err != nil || len(queries) == 1 {
			return log, err
		}
		all.Documents = append(all.Documents, log.Documents...)
		all.Claims = append(all.Claims, log.Claims...)
		all.Decisions = append(all.Decisions, log.Decisions...)
	}
	return all, nil
}

func (s *remembering) selectOne(ctx context.Context, q record.Query) (record.Log, error) {
	if len(q.Names) > 0 && len(q.With) > 0 && slices.Compare(q.Names, q.With) > 0 {
		q.Names, q.With = q.With, q.Names // either way round asks the same
	}
	key := fmt.Sprintf("%q", []any{q.Kinds, q.Names, q.With, q.Documents, q.Claims, q.Succeeding, q.During, q.Clocks.On, q.Clocks.PublishedBy, q.Clocks.KnownBy.Time(), q.After, q.Limit})
	return recall(s, s.logs, key, func() (record.Log, error) { return s.Store.Select(ctx, q) })
}

// Document implements store.Store.
func (s *remembering) Document(ctx context.Context, id record.DocumentID) (record.Document, error) {
	return recall(s, s.documents, id, func() (record.Document, error) { return s.Store.Document(ctx, id) })
}
