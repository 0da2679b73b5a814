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
	var answer struct {
		Findings []struct{ Evidence []struct{ Claim string } }
	}
	if err := json.Unmarshal(b, &answer); err != nil || len(answer.Findings) == 0 {
		t.Fatalf("%v: %s", err, b)
	}
	claim := answer.Findings[0].Evidence[0].Claim
	res, err = session.CallTool(ctx, &sdk.CallToolParams{Name: "propose", Arguments: map[string]any{"claim": claim, "verdict": "reject", "why": "the sentence is of another body"}})
	if err != nil || res.IsError {
		t.Fatalf("%v %+v", err, res)
	}
	if err := session.Close(); err != nil {
		t.Errorf("closing: %v", err)
	}
	if !cmd.ProcessState.Success() {
		t.Errorf("the command ended with %v", cmd.ProcessState)
	}
	adoptProposal(t, record, claim)
}

// adoptProposal finds the proposal that waits, and makes it the reviewer's
// decision.
func adoptProposal(t *testing.T, record, claim string) {
	t.Helper()
	var waiting []struct{ ID, Claim, Who string }
	if err := json.Unmarshal([]byte(demarcheOutput(t, "--json", "--record", record, "proposals")), &waiting); err != nil || len(waiting) != 1 || waiting[0].Claim != claim || !strings.HasPrefix(waiting[0].Who, "a program of ") {
		t.Fatalf("%+v (%v)", waiting, err)
	}
	if out := demarcheOutput(t, "--record", record, "claims"); !strings.Contains(out, claim[:8]) {
		t.Errorf("a proposal took the claim away: %s", out)
	}
	demarcheOutput(t, "--record", record, "proposals", "--adopt", waiting[0].ID, "--who", "vera")
	if out := demarcheOutput(t, "--record", record, "claims"); strings.Contains(out, claim[:8]) {
		t.Errorf("the rejected claim stands: %s", out)
	}
	if out := demarcheOutput(t, "--record", record, "proposals"); !strings.Contains(out, "no proposal waits") {
		t.Errorf("proposals: %s", out)
	}
}
