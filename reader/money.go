package reader

import (
	"strconv"
	"strings"

	"demarche/text"
)

// money is a sum: a decimal amount without separators and an ISO 4217 code.
type money struct {
	tokens   text.Span
	amount   string
	currency string
}

var scales = map[string]float64{
	"hundred": 1e2, "thousand": 1e3, "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "bln": 1e9, "trillion": 1e12,
}

// findMoney finds the sums in a token range: "$1.5 billion", "1.5 billion
// dollars", "US$ 20 million", "EUR 3m".
func findMoney(d *text.Doc, s text.Span, currency func(forms []string, i int) (int, string)) []money {
	var out []money
	forms := make([]string, s.End-s.Start)
	for i := range forms {
		forms[i] = d.Form(s.Start + i)
	}
	for i := 0; i < len(forms); i++ {
		if m, n := moneyAt(forms, i, currency); n > 0 {
			m.tokens = text.Span{Start: s.Start + i, End: s.Start + i + n}
			out = append(out, m)
			i += n - 1
		}
	}
	return out
}

func moneyAt(forms []string, i int, currency func([]string, int) (int, string)) (money, int) {
	at := i
	n, code := currency(forms, at)
	at += n
	v, used := amountAt(forms, at)
	if used == 0 {
		return money{}, 0
	}
	at += used
	if code == "" {
		n, code = currency(forms, at)
		if n == 0 {
			return money{}, 0
		}
		at += n
	}
	return money{amount: strconv.FormatFloat(v, 'f', -1, 64), currency: code}, at - i
}

// amountAt reads a number and its scale at forms[i]; used is the count of
// tokens, 0 for none.
func amountAt(forms []string, i int) (v float64, used int) {
	if i >= len(forms) {
		return 0, 0
	}
	digits := strings.ReplaceAll(forms[i], ",", "")
	scale := 1.0
	if cut := strings.TrimRight(strings.ToLower(digits), "abcdefghijklmnopqrstuvwxyz"); cut != "" && len(cut) < len(digits) {
		sc, ok := scales[strings.ToLower(digits)[len(cut):]]
		if !ok {
			return 0, 0
		}
		digits, scale = cut, sc
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || digits == "" || digits[0] < '0' || digits[0] > '9' {
		return 0, 0
	}
	used = 1
	if i+1 < len(forms) {
		if sc, ok := scales[strings.ToLower(forms[i+1])]; ok && len(forms[i+1]) > 1 {
			scale, used = scale*sc, 2
		}
	}
	return v * scale, used
}
