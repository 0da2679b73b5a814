package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"demarche/account"
	"demarche/record"
	"demarche/web"
)

const password = "correct horse battery"

// withAccounts gives the site three accounts, one of each role.
func withAccounts(t testing.TB) (*account.Accounts, func(*web.Options)) {
	t.Helper()
	accounts, err := account.Open(t.TempDir()+"/accounts.db", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { accounts.Close() })
	for _, role := range account.Roles() {
		if err := accounts.Add(context.Background(), "the-"+string(role), password, role); err != nil {
			t.Fatal(err)
		}
	}
	return accounts, func(o *web.Options) { o.Accounts = accounts }
}

var csrfField = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

// token finds the token of a form in a page.
func token(t testing.TB, page string) string {
	t.Helper()
	m := csrfField.FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no form in the page: %.400s", page)
	}
	return m[1]
}

// person is a browser with cookies of its own that does not follow redirects.
func (s *site) person(t testing.TB) *site {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := *s.Client()
	client.Jar = jar
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &site{s.Server, s.desk, &client}
}

func (s *site) logIn(t testing.TB, name, password string) (int, http.Header) {
	t.Helper()
	_, page := s.get(t, "/login")
	r, err := http.NewRequest(http.MethodPost, s.URL+"/login", strings.NewReader(url.Values{"csrf": {token(t, page)}, "name": {name}, "password": {password}, "next": {"//evil.example/"}}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := s.browser().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode, resp.Header
}

func TestEveryPageIsInert(t *testing.T) {
	s := serveExamples(t)
	for _, shot := range s.pages(t) {
		status, body := s.get(t, shot.path)
		if want := map[string]int{"error": 404}[shot.name]; status != 200 && status != want {
			t.Errorf("%s: status %d", shot.path, status)
		}
		checkInert(t, shot.path, body)
	}
}

func TestHeaders(t *testing.T) {
	s := serveExamples(t)
	for _, path := range []string{"/", "/nowhere", "/static/none.css", "/documents/zz"} {
		resp, err := s.Client().Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		csp := resp.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") {
			t.Errorf("%s: policy %q", path, csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %s %q, want %q", path, name, got, want)
			}
		}
	}
}

func TestWithoutAccountsOnlyThisMachine(t *testing.T) {
	s := serveExamples(t)
	for host, want := range map[string]int{"localhost:8080": 200, "127.0.0.1": 200, "[::1]:80": 200, "evil.example": 403, "127.0.0.1.evil.example": 403, "192.168.1.2:8080": 403} {
		r, err := http.NewRequest(http.MethodGet, s.URL+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		if status, _ := do(t, s.Client(), r); status != want {
			t.Errorf("host %s: status %d, want %d", host, status, want)
		}
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	s := serveExamples(t)
	_, page := s.get(t, "/review")
	claim := regexp.MustCompile(`data-claim="([^"]+)"`).FindStringSubmatch(page)[1]
	form := url.Values{"claim": {claim}, "verdict": {"accept"}}
	if status, _ := s.fetch(t, http.MethodPost, "/review/decide", form); status != 403 {
		t.Errorf("without a token: status %d", status)
	}
	form.Set("csrf", token(t, page))
	r, err := http.NewRequest(http.MethodPost, s.URL+"/review/decide", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if status, _ := do(t, s.Client(), r); status != 403 {
		t.Errorf("from another site: status %d", status)
	}
	if st, err := s.desk.Stats(context.Background()); err != nil || st.Decisions != 0 {
		t.Errorf("%d decisions were recorded, %v", st.Decisions, err)
	}
	if status, _ := s.fetch(t, http.MethodPost, "/review/decide", form); status != 200 {
		t.Errorf("with a token: status %d", status)
	}
	got, err := s.desk.History(context.Background(), record.ClaimID(claim), record.Clocks{})
	if err != nil || len(got) != 1 || got[0].Who != localName() || got[0].Verdict != record.Accept {
		t.Errorf("decisions %+v, %v", got, err)
	}
}

func TestAccounts(t *testing.T) {
	_, change := withAccounts(t)
	s := serveExamples(t, change)
	p := s.person(t)
	for _, path := range []string{"/", "/documents/aa", "/review", "/pairs/KHM/RUS/note.docx"} {
		if status, _ := p.get(t, path); status != 303 {
			t.Errorf("%s without login: status %d", path, status)
		}
	}
	if status, _ := p.logIn(t, "the-reader", "wrong"); status != 403 {
		t.Errorf("wrong password: status %d", status)
	}
	status, header := p.logIn(t, "the-reader", password)
	if status != 303 || header.Get("Location") != "/" {
		t.Errorf("login: status %d to %q", status, header.Get("Location"))
	}
	if cookie := header.Get("Set-Cookie"); !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Errorf("cookie %q", cookie)
	}
	for path, want := range map[string]int{"/": 200, "/review": 403, "/review/merge": 403, "/requests": 200} {
		if status, _ := p.get(t, path); status != want {
			t.Errorf("a reader at %s: status %d, want %d", path, status, want)
		}
	}
	_, page := p.get(t, "/")
	if status, _ := p.fetch(t, http.MethodPost, "/review/decide", url.Values{"csrf": {token(t, page)}, "claim": {"00"}, "verdict": {"accept"}}); status != 403 {
		t.Errorf("a reader decides: status %d", status)
	}
	if status, _ := p.fetch(t, http.MethodPost, "/logout", url.Values{"csrf": {token(t, page)}}); status != 303 {
		t.Errorf("logout: status %d", status)
	}
	if status, _ := p.get(t, "/"); status != 303 {
		t.Errorf("after the logout: status %d", status)
	}
}

// A form of one session is refused in another.
func TestTokensAreOfASession(t *testing.T) {
	_, change := withAccounts(t)
	s := serveExamples(t, change)
	one, two := s.person(t), s.person(t)
	one.logIn(t, "the-reviewer", password)
	two.logIn(t, "the-administrator", password)
	_, page := one.get(t, "/review")
	form := url.Values{"csrf": {token(t, page)}, "claim": {regexp.MustCompile(`data-claim="([^"]+)"`).FindStringSubmatch(page)[1]}, "verdict": {"reject"}}
	if status, _ := two.fetch(t, http.MethodPost, "/review/decide", form); status != 403 {
		t.Errorf("with the form of another: status %d", status)
	}
	if status, _ := one.fetch(t, http.MethodPost, "/review/decide", form); status != 303 {
		t.Errorf("with its own form: status %d", status)
	}
}

func TestMounts(t *testing.T) {
	accounts, change := withAccounts(t)
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, ok := account.From(r.Context())
		n, err := io.Copy(io.Discard, r.Body)
		_, bounded := r.Context().Deadline()
		fmt.Fprint(w, who.Name, ok, n, err != nil, bounded)
	})
	s := serveExamples(t, change, func(o *web.Options) {
		o.Mounts = []web.Mount{{Prefix: "/v1/", Handler: echo, MaxBody: 100}, {Prefix: "/mcp/", Handler: echo, Needs: account.Reviewer, Timeout: -1}}
	})
	bearer, err := accounts.Token(context.Background(), "the-reader", "test", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path, token, body string
		status            int
		want              string
	}{
		{"/v1/x", "", "", 401, `"status":401`},
		{"/v1/x", "dmch_none", "", 401, ""},
		{"/v1/x", bearer, "12345", 200, "the-readertrue 5 false true"},
		{"/v1/x", bearer, strings.Repeat("x", 101), 200, "the-readertrue 100 true true"},
		{"/mcp/x", bearer, "", 403, "reviewer"},
		{"/", bearer, "", 200, "Today"},
	} {
		method := http.MethodPost
		if c.path == "/" {
			method = http.MethodGet
		}
		r, err := http.NewRequest(method, s.URL+c.path, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		if c.token != "" {
			r.Header.Set("Authorization", "Bearer "+c.token)
		}
		if status, body := do(t, s.Client(), r); status != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s with %q: status %d, %.200s", c.path, c.token, status, body)
		}
	}
}

func TestLargeFormsAreRefused(t *testing.T) {
	s := serveExamples(t)
	if status, _ := s.fetch(t, http.MethodPost, "/review/decide", url.Values{"why": {strings.Repeat("x", 2<<20)}}); status != 413 {
		t.Errorf("a form of 2 MB: status %d", status)
	}
}

// The permanent address gives the same page after the record has grown and
// decisions were taken.
func TestPermanentAddress(t *testing.T) {
	s := serveExamples(t)
	link := regexp.MustCompile(`class="permanent" href="([^"]+)"`)
	pages := map[string]string{}
	for _, path := range []string{"/pairs/KHM/RUS?on=2020-10-14", "/bodies/SCO", "/polities/KHM", "/requests", "/conflicts", "/search?name=KHM", "/", "/claims/" + string(s.anyClaim(t).ID)} {
		_, body := s.get(t, path)
		m := link.FindStringSubmatch(body)
		if m == nil {
			t.Fatalf("%s has no permanent address", path)
		}
		address := strings.TrimPrefix(strings.ReplaceAll(m[1], "&amp;", "&"), s.URL)
		for _, clock := range []string{"on=", "published-by=", "known-by="} {
			if !strings.Contains(address, clock) {
				t.Errorf("%s: %s lacks %s", path, address, clock)
			}
		}
		_, pages[address] = s.get(t, address)
	}
	readInto(t, s.desk, write(t, "new.txt", "---\ntitle: New\npublisher: The Strelsau Times\ndate: 2020-10-12\n---\nCambodia asked Russia for aid on 12 October 2020. Russia refused.\n"))
	form := url.Values{"claim": {string(s.anyClaim(t).ID)}, "verdict": {"reject"}}
	_, page := s.get(t, "/review")
	form.Set("csrf", token(t, page))
	if status, _ := s.fetch(t, http.MethodPost, "/review/decide", form); status != 200 {
		t.Fatalf("status %d", status)
	}
	waiting := regexp.MustCompile(`(?s)<section><h2>Waits for review</h2>.*?</section>`) // what waits is always of now
	for address, before := range pages {
		_, after := s.get(t, address)
		if waiting.ReplaceAllString(after, "") != waiting.ReplaceAllString(before, "") {
			t.Errorf("%s changed", address)
		}
	}
}
