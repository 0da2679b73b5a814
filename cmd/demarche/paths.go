package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// defaultRecord is the record in the user's data folder:
// $XDG_DATA_HOME/demarche/record.db or the system's counterpart.
func defaultRecord(getenv func(string) string) (string, error) {
	if dir := getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "demarche", "record.db"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no home folder to keep the record in (%w); name a file with --record", err)
	}
	switch runtime.GOOS {
	case "windows":
		if dir := getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, "demarche", "record.db"), nil
		}
	case "darwin", "ios":
		return filepath.Join(home, "Library", "Application Support", "demarche", "record.db"), nil
	}
	return filepath.Join(home, ".local", "share", "demarche", "record.db"), nil
}
