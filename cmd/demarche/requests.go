package main

import (
	"fmt"

	"demarche/brief"
	"demarche/record"
)

// requestsCmd asks for requests and what came of them.
type requestsCmd struct {
	From string `placeholder:"NAME" help:"Who asked."`
	To   string `placeholder:"NAME" help:"Who was asked."`
	Open bool   `help:"Only those of which something is still to be expected."`
	clockFlags
}

// Run asks and prints each request with its answers.
func (c *requestsCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Requests(a.ctx, c.From, c.To, c.Open, clocks)
	if err != nil {
		return err
	}
	on := ans.Clocks.On.Latest
	return show(a, d, "requests", ans,
		func(e encoder) func(*record.Thread) threadJSON { return e.thread(on) },
		func(t teller, found []*record.Thread) { t.threads(found, on) })
}

// threads prints requests, each with its answers below it.
func (t teller) threads(found []*record.Thread, on record.Day) {
	for _, th := range found {
		fmt.Fprintf(t.w, "%s  %s  asked %s%s\n", short(th.Request), th.Status, edtf(th.Asked), age(th, on))
		fmt.Fprintf(t.w, "    %s\n", brief.Plain(t.words.Claim(&th.Request.Core)))
		said := append([]*record.Stated{th.Request}, th.Repeats...)
		fmt.Fprintf(t.w, "    %s\n", brief.Plain(t.who(said...)))
		var tab table
		if s := th.Again(); s != nil {
			tab.row("again", edtf(s.When), t.who(s), short(s))
		}
		for _, r := range th.Answers {
			tab.row("->", string(r.Status), edtf(r.Claim.When), t.words.Claim(&r.Claim.Core), t.who(r.Claim), short(r.Claim))
		}
		if len(th.Answers) == 0 {
			tab.row("->", "no answer on record")
		}
		_ = tab.write(t.w, "    ")
	}
}

func age(th *record.Thread, on record.Day) string {
	n := th.Age(on)
	if n < 0 {
		return ""
	}
	return fmt.Sprintf(" (%s)", brief.Ago(on-record.Day(n), on))
}
