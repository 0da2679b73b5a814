package frame

import (
	"bufio"
	"embed"
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"

	"demarche/record"
)

//go:embed data/*.frames
var data embed.FS

// Load reads the frames that come with the reader.
func Load() (*Set, error) {
	entries, err := data.ReadDir("data")
	if err != nil {
		return nil, err
	}
	var all []*Frame
	for _, e := range entries {
		f, err := data.Open("data/" + e.Name())
		if err != nil {
			return nil, err
		}
		frames, err := Read(e.Name(), f)
		f.Close()
		if err != nil {
			return nil, err
		}
		all = append(all, frames...)
	}
	return NewSet(all), nil
}

// NewSet indexes frames by their trigger lemmas.
func NewSet(frames []*Frame) *Set {
	s := &Set{Frames: frames, byLemma: map[string][]*Frame{}, byWord: map[string][]*Frame{}, anyone: map[string][]*Frame{}}
	for _, f := range frames {
		index := s.byLemma
		switch {
		case f.POS == Text:
			index = s.byWord
		case f.Anyone:
			index = s.anyone
		}
		seen := map[string]bool{}
		for _, w := range f.Words {
			if !seen[w.Lemma] {
				index[w.Lemma] = append(index[w.Lemma], f)
			}
			seen[w.Lemma] = true
		}
	}
	return s
}

// Read reads a frame file. An error names file, line and column.
func Read(file string, r io.Reader) ([]*Frame, error) {
	var frames []*Frame
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<16)
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		if t := strings.TrimSpace(line); t == "" || t[0] == '#' {
			continue
		}
		p := &lineParser{file: file, line: n, text: line}
		f, err := p.frame()
		if err != nil {
			return nil, err
		}
		frames = append(frames, f)
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w; a frame is one line of at most 64 KiB", file, err)
	}
	return frames, nil
}

type lineParser struct {
	file string
	line int
	text string
	pos  int // byte column, from 0
}

func (p *lineParser) errorf(at int, format string, args ...any) error {
	return fmt.Errorf("%s:%d:%d: %s", p.file, p.line, at+1, fmt.Sprintf(format, args...))
}

// word returns the next run of non-space bytes and its column.
func (p *lineParser) word() (string, int) {
	for p.pos < len(p.text) && (p.text[p.pos] == ' ' || p.text[p.pos] == '\t') {
		p.pos++
	}
	start := p.pos
	quoted := false
	for p.pos < len(p.text) && (quoted || p.text[p.pos] != ' ' && p.text[p.pos] != '\t') {
		if p.text[p.pos] == '"' {
			quoted = !quoted
		}
		p.pos++
	}
	return p.text[start:p.pos], start
}

func (p *lineParser) frame() (*Frame, error) {
	f := &Frame{File: p.file, Line: p.line, Conf: 0.8}
	if err := p.head(f); err != nil {
		return nil, err
	}
	conds := false
	for {
		w, at := p.word()
		switch {
		case w == "":
			return f, p.check(f)
		case w == "if":
			conds = true
		case w == "inner":
			f.Inner = true
		case w == "loose":
			f.Loose = true
		case w == "denied":
			f.Denied = true
		case w == "anyone":
			f.Anyone = true
		case strings.HasPrefix(w, "conf="):
			c, err := strconv.ParseFloat(w[5:], 64)
			if err != nil || !(c > 0 && c <= 1) {
				return nil, p.errorf(at, "%q is no confidence; write conf=0.8, above 0 and up to 1", w)
			}
			f.Conf = c
		case conds:
			c, err := p.cond(w, at)
			if err != nil {
				return nil, err
			}
			f.Conds = append(f.Conds, c)
		case f.POS == Text && !strings.Contains(w, "="):
			if err := p.elem(f, w, at); err != nil {
				return nil, err
			}
		default:
			r, err := p.role(w, at)
			if err != nil {
				return nil, err
			}
			f.Roles = append(f.Roles, r)
		}
	}
}

func (p *lineParser) head(f *Frame) error {
	kind, at := p.word()
	k, phase, _ := strings.Cut(kind, ".")
	f.Kind, f.Phase = record.Kind(k), record.Phase(phase)
	if !known(f.Kind) {
		return p.errorf(at, "%q is no kind of claim; write one such as REQUEST or membership.begins", k)
	}
	if f.Kind.IsAct() {
		if phase != "" {
			return p.errorf(at, "an act has no phase; write %s", k)
		}
		f.Phase = record.Occurs
	} else if f.Phase != record.Begins && f.Phase != record.Ends && f.Phase != record.Holds {
		return p.errorf(at, "%q needs a phase: %s.begins, %s.ends or %s.holds", kind, k, k, k)
	}
	pos, at := p.word()
	f.POS = POS(pos)
	if f.POS != Verb && f.POS != Noun && f.POS != Adj && f.POS != Text {
		return p.errorf(at, "%q is no part of speech; write verb, noun, adj or text", pos)
	}
	for {
		w, at := p.word()
		if w == "" {
			return p.errorf(at, "no colon after the words; write KIND POS word,word : role=path")
		}
		if w == ":" {
			break
		}
		for _, t := range strings.Split(strings.Trim(w, ","), ",") {
			lemma, particle, _ := strings.Cut(t, "_")
			if lemma == "" {
				return p.errorf(at, "an empty word in %q", w)
			}
			f.Words = append(f.Words, Word{lemma, particle})
		}
	}
	if len(f.Words) == 0 && f.POS != Text {
		return p.errorf(p.pos, "no word triggers this frame")
	}
	f.Name = kind + "/" + pos
	if len(f.Words) > 0 {
		f.Name += ":" + f.Words[0].Lemma
	}
	return nil
}

// elem reads one element of a frame that is matched on words in their order.
func (p *lineParser) elem(f *Frame, w string, at int) error {
	var e Elem
	if strings.HasPrefix(w, "(") && strings.HasSuffix(w, ")") {
		e.Optional, w = true, w[1:len(w)-1]
	}
	switch {
	case w == "..":
		e.Gap = 8
	case w == "...":
		e.Gap, e.Verbs = 40, true
	case w == "<<":
		e.Start = true
	case strings.HasPrefix(w, "<"):
		if !strings.HasSuffix(w, ">") {
			return p.errorf(at, "no closing > in %q", w)
		}
		e.Role, e.Type, _ = strings.Cut(w[1:len(w)-1], ":")
		if e.Type != "" && !types[e.Type] {
			return p.errorf(at, "%q is no type; known are %s", e.Type, strings.Join(names(types), ", "))
		}
		if e.Role == "" && e.Type == "" {
			return p.errorf(at, "%q names no role and no type", w)
		}
		if e.Role != "" && !slices.ContainsFunc(f.Roles, func(r Role) bool { return r.Name == e.Role }) {
			f.Roles = append(f.Roles, Role{Name: e.Role})
		}
	default:
		w, e.Trigger = strings.CutPrefix(w, "^")
		w, e.Passive = strings.CutPrefix(w, "@")
		if e.Words = strings.Split(w, "|"); slices.Contains(e.Words, "") {
			return p.errorf(at, "an empty word in %q", w)
		}
		if e.Trigger {
			for _, word := range e.Words {
				f.Words = append(f.Words, Word{Lemma: word})
			}
			f.Name += ":" + e.Words[0]
		}
	}
	f.Elems = append(f.Elems, e)
	return nil
}

func (p *lineParser) role(w string, at int) (Role, error) {
	name, rest, ok := strings.Cut(w, "=")
	if !ok || name == "" || rest == "" {
		return Role{}, p.errorf(at, "%q is no role; write role=path", w)
	}
	r := Role{Name: strings.TrimSuffix(name, "?"), Optional: strings.HasSuffix(name, "?")}
	for _, alt := range strings.Split(rest, "|") {
		var paths []Path
		for _, one := range strings.Split(alt, "+") {
			path, err := p.path(one, at+strings.Index(w, one))
			if err != nil {
				return Role{}, err
			}
			paths = append(paths, path)
		}
		r.Alts = append(r.Alts, paths)
	}
	return r, nil
}

func (p *lineParser) cond(w string, at int) (Cond, error) {
	not := strings.HasPrefix(w, "!")
	c := Cond{Not: not}
	for _, alt := range strings.Split(strings.TrimPrefix(w, "!"), "|") {
		path, err := p.path(alt, at+strings.Index(w, alt))
		if err != nil {
			return c, err
		}
		c.Alts = append(c.Alts, path)
	}
	return c, nil
}

func (p *lineParser) path(s string, at int) (Path, error) {
	if strings.HasPrefix(s, `"`) {
		lit := strings.Trim(s, `"`)
		if len(s) < 3 || !strings.HasSuffix(s, `"`) {
			return Path{}, p.errorf(at, "%s is no quoted word", s)
		}
		return Path{Literal: lit}, nil
	}
	var path Path
	body, typ, typed := strings.Cut(s, ":")
	if typed {
		if !types[typ] {
			return Path{}, p.errorf(at, "%q is no type; known are %s", typ, strings.Join(names(types), ", "))
		}
		path.Type = typ
	}
	for _, part := range strings.Split(body, "/") {
		step, err := p.step(part, at)
		if err != nil {
			return Path{}, err
		}
		path.Steps = append(path.Steps, step)
	}
	return path, nil
}

func (p *lineParser) step(s string, at int) (Step, error) {
	slot, lemmas, ok := strings.Cut(s, "[")
	if slot == "" || strings.ContainsAny(slot, `]"=!`) {
		return Step{}, p.errorf(at, "%q is no slot", s)
	}
	if !ok {
		return Step{Slot: slot}, nil
	}
	if !strings.HasSuffix(lemmas, "]") {
		return Step{}, p.errorf(at, "no closing bracket in %q", s)
	}
	return Step{Slot: slot, Lemmas: strings.Split(strings.TrimSuffix(lemmas, "]"), ",")}, nil
}

// check refuses a frame without roles and a role that its kind does not have.
func (p *lineParser) check(f *Frame) error {
	triggers := 0
	for _, e := range f.Elems {
		if e.Trigger {
			triggers++
		}
	}
	if f.POS == Text && triggers != 1 {
		return p.errorf(0, "%d words trigger the frame; mark one with ^", triggers)
	}
	if (len(f.Roles) == 0) != (f.Loose || f.Anyone) {
		return p.errorf(0, "the frame has no role; a frame that only names words is marked loose or anyone, and has none")
	}
	for _, r := range f.Roles {
		if !has(f.Kind, r.Name) {
			return p.errorf(0, "%s has no role %q; it has %s", f.Kind, r.Name, strings.Join(RolesOf(f.Kind), ", "))
		}
	}
	return nil
}

func names(set map[string]bool) []string {
	var out []string
	for k := range set {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
