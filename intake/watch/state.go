package watch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// State is what is known of the sources from the last round. It is kept in a
// JSON file beside the list of sources; where it is lost, everything is got
// again, and the record takes nothing twice.
type State struct {
	Version int              `json:"version"`
	Sources map[string]*seen `json:"sources"`
}

const stateVersion = 1

// seen is what is known of a source.
type seen struct {
	Checked      time.Time `json:"checked"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	// Entries are those that the source has now: entries of a feed, files of a
	// folder, the page itself.
	Entries map[string]mark `json:"entries,omitempty"`
}

// mark is how an entry was when it was read, or how often it could not be got.
type mark struct {
	Mark   string `json:"mark,omitempty"`
	Failed int    `json:"failed,omitempty"`
}

// NewState knows nothing.
func NewState() *State { return &State{Version: stateVersion, Sources: map[string]*seen{}} }

// LoadState reads a state; a file that is not there knows nothing.
func LoadState(file string) (*State, error) {
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return NewState(), nil
	}
	if err != nil {
		return nil, err
	}
	s := NewState()
	if err := json.Unmarshal(b, s); err != nil || s.Version != stateVersion || s.Sources == nil {
		return nil, fmt.Errorf("%s: is no state of this version; take the file away to get all sources anew", file)
	}
	return s, nil
}

// Save writes the state, in one step.
func (s *State) Save(file string) error {
	b, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(append(b, '\n'))
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}

// of is what is known of a source.
func (s *State) of(src *Source) *seen {
	if known := s.Sources[src.key()]; known != nil {
		return known
	}
	return &seen{}
}
