package web_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"demarche"
	"demarche/proposal"
	"demarche/record"
)

// desktop is a browser at a page of the site, with short words for what a user
// does.
type desktop struct {
	t   *testing.T
	ctx context.Context
	url string
}

func open(t *testing.T, s *site, path string) desktop {
	t.Helper()
	d := desktop{t, browser(t), s.URL}
	d.quiet()
	d.open(path)
	return d
}

// quiet fails the test where a page writes to the console: a refused script or
// style does.
func (d desktop) quiet() {
	messages := chromedp.Console(d.ctx)
	done := make(chan struct{})
	ctx, stop := context.WithCancel(d.ctx)
	go func() {
		defer close(done)
		for m := range messages {
			if ctx.Err() != nil {
				return
			}
			if !strings.Contains(m.Text, "favicon") {
				d.t.Errorf("console: %s", m.Text)
			}
		}
	}()
	d.t.Cleanup(func() { stop(); chromedp.Cancel(d.ctx); <-done })
}

func (d desktop) do(steps ...chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		d.t.Fatal(err)
	}
}

func (d desktop) open(path string) {
	d.t.Helper()
	d.do(chromedp.Navigate(d.url+path), chromedp.WaitReady(chromedp.CSS("main")))
}

func (d desktop) js(expression string) string {
	d.t.Helper()
	got, err := chromedp.Run(d.ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		d.t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// until waits for an expression to be true.
func (d desktop) until(expression string) {
	d.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		got, err := chromedp.Run(d.ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && Boolean("+expression+")"))
		if err == nil && got {
			return
		}
		if time.Now().After(end) {
			d.t.Fatalf("%s does not become true at %s (%v)", expression, d.js("location.href"), err)
		}
	}
}

func TestMarkLeadsToItsSentence(t *testing.T) {
	s := serveExamples(t)
	d := open(t, s, "/pairs/KHM/RUS?on=2020-10-14")
	if n := d.js(`document.querySelectorAll(".picture a.mark, .picture a.bar").length`); n == "0" {
		t.Fatal("the picture has no marks")
	}
	d.js(`document.querySelector(".picture a.mark.begin[href*='/documents/']").focus()`)
	d.do(chromedp.KeyEvent("\r"))
	d.until(`document.querySelector("mark:target")`)
	if got := d.js(`document.querySelector("mark:target").textContent`); got == "" {
		t.Error("the mark is empty")
	}
	if got := d.js(`(r => r.top >= 0 && r.bottom <= innerHeight)(document.querySelector("mark:target").getBoundingClientRect())`); got != "true" {
		t.Error("the marked sentence is not on the screen")
	}
	if d.js(`document.querySelector(".beside .chosen") !== null`) != "true" {
		t.Error("its claim is not marked beside it")
	}
}

// Every bar, mark, footnote and source of the dossier leads to a marked
// sentence.
func TestEveryCitationLands(t *testing.T) {
	s := serveExamples(t)
	d := open(t, s, "/pairs/KHM/RUS?on=2020-10-14")
	var hrefs []string
	if err := json.Unmarshal([]byte(d.js(`JSON.stringify([...new Set([...document.querySelectorAll("main a[href*='/documents/']")].map(a => a.getAttribute("href")))])`)), &hrefs); err != nil {
		t.Fatal(err)
	}
	if len(hrefs) < 20 {
		t.Fatalf("%d citations", len(hrefs))
	}
	for _, href := range hrefs {
		path, anchor, _ := strings.Cut(href, "#")
		if status, body := s.get(t, path); status != 200 || anchor == "" || !strings.Contains(body, `id="`+anchor+`"`) {
			t.Errorf("%s: status %d, and no such anchor", href, status)
		}
	}
}

func TestReviewByKeyboard(t *testing.T) {
	s := serveExamples(t)
	d := open(t, s, "/review")
	claim := func() string { return d.js(`document.getElementById("claim").dataset.claim`) }
	press := func(key string) string {
		before := claim()
		d.do(chromedp.KeyEvent(key))
		d.until(`document.getElementById("claim").dataset.claim !== "` + before + `"`)
		return before
	}
	accepted, rejected := press("a"), press("r")
	skipped := press("n")
	accepted2 := press("a")
	d.do(chromedp.KeyEvent("u"))
	d.until(`document.getElementById("claim").dataset.claim === "` + accepted2 + `"`)
	for id, want := range map[string]struct {
		verdict record.Verdict
		undone  bool
		n       int
	}{accepted: {record.Accept, false, 1}, rejected: {record.RejectClaim, false, 1}, accepted2: {record.Accept, true, 2}, skipped: {"", false, 0}} {
		got, err := s.desk.History(context.Background(), record.ClaimID(id), record.Clocks{})
		if err != nil || len(got) != want.n {
			t.Errorf("claim %s: %+v, %v; want %d decisions", id, got, err, want.n)
			continue
		}
		if want.n > 0 && (got[0].Verdict != want.verdict || got[0].Undone != want.undone || got[0].Who != localName() || got[0].Why == "") {
			t.Errorf("claim %s: %+v, want %+v", id, got[0], want)
		}
	}
	// Keys that are turned off do nothing.
	d.do(chromedp.Click(chromedp.CSS("#keys")), chromedp.KeyEvent("r"))
	time.Sleep(300 * time.Millisecond)
	if claim() != accepted2 {
		t.Error("a key acted though keys are turned off")
	}
	d.do(chromedp.Click(chromedp.CSS("#keys")))
	d.js(`document.activeElement.blur()`)
	// Correct by keyboard: the form opens with the focus in it, and a letter
	// written there is no key.
	d.do(chromedp.KeyEvent("c"))
	d.until(`document.querySelector("details.correct").open && document.activeElement.id === "kind"`)
	d.js(`document.getElementById("when").focus(), document.getElementById("when").value = ""`)
	d.do(chromedp.SendKeys(chromedp.CSS("#when"), "1999-05"), chromedp.KeyEvent("\r"))
	d.until(`document.getElementById("claim").dataset.claim !== "` + accepted2 + `"`)
	got, err := s.desk.ByName(context.Background(), []record.ClaimID{record.ClaimID(accepted2)}, record.Clocks{})
	if err != nil || len(got) != 1 || !got[0].Corrected || got[0].When != record.Month(1999, 5) {
		t.Errorf("after the correction: %+v, %v", got, err)
	}
}

// By keys the first proposal on a claim is adopted or declined, and the names of a
// person are merged.
func TestProposalsAndNamesByKeyboard(t *testing.T) {
	s, kept := serveProposals(t)
	ctx := context.Background()
	got, err := s.desk.Claims(ctx, demarche.Filter{Kinds: []string{"membership"}, Names: []string{"Cambodia", "SCO"}}, record.Clocks{})
	if err != nil || len(got.Found) == 0 {
		t.Fatal(err)
	}
	id := string(got.Found[0].ID)
	for _, tier := range []string{"guest", "observer"} {
		if _, err := kept.Add(ctx, demarche.Ruling{Claim: id, Verdict: "correct", Set: map[string]string{"tier": tier}, Who: "tier checker", Why: "the list says " + tier}); err != nil {
			t.Fatal(err)
		}
	}
	d := open(t, s, "/review?claim="+id)
	const proposals = `document.querySelectorAll("button[value=adopt]").length`
	if n := d.js(proposals); n != "2" {
		t.Fatalf("%s proposals stand beside the claim, want 2", n)
	}
	tier := func() string {
		t.Helper()
		now, err := s.desk.ByName(ctx, []record.ClaimID{record.ClaimID(id)}, record.Clocks{})
		if err != nil || len(now) != 1 {
			t.Fatal(now, err)
		}
		return now[0].Roles.One(record.RoleTier)
	}
	was := tier()
	first := d.js(`document.querySelector("[data-key=x]").closest("form").textContent.includes("guest") ? "guest" : "observer"`)
	d.do(chromedp.KeyEvent("x"))
	d.until(proposals + ` === 1`)
	if now := tier(); now != was {
		t.Errorf("declined, it changed the tier from %q to %q", was, now)
	}
	d.do(chromedp.KeyEvent("y"))
	d.until(proposals + ` === 0`)
	if now, want := tier(), map[string]string{"guest": "observer", "observer": "guest"}[first]; now != want {
		t.Errorf("after %q was declined and the other adopted the tier is %q, want %q", first, now, want)
	}
	for state, want := range map[proposal.State]int{proposal.Waiting: 0, proposal.Adopted: 1, proposal.Declined: 1} {
		if list, err := kept.List(ctx, state); err != nil || len(list) != want {
			t.Errorf("%d proposals are %s, want %d; %v", len(list), state, want, err)
		}
	}
	offices, err := s.desk.Claims(ctx, demarche.Filter{Kinds: []string{"office"}}, record.Clocks{})
	if err != nil || len(offices.Found) == 0 {
		t.Fatal(err)
	}
	held := offices.Found[0]
	d.open("/review?claim=" + string(held.ID))
	d.do(chromedp.KeyEvent("m"))
	d.until(`location.pathname === "/review/merge"`)
	if name, want := d.js(`document.querySelector("[name=name]").value`), held.Roles.One(record.RoleHolder); name != want {
		t.Errorf("the form merges %q, want %q", name, want)
	}
	if claim := d.js(`document.querySelector("[name=claim]").value`); claim != string(held.ID) {
		t.Errorf("the form leads back to %s, want %s", claim, held.ID)
	}
}

func TestSlider(t *testing.T) {
	s := serveExamples(t)
	d := open(t, s, "/bodies/SCO?on=2020-10-14")
	const members = `document.querySelector("#membership .tier h2").textContent`
	if got := d.js(members); got != "Member 8" {
		t.Fatalf("in 2020: %q", got)
	}
	d.js(`document.getElementById("month").focus(), document.getElementById("month").value = 2016 * 12`)
	d.do(chromedp.KeyEvent(kb.ArrowLeft)) // December 2015
	d.until(`location.search.includes("on=2015-12-31")`)
	if got := d.js(members); got != "Member 6" { // before India and Pakistan
		t.Errorf("in 2015: %q", got)
	}
	if got := d.js(`document.activeElement.id`); got != "month" {
		t.Errorf("the slider lost the focus to %q", got)
	}
	if got := d.js(`document.querySelector(".clocks").textContent`); !strings.Contains(got, "31 December 2015") {
		t.Errorf("the page says %q", got)
	}
	// Without a script the form leads to the same page.
	if status, body := s.get(t, "/bodies/SCO?month="+d.js("2015 * 12 + 11")); status != 200 || !strings.Contains(body, "31 December 2015") {
		t.Errorf("the form: status %d", status)
	}
}

func TestSearchAndPrint(t *testing.T) {
	s := serveExamples(t)
	d := open(t, s, "/")
	d.do(chromedp.KeyEvent("/"), chromedp.SendKeys(chromedp.CSS("#find"), "observer"), chromedp.KeyEvent("\r"))
	d.until(`location.pathname === "/search" && document.querySelector(".hit")`)
	d.do(chromedp.Click(chromedp.CSS(".hit h2 a")))
	d.until(`document.querySelector("mark:target")`)
	if got := d.js(`document.querySelector("mark:target").closest(".reading").textContent.includes("observer")`); got != "true" {
		t.Error("the passage that was found is not the one that is marked")
	}
	d.open("/pairs/KHM/RUS?on=2020-10-14")
	pdf, err := chromedp.Run(d.ctx, chromedp.PrintToPDF())
	if err != nil || len(pdf) < 10_000 || string(pdf[:5]) != "%PDF-" {
		t.Errorf("printed %d bytes, %v", len(pdf), err)
	}
	if dir := os.Getenv("DEMARCHE_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "pair.pdf"), pdf, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// axeScript is axe.min.js of the npm package axe-core: DEMARCHE_AXE names it, or
// it lies under node_modules.
func axeScript(t *testing.T) string {
	t.Helper()
	for _, path := range []string{os.Getenv("DEMARCHE_AXE"), "../node_modules/axe-core/axe.min.js"} {
		if script, err := os.ReadFile(path); err == nil {
			return string(script)
		}
	}
	t.Skip("no axe-core here: npm install axe-core, or name axe.min.js by DEMARCHE_AXE")
	return ""
}

// No page has a serious finding of axe-core, light or dark, wide or narrow.
func TestAccessible(t *testing.T) {
	script := axeScript(t)
	s := serveExamples(t)
	d := open(t, s, "/")
	for _, shot := range s.pages(t) {
		for scheme, width := range map[string]int64{"light": 1280, "dark": 390} {
			look(t, d.ctx, scheme, width)
			if shot.name == "error" {
				continue // the browser itself writes a 404 to the console
			}
			d.open(shot.path)
			if _, err := chromedp.Run(d.ctx, chromedp.Evaluate[chromedp.Void](script)); err != nil {
				t.Fatal(err)
			}
			found, err := chromedp.Run(d.ctx, chromedp.Evaluate[string](`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r =>
				r.violations.map(v => v.impact + " " + v.id + ": " + v.help + "\n   " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " — " + n.failureSummary.split("\n").slice(1, 3).join(" ")).join("\n   ")).join("\n"))`, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			if found != "" {
				t.Errorf("%s, %s, %d wide:\n%s", shot.path, scheme, width, found)
			}
		}
	}
}
