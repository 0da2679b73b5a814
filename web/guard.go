package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"demarche"
	"demarche/account"
)

// What a request may take where its mount says nothing else.
const (
	mostBody    = 1 << 20
	longestTime = 30 * time.Second
)

const sessionCookie = "demarche_session"

// guard is what every request passes before it reaches a page or a mount.
func (s *Server) guard(next http.Handler) http.Handler {
	crossOrigin := http.NewCrossOriginProtection()
	crossOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, problem(http.StatusForbidden, "the request comes from another site; open the form here and send it again"))
	}))
	return s.recovered(secured(s.hosts(crossOrigin.Handler(next))))
}

// recovered turns a panic into an error page and a line in the log.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.Log.Error("panic", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
			s.fail(w, r, problem(http.StatusInternalServerError, "a fault of the program; it is in the server's log"))
		}()
		next.ServeHTTP(w, r)
	})
}

// policy lets a page load its own style sheet and script and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// secured sets the headers that bound what a browser does with an answer.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "private, no-cache")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// hosts refuses other names than those of loopback where there are no accounts:
// a page of another site must not reach the record by naming its own host so
// that it resolves to this machine.
func (s *Server) hosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.Accounts == nil && !Loopback(r.Host) {
			s.fail(w, r, problem(http.StatusForbidden, "without accounts the record is served to this machine alone, by the name localhost or 127.0.0.1"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Loopback reports whether an address, with or without port, is of this machine
// alone.
func Loopback(address string) bool {
	host := address
	if h, _, err := net.SplitHostPort(address); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// limited bounds the time and the body of a request.
func limited(next http.Handler, body int64, timeout time.Duration) http.Handler {
	if body == 0 {
		body = mostBody
	}
	if timeout == 0 {
		timeout = longestTime
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, body)
		if timeout < 0 {
			next.ServeHTTP(w, r)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), timeout)
		defer cancel()
		// The connection's deadlines come a little later, so that a page can say
		// that it took too long. A writer that has none is one of a test.
		rc := http.NewResponseController(w)
		if err := errors.Join(rc.SetReadDeadline(time.Now().Add(timeout)), rc.SetWriteDeadline(time.Now().Add(timeout+5*time.Second))); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// authenticated lets through who has the role, and asks others to log in.
func (s *Server) authenticated(next http.Handler, needs account.Role, program bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := s.who(r)
		switch {
		case errors.Is(err, account.ErrDenied) && !program && r.Header.Get("Authorization") == "" && r.Method == http.MethodGet:
			http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		case errors.Is(err, account.ErrDenied):
			w.Header().Set("WWW-Authenticate", `Bearer realm="demarche"`)
			s.fail(w, r, problem(http.StatusUnauthorized, "log in, or send a valid token as Authorization: Bearer; demarche user token makes one"))
		case err != nil:
			s.fail(w, r, err)
		case !who.Role.May(needs):
			s.fail(w, r, problem(http.StatusForbidden, "this needs the role "+string(needs)+", and "+who.Name+" is a "+string(who.Role)))
		default:
			next.ServeHTTP(w, r.WithContext(account.With(r.Context(), who)))
		}
	})
}

// who asks: by bearer token, else by session; the local user where there are no
// accounts.
func (s *Server) who(r *http.Request) (account.Account, error) {
	if s.Accounts == nil {
		return s.Local, nil
	}
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return s.Accounts.ByToken(r.Context(), strings.TrimSpace(token))
	}
	if _, token, ok := r.BasicAuth(); ok { // a reader of feeds knows names and passwords alone: the token is the password
		return s.Accounts.ByToken(r.Context(), token)
	}
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return account.Account{}, account.ErrDenied
	}
	return s.Accounts.BySession(r.Context(), c.Value)
}

// remote is the address that asks.
func (s *Server) remote(r *http.Request) string {
	if s.Proxied { // the last is what the proxy itself saw
		all := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if last := strings.TrimSpace(all[len(all)-1]); last != "" {
			return last
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func randomKey() []byte {
	key := make([]byte, 32)
	rand.Read(key)
	return key
}

// csrf is the token that a form of this session carries.
func (s *Server) csrf(r *http.Request) string {
	key := s.csrfKey
	if c, err := r.Cookie(sessionCookie); err == nil && s.Accounts != nil {
		key = append([]byte(c.Value), s.csrfKey...)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("form"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// checkForm reads a form and refuses one that this session was not given.
func (s *Server) checkForm(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return problem(http.StatusRequestEntityTooLarge, "the form is larger than a form can be")
		}
		return &demarche.Error{Op: "form", Kind: demarche.Usage, Err: err}
	}
	if !hmac.Equal([]byte(r.PostForm.Get("csrf")), []byte(s.csrf(r))) {
		return problem(http.StatusForbidden, "the form is of an earlier session; go back, load the page again and send it once more")
	}
	return nil
}
