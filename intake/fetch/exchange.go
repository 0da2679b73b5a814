package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// got is the outcome of an exchange: a response, or where to go on.
type got struct {
	response *Response
	next     *url.URL
}

// busy is an answer after which the same may be asked again.
type busy struct {
	StatusError
	after time.Duration // as the server asks, 0 where it does not
}

// maxWait is how long this package waits because a server asks for it; one that
// asks for more is left alone for that time.
const maxWait = 2 * time.Minute

// attempts asks until there is an answer, with pauses that double.
func (f *Fetcher) attempts(ctx context.Context, h *host, u *url.URL, r *Request) (got, error) {
	pause := 2 * time.Second
	for n := 1; ; n++ {
		g, err := f.once(ctx, h, u, r)
		var b *busy
		switch {
		case errors.As(err, &b):
			if b.after > maxWait {
				return got{}, f.shut(h, b.after)
			}
			pause = max(pause, b.after)
		case err == nil || !temporary(err) || ctx.Err() != nil:
			return g, err
		}
		if n >= f.opt.Attempts {
			return got{}, fmt.Errorf("%w; tried %d times", err, n)
		}
		if err := f.opt.Clock.Sleep(ctx, pause); err != nil {
			return got{}, err
		}
		pause *= 2
	}
}

// shut notes that a host wants to be left alone.
func (f *Fetcher) shut(h *host, after time.Duration) error {
	until := f.opt.Clock.Now().Add(min(after, 24*time.Hour))
	<-h.turn
	h.shut = until
	h.turn <- struct{}{}
	return fmt.Errorf("%w until %s", ErrWait, until.UTC().Format(time.RFC3339))
}

// once asks once, in its turn.
func (f *Fetcher) once(ctx context.Context, h *host, u *url.URL, r *Request) (got, error) {
	if err := f.take(ctx, h); err != nil {
		return got{}, err
	}
	defer f.give(h, h.delay())
	bounded, cancel := context.WithTimeout(ctx, f.opt.Timeout)
	defer cancel()
	resp, err := f.send(bounded, u, r)
	if err != nil {
		return got{}, worded(bounded, f.opt.Timeout, err)
	}
	defer resp.Body.Close()
	g, err := f.receive(resp, u)
	if err != nil && bounded.Err() != nil {
		if ctx.Err() != nil {
			return got{}, ctx.Err()
		}
		return got{}, fmt.Errorf("%w: not done after %v", ErrEndless, f.opt.Timeout)
	}
	return g, err
}

func (f *Fetcher) send(ctx context.Context, u *url.URL, r *Request) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, ErrAddress
	}
	req.Header.Set("User-Agent", f.opt.Agent)
	req.Header.Set("Accept-Encoding", "gzip")
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
	return f.transportFor(ctx, u).RoundTrip(req)
}

func (f *Fetcher) receive(resp *http.Response, u *url.URL) (got, error) {
	switch code := resp.StatusCode; {
	case code == http.StatusNotModified:
		return got{response: &Response{URL: u.String(), Unchanged: true}}, nil
	case code == 301, code == 302, code == 303, code == 307, code == 308:
		next, err := redirected(u, resp.Header.Get("Location"))
		return got{next: next}, err
	case code == 408, code == 429, code >= 500 && code != 501 && code != 505:
		return got{}, &busy{StatusError{code}, f.retryAfter(resp.Header.Get("Retry-After"))}
	case code != 200 && code != 203:
		return got{}, &StatusError{code}
	}
	body, err := read(resp, f.opt.MaxBytes)
	if err != nil {
		return got{}, err
	}
	return got{response: &Response{
		URL: u.String(), Body: body, ContentType: resp.Header.Get("Content-Type"),
		ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"),
	}}, nil
}

func redirected(from *url.URL, location string) (*url.URL, error) {
	to, err := from.Parse(location)
	if err != nil || location == "" {
		return nil, fmt.Errorf("redirects to %q, which %w", oneLine(location), ErrAddress)
	}
	if to, err = parse(to.String()); err != nil {
		return nil, fmt.Errorf("redirects to %q, which %w", oneLine(location), err)
	}
	if from.Scheme == "https" && to.Scheme == "http" {
		return nil, fmt.Errorf("redirects from https to http (%s); that is not followed", oneLine(location))
	}
	return to, nil
}

// retryAfter reads the header: seconds or a date.
func (f *Fetcher) retryAfter(s string) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n > 0 {
		return time.Duration(min(n, 1<<20)) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(0, t.Sub(f.opt.Clock.Now()))
	}
	return 0
}

// read reads a body of up to limit bytes, as sent and as expanded.
func read(resp *http.Response, limit int64) ([]byte, error) {
	if resp.ContentLength > limit {
		return nil, fmt.Errorf("%w: has %d bytes, and %d may be", ErrTooLarge, resp.ContentLength, limit)
	}
	var r io.Reader = io.LimitReader(resp.Body, limit+1)
	switch e := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); e {
	case "", "identity":
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("is said to be gzip and is none (%w)", err)
		}
		r = z
	default:
		return nil, fmt.Errorf("%w (%s)", ErrEncoding, oneLine(e))
	}
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("%w: has or expands to more than the %d bytes that may be", ErrTooLarge, limit)
	}
	if err != nil {
		err = fmt.Errorf("breaks off after %d bytes: %w", len(b), err)
	}
	return b, err
}
