package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"demarche/record"
)

// MarshalJSON writes [earliest, latest] or null.
func (w When) MarshalJSON() ([]byte, error) {
	if record.When(w).IsZero() {
		return []byte("null"), nil
	}
	b := append([]byte{'['}, day(w.Earliest)...)
	b = append(append(b, ','), day(w.Latest)...)
	return append(b, ']'), nil
}

func day(d record.Day) string {
	if d == 0 {
		return "null"
	}
	return `"` + d.String() + `"`
}

// UnmarshalJSON reads [earliest, latest] or null and refuses a day that the
// calendar does not have, and a latest day before the earliest.
func (w *When) UnmarshalJSON(b []byte) error {
	var days []*string
	if err := json.Unmarshal(b, &days); err != nil || len(days) != 0 && len(days) != 2 {
		return fmt.Errorf("when: %s is not [earliest, latest] or null", clip(b))
	}
	*w = When{}
	for i, s := range days {
		if s == nil || *s == "" {
			continue
		}
		d, err := record.ParseDay(*s)
		if err != nil {
			return fmt.Errorf("when: %w", err)
		}
		*[]*record.Day{&w.Earliest, &w.Latest}[i] = d
	}
	if w.Latest != 0 && w.Latest < w.Earliest {
		return fmt.Errorf("when: %s ends before it begins", clip(b))
	}
	return nil
}

// listRoles are always lists; roleOrder is the order in which roles are
// written, with all others after them by name.
var (
	listRoles = []string{record.RoleActor, record.RoleRecipient, record.RoleActorPersons, record.RoleRecipientPersons, record.RoleParties}
	roleOrder = []string{
		record.RoleActor, record.RoleRecipient, record.RoleActorPersons, record.RoleRecipientPersons, record.RolePlace,
		record.RoleHolder, record.RolePost, record.RoleName, record.RoleParty, record.RoleParties, record.RoleBody, record.RoleTier,
		record.RoleLevel, record.RoleStatus, record.RoleBy, record.RoleOf, record.RoleIn, record.RoleAs, record.RoleType,
		record.RoleSuccessor, record.RolePredecessor, record.RoleDebtor, record.RoleCreditor, record.RoleAmount, record.RoleCurrency,
		record.RoleChange,
	}
)

// MarshalJSON writes the roles in a fixed order: actor, recipient, their
// persons and parties as lists, an amount as a number or null, and every other
// role as a string, or as a list where it has more than one filler. A role with
// no filler is null, or an empty list.
func (r Roles) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, role := range r.order() {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%s:", quoted(role))
		if err := writeFillers(&b, role, r[role]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (r Roles) order() []string {
	names := make([]string, 0, len(r))
	for role := range r {
		names = append(names, role)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return bytes.Compare([]byte(a), []byte(b))
	})
	return names
}

func rank(role string) int {
	if i := slices.Index(roleOrder, role); i >= 0 {
		return i
	}
	return len(roleOrder)
}

func writeFillers(b *bytes.Buffer, role string, fillers []string) error {
	switch {
	case slices.Contains(listRoles, role), len(fillers) > 1:
		b.WriteByte('[')
		for i, f := range fillers {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(quoted(f))
		}
		b.WriteByte(']')
	case len(fillers) == 0:
		b.WriteString("null")
	case role == record.RoleAmount:
		if !isNumber(fillers[0]) {
			return fmt.Errorf("role amount: %q is no decimal number", fillers[0])
		}
		b.WriteString(fillers[0])
	default:
		b.WriteString(quoted(fillers[0]))
	}
	return nil
}

// isNumber reports whether s is a number as JSON writes one.
func isNumber(s string) bool {
	var n json.Number
	return s != "" && s[0] != '"' && json.Unmarshal([]byte(s), &n) == nil && string(n) == s
}

// quoted writes a JSON string without escaping <, > and &.
func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return string(bytes.TrimRight(b.Bytes(), "\n"))
}

// UnmarshalJSON reads roles whose fillers are strings, numbers, null or lists
// of strings and numbers. Null and empty strings are no filler.
func (r *Roles) UnmarshalJSON(b []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return fmt.Errorf("roles: %s is not an object", clip(b))
	}
	if raw == nil {
		*r = nil
		return nil
	}
	*r = make(Roles, len(raw))
	for role, value := range raw {
		fillers, err := readFillers(value)
		if err != nil {
			return fmt.Errorf("role %s: %w", role, err)
		}
		(*r)[role] = fillers
	}
	return nil
}

func readFillers(b json.RawMessage) ([]string, error) {
	b = bytes.TrimSpace(b)
	if len(b) == 0 || b[0] != '[' {
		return readFiller(nil, b)
	}
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, err
	}
	var out []string
	for _, item := range list {
		var err error
		if out, err = readFiller(out, bytes.TrimSpace(item)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func readFiller(out []string, b json.RawMessage) ([]string, error) {
	if string(b) == "null" || string(b) == `""` {
		return out, nil
	}
	if len(b) > 0 && b[0] == '"' {
		var s string
		err := json.Unmarshal(b, &s)
		return append(out, s), err
	}
	if isNumber(string(b)) {
		return append(out, plainNumber(string(b))), nil
	}
	return nil, fmt.Errorf("%s is no string, number or list of them", clip(b))
}

// plainNumber writes a number without exponent where that loses nothing, so
// that 1.5e9 and 1500000000 are one amount.
func plainNumber(s string) string {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !bytes.ContainsAny([]byte(s), "eE.") {
		return s
	}
	if whole := strconv.FormatFloat(f, 'f', -1, 64); len(whole) < 40 {
		return whole
	}
	return s
}

// clip shortens foreign bytes for an error message.
func clip(b []byte) string {
	const most = 60
	if len(b) > most {
		return string(b[:most]) + "..."
	}
	return string(b)
}
