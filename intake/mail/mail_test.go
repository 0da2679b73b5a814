package mail

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// crlf writes a message with the line ends of mail.
func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

const head = "From: =?utf-8?q?Ama_Mens=C3=A1h?= <press@mfa.example>\nDate: Tue, 7 May 2019 23:30:00 -0500\nSubject: =?utf-8?b?RW52b3lz?= meet\nMessage-ID: <1@mfa.example>\n"

func TestMessages(t *testing.T) {
	html64 := base64.StdEncoding.EncodeToString([]byte("<p>Ghana met Togo."))
	tests := []struct{ name, message, text, passed, says string }{
		{"plain", head + "\nGhana met Togo.\n", "Ghana met Togo.\r\n", "", ""},
		{"quoted-printable, latin 1", head + "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nCaf=E9 met=\n.", "Café met.", "", ""},
		{"page in base64", head + "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + html64, "page: <p>Ghana met Togo.", "", ""},
		{"plain before page", head + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x\n--b\n\nGhana.\n--b--", "Ghana.", "", ""},
		{"empty plain and page", head + "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\nContent-Type: text/html\n\n<p>x\n--b--", "page: <p>x", "", ""},
		{"attachments are not opened", head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nGhana.\n--b\nContent-Type: application/zip; name=\"a.zip\"\nContent-Transfer-Encoding: base64\n\nUEsDBA==\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=b.txt\n\nx\n--b\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner\n--b--",
			"Ghana.", `"a.zip" (application/zip), "b.txt" (text/plain), "" (message/rfc822)`, ""},
		{"unknown charset", head + "Content-Type: text/plain; charset=x-none\n\nx", "", "", `charset "x-none" is not known`},
		{"bad base64", head + "Content-Transfer-Encoding: base64\n\n!!!!", "", "", "cannot be decoded"},
		{"too large", head + "\n" + strings.Repeat("x", 2000), "", "", "a part of more than 1000 bytes"},
		{"broken off", head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nGhana.", "", "", "unexpected EOF"},
		{"no boundary", head + "Content-Type: multipart/mixed\n\nx", "", "", "no boundary"},
		{"no message", "\x00\x01", "", "", "is no message"},
	}
	for _, tt := range tests {
		m, err := Read(strings.NewReader(crlf(tt.message)), 1000)
		if tt.says != "" {
			if err == nil || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: got %v, want %q", tt.name, err, tt.says)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		text := m.Text
		if m.HTML {
			text = "page: " + text
		}
		if passed := strings.Join(m.Passed, ", "); text != tt.text || passed != tt.passed {
			t.Errorf("%s: got %q, passed %q; want %q, %q", tt.name, text, passed, tt.text, tt.passed)
		}
		if m.Subject != "Envoys meet" || m.FromName != "Ama Mensáh" || m.From != "press@mfa.example" || m.ID != "1@mfa.example" || m.Date.Format(time.DateOnly) != "2019-05-07" {
			t.Errorf("%s: %+v", tt.name, m)
		}
	}
}

// Parts within parts, to any depth and number, are bounded.
func TestPartsWithinParts(t *testing.T) {
	deep, ends := head, ""
	for i := range 100 {
		deep += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
		ends = fmt.Sprintf("\n--b%d--\n", i) + ends
	}
	wide := head + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: application/zip\n\nx\n", 1000) + "--b--"
	for name, message := range map[string]string{"deep": deep + "\nx" + ends, "wide": wide} {
		if _, err := Read(strings.NewReader(crlf(message)), 1000); !errors.Is(err, ErrBounds) {
			t.Errorf("%s: %v, want ErrBounds", name, err)
		}
	}
}

// messages reads a mailbox: the messages, errors among them, parted by bars.
func messages(box string, limit int64) string {
	var out []string
	for m := NewMailbox(strings.NewReader(box), limit); ; {
		b, at, err := m.Next()
		if err == io.EOF {
			return strings.Join(out, "|")
		}
		if err != nil {
			b = []byte(err.Error())
		}
		out = append(out, fmt.Sprintf("%d:%s", at, b))
		if err != nil && !errors.Is(err, ErrBounds) {
			return strings.Join(out, "|")
		}
	}
}

func TestMailbox(t *testing.T) {
	tests := []struct{ name, box, want string }{
		{"two", "From a Tue\nA: 1\n\nx\n\nFrom b Wed\nA: 2\n\ny\n", "0:A: 1\n\nx\n\n|20:A: 2\n\ny\n"},
		{"quoted", "From a\n\n>From here\n>>From there\n> From\n", "0:\nFrom here\n>From there\n> From\n"},
		{"within a paragraph", "From a\n\nx\nFrom here on\n", "0:\nx\nFrom here on\n"},
		{"too large", "From a\n" + strings.Repeat("x", 200) + "\n\nFrom b\ny", "0:more than is read of a message: a message of 202 bytes, and 100 may be|209:y"},
		{"empty", "", ""},
		{"no mailbox", "Subject: x\n\ny", "11:is no mailbox; a message begins with a line \"From \", a sender and a date"},
	}
	for _, tt := range tests {
		if got := messages(tt.box, 100); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func FuzzMessage(f *testing.F) {
	f.Add(crlf(head + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-16\n\n<p>x\n--b\nContent-Type: application/zip; name=a\n\nx\n--b--"))
	f.Fuzz(func(t *testing.T, message string) {
		const limit = 1000
		m, err := Read(strings.NewReader(message), limit)
		if err == nil && (len(m.Text) > limit || len(m.Passed) > maxPassed) {
			t.Errorf("text of %d bytes, %d parts passed", len(m.Text), len(m.Passed))
		}
	})
}

func FuzzMailbox(f *testing.F) {
	f.Add("From a\nA: 1\n\n>From x\n\nFrom b\ny")
	f.Fuzz(func(t *testing.T, box string) {
		if got := messages(box, 100); len(got) > 200*(len(box)+1) {
			t.Errorf("%d bytes of %d", len(got), len(box))
		}
	})
}
