package intake

import (
	"bytes"
	"errors"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var bomUTF8 = []byte("\xef\xbb\xbf")

// decode makes UTF-8 text of bytes: UTF-8 with or without a byte order mark,
// UTF-16 with one; else what a server told or windows-1252, with a warning. What is no text is
// refused. Line ends become "\n".
func (in *input) decode(b []byte) (string, error) {
	_, told, _ := mime.ParseMediaType(in.from.ContentType)
	if enc, name := charset.Lookup(told["charset"]); enc != nil && name != "utf-8" {
		return in.decodeAs(b, enc, name)
	}
	return in.decodeAs(b, charmap.Windows1252, "windows-1252")
}

// decodeHTML is decode with the encoding that the page declares, or its server,
// in the place of windows-1252.
func (in *input) decodeHTML(b []byte) (string, error) {
	enc, name, _ := charset.DetermineEncoding(b[:min(len(b), 1024)], in.from.ContentType)
	if name == "utf-8" {
		enc, name = charmap.Windows1252, "windows-1252"
	}
	return in.decodeAs(b, enc, name)
}

func (in *input) decodeAs(b []byte, enc encoding.Encoding, name string) (string, error) {
	s, err := in.decodeBytes(b, enc, name)
	if err != nil {
		return "", whole(in.Path, err)
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), nil
}

func (in *input) decodeBytes(b []byte, enc encoding.Encoding, name string) (string, error) {
	switch {
	case bytes.HasPrefix(b, bomUTF8):
		b = b[len(bomUTF8):]
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return decodeUTF16(b)
	}
	if isBinary(b) {
		return "", errors.New("is binary, not text; give the text of the document as .txt, .md, .html or .json")
	}
	good, bad := multibyte(b)
	switch {
	case bad == 0:
		return string(b), nil
	case good > bad:
		in.opt.warn(in.Path, "%d bytes are no UTF-8 and were replaced; the file may be damaged or cut", bad)
		return strings.ToValidUTF8(string(b), "\ufffd"), nil
	case enc == charmap.Windows1252 && !western(b, bad):
		return "", errors.New("is no text in UTF-8 or a western encoding; save it as UTF-8")
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", err
	}
	in.opt.warn(in.Path, "is not UTF-8; read as %s", name)
	return strings.ToValidUTF8(string(out), "\ufffd"), nil
}

// western reports whether the bytes above ASCII, bad in number, stand as they do in
// a western language: few, and no three in a row but here and there.
func western(b []byte, bad int) bool {
	rows, row := 0, 0
	for i := range len(b) + 1 {
		if i < len(b) && b[i] >= 0x80 {
			row++
			continue
		}
		if row >= 3 {
			rows += row
		}
		row = 0
	}
	return bad*3 <= len(b) && 2*rows <= bad
}

func decodeUTF16(b []byte) (string, error) {
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b)
	if err != nil {
		return "", err
	}
	if isBinary(out) {
		return "", errors.New("is binary, not text in UTF-16")
	}
	return string(out), nil
}

// isBinary reports bytes that no text has: a NUL, or more than one control
// character in a hundred bytes.
func isBinary(b []byte) bool {
	controls := 0
	for _, c := range b {
		switch {
		case c == 0:
			return true
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b || c == 0x7f:
			controls++
		}
	}
	return controls*100 > len(b)
}

// multibyte counts the characters of two bytes and more that are good UTF-8, and
// the bytes that are none.
func multibyte(b []byte) (good, bad int) {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good, bad
}
