// Package fetch gets addresses of the web for a desk that watches them: with
// conditional requests, one request at a time to a host and not too fast, by
// the host's robots.txt (RFC 9309), again after a while where a server is busy,
// and within bounds of size, time, redirects and decompression. It connects to
// public addresses alone, and what it checks is the address that it dials, so
// that neither a redirect nor a name whose address changes leads it into the
// network it runs in; a request may name one host that is exempt.
package fetch

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Options say how a Fetcher behaves. The zero value has the defaults named
// below.
type Options struct {
	// Agent is the User-Agent; robots.txt is read for the product before its
	// slash. Default "demarche".
	Agent string
	// MaxBytes is the size of the largest body, as sent and as decompressed.
	// Default 16 MiB.
	MaxBytes int64
	// Timeout is how long one exchange may take, body and all. Default one minute.
	Timeout time.Duration
	// Redirects is how many are followed. Default 5.
	Redirects int
	// Gap is the least time between two requests to one host; robots.txt may ask
	// for more. Default one second.
	Gap time.Duration
	// Attempts is how often a request is tried where the server is busy or the
	// line breaks. Default 3.
	Attempts int
	// Clock tells the time and sleeps. Default the system's.
	Clock Clock
	// Resolver finds the addresses of hosts. Default the system's.
	Resolver Resolver
}

// Clock is the time as a Fetcher sees it.
type Clock interface {
	Now() time.Time
	// Sleep returns early with the context's error.
	Sleep(context.Context, time.Duration) error
}

// Request is what to get.
type Request struct {
	URL string
	// Private exempts the host and port of the URL from the rule that addresses
	// must be public. Where it redirects to is not exempt.
	Private bool
	// ETag and LastModified are those of the Response that is held already.
	ETag, LastModified string
}

// Response is what was got.
type Response struct {
	URL          string // after redirects
	Body         []byte // decompressed
	ContentType  string
	ETag         string
	LastModified string
	// Unchanged: what is held already is still so; there is no body.
	Unchanged bool
}

// Fetcher gets addresses. It may be used by several goroutines.
type Fetcher struct {
	opt   Options
	hosts hosts
	// public connects to public addresses alone; exempt also to the one that
	// its request names, so its connections are kept apart.
	public, exempt *http.Transport
	connect        connector
}

// New makes a Fetcher.
func New(opt Options) *Fetcher {
	f := &Fetcher{opt: opt.filled(), hosts: hosts{byName: map[string]*host{}}, connect: dialTCP}
	f.public, f.exempt = f.transport(), f.transport()
	return f
}

func (o Options) filled() Options {
	fill(&o.Agent, "demarche")
	fill(&o.MaxBytes, 16<<20)
	fill(&o.Timeout, time.Minute)
	fill(&o.Redirects, 5)
	fill(&o.Gap, time.Second)
	fill(&o.Attempts, 3)
	if o.Clock == nil {
		o.Clock = system{}
	}
	if o.Resolver == nil {
		o.Resolver = systemResolver()
	}
	return o
}

// fill sets what is not set.
func fill[T comparable](v *T, standard T) {
	var zero T
	if *v == zero {
		*v = standard
	}
}

// transport makes a transport that knows no proxies, since a proxy would dial
// what this package may not.
func (f *Fetcher) transport() *http.Transport {
	return &http.Transport{
		DialContext: f.dial, ForceAttemptHTTP2: true, DisableCompression: true,
		TLSHandshakeTimeout: 15 * time.Second, ResponseHeaderTimeout: f.opt.Timeout, IdleConnTimeout: 30 * time.Second,
		MaxIdleConns: 32, MaxIdleConnsPerHost: 1, MaxResponseHeaderBytes: 64 << 10,
	}
}

// Get gets an address. Its error is an *Error that says in one line what was
// wrong.
func (f *Fetcher) Get(ctx context.Context, r Request) (*Response, error) {
	u, err := parse(r.URL)
	if err != nil {
		return nil, &Error{URL: r.URL, Err: err}
	}
	if r.Private {
		ctx = context.WithValue(ctx, exemptKey{}, dialled(u))
	}
	resp, err := f.follow(ctx, u, &r)
	if err != nil {
		return nil, &Error{URL: r.URL, Err: err}
	}
	return resp, nil
}

// follow gets an address and goes where it redirects to.
func (f *Fetcher) follow(ctx context.Context, u *url.URL, r *Request) (*Response, error) {
	seen := map[string]bool{}
	for range f.opt.Redirects + 1 {
		if seen[u.String()] {
			return nil, ErrCircle
		}
		seen[u.String()] = true
		h := f.hosts.of(u)
		if err := f.mayGet(ctx, h, u); err != nil {
			return nil, err
		}
		got, err := f.attempts(ctx, h, u, r)
		if err != nil || got.next == nil {
			return got.response, err
		}
		u = got.next
	}
	return nil, ErrRedirects
}

// parse reads an address that can be got.
func parse(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil, u.Host == "", u.Scheme != "http" && u.Scheme != "https":
		return nil, ErrAddress
	case u.User != nil:
		return nil, ErrUser
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

type system struct{}

func (system) Now() time.Time { return time.Now() }

func (system) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
