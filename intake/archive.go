package intake

import (
	"context"
	"errors"
	"io"
	"iter"
	"mime"
	"net/http"

	"demarche/intake/warc"
	"demarche/record"
)

// archive reads the pages of a web archive. Records that hold no text, such as
// pictures and answers that found nothing, are passed over.
func (in *input) archive(ctx context.Context) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		r := warc.NewReader(in.r)
		for n := 0; ; n++ {
			rec, err := r.Next()
			if err == io.EOF {
				if n == 0 {
					yield(record.Document{}, wholef(in.Path, "is empty; there is nothing to read"))
				}
				return
			}
			if err != nil {
				yield(record.Document{}, &Error{Path: in.Path, Offset: r.Offset(), Err: broken(err)})
				return
			}
			doc, ok, err := in.archived(ctx, rec)
			if (ok || err != nil) && !yield(doc, err) || errors.Is(err, warc.ErrLength) {
				return
			}
		}
	}
}

// archived reads the page of a record; ok is false where it has none.
func (in *input) archived(ctx context.Context, rec *warc.Record) (doc record.Document, ok bool, err error) {
	p, ok, err := rec.Payload(in.opt.limit())
	if ok && err == nil {
		kind, _, _ := mime.ParseMediaType(p.ContentType)
		_, known := received[kind]
		if ok = known && p.Status == http.StatusOK && len(p.Body) > 0; !ok {
			return doc, false, nil
		}
		got := Received{URL: address(rec.Target), ContentType: p.ContentType, Bytes: p.Body, Day: in.day}
		if !rec.Date.IsZero() {
			got.Day = record.DayOf(rec.Date.Date())
		}
		doc, err = got.Document(ctx, *in.opt)
	}
	if err != nil {
		err = &Error{Path: in.Path, Offset: rec.Offset, Err: bare(err)}
	}
	return doc, ok, err
}
