// Command demarche reads diplomatic news and keeps the record: who asked whom
// for what, who belongs to which organisation, who has relations with whom, who
// owes whom, who holds which office; dated, attributed and cited to the
// sentence. Data goes to standard output, progress and warnings to standard
// error.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"demarche"
	"demarche/brief"
)

// command is the grammar: one field a verb, one file a verb.
type command struct {
	Record string `env:"DEMARCHE_RECORD" placeholder:"FILE" help:"The record: a file, or postgres://USER@HOST/DATABASE; by default a file in your data folder."`
	JSON   bool   `name:"json" help:"Print JSON for programs instead of text for people."`

	Read   readCmd   `cmd:"" group:"read" help:"Read documents into the record."`
	Fetch  fetchCmd  `cmd:"" group:"read" help:"Read pages and feeds of the web into the record."`
	Watch  watchCmd  `cmd:"" group:"read" help:"Follow a list of feeds, pages and folders, and record what is new."`
	Reread rereadCmd `cmd:"" group:"read" help:"Read the whole record again with this program's reader; tells what is new and what is no longer found."`
	Worker workerCmd `cmd:"" group:"read" help:"Read documents that wait in a record in PostgreSQL (read --later)."`
	Jobs   jobsCmd   `cmd:"" group:"read" help:"What waits to be read, and what failed too often."`
	Brief  briefCmd  `cmd:"" group:"read" help:"A briefing note on two states, every line footnoted."`

	Members       membersCmd       `cmd:"" group:"ask" help:"Who belongs to a body, by tier."`
	Memberships   membershipsCmd   `cmd:"" group:"ask" help:"The bodies that a polity belongs to."`
	Relations     relationsCmd     `cmd:"" group:"ask" help:"Relations of a polity: established, cut, resumed, and who says so."`
	Requests      requestsCmd      `cmd:"" group:"ask" help:"Requests, their age and what came of them."`
	Debts         debtsCmd         `cmd:"" group:"ask" help:"Debts and what became of them."`
	Offices       officesCmd       `cmd:"" group:"ask" help:"Who holds which office for a polity or body, or what a person holds."`
	Timeline      timelineCmd      `cmd:"" group:"ask" help:"Everything about a polity, or between two, in order."`
	Anniversaries anniversariesCmd `cmd:"" group:"ask" help:"Round anniversaries between two polities in a year."`
	Conflicts     conflictsCmd     `cmd:"" group:"ask" help:"Where sources disagree."`
	Claims        claimsCmd        `cmd:"" group:"ask" help:"The claims on record, filtered."`
	Show          showCmd          `cmd:"" group:"ask" help:"One claim: its sentence in context, chain, frame, confidence."`
	Editions      editionsCmd      `cmd:"" group:"ask" help:"The editions of an article, what changed, and which claims lost their sentence."`
	Compare       compareCmd       `cmd:"" group:"ask" help:"Two documents, or the accounts of a meeting, side by side: what both say, what one says, what is contradicted."`
	Decide        decideCmd        `cmd:"" group:"ask" help:"Accept, reject, prefer or correct a claim. Adds a decision; overwrites nothing."`
	Proposals     proposalsCmd     `cmd:"" group:"ask" help:"What programs and readers propose to decide; adopt or decline it."`

	Serve serveCmd `cmd:"" group:"serve" help:"Serve the record to browsers and programs."`
	MCP   mcpCmd   `cmd:"" name:"mcp" group:"serve" help:"Answer a language-model client on standard input and output."`
	Hook  hookCmd  `cmd:"" group:"serve" help:"Webhooks: who is told of what the record learns."`
	User  userCmd  `cmd:"" group:"serve" help:"Accounts of a served record."`

	Export exportCmd `cmd:"" group:"keep" help:"Write the whole record as one checksummed stream of JSON lines: a backup, or the way to another store. Accounts, hooks and proposals lie in files beside the record."`
	Import importCmd `cmd:"" group:"keep" help:"Add what export wrote to the record, with its record times; nothing is added twice."`
	Check  checkCmd  `cmd:"" group:"keep" help:"Verify every document, claim, decision and citation on record."`

	Almanac almanacCmd `cmd:"" group:"tool" help:"What a name means, and when."`
	Parse   parseCmd   `cmd:"" group:"tool" help:"Print the tags and trees of a text as CoNLL-U."`
	Explain explainCmd `cmd:"" group:"tool" help:"Why each sentence of a text gave the claims that it gave."`
	Score   scoreCmd   `cmd:"" group:"tool" help:"Compare two folders of claims in the gold layout."`
	Version versionCmd `cmd:"" group:"tool" help:"Print the versions of program and reader."`
}

func main() { os.Exit(run()) }

// run is main with an exit code, for tests that run the command in a script.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{ctx: ctx, in: os.Stdin, out: &output{w: os.Stdout}, warn: os.Stderr, getenv: os.Getenv}
	err := a.main(os.Args[1:])
	if err != nil && !errors.Is(err, errShown) {
		fmt.Fprintf(a.warn, "demarche: %s\n", brief.Plain(err.Error()))
	}
	return exitCode(err)
}

// main parses the arguments and runs the verb.
func (a *app) main(args []string) error {
	var c command
	parser, err := kong.New(&c, kong.Name("demarche"),
		kong.Description("Read diplomatic news and keep the record.\n\nNames may be in any form: Cambodia, KHM, \"Phnom Penh\". Dates are EDTF: 2020-10-14, 2019-11, 1956, 1975-04-17/1979-01-07.\n\n"+exitHelp),
		kong.ExplicitGroups([]kong.Group{{Key: "read", Title: "Read and brief:"}, {Key: "ask", Title: "Ask the record:"}, {Key: "serve", Title: "Serve:"}, {Key: "keep", Title: "Keep the record:"}, {Key: "tool", Title: "Tools:"}}),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Writers(a.out, a.warn), kong.Bind(a))
	if err != nil {
		return err
	}
	k, err := parser.Parse(args)
	if err != nil {
		return &demarche.Error{Kind: demarche.Usage, Err: fmt.Errorf("%w; see demarche --help", err)}
	}
	a.record, a.json = c.Record, c.JSON
	err = k.Run(a)
	if failed := a.close(); a.out.err != nil {
		return failed // whatever else went wrong follows from that
	} else if err == nil {
		err = failed
	}
	return err
}

// output is standard output with its first failure kept, so that a full disk or
// a closed pipe under a redirection is told.
type output struct {
	w   io.Writer
	err error
}

// Write writes through to the underlying writer.
func (o *output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}
