package worldmap

import (
	"regexp"
	"testing"

	"demarche/almanac"
)

func TestCountries(t *testing.T) {
	all, err := Countries()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 200 || len(data) > 200_000 {
		t.Errorf("%d countries in %d bytes", len(all), len(data))
	}
	alm, err := almanac.Load()
	if err != nil {
		t.Fatal(err)
	}
	path := regexp.MustCompile(`^(M[\d.]+ [\d.]+l[-\d. ]+z)+$`)
	on := map[string]bool{}
	for _, c := range all {
		if on[c.Code] {
			t.Errorf("%s is twice on the map", c.Code)
		}
		on[c.Code] = true
		if c.Path != "" && !path.MatchString(c.Path) {
			t.Errorf("%s: %.60s", c.Code, c.Path)
		}
		if (c.Path == "") == (c.X == "") {
			t.Errorf("%s is neither a shape nor a dot", c.Code)
		}
	}
	for _, code := range alm.Polities() {
		if p := alm.Polity(code); p.Type == "state" && len(code) == 3 && p.On(0) && !on[code] {
			t.Errorf("the state %s (%s) is not on the map", code, p.Name)
		}
	}
}
