package intake

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"

	"demarche/record"
)

// Bounds of the program that reads PDF: its time, and through the shell its
// memory in KiB and its processor time in seconds.
const (
	pdfTime  = time.Minute
	pdfShell = `ulimit -v 2097152; ulimit -t 60; exec "$0" "$@"`
)

// pdf reads the text of a PDF through pdftotext of poppler. The program gets the
// bytes on its standard input and writes the text to its standard output.
func (in *input) pdf(ctx context.Context, b []byte) (record.Document, error) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		return record.Document{}, wholef(in.Path, "is PDF, which is read through pdftotext; install poppler (poppler-utils), or save the text")
	}
	ctx, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	args := []string{"-q", "-enc", "UTF-8", "-nopgbrk", "-", "-"}
	cmd := exec.CommandContext(ctx, tool, args...)
	if sh, err := exec.LookPath("sh"); err == nil {
		cmd = exec.CommandContext(ctx, sh, append([]string{"-c", pdfShell, tool}, args...)...)
	}
	out := &full{left: int(in.opt.limit())}
	cmd.Stdin, cmd.Stdout, cmd.WaitDelay = bytes.NewReader(b), out, time.Second
	switch err := cmd.Run(); {
	case out.left < 0:
		return record.Document{}, tooLarge(in.Path, in.opt.limit())
	case ctx.Err() != nil:
		return record.Document{}, wholef(in.Path, "pdftotext was stopped after %v", pdfTime)
	case err != nil:
		return record.Document{}, wholef(in.Path, "pdftotext cannot read it (%v); the file may be damaged or locked", err)
	}
	text, err := in.decode(out.b.Bytes())
	if err != nil {
		return record.Document{}, err
	}
	if text = strings.TrimSpace(text); text == "" {
		return record.Document{}, wholef(in.Path, "has no text, only pictures of it; read it with a program for that and save the text")
	}
	return in.make(text, facts{}, firstLines(text)), nil
}

// full keeps what is written to it until it is full.
type full struct {
	b    bytes.Buffer
	left int
}

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errors.New("too much")
	}
	return f.b.Write(p)
}
