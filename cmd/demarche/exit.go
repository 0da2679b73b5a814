package main

import "demarche"

// exitCode maps a failure to the command's exit code: the one place that does.
// The codes are documented in exitHelp.
func exitCode(err error) int {
	if err == nil {
		return 0
	}
	switch demarche.KindOf(err) {
	case demarche.Usage:
		return 2
	case demarche.Unknown:
		return 3
	case demarche.Input:
		return 4
	case demarche.BadRecord:
		return 5
	case demarche.Output:
		return 6
	case demarche.Busy:
		return 7
	case demarche.Finding:
		return 8
	case demarche.Interrupted:
		return 130
	}
	return 1
}

// exitHelp documents the exit codes; --help prints it.
const exitHelp = `Exit codes:
  0    answered, also where the answer is that nothing is on record
  1    a fault of the program or the machine
  2    usage: an unknown flag, a missing argument, an impossible date
  3    a name, claim or file that is not known, or a name that is ambiguous
  4    a document could not be read (the others were)
  5    the record file is no record, is damaged or is of a newer version
  6    could not write: no space, no permission
  7    another process holds the record
  8    check or brief --verify found what does not hold
  130  interrupted; what was recorded before stays`
