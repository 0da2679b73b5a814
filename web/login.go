package web

import (
	"errors"
	"net/http"
	"strings"

	"demarche/account"
)

// loginPage is what the login page shows.
type loginPage struct {
	Next, Name, Wrong string
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	if s.Accounts == nil {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	}
	return s.render(w, r, "login.html", page{Title: "Log in", Body: loginPage{Next: inside(r.URL.Query().Get("next"))}})
}

func (s *Server) logIn(w http.ResponseWriter, r *http.Request) error {
	if s.Accounts == nil {
		return problem(http.StatusNotFound, "there are no accounts to log in with")
	}
	if err := s.checkForm(r); err != nil {
		return err
	}
	name, next := clean(r.PostForm.Get("name")), inside(r.PostForm.Get("next"))
	secret, _, err := s.Accounts.Login(r.Context(), name, r.PostForm.Get("password"), s.remote(r))
	switch {
	case errors.Is(err, account.ErrDenied), errors.Is(err, account.ErrThrottled):
		s.Log.Warn("login refused", "name", name, "from", s.remote(r))
		w.WriteHeader(http.StatusForbidden)
		return s.render(w, r, "login.html", page{Title: "Log in", Body: loginPage{Next: next, Name: name, Wrong: err.Error()}})
	case err != nil:
		return err
	}
	s.setCookie(w, r, secret, int(account.SessionTime.Seconds()))
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

func (s *Server) logOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.checkForm(r); err != nil {
		return err
	}
	if c, err := r.Cookie(sessionCookie); err == nil && s.Accounts != nil {
		if err := s.Accounts.Logout(r.Context(), c.Value); err != nil {
			return err
		}
	}
	s.setCookie(w, r, "", -1)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}

func (s *Server) setCookie(w http.ResponseWriter, r *http.Request, secret string, seconds int) {
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: secret, Path: "/", MaxAge: seconds, HttpOnly: true,
		Secure: r.TLS != nil || s.Proxied, SameSite: http.SameSiteLaxMode})
}

// inside is an address of this server, "/" for any other.
func inside(address string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return "/"
	}
	return address
}
