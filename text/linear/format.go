package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/bits"
)

// A model file is
//
//	magic     4 bytes   its kind, such as "DMTG"
//	version   1 byte
//	length    4 bytes   of the payload, little-endian
//	payload
//	checksum  4 bytes   CRC-32 (IEEE) of all before it, little-endian
//
// and nothing follows. A payload is written by its package with Writer and read
// with Reader: numbers are unsigned varints as encoding/binary has them, a
// string or run of bytes is its length and its bytes. A linear model in it is
//
//	classes   varint    at most MaxClasses
//	bits      varint    the table has 1<<bits slots, at most 1<<MaxBits
//	rows      varint
//	entries   varint    of all rows together
//	and for each row, in order of slots:
//	gap       varint    slots between the former row (at first: slot -1) and this one
//	length    varint    entries in the row, at least one
//	entries             each one byte of class and one of signed weight

// ErrFormat is under every error about a model file that is not one.
var ErrFormat = errors.New("damaged model file, build again from a clean checkout")

const frame = 4 + 1 + 4 + 4

// Seal puts the payload into a file.
func Seal(magic string, version byte, payload []byte) []byte {
	file := append([]byte(magic), version)
	file = binary.LittleEndian.AppendUint32(file, uint32(len(payload)))
	file = append(file, payload...)
	return binary.LittleEndian.AppendUint32(file, crc32.ChecksumIEEE(file))
}

// Open checks a file and gives a reader of its payload.
func Open(file []byte, magic string, version byte) (*Reader, error) {
	if len(file) < frame || string(file[:4]) != magic {
		return nil, fmt.Errorf("no %s model: %w", magic, ErrFormat)
	}
	if file[4] != version {
		return nil, fmt.Errorf("%s model of version %d, this program reads version %d: train again with cmd/train", magic, file[4], version)
	}
	if n := binary.LittleEndian.Uint32(file[5:]); uint64(n) != uint64(len(file)-frame) {
		return nil, fmt.Errorf("%s model of %d bytes says %d: %w", magic, len(file)-frame, n, ErrFormat)
	}
	body := file[:len(file)-4]
	if sum := binary.LittleEndian.Uint32(file[len(body):]); sum != crc32.ChecksumIEEE(body) {
		return nil, fmt.Errorf("%s model with a wrong checksum: %w", magic, ErrFormat)
	}
	return &Reader{rest: body[9:]}, nil
}

// Reader reads a payload. After the first error all reads give zero; Err tells it.
type Reader struct {
	rest []byte
	err  error
}

// Err is the first error, or ErrFormat if bytes are left over.
func (r *Reader) Err() error {
	if r.err == nil && len(r.rest) > 0 {
		r.fail("%d bytes left over", len(r.rest))
	}
	return r.err
}

func (r *Reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), ErrFormat)
	}
	r.rest = nil
}

// Uint reads a number, which may be limit at most.
func (r *Reader) Uint(what string, limit int) int {
	x, n := binary.Uvarint(r.rest)
	if n <= 0 || x > uint64(limit) {
		r.fail("%s: no number up to %d", what, limit)
		return 0
	}
	r.rest = r.rest[n:]
	return int(x)
}

// Length reads the number of things that follow, each of at least one byte.
func (r *Reader) Length(what string) int { return r.Uint(what, len(r.rest)) }

// String reads a string.
func (r *Reader) String(what string) string {
	n := r.Length(what)
	if n > len(r.rest) {
		r.fail("%s: cut off", what)
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

// Strings reads a list of strings.
func (r *Reader) Strings(what string) []string {
	list := make([]string, r.Length(what))
	for i := range list {
		list[i] = r.String(what)
	}
	return list
}

// Model reads a linear model of so many classes.
func (r *Reader) Model(classes int) *Model {
	m := &Model{classes: r.Uint("classes", MaxClasses), bits: uint(r.Uint("bits", MaxBits))}
	if m.classes != classes {
		r.fail("%d classes for %d names", m.classes, classes)
	}
	rows, entries := r.Length("rows"), r.Length("entries")
	if r.err != nil {
		return m
	}
	m.words = make([]word, (1<<m.bits+31)/32)
	m.first = make([]int32, 0, rows+1)
	m.entries = make([]entry, 0, entries)
	r.rows(m, rows)
	r.count(m)
	if r.err == nil && len(m.entries) != entries {
		r.fail("%d entries, not %d", len(m.entries), entries)
	}
	return m
}

func (r *Reader) rows(m *Model, rows int) {
	slot := -1
	for range rows {
		slot += 1 + r.Uint("gap", 1<<m.bits)
		n := r.Uint("length of row", m.classes)
		if n == 0 || slot >= 1<<m.bits || 2*n > len(r.rest) {
			r.fail("row at slot %d of %d", slot, 1<<m.bits)
			return
		}
		m.words[slot>>5].set |= 1 << (slot & 31)
		m.first = append(m.first, int32(len(m.entries)))
		for i := range n {
			m.entries = append(m.entries, entry{r.rest[2*i], int8(r.rest[2*i+1])})
			if int(r.rest[2*i]) >= m.classes {
				r.fail("class %d of %d", r.rest[2*i], m.classes)
				return
			}
		}
		r.rest = r.rest[2*n:]
	}
}

// count fills in how many rows stand before each word.
func (r *Reader) count(m *Model) {
	m.first = append(m.first, int32(len(m.entries)))
	n := uint32(0)
	for i := range m.words {
		m.words[i].before = n
		n += uint32(bits.OnesCount32(m.words[i].set))
	}
}

// Writer writes a payload.
type Writer struct{ Payload []byte }

// Uint writes a number.
func (w *Writer) Uint(n int) { w.Payload = binary.AppendUvarint(w.Payload, uint64(n)) }

// String writes a string.
func (w *Writer) String(s string) {
	w.Uint(len(s))
	w.Payload = append(w.Payload, s...)
}

// Strings writes a list of strings.
func (w *Writer) Strings(list []string) {
	w.Uint(len(list))
	for _, s := range list {
		w.String(s)
	}
}

// Model writes a linear model.
func (w *Writer) Model(m *Model) {
	w.Uint(m.classes)
	w.Uint(int(m.bits))
	w.Uint(len(m.first) - 1)
	w.Uint(len(m.entries))
	row, former := 0, -1
	for slot := range 1 << m.bits {
		if m.words[slot>>5].set>>(slot&31)&1 == 0 {
			continue
		}
		w.Uint(slot - former - 1)
		w.row(m.entries[m.first[row]:m.first[row+1]])
		row, former = row+1, slot
	}
}

func (w *Writer) row(entries []entry) {
	w.Uint(len(entries))
	for _, e := range entries {
		w.Payload = append(w.Payload, e.class, byte(e.weight))
	}
}
