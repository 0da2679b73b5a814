// Package watch follows the sources that a person lists in a file: feeds, pages
// and folders. Each round gives the documents that are new or were edited since
// the last.
package watch

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Kind is what sort of source it is.
type Kind string

// The kinds of sources.
const (
	Feed   Kind = "feed"   // RSS, Atom or JSON Feed
	Page   Kind = "page"   // one page, read again whenever it changes
	Folder Kind = "folder" // files of all formats that package intake reads
	// Either is a feed or a page, whichever is there: for addresses that are
	// fetched once. A file does not name it.
	Either Kind = "either"
)

// Source is a source to watch.
type Source struct {
	Kind      Kind
	Address   string // a web address, or the path of a folder
	Publisher string // "" takes what the documents say
	Language  string // BCP 47, "" takes what the documents say
	// Trust is how far what the source prints is to be trusted, 0 to 1: claims
	// read in it carry so much of the confidence that they were read with.
	Trust float64
	// Private lets the source be at an address that is not public.
	Private bool
	// Entries takes the text of a feed's entries as the feed has it, instead of
	// the pages that they lead to.
	Entries bool
	Every   time.Duration // how often it is asked
	Line    int           // of the file, for messages
}

// key names the source in the state.
func (s *Source) key() string { return string(s.Kind) + " " + s.Address }

// Config is what a file says. It is written so:
//
//	# The mission's sources.
//	every 30m
//	agent demarche (desk@mfa.example)
//
//	feed https://news.example/rss.xml
//	    publisher Lagos Mail
//	    language en
//	    trust 0.8
//
//	page https://mfa.example/statements
//	folder inbox
//
// A line that does not begin with a space names a source or says what holds for
// all of them; the lines below it that do begin with a space are about that
// source. A line is a word and what it is set to. Lines that begin with # are
// comments. For sources: publisher, language, trust (0 to 1), every, private
// (nothing is set) and, for feeds, text (entry or page). For all: every and
// agent, which is how programs on the web tell who they are.
type Config struct {
	Agent   string
	Sources []*Source
}

const (
	maxConfig   = 1 << 20 // bytes
	maxSources  = 10_000
	defaultRate = 30 * time.Minute
	fastestRate = time.Minute
)

// ConfigError is what is wrong in a line of the file.
type ConfigError struct {
	File string
	Line int // 0 for the whole file
	Err  error
}

// Error writes file, line and what is wrong.
func (e *ConfigError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err)
}

// Unwrap gives the cause.
func (e *ConfigError) Unwrap() error { return e.Err }

// Once is a list of addresses, of feeds or pages, that are all like one source.
// All that is wrong is told at once.
func Once(addresses []string, like Source) (*Config, error) {
	c := &Config{}
	var errs []error
	named := map[string]bool{}
	for _, a := range addresses {
		if err := webAddress(a); err != nil {
			errs = append(errs, err)
		}
		s := like
		s.Kind, s.Address = Either, a
		if !named[a] {
			c.Sources = append(c.Sources, &s)
		}
		named[a] = true
	}
	return c, errors.Join(errs...)
}

// Load reads a file.
func Load(file string) (*Config, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return nil, err
	}
	return Parse(file, string(b))
}

// Parse reads the text of a file. Folders are relative to the file's own folder.
// All that is wrong is told at once, a *ConfigError each, joined.
func Parse(file, text string) (*Config, error) {
	p := parser{file: file, config: &Config{}, every: defaultRate, set: map[string]bool{}}
	if len(text) > maxConfig {
		return nil, &ConfigError{file, 0, errors.New("is too large for a list of sources")}
	}
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		p.n++
		word, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "" || strings.HasPrefix(word, "#") {
			continue
		}
		if err := p.line(line[0] == ' ' || line[0] == '\t', word, strings.TrimSpace(value)); err != nil {
			p.errs = append(p.errs, &ConfigError{file, p.n, err})
		}
	}
	if len(p.config.Sources) == 0 && len(p.errs) == 0 {
		p.errs = append(p.errs, &ConfigError{file, 0, errors.New("names no source; write a line such as: feed https://news.example/rss.xml")})
	}
	for _, s := range p.config.Sources {
		if s.Every == 0 {
			s.Every = p.every
		}
	}
	return p.config, errors.Join(p.errs...)
}

// parser reads the lines of a file.
type parser struct {
	file   string
	config *Config
	every  time.Duration
	n      int             // the line
	source *Source         // that indented lines are about; nil where there is none
	set    map[string]bool // what has been set of the source, or of all
	errs   []error
}

func (p *parser) line(indented bool, word, value string) error {
	switch {
	case indented && p.source == nil:
		return fmt.Errorf("%q begins with a space and stands under no source", word)
	case indented:
		return p.about(word, value)
	}
	switch Kind(word) {
	case Feed, Page, Folder:
		return p.begin(Kind(word), value)
	}
	p.source = nil
	if err := p.once("all " + word); err != nil {
		return err
	}
	var err error
	switch word {
	case "every":
		p.every, err = rate(value)
	case "agent":
		p.config.Agent, err = filled(value)
	case "publisher", "language", "trust", "private", "text":
		err = fmt.Errorf("%q is about one source; put it below the source and a space before it", word)
	default:
		err = fmt.Errorf("%q is not known; a line begins with feed, page, folder, every or agent", clip(word))
	}
	return err
}

// once refuses what is set twice.
func (p *parser) once(key string) error {
	if p.set[key] {
		return fmt.Errorf("%q is set twice", key[strings.LastIndexByte(key, ' ')+1:])
	}
	p.set[key] = true
	return nil
}

// begin begins a source. What follows a bad one is still read, for its errors.
func (p *parser) begin(kind Kind, value string) error {
	p.source = &Source{Kind: kind, Address: value, Trust: 1, Line: p.n}
	var err error
	switch {
	case value == "":
		return fmt.Errorf("%s needs an address", kind)
	case kind == Folder && !filepath.IsAbs(value):
		p.source.Address = filepath.Join(filepath.Dir(p.file), value)
	case kind != Folder:
		err = webAddress(value)
	}
	same := func(s *Source) bool { return s.key() == p.source.key() }
	if at := slices.IndexFunc(p.config.Sources, same); at >= 0 && err == nil {
		err = fmt.Errorf("this %s is named in line %d already", kind, p.config.Sources[at].Line)
	}
	if len(p.config.Sources) >= maxSources {
		err = fmt.Errorf("more than %d sources", maxSources)
	}
	if err == nil {
		p.config.Sources = append(p.config.Sources, p.source)
	}
	return err
}

func (p *parser) about(word, value string) error {
	s := p.source
	if err := p.once(fmt.Sprintf("%d %s", s.Line, word)); err != nil {
		return err
	}
	var err error
	switch word {
	case "publisher":
		s.Publisher, err = filled(value)
	case "language":
		s.Language, err = tag(value)
	case "trust":
		s.Trust, err = strconv.ParseFloat(value, 64)
		if err != nil || !(s.Trust >= 0 && s.Trust <= 1) {
			err = fmt.Errorf("trust is %q; write a number from 0 to 1, such as 0.8", clip(value))
		}
	case "every":
		s.Every, err = rate(value)
	case "private":
		s.Private = true
		if value != "" || s.Kind == Folder {
			err = errors.New("private stands alone, below a feed or page")
		}
	case "text":
		s.Entries = value == "entry"
		if s.Kind != Feed || value != "entry" && value != "page" {
			err = fmt.Errorf("text is %q; below a feed, write entry for the text in the feed or page for the page that it leads to", clip(value))
		}
	default:
		err = fmt.Errorf("%q is not known; below a source stand publisher, language, trust, every, private and text", clip(word))
	}
	return err
}

func filled(value string) (string, error) {
	if value == "" {
		return "", errors.New("nothing is set")
	}
	return value, nil
}

func tag(value string) (string, error) {
	if _, err := language.Parse(value); err != nil {
		return "", fmt.Errorf("language is %q; write a code such as en, fr or pt-BR", clip(value))
	}
	return value, nil
}

func rate(value string) (time.Duration, error) {
	d, err := time.ParseDuration(value)
	if err != nil || d < fastestRate {
		return 0, fmt.Errorf("every is %q; write a time of a minute or more, such as 30m or 2h", clip(value))
	}
	return d, nil
}

func webAddress(value string) error {
	u, err := url.Parse(value)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Host == "", strings.ContainsAny(value, " \t"):
		return fmt.Errorf("%q is no web address; write http:// or https:// and a host", clip(value))
	case u.User != nil:
		return errors.New("the address has a user's name in it; credentials are not sent")
	}
	return nil
}

// clip shortens what a message quotes.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// sameHost compares the hosts and ports of two addresses.
func sameHost(a, b string) bool {
	u, err := url.Parse(a)
	v, err2 := url.Parse(b)
	return err == nil && err2 == nil && strings.EqualFold(u.Host, v.Host)
}
