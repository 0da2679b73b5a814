package main

import (
	"context"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// A client starts the command as the user's settings name it, asks and closes;
// the command then ends by itself.
func TestMCPOverStdio(t *testing.T) {
	record := filepath.Join(t.TempDir(), "r.db")
	read := exec.Command("demarche", "--record", record, "read", "../../examples/2015-07-ufa-summit.txt")
	if out, err := read.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.Command("demarche", "--record", record, "mcp")
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, &sdk.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := session.CallTool(ctx, &sdk.CallToolParams{Name: "ask", Arguments: map[string]any{"question": "members", "a": "SCO", "on": "2016"}})
	if err != nil || res.IsError {
		t.Fatalf("%v %+v", err, res)
	}
	b, err := json.Marshal(res.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), "Ural Evening News") || !strings.Contains(string(b), `"quote":"`) {
		t.Errorf("members without quotation and citation: %s", b)
	}
	if err := session.Close(); err != nil {
		t.Errorf("closing: %v", err)
	}
	if !cmd.ProcessState.Success() {
		t.Errorf("the command ended with %v", cmd.ProcessState)
	}
}
