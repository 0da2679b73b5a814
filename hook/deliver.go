package hook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"demarche"
	"demarche/brief"
	"demarche/intake/fetch"
)

// Options are what deliveries are made of.
type Options struct {
	Hooks *Hooks
	Desk  *demarche.Desk
	// Encode writes changes as the JSON that receivers get.
	Encode  func([]demarche.Entry) any
	Version string       // of the program
	Log     *slog.Logger // nil is slog.Default
	// TLS is the configuration of connections; nil is the system's.
	TLS *tls.Config
}

// Deliverer sends what is recorded to the hooks.
type Deliverer struct {
	Options
	public, private *http.Client
}

const (
	mostChanges = 100              // in one message
	attempt     = 15 * time.Second // how long one may take
	hold        = 20 * time.Second // for how long a hook is taken for one
	firstWait   = time.Second      // after the first failure; twice as long after each
	longestWait = time.Hour
	lookEvery   = 2 * time.Second // for new changes
)

// NewDeliverer makes a deliverer.
func NewDeliverer(o Options) *Deliverer {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Deliverer{o, client(fetch.Dial, o.TLS), client((&net.Dialer{Timeout: attempt}).DialContext, o.TLS)}
}

// client knows no proxy, which would dial what this program may not, and
// follows no redirect, which could lead anywhere.
func client(dial func(context.Context, string, string) (net.Conn, error), config *tls.Config) *http.Client {
	return &http.Client{Timeout: attempt, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DialContext: dial, TLSClientConfig: config, ForceAttemptHTTP2: true, TLSHandshakeTimeout: attempt, IdleConnTimeout: time.Minute, MaxIdleConnsPerHost: 1, MaxResponseHeaderBytes: 64 << 10}}
}

// Run delivers until the context ends. A receiver that is slow keeps no other
// waiting.
func (d *Deliverer) Run(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	var mu sync.Mutex
	busy := map[string]bool{}
	for ctx.Err() == nil {
		hooks, err := d.Hooks.List(ctx)
		d.told(ctx, err)
		mu.Lock()
		for i := range hooks {
			k := &hooks[i]
			if busy[k.ID] {
				continue
			}
			busy[k.ID] = true
			running.Go(func() {
				d.told(ctx, d.drain(ctx, k))
				mu.Lock()
				defer mu.Unlock()
				delete(busy, k.ID)
			})
		}
		mu.Unlock()
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
}

func (d *Deliverer) told(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		d.Log.ErrorContext(ctx, "hooks", "error", err)
	}
}

// Send sends to every hook that is not to wait all that there is, until one
// attempt fails.
func (d *Deliverer) Send(ctx context.Context) error {
	hooks, err := d.Hooks.List(ctx)
	if err != nil {
		return err
	}
	done := make(chan error, len(hooks))
	for i := range hooks {
		go func() { done <- d.drain(ctx, &hooks[i]) }()
	}
	for range hooks {
		err = errors.Join(err, <-done)
	}
	return err
}

// drain sends a hook's messages one after the other.
func (d *Deliverer) drain(ctx context.Context, k *Hook) error {
	for ctx.Err() == nil {
		sent, err := d.step(ctx, k)
		if err != nil || !sent {
			return err
		}
		k.Failures = 0
	}
	return nil
}

// step makes one attempt for a hook.
func (d *Deliverer) step(ctx context.Context, k *Hook) (sent bool, err error) {
	now := d.Hooks.now()
	if k.Next.After(now) {
		return false, nil
	}
	if ok, err := d.Hooks.hold(ctx, k.ID, now.Add(hold)); err != nil || !ok {
		return false, err
	}
	m, err := d.next(ctx, k)
	if err != nil || m == nil {
		_, free := d.Hooks.db.ExecContext(context.WithoutCancel(ctx), "UPDATE hooks SET held = 0 WHERE id = ?", k.ID)
		return false, errors.Join(err, free)
	}
	failed := d.post(ctx, k, m)
	rest := context.WithoutCancel(ctx) // what came of it is noted though the program ends
	if failed == nil {
		return true, d.Hooks.took(rest, k.ID, m)
	}
	why := brief.Plain(failed.Error())
	d.Log.WarnContext(ctx, "hook", "id", k.ID, "failures", k.Failures+1, "error", why)
	return false, d.Hooks.missed(rest, k.ID, why[:min(len(why), 500)], now.Add(wait(k.Failures)))
}

// wait is how long to wait after so many failures and one more.
func wait(failures int) time.Duration {
	if failures > 12 {
		return longestWait
	}
	return min(firstWait<<failures, longestWait)
}

// next is the message to send: the oldest that waits, else one made of what was
// recorded since; nil where there is nothing.
func (d *Deliverer) next(ctx context.Context, k *Hook) (*message, error) {
	for {
		m, err := d.Hooks.oldest(ctx, k.ID)
		if err != nil || m != nil {
			return m, err
		}
		changes, next, err := d.Desk.Log(ctx, k.cursor, mostChanges)
		if err != nil || len(changes) == 0 {
			return nil, err
		}
		body, err := d.body(k, changes)
		if err != nil {
			return nil, err
		}
		if err := d.Hooks.put(ctx, k, body, next); err != nil {
			return nil, err
		}
		k.cursor = next
	}
}

// body is the message that tells of changes; nil where the hook asked for none
// of them.
func (d *Deliverer) body(k *Hook, changes []demarche.Entry) ([]byte, error) {
	changes = slices.DeleteFunc(changes, func(c demarche.Entry) bool { return len(k.Types) > 0 && !slices.Contains(k.Types, typeOf(&c)) })
	if len(changes) == 0 {
		return nil, nil
	}
	return json.Marshal(map[string]any{"type": "record.changes", "timestamp": d.Hooks.now().UTC().Format(time.RFC3339),
		"data": map[string]any{"changes": d.Encode(changes)}})
}

func typeOf(c *demarche.Entry) string {
	switch {
	case c.Document != nil:
		return "document"
	case c.Claim != nil:
		return "claim"
	}
	return "decision"
}

// post sends a message; its error says why it was not taken.
func (d *Deliverer) post(ctx context.Context, k *Hook, m *message) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, k.URL, bytes.NewReader(m.body))
	if err != nil {
		return err
	}
	at := strconv.FormatInt(d.Hooks.now().Unix(), 10)
	signature, err := Sign(k.secret, m.id, at, m.body)
	if err != nil {
		return err
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "User-Agent": "demarche/" + d.Version,
		"Webhook-Id": m.id, "Webhook-Timestamp": at, "Webhook-Signature": signature} {
		req.Header.Set(name, value)
	}
	use := d.public
	if k.Private {
		use = d.private
	}
	resp, err := use.Do(req)
	if errors.Is(err, fetch.ErrPrivate) {
		return fmt.Errorf("%w; if it is meant, remove the hook and add it with --private", fetch.ErrPrivate)
	} else if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	switch {
	case resp.StatusCode/100 == 2:
		return nil
	case resp.StatusCode/100 == 3:
		return fmt.Errorf("the receiver redirects (%s), which is not followed; add the address that it leads to", resp.Status)
	}
	return fmt.Errorf("the receiver answers %s", resp.Status)
}

// Sign makes the webhook-signature of a message, as Standard Webhooks has it:
// "v1," and the base64 of the HMAC-SHA256 over "id.timestamp.body". The key is
// what the secret has behind its prefix, in base64.
func Sign(secret, id, timestamp string, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil {
		return "", fmt.Errorf("the hook's secret is damaged: %w; remove the hook and add it anew", err)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.", id, timestamp)
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}
