package web_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"demarche/record"
	"demarche/store"
	"demarche/web"
)

// While documents come in nobody waits for a page that was made before: it is
// given as it was and made anew behind; one that nobody asked for a while is
// made at once.
func TestPageIsMadeBehind(t *testing.T) {
	desk, alm, st := newDesk(t)
	var clock atomic.Int64
	clock.Store(time.Now().Unix())
	s := serve(t, desk, alm, func(o *web.Options) { o.Now = func() time.Time { return time.Unix(clock.Load(), 0) } })
	add := func(title string) {
		t.Helper()
		d := record.Document{Publisher: "Harbour Post", Title: title, Published: record.On(record.DayOf(2021, 3, 1)), Text: title}
		if _, err := st.Append(context.Background(), store.Batch{Document: d}); err != nil {
			t.Fatal(err)
		}
		s.get(t, "/?of="+d.Title[4:9]) // an address of its own, so that it is made and follows the logs
	}
	shows := func(title string) bool {
		t.Helper()
		_, body := s.get(t, "/documents")
		return strings.Contains(body, title)
	}
	add("The first item")
	if !shows("The first item") {
		t.Fatal("the first document is not listed")
	}
	add("The second item")
	if shows("The second item") {
		t.Error("a fresh page was made anew")
	}
	clock.Add(11)
	if shows("The second item") {
		t.Error("who asked waited for the page to be made anew")
	}
	for end := time.Now().Add(10 * time.Second); !shows("The second item"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the page was not made anew behind")
		}
	}
	add("The third item")
	clock.Add(61)
	if !shows("The third item") {
		t.Error("a page that nobody asked for over a minute was given as it was")
	}
}
