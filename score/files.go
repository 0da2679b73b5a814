package score

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"demarche/wire"
)

// Dirs scores a folder of predicted documents against one of gold documents,
// file by file. Only the predictions that the gold has are read.
func Dirs(gold, pred string) (*Figures, error) {
	entries, err := os.ReadDir(gold)
	if err != nil {
		return nil, fmt.Errorf("gold folder: %w", err)
	}
	golds, preds := map[string]*wire.Document{}, map[string]*wire.Document{}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".json") {
			continue
		}
		if golds[name], err = load(filepath.Join(gold, name)); err != nil {
			return nil, err
		}
		path := filepath.Join(pred, name)
		if _, err := os.Stat(path); os.IsNotExist(err) {
			continue
		}
		if preds[name], err = load(path); err != nil {
			return nil, err
		}
	}
	return Compare(golds, preds), nil
}

func load(path string) (*wire.Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return wire.Decode(f, path)
}

type groupJSON struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Right     int     `json:"right"`
	Gold      int     `json:"gold"`
	Predicted int     `json:"predicted"`
}

func layGroup(c Count) groupJSON {
	return groupJSON{round(c.Precision()), round(c.Recall()), round(c.F1()), c.Right, c.Gold, c.Predicted}
}

// MarshalJSON writes the figures as score.py --json does, shares with four
// decimals.
func (f *Figures) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Documents         int       `json:"documents"`
		WithoutPrediction int       `json:"without_prediction"`
		Headline          float64   `json:"headline_f1"`
		Acts              groupJSON `json:"acts"`
		States            groupJSON `json:"states"`
		Offices           groupJSON `json:"offices"`
		WhenExact         float64   `json:"when_exact"`
		WhenNear          float64   `json:"when_exact_or_near"`
		Source            float64   `json:"source"`
		Content           float64   `json:"content"`
		ContentAsked      int       `json:"content_asked"`
	}{
		f.Documents, f.WithoutPrediction, round(f.Headline()),
		layGroup(f.Groups[Acts]), layGroup(f.Groups[States]), layGroup(f.Groups[Offices]),
		round(f.WhenExact()), round(f.WhenNear()), round(f.Source()), round(f.Content()), f.ContentAsked,
	})
}
