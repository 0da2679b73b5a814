package account

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// cost is how dear it is to try a password: RFC 9106's second choice, for where
// memory is short. Memory is in KiB.
type cost struct {
	memory, time uint32
	threads      uint8
}

var ordinary = cost{memory: 64 * 1024, time: 3, threads: 4}

const (
	saltBytes = 16
	keyBytes  = 32
	// shortest and longest bound a password: length is what counts (NIST SP
	// 800-63B), and a long one must not cost more than its hash.
	shortest = 12
	longest  = 1024
)

func checkPassword(name, password string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < shortest:
		return fmt.Errorf("%w: a password of %d characters; use at least %d", ErrInvalid, n, shortest)
	case len(password) > longest:
		return fmt.Errorf("%w: a password of over %d bytes", ErrInvalid, longest)
	case strings.Contains(strings.ToLower(password), strings.ToLower(name)):
		return fmt.Errorf("%w: a password that holds the account's name", ErrInvalid)
	}
	return nil
}

// hash writes a password in the PHC string format:
// $argon2id$v=19$m=65536,t=3,p=4$salt$key.
func (c cost) hash(password string) string {
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	key := argon2.IDKey([]byte(password), salt, c.time, c.memory, c.threads, keyBytes)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.time, c.threads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

// matches reports whether the password is the one that was hashed.
func matches(phc, password string) bool {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	var c cost
	var version int
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.time, &c.threads); err != nil || c.time == 0 || c.threads == 0 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, c.time, c.memory, c.threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// secret makes a random secret of 256 bits with what the store keeps of it.
func secret(prefix string) (text string, kept []byte) {
	raw := make([]byte, 32)
	rand.Read(raw)
	text = prefix + base64.RawURLEncoding.EncodeToString(raw)
	return text, digest(text)
}

// digest is what is kept of a secret: a secret of 256 bits needs no salt and no
// slow hash.
func digest(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}
