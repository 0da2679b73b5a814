package almanac

import "unicode"

// Names are compared by their keys: letters and digits only, in lower case,
// without accents; "&" is "and". Blanks, hyphens, stops and apostrophes fall
// away, so that it does not matter how a tokeniser splits a name.

// key is the key of a name.
func key(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, foldRune(r)...)
	}
	return string(b)
}

const ascii = "\x00abcdefghijklmnopqrstuvwxyz0123456789"

// foldRune is what a rune adds to a key; "" for nothing. It does not allocate.
func foldRune(r rune) string {
	switch {
	case 'a' <= r && r <= 'z':
		return ascii[1+r-'a':][:1]
	case 'A' <= r && r <= 'Z':
		return ascii[1+r-'A':][:1]
	case '0' <= r && r <= '9':
		return ascii[27+r-'0':][:1]
	case r == '&':
		return "and"
	case r < 0x80:
		return ""
	}
	return foldAccent(unicode.ToLower(r))
}

// foldAccent is the plain form of a lower-case letter of the Latin script.
func foldAccent(r rune) string {
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä', 'å', 'ā', 'ă', 'ą', 'ǎ', 'ə', 'ạ', 'ả', 'ấ', 'ầ', 'ậ', 'ắ', 'ằ', 'ặ':
		return "a"
	case 'ç', 'ć', 'č', 'ĉ', 'ċ':
		return "c"
	case 'ď', 'đ', 'ð':
		return "d"
	case 'è', 'é', 'ê', 'ë', 'ē', 'ė', 'ę', 'ě', 'ẹ', 'ế', 'ề', 'ệ', 'ễ', 'ể':
		return "e"
	case 'ğ', 'ģ', 'ĝ', 'ġ':
		return "g"
	case 'ħ', 'ĥ', 'ḥ':
		return "h"
	case 'ì', 'í', 'î', 'ï', 'ī', 'į', 'ı', 'ĩ', 'ị', 'i':
		return "i"
	case 'ķ':
		return "k"
	case 'ł', 'ľ', 'ļ', 'ĺ':
		return "l"
	case 'ñ', 'ń', 'ň', 'ņ':
		return "n"
	case 'ò', 'ó', 'ô', 'õ', 'ö', 'ø', 'ō', 'ő', 'ơ', 'ọ', 'ố', 'ồ', 'ộ', 'ớ', 'ờ', 'ợ':
		return "o"
	case 'ř', 'ŕ':
		return "r"
	case 'ś', 'š', 'ş', 'ș', 'ŝ':
		return "s"
	case 'ť', 'ţ', 'ț':
		return "t"
	case 'ù', 'ú', 'û', 'ü', 'ū', 'ů', 'ű', 'ų', 'ư', 'ụ', 'ứ', 'ừ', 'ự':
		return "u"
	case 'ý', 'ÿ', 'ỳ', 'ỹ':
		return "y"
	case 'ź', 'ż', 'ž':
		return "z"
	}
	return foldMore(r)
}

// foldMore folds what becomes two letters; other scripts have no key.
func foldMore(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	}
	return ""
}
