package hook_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"demarche"
	"demarche/api"
	"demarche/desktest"
	"demarche/hook"
)

// receiver takes messages, or fails as it is told to, and checks each against
// its secret.
type receiver struct {
	t      *testing.T
	server *httptest.Server
	secret string

	mu       sync.Mutex
	fail     int      // of the next requests
	dropped  int      // of the next requests: taken, but the answer gets lost
	events   []string // as taken, each once by its message's id
	requests int
	ids      map[string]bool
	// kill is called instead of answering; the answer never comes.
	kill func()
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{t: t, ids: map[string]bool{}}
	r.server = httptest.NewServer(r)
	t.Cleanup(r.server.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	kill := r.kill
	r.mu.Unlock()
	if kill != nil {
		_, _ = io.Copy(io.Discard, req.Body)
		kill()
		<-req.Context().Done()
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests++
	body, err := io.ReadAll(req.Body)
	if err != nil {
		r.t.Error(err)
	}
	id, at := req.Header.Get("webhook-id"), req.Header.Get("webhook-timestamp")
	want, err := hook.Sign(r.secret, id, at, body)
	if err != nil || req.Header.Get("webhook-signature") != want {
		r.t.Errorf("signature %q, want %q (%v)", req.Header.Get("webhook-signature"), want, err)
	}
	if _, err := strconv.ParseInt(at, 10, 64); err != nil || id == "" {
		r.t.Errorf("id %q at %q", id, at)
	}
	if r.fail > 0 {
		r.fail--
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	r.take(id, body)
	if r.dropped > 0 {
		r.dropped--
		panic(http.ErrAbortHandler)
	}
}

func (r *receiver) set(kill func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kill = kill
}

func (r *receiver) take(id string, body []byte) {
	if r.ids[id] {
		return
	}
	r.ids[id] = true
	var m struct {
		Type string
		Data struct{ Changes []api.Change }
	}
	if err := json.Unmarshal(body, &m); err != nil || m.Type != "record.changes" {
		r.t.Errorf("message %s (%v)", body, err)
	}
	for _, c := range m.Data.Changes {
		r.events = append(r.events, eventOf(c))
	}
}

func eventOf(c api.Change) string {
	switch {
	case c.Document != nil:
		return c.Type + " " + c.Document.ID
	case c.Claim != nil:
		return c.Type + " " + c.Claim.ID
	}
	return c.Type + " " + c.Decision.ID
}

// got are the events as taken.
func (r *receiver) got() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.events)
}

func (r *receiver) asked() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.requests
}

// clock goes when it is told to.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.t }

func (c *clock) add(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.t = c.t.Add(d) }

// process is a run of the program: the hooks opened, with a deliverer. It can be
// left as a killed one leaves it.
type process struct {
	*hook.Hooks
	*hook.Deliverer
}

func start(t *testing.T, path string, desk desktest.Desk, c *clock) process {
	t.Helper()
	h, err := hook.Open(path, c.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return process{h, hook.NewDeliverer(hook.Options{Hooks: h, Desk: desk.Desk, Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Encode: func(e []demarche.Entry) any { return api.Changes(desk.Desk, e) }})}
}

// all are the events of the whole log, in order.
func all(t *testing.T, desk desktest.Desk) (out []string) {
	t.Helper()
	log, _, err := desk.Log(context.Background(), demarche.Cursor{}, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range api.Changes(desk.Desk, log) {
		out = append(out, eventOf(c))
	}
	return out
}

func decide(t *testing.T, desk desktest.Desk, n int) {
	t.Helper()
	for i := range n {
		claim := desktest.Batches(t)[i%6].Claims[0].ID
		if _, err := desk.Decide(context.Background(), demarche.Ruling{Claim: string(claim), Verdict: "accept", Who: "r", Why: fmt.Sprint("w", i)}); err != nil {
			t.Fatal(err)
		}
	}
}

func hooked(t *testing.T) (*receiver, desktest.Desk, *clock, string, process) {
	t.Helper()
	desk, c := desktest.New(t), &clock{t: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	path := filepath.Join(t.TempDir(), "hooks.db")
	p := start(t, path, desk, c)
	r := newReceiver(t)
	var err error
	if _, r.secret, err = p.Add(context.Background(), r.server.URL, nil, true, demarche.Cursor{}); err != nil {
		t.Fatal(err)
	}
	return r, desk, c, path, p
}

// A receiver that fails five times gets each event once it is back, in order,
// and is left alone longer after each failure.
func TestReceiverThatFailsGetsAllInOrder(t *testing.T) {
	r, desk, c, _, p := hooked(t)
	ctx := context.Background()
	r.fail = 5
	for failure := 1; failure <= 5; failure++ {
		if err := p.Send(ctx); err != nil {
			t.Fatal(err)
		}
		if r.asked() != failure {
			t.Fatalf("%d requests, want %d", r.asked(), failure)
		}
		if err := p.Send(ctx); err != nil || r.asked() != failure {
			t.Fatalf("asked again with no wait: %d requests, want %d (%v)", r.asked(), failure, err)
		}
		hooks, err := p.List(ctx)
		if err != nil || hooks[0].Failures != failure || hooks[0].Error == "" || hooks[0].Waiting != 1 {
			t.Fatalf("%+v (%v)", hooks, err)
		}
		c.add(time.Second << (failure - 1))
	}
	decide(t, desk, 250) // in the meantime the record grows
	if err := p.Send(ctx); err != nil {
		t.Fatal(err)
	}
	if want := all(t, desk); !slices.Equal(r.got(), want) {
		t.Errorf("%d events of %d, or out of order", len(r.got()), len(want))
	}
	if hooks, _ := p.List(ctx); hooks[0].Failures != 0 || hooks[0].Error != "" || hooks[0].Waiting != 0 || hooks[0].Sent != 4 {
		t.Errorf("%+v", hooks[0])
	}
}

// A process that is killed, before it sent, after it sent or with the answer
// lost, loses and repeats nothing: the next goes on under the same id.
func TestKilledProcessLosesNothing(t *testing.T) {
	r, desk, c, path, p := hooked(t)
	ctx := context.Background()
	decide(t, desk, 150)
	r.dropped = 1
	if err := p.Send(ctx); err != nil { // taken, and no answer came
		t.Fatal(err)
	}
	if len(r.got()) != 100 {
		t.Fatalf("%d events", len(r.got()))
	}
	for range 3 { // each process is killed in the midst of an attempt
		c.add(time.Hour)
		killed, kill := context.WithCancel(ctx)
		at := p
		r.set(func() {
			at.Close() // nothing of the attempt is noted
			kill()
		})
		if err := p.Send(killed); err == nil {
			t.Error("the killed process ended well")
		}
		decide(t, desk, 40)
		p = start(t, path, desk, c)
	}
	r.set(nil)
	c.add(time.Hour)
	if err := p.Send(ctx); err != nil {
		t.Fatal(err)
	}
	if want := all(t, desk); !slices.Equal(r.got(), want) {
		t.Errorf("%d events of %d, or out of order", len(r.got()), len(want))
	}
}

// A process that was killed while it had a hook holds it no longer than one
// attempt may take, and two at once send nothing twice.
func TestOneProcessAtATime(t *testing.T) {
	r, desk, c, path, p := hooked(t)
	ctx := context.Background()
	decide(t, desk, 300)
	q := start(t, path, desk, c)
	var both sync.WaitGroup
	for _, one := range []process{p, q} {
		both.Go(func() {
			for range 20 {
				if err := one.Send(ctx); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	if want := all(t, desk); !slices.Equal(r.got(), want) || r.asked() != len(r.ids) {
		t.Errorf("%d events of %d in %d requests with %d ids", len(r.got()), len(want), r.asked(), len(r.ids))
	}
}

func TestTypesAndPlaceToBegin(t *testing.T) {
	r, desk, _, _, p := hooked(t)
	ctx := context.Background()
	head, _, err := desk.Head().Now(ctx)
	if err != nil {
		t.Fatal(err)
	}
	late := newReceiver(t)
	if _, late.secret, err = p.Add(ctx, late.server.URL, []string{"decision"}, true, head); err != nil {
		t.Fatal(err)
	}
	decide(t, desk, 2)
	if err := p.Send(ctx); err != nil {
		t.Fatal(err)
	}
	want := all(t, desk)
	if !slices.Equal(r.got(), want) || !slices.Equal(late.got(), want[len(want)-2:]) {
		t.Errorf("all: %d events, later decisions: %v", len(r.got()), late.got())
	}
}

// What is in a private network is not reached unless it is meant.
func TestPrivateAddresses(t *testing.T) {
	desk, c := desktest.New(t), &clock{t: time.Now()}
	p := start(t, filepath.Join(t.TempDir(), "hooks.db"), desk, c)
	ctx := context.Background()
	for _, address := range []string{"http://example.org/x", "https://127.0.0.1/x", "https://10.0.0.1", "https://[::1]/", "https://[fe80::1]/", "ftp://example.org", "https://u:p@example.org/", "https://example.org/#f", "example.org", "", "https://"} {
		if _, _, err := p.Add(ctx, address, nil, false, demarche.Cursor{}); !errors.Is(err, hook.ErrInvalid) {
			t.Errorf("%q: %v", address, err)
		}
	}
	r := newReceiver(t)
	secure := httptest.NewTLSServer(r)
	defer secure.Close()
	_, port, _ := splitPort(secure.URL)
	if _, _, err := p.Add(ctx, "https://localhost:"+port+"/", nil, false, demarche.Cursor{}); err != nil {
		t.Fatal(err)
	}
	if err := p.Send(ctx); err != nil {
		t.Fatal(err)
	}
	hooks, err := p.List(ctx)
	if err != nil || r.asked() != 0 || hooks[0].Failures != 1 || hooks[0].Error == "" {
		t.Errorf("reached: %d requests, %+v (%v)", r.asked(), hooks, err)
	}
	t.Log(hooks[0].Error)
}

func splitPort(address string) (host, port string, ok bool) {
	for i := len(address) - 1; i >= 0; i-- {
		if address[i] == ':' {
			return address[:i], address[i+1:], true
		}
	}
	return address, "", false
}

func TestAddAndRemove(t *testing.T) {
	_, _, _, _, p := hooked(t)
	ctx := context.Background()
	if _, _, err := p.Add(ctx, "https://example.org/hook", []string{"weather"}, false, demarche.Cursor{}); !errors.Is(err, hook.ErrInvalid) {
		t.Errorf("a type that is none: %v", err)
	}
	id, secret, err := p.Add(ctx, "https://example.org/hook", []string{"claim"}, false, demarche.Cursor{})
	if err != nil || len(secret) < 40 {
		t.Fatal(id, secret, err)
	}
	if err := p.Remove(ctx, id); err != nil {
		t.Error(err)
	}
	if err := p.Remove(ctx, id); !errors.Is(err, hook.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	if hooks, _ := p.List(ctx); len(hooks) != 1 {
		t.Errorf("%d hooks", len(hooks))
	}
}

// Run delivers what is recorded while it runs, and ends with its context.
func TestRun(t *testing.T) {
	r, desk, _, _, p := hooked(t)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan bool)
	go func() { p.Run(ctx); close(done) }()
	want := all(t, desk)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		got := r.got()
		if slices.Equal(got, want) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d events of %d", len(got), len(want))
		}
	}
	stop()
	<-done
}
