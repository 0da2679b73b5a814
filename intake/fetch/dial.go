package fetch

import (
	"context"
	_ "embed"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Resolver finds the addresses of a host, as net.Resolver does.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

func systemResolver() Resolver { return net.DefaultResolver }

// connector connects to an address and port, without any more looking up.
type connector func(ctx context.Context, to netip.AddrPort) (net.Conn, error)

func dialTCP(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	d := net.Dialer{Timeout: 15 * time.Second}
	return d.DialContext(ctx, "tcp", to.String())
}

// exemptKey is the context's key of the host and port that may be private.
type exemptKey struct{}

// exempted reports whether the request of ctx may connect to host and port
// wherever they are.
func exempted(ctx context.Context, hostPort string) bool {
	exempt, _ := ctx.Value(exemptKey{}).(string)
	return exempt == hostPort
}

// transportFor keeps the connections that were made under an exemption from
// requests that have none.
func (f *Fetcher) transportFor(ctx context.Context, u *url.URL) *http.Transport {
	if exempted(ctx, dialled(u)) {
		return f.exempt
	}
	return f.public
}

// dialled is the host and port that the transport dials for an address.
func dialled(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// dial looks a host up and connects to what it found, if it may: the address
// that is checked is the one that is dialled.
func (f *Fetcher) dial(ctx context.Context, _, hostPort string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(hostPort)
	if err != nil {
		return nil, err
	}
	addrs, err := f.lookUp(ctx, host)
	if err != nil {
		return nil, err
	}
	exempt := exempted(ctx, strings.ToLower(hostPort))
	for _, a := range addrs {
		if what := special(a); what != "" && !exempt {
			return nil, fmt.Errorf("%s %w (%s, %s); if it is meant, write \"private\" under the source (fetch: --private)", host, ErrPrivate, a, what)
		}
	}
	for _, a := range addrs {
		var conn net.Conn
		to, perr := netip.ParseAddrPort(net.JoinHostPort(a.String(), port))
		if perr != nil {
			return nil, ErrAddress
		}
		if conn, err = f.connect(ctx, to); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

func (f *Fetcher) lookUp(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a.Unmap()}, nil
	}
	addrs, err := f.opt.Resolver.LookupNetIP(ctx, "ip", host)
	if err == nil && len(addrs) == 0 {
		err = &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	}
	for i := range addrs {
		addrs[i] = addrs[i].Unmap()
	}
	return addrs, err
}

//go:embed data/special.tsv
var specialData string

// specials are the networks that are not public.
var specials = sync.OnceValue(func() map[netip.Prefix]string {
	out := map[netip.Prefix]string{}
	for line := range strings.Lines(specialData) {
		prefix, what, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(prefix, "#") {
			continue
		}
		what, _, _ = strings.Cut(what, "\t")
		out[netip.MustParsePrefix(prefix)] = what
	}
	return out
})

// special says what an address is that is not public, "" for one that is.
func special(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	for prefix, what := range specials() {
		if prefix.Contains(a) {
			return what
		}
	}
	if !a.IsGlobalUnicast() {
		return "no address of one host"
	}
	return ""
}

// Dial connects to a host and port, as net.Dialer does, where all addresses of
// the host are public; else its error is ErrPrivate. The address that is checked
// is the one that is dialled. It is for clients that do not get documents.
func Dial(ctx context.Context, network, hostPort string) (net.Conn, error) {
	f := &Fetcher{opt: Options{}.filled(), connect: dialTCP}
	return f.dial(ctx, network, hostPort)
}
