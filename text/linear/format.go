package linear

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// A model file is
//
//	magic     4 bytes   its kind, such as "DMTG"
//	version   1 byte
//	size      4 bytes   of the payload, little-endian, at most MaxPayload
//	length    4 bytes   of what follows but the checksum, little-endian
//	payload             compressed as DEFLATE (RFC 1951)
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
//
// and then, in order of slots, four columns, as like stands by like there and
// compresses well:
//
//	gaps      varint for each row    slots between the former row (at first: slot -1) and this one
//	lengths   varint for each row    entries in the row, at least one
//	class     byte for each entry
//	weight    signed byte for each entry

// ErrFormat is under every error about a model file that is not one.
var ErrFormat = errors.New("damaged model file, build again from a clean checkout")

const frame = 4 + 1 + 4 + 4 + 4

// MaxPayload is the size of the largest payload.
const MaxPayload = 1 << 26

// Seal puts the payload into a file.
func Seal(magic string, version byte, payload []byte) []byte {
	var packed bytes.Buffer
	// Neither a level that there is nor a buffer gives an error.
	w, _ := flate.NewWriter(&packed, flate.BestCompression)
	w.Write(payload)
	w.Close()
	file := append([]byte(magic), version)
	file = binary.LittleEndian.AppendUint32(file, uint32(len(payload)))
	file = binary.LittleEndian.AppendUint32(file, uint32(packed.Len()))
	file = append(file, packed.Bytes()...)
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
	size, n := binary.LittleEndian.Uint32(file[5:]), binary.LittleEndian.Uint32(file[9:])
	if uint64(n) != uint64(len(file)-frame) || size > MaxPayload {
		return nil, fmt.Errorf("%s model of %d bytes says %d, unpacked %d: %w", magic, len(file)-frame, n, size, ErrFormat)
	}
	body := file[:len(file)-4]
	if sum := binary.LittleEndian.Uint32(file[len(body):]); sum != crc32.ChecksumIEEE(body) {
		return nil, fmt.Errorf("%s model with a wrong checksum: %w", magic, ErrFormat)
	}
	payload, err := unpack(body[13:], int(size))
	if err != nil {
		return nil, fmt.Errorf("%s model: %w", magic, err)
	}
	return &Reader{rest: payload}, nil
}

// unpack gives the payload, which must be of the size that the file says.
func unpack(packed []byte, size int) ([]byte, error) {
	r := flate.NewReader(bytes.NewReader(packed))
	var payload bytes.Buffer
	n, err := io.Copy(&payload, io.LimitReader(r, int64(size)+1))
	if err != nil || n != int64(size) {
		return nil, fmt.Errorf("%d bytes, not %d, %v: %w", n, size, err, ErrFormat)
	}
	return payload.Bytes(), nil
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
	got, size := r.Uint("classes", MaxClasses), uint(r.Uint("bits", MaxBits))
	if got != classes {
		r.fail("%d classes for %d names", got, classes)
	}
	rows, entries := r.Length("rows"), r.Length("entries")
	if r.err != nil {
		return &Model{}
	}
	slots := r.slots(size, rows)
	ends := r.lengths(classes, rows, entries)
	all := r.entries(classes, ends, entries)
	if r.err != nil {
		return &Model{}
	}
	return newModel(classes, size, func(yield func(int, []entry) bool) {
		at := 0
		for i, slot := range slots {
			if !yield(slot, all[at:ends[i]]) {
				return
			}
			at = ends[i]
		}
	})
}

// slots reads which slots have a row.
func (r *Reader) slots(size uint, rows int) []int {
	slots, slot := make([]int, 0, rows), -1
	for range rows {
		slot += 1 + r.Uint("gap", 1<<size)
		if slot >= 1<<size {
			r.fail("row at slot %d of %d", slot, 1<<size)
			return nil
		}
		slots = append(slots, slot)
	}
	return slots
}

// lengths reads where the rows end.
func (r *Reader) lengths(classes, rows, entries int) []int {
	ends, at := make([]int, 0, rows), 0
	for range rows {
		n := r.Uint("length of row", classes)
		if at += n; n == 0 || at > entries {
			r.fail("row of %d entries, %d before it, %d in all", n, at-n, entries)
			return nil
		}
		ends = append(ends, at)
	}
	return ends
}

// entries reads classes and weights.
func (r *Reader) entries(classes int, ends []int, n int) []entry {
	last := 0
	if len(ends) > 0 {
		last = ends[len(ends)-1]
	}
	if r.err != nil || last != n || 2*n > len(r.rest) {
		r.fail("%d entries, rows of %d, %d bytes", n, last, len(r.rest))
		return nil
	}
	all := make([]entry, n)
	for i := range all {
		all[i] = entry{r.rest[i], int8(r.rest[n+i])}
		if int(r.rest[i]) >= classes {
			r.fail("class %d of %d", r.rest[i], classes)
			return nil
		}
	}
	r.rest = r.rest[2*n:]
	return all
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
	w.Uint(m.rows)
	w.Uint(m.size)
	former := -1
	for slot := range m.all() {
		w.Uint(slot - former - 1)
		former = slot
	}
	for _, row := range m.all() {
		w.Uint(len(row))
	}
	for _, row := range m.all() {
		for _, e := range row {
			w.Payload = append(w.Payload, e.class)
		}
	}
	for _, row := range m.all() {
		for _, e := range row {
			w.Payload = append(w.Payload, byte(e.weight))
		}
	}
}
