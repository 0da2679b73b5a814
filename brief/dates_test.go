package brief

import (
	"testing"

	"demarche/record"
)

func TestAgo(t *testing.T) {
	on := record.DayOf(2020, 10, 14)
	for days, want := range map[int]string{-3: "today", 0: "today", 1: "1 day ago", 22: "3 weeks ago", 800: "2 years ago"} {
		if got := Ago(on-record.Day(days), on); got != want {
			t.Errorf("%d days: %q, want %q", days, got, want)
		}
	}
}
