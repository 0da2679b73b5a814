package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// conflictsPage is where sources contradict each other.
type conflictsPage struct {
	Of      string
	Open    []conflictView
	Settled []conflictView
	More    int
	At      string // when they were found, where that is not just now
	Names   []string
	Looking bool // they are being looked for
}

// conflictView is a conflict with its sides.
type conflictView struct {
	Thing, About string
	Parties      []nameLink
	Sides        []sideView
	More         int // further sides
	Settled      *madeView
}

// mostSides bounds the sides of a conflict on a page.
const mostSides = 6

type sideView struct {
	Says    string
	Origins int
	Claims  []statement
	First   string // the claim to prefer for this side
	More    int
}

// conflictCache keeps the conflicts of the whole record, which take long to find
// in a large one: those of the newest state of the logs that were looked for,
// and those of a few pinned questions, which never change.
type conflictCache struct {
	mu    sync.Mutex
	found map[record.Clocks]conflictsFound
	of    map[record.ClaimID][]*record.Conflict // those of the newest state, by the claims on their sides
	busy  map[record.Clocks]chan struct{}
	later chan struct{} // held by what is looked for behind a page
}

type conflictsFound struct {
	all  []*record.Conflict
	head demarche.Cursor
	at   time.Time
}

// mostKept bounds the questions whose conflicts are kept.
const mostKept = 8

// conflictKey is what conflicts depend on: not the day of the question.
func conflictKey(c record.Clocks) record.Clocks {
	c.On = record.When{}
	return c
}

// known are the conflicts as far as they were looked for, and when that was.
func (k *conflictCache) known(c record.Clocks) ([]*record.Conflict, string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	f := k.found[conflictKey(c)]
	if f.at.IsZero() {
		return nil, ""
	}
	return f.all, f.at.UTC().Format("15:04:05 MST")
}

// about are the conflicts of the newest state that a claim stands in, as far as
// they were looked for.
func (k *conflictCache) about(id record.ClaimID) []*record.Conflict {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.of[id]
}

// byClaim are conflicts by the claims on their sides.
func byClaim(all []*record.Conflict) map[record.ClaimID][]*record.Conflict {
	out := map[record.ClaimID][]*record.Conflict{}
	for _, c := range all {
		for _, side := range c.Sides {
			for _, s := range side.Claims {
				if of := out[s.ID]; len(of) == 0 || of[len(of)-1] != c {
					out[s.ID] = append(of, c)
				}
			}
		}
	}
	return out
}

// find looks for the conflicts of a question, once for all that ask at the same
// time; what was found for the same logs is given back.
func (s *Server) findConflicts(ctx context.Context, c record.Clocks) ([]*record.Conflict, error) {
	k, key, head := s.conflicts, conflictKey(c), s.overview.Head()
	for {
		k.mu.Lock()
		if f, ok := k.found[key]; ok && f.head == head {
			k.mu.Unlock()
			return f.all, nil
		}
		wait, busy := k.busy[key]
		if !busy {
			done := make(chan struct{})
			k.busy[key] = done
			k.mu.Unlock()
			return s.lookForConflicts(ctx, c, head, done)
		}
		k.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (s *Server) lookForConflicts(ctx context.Context, c record.Clocks, head demarche.Cursor, done chan struct{}) ([]*record.Conflict, error) {
	k, key := s.conflicts, conflictKey(c)
	got, err := s.Desk.Conflicts(ctx, c)
	var of map[record.ClaimID][]*record.Conflict
	if key == (record.Clocks{}) {
		of = byClaim(got.Found)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.busy, key)
	close(done)
	if err != nil {
		return nil, err
	}
	if len(k.found) >= mostKept {
		for other := range k.found {
			if other != (record.Clocks{}) {
				delete(k.found, other)
				break
			}
		}
	}
	k.found[key] = conflictsFound{got.Found, head, s.Now()}
	if of != nil {
		k.of = of
	}
	return got.Found, nil
}

// longestLook is how long conflicts may be looked for behind a page.
const longestLook = 15 * time.Minute

// lookLater looks for the conflicts of a question behind the page, one question
// at a time.
func (s *Server) lookLater(c record.Clocks) {
	select {
	case s.conflicts.later <- struct{}{}:
	default:
		return
	}
	go func() {
		defer func() { <-s.conflicts.later }()
		ctx, cancel := context.WithTimeout(context.Background(), longestLook)
		defer cancel()
		if _, err := s.findConflicts(ctx, c); err != nil {
			s.Log.Error("looking for conflicts", "error", err)
		}
	}()
}

// mostConflicts bounds the conflicts on a page.
const mostConflicts = 60

// manyStates is how many claims on states of affairs a record may have for its
// conflicts to be looked for while a page waits.
const manyStates = 50_000

func (s *Server) conflictsPage(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	if err := s.catchUp(r.Context()); err != nil {
		return err
	}
	l := s.links(bar)
	body := conflictsPage{Of: clean(r.URL.Query().Get("of")), Names: s.names()}
	all, at := s.conflicts.known(clocks)
	switch {
	case s.overview.States() <= manyStates:
		all, err = s.findConflicts(r.Context(), clocks)
	case at == "":
		body.Looking = true
		s.lookLater(clocks)
		w.Header().Set("Cache-Control", "private, no-store")
	default:
		body.At = at
	}
	if err != nil {
		return err
	}
	of := ""
	if body.Of != "" {
		n, err := s.Desk.Name(r.Context(), "conflicts", body.Of, clocks.On)
		if err != nil {
			return err
		}
		of = n.ID
	}
	for _, c := range all {
		core := record.Core{Kind: c.Kind, Roles: c.Roles}
		if of != "" && !slices.Contains(core.Names(), of) {
			continue
		}
		if len(body.Open)+len(body.Settled) == mostConflicts {
			body.More++
			continue
		}
		if v := s.conflictView(l, c); c.Settled == nil {
			body.Open = append(body.Open, v)
		} else {
			body.Settled = append(body.Settled, v)
		}
	}
	return s.render(w, r, "conflicts.html", page{Title: "Conflicts", Here: "Conflicts", Clocks: bar, Body: body})
}

func (s *Server) conflictView(l links, c *record.Conflict) conflictView {
	core := record.Core{Kind: c.Kind, Roles: c.Roles}
	out := conflictView{Thing: capital(l.words.Thing(&core)), About: capital(brief.Disagree(c))}
	for _, name := range core.Names() {
		out.Parties = append(out.Parties, s.link(l, name))
	}
	for _, side := range c.Sides[:min(len(c.Sides), mostSides)] {
		v := sideView{Says: cmp.Or(l.words.Name(side.Says), dated(side.When)), Origins: len(side.Origins)}
		v.Claims, v.More = l.sources(side.Claims)
		if len(side.Claims) > 0 {
			v.First = string(side.Claims[0].ID)
		}
		out.Sides = append(out.Sides, v)
	}
	out.More = len(c.Sides) - len(out.Sides)
	if c.Settled != nil {
		m := madeOf(demarche.Made{Decision: *c.Settled})
		out.Settled = &m
		for _, side := range c.Sides {
			for _, claim := range side.Claims {
				if claim.ID == c.Settled.Claim {
					out.Settled.Verdict = "settled for " + cmp.Or(l.words.Name(side.Says), brief.Date(side.When))
				}
			}
		}
	}
	return out
}
