package web_test

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// browser starts a headless Chromium for a test, or skips it where there is
// none.
func browser(t testing.TB) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("the browser is not started in short tests")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no chromium here; apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-dev-shm-usage", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Skipf("chromium does not start here: %v", err)
	}
	ctx, timeout := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(timeout)
	return ctx
}

// look makes the browser light or dark, and as wide as that.
func look(t testing.TB, ctx context.Context, scheme string, width int64) {
	t.Helper()
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	if err == nil {
		err = chromedp.Do(ctx, chromedp.EmulateViewport(width, 900))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestScreenshots takes pictures of the pages in DEMARCHE_SHOTS, to be looked at.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("DEMARCHE_SHOTS")
	if dir == "" {
		t.Skip("no folder DEMARCHE_SHOTS to put pictures into")
	}
	site := serveExamples(t)
	ctx := browser(t)
	for _, shot := range site.pages(t) {
		for _, scheme := range []string{"light", "dark"} {
			for width, name := range map[int64]string{1280: "wide", 390: "narrow"} {
				look(t, ctx, scheme, width)
				if err := chromedp.Do(ctx, chromedp.Navigate(site.URL+shot.path), chromedp.WaitReady(chromedp.CSS("main"))); err != nil {
					t.Fatalf("%s: %v", shot.path, err)
				}
				png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
				if err != nil {
					t.Fatalf("%s: %v", shot.path, err)
				}
				if err := os.WriteFile(dir+"/"+shot.name+"-"+scheme+"-"+name+".png", png, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
