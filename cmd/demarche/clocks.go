package main

import (
	"fmt"
	"time"

	"demarche"
	"demarche/record"
)

// clockFlags are the three clocks of a question.
type clockFlags struct {
	On          string `placeholder:"DATE" help:"When it was so (EDTF; default today)."`
	PublishedBy string `placeholder:"DATE" help:"Leave out what was published later (EDTF)."`
	KnownBy     string `placeholder:"DATE" help:"Leave out what the record learned later (EDTF)."`
}

// clocks reads the flags; a date that is none is a usage error that names its
// flag.
func (f *clockFlags) clocks() (record.Clocks, error) {
	var c record.Clocks
	var err error
	if c.On, err = dateFlag("--on", f.On); err != nil {
		return c, err
	}
	published, err := dateFlag("--published-by", f.PublishedBy)
	if err != nil {
		return c, err
	}
	c.PublishedBy = published.Latest
	known, err := dateFlag("--known-by", f.KnownBy)
	if known.Latest != 0 {
		y, m, d := known.Latest.Date()
		c.KnownBy = record.At(time.Date(y, m, d+1, 0, 0, 0, -1, time.UTC))
	}
	return c, err
}

// dateFlag reads the EDTF date of a flag; "" is no date.
func dateFlag(flag, s string) (record.When, error) {
	if s == "" {
		return record.When{}, nil
	}
	w, err := record.ParseEDTF(s)
	if err != nil {
		return w, usage("%s: %w", flag, err)
	}
	return w, nil
}

// usage makes an error of a wrongly put question.
func usage(format string, args ...any) error {
	return &demarche.Error{Kind: demarche.Usage, Err: errorf(format, args...)}
}

func errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }
