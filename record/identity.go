package record

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
	"strconv"
	"strings"
)

// Hash names the document by the hex SHA-256 of what makes it this document:
// address, publisher, title, date of publication and text. The same text read
// again has the same hash, an edited one another.
func (d *Document) Hash() DocumentID {
	h := sha256.New()
	put(h, d.URL, d.Publisher, d.Title, FormatEDTF(d.Published), d.Text)
	return DocumentID(hex.EncodeToString(h.Sum(nil)))
}

// SameArticle reports whether two documents are editions of one article: the
// same address or, where one has none, the same publisher, title and date.
func (d *Document) SameArticle(e *Document) bool {
	if d.URL != "" && e.URL != "" {
		return d.URL == e.URL
	}
	return d.Title != "" && d.Publisher == e.Publisher && d.Title == e.Title && d.Published == e.Published
}

// Identity names the claim by a short hash of its document, reader, core,
// source and first citation, so that reading twice gives the same name. It is
// sixteen hex digits.
func (c *Claim) Identity() ClaimID {
	h := sha256.New()
	var cite Citation
	if len(c.Citations) > 0 {
		cite = c.Citations[0]
	}
	put(h, string(cite.Document), strconv.Itoa(cite.Start), strconv.Itoa(cite.End), c.Reader, c.Source, c.Core.Key())
	return ClaimID(hex.EncodeToString(h.Sum(nil)[:8]))
}

// Identity names the decision by a short hash of all it says.
func (d *Decision) Identity() DecisionID {
	h := sha256.New()
	core := ""
	if d.Core != nil {
		core = d.Core.Key()
	}
	put(h, string(d.Verdict), string(d.Claim), string(d.Other), string(d.Status), d.Entity, d.Into, core, d.Who, d.Why,
		strconv.FormatInt(d.Made().Time().UnixMicro(), 10))
	for _, c := range d.Claims {
		put(h, string(c))
	}
	if d.Undoes != "" {
		put(h, string(d.Undoes))
	}
	return DecisionID(hex.EncodeToString(h.Sum(nil)[:8]))
}

// put writes each field with its length before it, so that no two lists of
// fields read the same.
func put(h hash.Hash, fields ...string) {
	for _, f := range fields {
		h.Write(strconv.AppendInt(nil, int64(len(f)), 10))
		h.Write([]byte{':'})
		h.Write([]byte(f))
	}
}

// symmetric are the roles whose fillers have no order.
func symmetric(role string) bool { return role == RoleParties }

// Key writes the core in one canonical line: equal cores have equal keys,
// whatever the order of their roles.
func (c *Core) Key() string {
	var b strings.Builder
	c.writeKey(&b)
	return b.String()
}

func (c *Core) writeKey(b *strings.Builder) {
	b.WriteString(string(c.Kind))
	b.WriteByte('|')
	b.WriteString(string(c.Phase))
	if c.Negated {
		b.WriteString("|not")
	}
	for _, role := range c.Roles.names() {
		b.WriteString("|" + role + "=")
		for _, v := range canonical(role, c.Roles[role]) {
			b.WriteString(strconv.Quote(v))
		}
	}
	b.WriteString("|" + c.When.Earliest.String() + "/" + c.When.Latest.String())
	if c.Content != nil {
		b.WriteString("|{" + strconv.Quote(c.Content.Topic))
		c.Content.Core.writeKey(b)
		b.WriteByte('}')
	}
}

// names are the roles that are filled, sorted.
func (r Roles) names() []string {
	names := make([]string, 0, len(r))
	for role, v := range r {
		if len(v) > 0 {
			names = append(names, role)
		}
	}
	slices.Sort(names)
	return names
}

func canonical(role string, fillers []string) []string {
	if !symmetric(role) || slices.IsSorted(fillers) {
		return fillers
	}
	sorted := slices.Clone(fillers)
	slices.Sort(sorted)
	return sorted
}

// plain are the roles whose fillers are words or figures, not names of
// polities, bodies, persons or places.
func plain(role string) bool {
	switch role {
	case RoleTier, RoleLevel, RoleAs, RoleType, RolePost, RoleStatus, RoleAmount, RoleCurrency, RoleChange:
		return true
	}
	return false
}

// Names are the polities, bodies, persons and places that fill the core's
// roles, sorted, each once. Its content is left out.
func (c *Core) Names() []string {
	var names []string
	for role, fillers := range c.Roles {
		if !plain(role) {
			names = append(names, fillers...)
		}
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(s string) bool { return s == "" })
}

// has reports whether one of the names is among the core's.
func (c *Core) has(names []string) bool {
	for role, fillers := range c.Roles {
		if !plain(role) && slices.ContainsFunc(fillers, func(s string) bool { return s != "" && slices.Contains(names, s) }) {
			return true
		}
	}
	return false
}

// Parties are those between whom the core is: for an act its actors and
// recipients, for a state of affairs the polities and bodies in it. Each once,
// in the order of their roles.
func (c *Core) Parties() []string {
	var out []string
	for _, role := range partyRoles(c.Kind) {
		for _, v := range c.Roles[role] {
			if v != "" && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out
}

func partyRoles(k Kind) []string {
	switch k {
	case Membership:
		return []string{RoleParty, RoleBody}
	case Chair:
		return []string{RoleHolder, RoleBody}
	case Relations, Treaty:
		return []string{RoleParties}
	case Recognition:
		return []string{RoleBy, RoleOf}
	case Succession:
		return []string{RoleSuccessor, RolePredecessor}
	case Existence:
		return []string{RoleOf}
	case Office:
		return []string{RoleHolder, RoleOf}
	case Mission:
		return []string{RoleOf, RoleIn}
	case Debt:
		return []string{RoleDebtor, RoleCreditor}
	}
	return []string{RoleActor, RoleRecipient}
}
