// Package worldmap holds the shapes of the countries of the world for a map:
// Natural Earth's, which are in the public domain.
package worldmap

import (
	"bufio"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed world.tsv
var data string

// The size of the map.
const (
	Width  = 960
	Height = 440
)

// Country is a country on the map: a path or, where it is too small, a dot.
type Country struct {
	Code string // ISO 3166-1 alpha-3; XKX is Kosovo
	Path string // commands of an SVG path, "" for a dot
	X, Y string // the middle of a dot
}

// Countries are all countries, by code.
func Countries() ([]Country, error) {
	var out []Country
	lines := bufio.NewScanner(strings.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			continue
		}
		code, shape, ok := strings.Cut(line, "\t")
		if !ok || len(code) != 3 {
			return nil, fmt.Errorf("world.tsv:%d: no code and shape", n)
		}
		c := Country{Code: code, Path: shape}
		if at, dot := strings.CutPrefix(shape, "@"); dot {
			c.Path = ""
			if c.X, c.Y, ok = strings.Cut(at, ","); !ok {
				return nil, fmt.Errorf("world.tsv:%d: a dot without a place", n)
			}
		}
		out = append(out, c)
	}
	return out, lines.Err()
}
