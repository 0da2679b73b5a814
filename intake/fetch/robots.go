package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	maxRobots   = 500 << 10        // bytes of robots.txt that are read (RFC 9309, 2.5)
	robotsFresh = 24 * time.Hour   // how long it is used (RFC 9309, 2.4)
	robotsRetry = 10 * time.Minute // after how long one that could not be got is tried again
	maxDelay    = 30 * time.Second // the longest Crawl-delay that is kept
	maxRules    = 5_000
)

// robots are the rules of a site for this program.
type robots struct {
	rules []rule
	delay time.Duration
	none  bool // nothing may be got: the rules could not be got
}

type rule struct {
	path  string // normal form, with * and a $ at its end
	allow bool
}

// delay is the gap that the host asks for.
func (h *host) delay() time.Duration {
	h.rule.Lock()
	defer h.rule.Unlock()
	if h.robots == nil {
		return 0
	}
	return h.robots.delay
}

// mayGet reports whether a host lets programs get an address.
func (f *Fetcher) mayGet(ctx context.Context, h *host, u *url.URL) error {
	rules, err := f.rulesOf(ctx, h)
	switch {
	case err != nil:
		return err
	case rules.none:
		return fmt.Errorf("%w: it cannot be got just now", ErrRobots)
	case !rules.allows(u):
		return ErrRobots
	}
	return nil
}

// rulesOf are a host's rules, got when they are not held. A host that cannot be
// connected to is an error; one that answers with none has no rules.
func (f *Fetcher) rulesOf(ctx context.Context, h *host) (*robots, error) {
	h.rule.Lock()
	if h.robots != nil && f.opt.Clock.Now().Before(h.stale) {
		defer h.rule.Unlock()
		return h.robots, nil
	}
	h.rule.Unlock()
	rules, fresh, err := f.getRules(ctx, h)
	if err != nil {
		return nil, err
	}
	h.rule.Lock()
	defer h.rule.Unlock()
	h.robots, h.stale = rules, f.opt.Clock.Now().Add(fresh)
	return rules, nil
}

func (f *Fetcher) getRules(ctx context.Context, h *host) (*robots, time.Duration, error) {
	u, err := url.Parse(h.base + "/robots.txt")
	if err != nil {
		return nil, 0, ErrAddress
	}
	for range f.opt.Redirects + 1 {
		g, err := f.attempts(ctx, f.hosts.of(u), u, &Request{})
		var status *StatusError
		var b *busy
		switch {
		case errors.As(err, &b), errors.Is(err, ErrTooLarge):
			return &robots{none: true}, robotsRetry, nil
		case errors.As(err, &status):
			return &robots{}, robotsFresh, nil
		case err != nil:
			return nil, 0, err
		case g.next == nil:
			return parseRobots(g.response.Body, f.opt.Agent), robotsFresh, nil
		}
		u = g.next
	}
	return &robots{}, robotsFresh, nil
}

// parseRobots reads the rules for an agent: those of the groups that name its
// product or, with none, of the groups for all. Lines that are no rules are
// passed over.
func parseRobots(b []byte, agent string) *robots {
	product, _, _ := strings.Cut(strings.ToLower(agent), "/")
	named, all := &robots{}, &robots{}
	var groups []*robots // those that the lines belong to
	isNamed, inAgents := false, false
	for line := range bytes.Lines(b[:min(len(b), maxRobots)]) {
		key, value, ok := robotsLine(line)
		if !ok {
			continue
		}
		if key != "user-agent" {
			inAgents = false
			for _, g := range groups {
				g.add(key, value)
			}
			continue
		}
		if !inAgents {
			groups, inAgents = nil, true
		}
		switch strings.ToLower(value) {
		case strings.TrimSpace(product):
			groups, isNamed = append(groups, named), true
		case "*":
			groups = append(groups, all)
		}
	}
	if isNamed {
		return named
	}
	return all
}

func robotsLine(line []byte) (key, value string, ok bool) {
	s, _, _ := strings.Cut(strings.TrimPrefix(string(line), "\ufeff"), "#")
	key, value, ok = strings.Cut(s, ":")
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value), ok
}

func (r *robots) add(key, value string) {
	switch key {
	case "allow", "disallow":
		if value != "" && len(r.rules) < maxRules {
			r.rules = append(r.rules, rule{normalPath(value), key == "allow"})
		}
	case "crawl-delay":
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
			r.delay = min(time.Duration(min(s, 3600)*float64(time.Second)), maxDelay)
		}
	}
}

// allows follows the longest rule that fits, and of two as long the one that
// allows (RFC 9309, 2.2.2).
func (r *robots) allows(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = normalPath(path)
	best, allow := -1, true
	for _, rule := range r.rules {
		if n := len(rule.path); n > best || n == best && rule.allow {
			if rule.fits(path) {
				best, allow = n, rule.allow
			}
		}
	}
	return allow || path == "/robots.txt"
}

// fits reports whether the rule's path begins the given one. A star stands for
// any run, a dollar at the end for the end.
func (r *rule) fits(path string) bool {
	pattern, whole := strings.CutSuffix(r.path, "$")
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, parts[0])
	if !ok {
		return false
	}
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !whole || rest == ""
}

// normalPath writes the bytes of a path in one way: what is not ASCII in
// percent, percents in capitals, and those of plain characters plain.
func normalPath(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				i, c = i+2, byte(n)
				if unreserved(c) {
					b.WriteByte(c)
				} else {
					fmt.Fprintf(&b, "%%%02X", c)
				}
				continue
			}
		}
		if c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
