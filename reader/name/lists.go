package name

import (
	_ "embed"
	"strings"
)

//go:embed data/lists.tsv
var listData string

// cue is a set of lists that a word stands in.
type cue uint64

const (
	honorific cue = 1 << iota
	female
	male
	statusFormer
	statusThen
	statusLate
	statusElect
	statusActing
	statusNow
	particle
	suffix
	groupHead
	modifier
	treatyHead
	geography
	timeWord
	function
	surnamePost
	counterpart
	government
	number
	memberNoun
	polityNoun
	bodyNoun
	givenName
	borneName
	chairWord
	organHead
	privateHead
	headWord
	verbal
	linkVerb
	beginVerb
	pastVerb
	namedGroup
	sayVerb
	thing
)

const anyStatus = statusFormer | statusThen | statusLate | statusElect | statusActing | statusNow

var listNames = map[string]cue{
	"honorific": honorific, "female": female, "male": male, "status former": statusFormer, "status then": statusThen,
	"status late": statusLate, "status elect": statusElect, "status acting": statusActing, "status now": statusNow,
	"particle": particle, "suffix": suffix, "group": groupHead, "modifier": modifier, "treaty": treatyHead,
	"geography": geography, "time": timeWord, "function": function, "surname post": surnamePost,
	"counterpart": counterpart, "government": government, "two": number, "member noun": memberNoun,
	"polity noun": polityNoun, "body noun": bodyNoun, "given name": givenName, "headline word": headWord, "organ": organHead, "private": privateHead, "borne name": borneName, "chair": chairWord, "verbal": verbal,
	"named group": namedGroup, "say verb": sayVerb, "thing": thing,
	"link verb": linkVerb | verbal, "begin verb": beginVerb | verbal, "past verb": pastVerb | verbal,
}

// cues maps folded words (and a few phrases of two or three) to their lists.
type cues map[string]cue

// readCues reads lists.tsv: list, tab, word; lines that begin with # are notes.
func readCues(data string) cues {
	out := cues{}
	for line := range strings.Lines(data) {
		list, word, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if ok && line[0] != '#' {
			out[word] |= listNames[list]
		}
	}
	return out
}

// fold is a word in lower case without the accents of Latin letters.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= 'a' && s[i] <= 'z'
	}
	if plain {
		return s
	}
	return strings.Map(foldRune, s)
}

func foldRune(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r | 0x20
	case r < 0x80:
		return r
	case r == '’':
		return '\''
	}
	if to, ok := plainLetters[r]; ok {
		return to
	}
	return r
}

// plainLetters maps letters with accents, small and capital, to the small
// letter without (Latin-1, Latin Extended-A, the letters of Vietnamese).
var plainLetters = plainTable(
	"aàáâãäåāăąǎạảấầẩẫậắằẳẵặəÀÁÂÃÄÅĀĂĄẠẢẤẦẬẮẰẶƏ", "cçćĉċčÇĆĈĊČ", "dďđðĎĐÐ", "eèéêëēĕėęěẹẻẽếềểễệÈÉÊËĒĖĘĚẸẺẼẾỀỂỄỆ",
	"gĝğġģĜĞĠĢ", "hĥħḥĤĦḤ", "iìíîïĩīĭįıịỉÌÍÎÏĨĪĬĮİỊỈ", "jĵĴ", "kķĶ", "lĺļľŀłĹĻĽĿŁ", "nñńņňÑŃŅŇ",
	"oòóôõöøōŏőọỏốồổỗộớờởỡợơÒÓÔÕÖØŌŎŐỌỎỐỒỔỖỘỚỜỞỠỢƠ", "rŕŗřŔŖŘ", "sśŝşšșṣŚŜŞŠȘṢ", "tţťŧțṭŢŤŦȚṬ",
	"uùúûüũūŭůűųụủứừửữựưÙÚÛÜŨŪŬŮŰŲỤỦỨỪỬỮỰƯ", "wŵŴ", "yýÿŷỳỵỷỹÝŶŸỲ", "zźżžŹŻŽ")

func plainTable(rows ...string) map[rune]rune {
	m := map[rune]rune{}
	for _, row := range rows {
		to := rune(row[0])
		for _, r := range row[1:] {
			m[r] = to
		}
	}
	return m
}
