package intake

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"regexp"

	"demarche/record"
)

// sniffed is how many bytes of the start tell a format.
const sniffed = 64 << 10

// maxExpanded is how many bytes a gzipped file of many documents may expand to:
// 16 GiB.
const maxExpanded = 16 << 30

// input is an opened source.
type input struct {
	Source
	opt    *Options
	format Format // as found, never Sniff
	from   Received
	day    record.Day // by which the text was there; 0 where not known
	r      *bufio.Reader
	closer io.Closer
}

// Close closes the file.
func (in *input) Close() error { return in.closer.Close() }

// open opens the source, takes off the compression and finds the format. A file
// that is too large for one document is refused without being read.
func (s Source) open(ctx context.Context, opt *Options) (*input, error) {
	f, err := s.file(opt)
	if err != nil {
		return nil, whole(s.Path, cause(err))
	}
	in := &input{Source: s, opt: opt, day: opt.Today, closer: f, r: bufio.NewReaderSize(&tap{ctx, f, opt.Read}, sniffed)}
	if err := in.prepare(); err != nil {
		f.Close()
		return nil, err
	}
	return in, nil
}

func (s Source) file(opt *Options) (io.ReadCloser, error) {
	if s.Path != Stdin {
		return os.Open(s.Path)
	}
	if opt.Stdin == nil {
		return io.NopCloser(bytes.NewReader(nil)), nil
	}
	return io.NopCloser(opt.Stdin), nil
}

func (in *input) prepare() error {
	start, _ := in.r.Peek(2)
	if in.Gzip || bytes.HasPrefix(start, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(in.r)
		if err != nil {
			return wholef(in.Path, "is no gzip file (%v); fetch it again, or take .gz off its name", err)
		}
		in.Gzip = true
		in.r = bufio.NewReaderSize(&bounded{r: z, left: maxExpanded}, sniffed)
	}
	in.format = in.Source.Format
	if in.format == Sniff {
		start, _ := in.r.Peek(sniffed)
		in.format = sniff(start)
	}
	if !in.format.many() && !in.Gzip && in.Size > in.opt.limit() {
		return tooLarge(in.Path, in.opt.limit())
	}
	return nil
}

// postmark is the line that begins a message in a mailbox.
var postmark = regexp.MustCompile(`^From \S+ .*\d\d:\d\d.*\d{4}`)

// sniff tells the format of a text from its start.
func sniff(start []byte) Format {
	start = bytes.TrimSpace(bytes.TrimPrefix(start, bomUTF8))
	lower := bytes.ToLower(start[:min(len(start), 1024)])
	switch {
	case bytes.HasPrefix(start, []byte("%PDF-")):
		return PDF
	case bytes.HasPrefix(start, []byte("WARC/1.")):
		return Archive
	case postmark.Match(start[:min(len(start), 200)]):
		return Mailbox
	case bytes.HasPrefix(start, []byte("{")):
		if line, _, more := bytes.Cut(start, []byte("\n")); json.Valid(line) || !more && len(start) > sniffed/2 {
			return Lines
		}
		return JSON
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<?xml")), bytes.HasPrefix(lower, []byte("<html")), bytes.Contains(lower, []byte("<head>")):
		return HTML
	}
	return Text
}

// all reads the whole input, up to the limit.
func (in *input) all() ([]byte, error) {
	limit := in.opt.limit()
	b, err := io.ReadAll(io.LimitReader(in.r, limit+1))
	switch {
	case int64(len(b)) > limit:
		return nil, tooLarge(in.Path, limit)
	case err != nil:
		return nil, &Error{Path: in.Path, Offset: int64(len(b)), Err: broken(err)}
	case len(bytes.TrimSpace(bytes.TrimPrefix(b, bomUTF8))) == 0:
		return nil, wholef(in.Path, "is empty; there is nothing to read")
	}
	return b, nil
}

// broken words the errors of a stream for people.
func broken(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the compressed data breaks off (%w); fetch the file again", err)
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
		return fmt.Errorf("the compressed data is damaged (%w); fetch the file again", err)
	}
	return cause(err)
}

// documents reads what the input holds.
func (in *input) documents(ctx context.Context) iter.Seq2[record.Document, error] {
	switch in.format {
	case Lines:
		return in.lines()
	case Mailbox:
		return in.mailbox(ctx)
	case Archive:
		return in.archive(ctx)
	}
	return func(yield func(record.Document, error) bool) { yield(in.document(ctx)) }
}

// document reads the one document that the input holds.
func (in *input) document(ctx context.Context) (record.Document, error) {
	b, err := in.all()
	if err != nil {
		return record.Document{}, err
	}
	return in.content(ctx, b)
}

// content reads the document that bytes in the input's format are.
func (in *input) content(ctx context.Context, b []byte) (record.Document, error) {
	switch in.format {
	case PDF:
		return in.pdf(ctx, b)
	case Message:
		return in.message(ctx, b)
	case JSON:
		return in.json(b)
	case HTML:
		return in.html(b)
	case Markdown:
		return in.markdown(b)
	}
	return in.text(b)
}

// tap passes bytes on, counts them and stops when the context is done.
type tap struct {
	ctx  context.Context
	r    io.Reader
	told func(n int)
}

func (t *tap) Read(p []byte) (int, error) {
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := t.r.Read(p)
	if t.told != nil && n > 0 {
		t.told(n)
	}
	return n, err
}

// bounded ends a stream that expands without end.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("%w: the file expands to more than %s; split it", errTooLarge, size(maxExpanded))
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
