package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// demarche runs the command and gives its standard output.
func demarcheOutput(t *testing.T, args ...string) string {
	t.Helper()
	var out, said bytes.Buffer
	cmd := exec.Command("demarche", args...)
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("demarche %v: %v: %s", args, err, said.String())
	}
	return out.String()
}

// A served record is killed in the midst of a delivery, as kill -9 does; the next
// process delivers the same message, and all that was recorded.
func TestHookSurvivesKill(t *testing.T) {
	if testing.Short() {
		t.Skip("a killed process holds its hook for 20 seconds")
	}
	record := filepath.Join(t.TempDir(), "r.db")
	demarcheOutput(t, "--record", record, "read", "../../examples/2015-07-ufa-summit.txt")
	arrived, hang := make(chan string, 100), atomic.Bool{}
	hang.Store(true)
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		arrived <- r.Header.Get("webhook-id") + " " + string(body)
		if hang.Load() {
			<-r.Context().Done()
		}
	}))
	defer receiver.Close()
	demarcheOutput(t, "--record", record, "hook", "add", receiver.URL, "--private", "--from-start")

	serve := func() *exec.Cmd {
		cmd := exec.Command("demarche", "--record", record, "serve", "--listen", "127.0.0.1:0")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	first := serve()
	before := receive(t, arrived)
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	hang.Store(false)
	second := serve()
	defer func() { _ = second.Process.Kill(); _ = second.Wait() }()
	after := receive(t, arrived)
	if after != before {
		t.Errorf("sent %.200s, and after the kill %.200s", before, after)
	}
	demarcheOutput(t, "--record", record, "read", "../../examples/2016-05-sixty-years.md")
	if more := receive(t, arrived); !strings.Contains(strings.ToLower(more), "sixty") {
		t.Errorf("what was read since did not come: %.300s", more)
	}
}

func receive(t *testing.T, arrived chan string) string {
	t.Helper()
	select {
	case m := <-arrived:
		return m
	case <-time.After(90 * time.Second):
		t.Fatal("nothing arrived")
		return ""
	}
}

// A hook is added, sends without a server, is listed and taken away.
func TestHookVerbs(t *testing.T) {
	record := filepath.Join(t.TempDir(), "r.db")
	demarcheOutput(t, "--record", record, "read", "../../examples/2015-07-ufa-summit.txt")
	got := make(chan []byte, 1)
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- body
	}))
	defer receiver.Close()
	var added struct{ ID, Secret string }
	if err := json.Unmarshal([]byte(demarcheOutput(t, "--json", "--record", record, "hook", "add", receiver.URL, "--private", "--from-start", "--only", "document")), &added); err != nil {
		t.Fatal(err)
	}
	demarcheOutput(t, "--record", record, "hook", "send")
	if body := <-got; !bytes.Contains(body, []byte("Ural Evening News")) || bytes.Contains(body, []byte(`"claim"`)) {
		t.Errorf("sent %s", body)
	}
	if listed := demarcheOutput(t, "--record", record, "hook", "list"); !strings.Contains(listed, added.ID) || !strings.Contains(listed, "1 message taken") || strings.Contains(listed, added.Secret) {
		t.Errorf("listed: %s", listed)
	}
	demarcheOutput(t, "--record", record, "hook", "remove", added.ID)
	if err := exec.Command("demarche", "--record", record, "hook", "add", "http://example.org/").Run(); err == nil {
		t.Error("http to a public address was taken")
	}
}
